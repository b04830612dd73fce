"""The classroom as fixtures."""

import pytest

from chorale import io
from chorale.app.marking import assignment
from tests.app.marking import classroom as room


@pytest.fixture(scope="session")
def classroom():
    """The text of the assignment, its solution, and what students make of it."""
    return room


@pytest.fixture
def assigned(tmp_path):
    """Write an assignment's text as a file and read it."""

    def read(text=room.TEXT):
        path = tmp_path / "assignment.toml"
        path.write_text(text, encoding="utf-8")
        return assignment.read(path)

    return read


@pytest.fixture
def handed_in(tmp_path):
    """Write a score as a student's file below the folder of hand-ins; return the folder."""

    def write(score, name):
        path = tmp_path / "hand-ins" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if score is not None:
            io.write(score, path)
        return tmp_path / "hand-ins"

    return write
