"""Levels made for a test: the close of a phrase in C, changed as the test wants."""

import pytest

from chorale.levels.fields import Table
from chorale.levels.level import read
from chorale.levels.staff import filled_in

SCORE = """
soprano = "e5:4 d5 c5:2^ |"
alto = "g4:4 ?:4 ?:2 |"
tenor = "c4:4 ?:4 ?:2 |"
bass = "c3:4 ?:4 ?:2 |"
"""
SOLUTION = """
alto = "g4:4 g4 e4:2 |"
tenor = "c4:4 b3 c4:2 |"
bass = "c3:4 g3 c3:2 |"
"""
GOALS = """
[[goals]]
check = "cadence"
is = "PAC"
weight = 25
required = true

[[goals]]
rules = ["parallel-fifths", "parallel-octaves"]
name = "parallels"
weight = 20
required = true
"""


@pytest.fixture
def text():
    """The text of a level file, with some of its parts replaced."""

    def make(*, kind="cadence", key="C major", head="", score=SCORE, goals=GOALS, solution=SOLUTION, tail=""):
        return (
            f'id = "test/close"\nkind = "{kind}"\ntitle = "Close"\nintro = "Write."\nkey = "{key}"\n'
            f'meter = "4/4"\n{head}\n[score]\n{score}\n{goals}\n[solution]\n{solution}\n{tail}\n'
        )

    return make


@pytest.fixture
def make(text, tmp_path):
    """A level, read from a file that is written for it."""

    def made(**parts):
        path = tmp_path / "close.toml"
        path.write_text(text(**parts), encoding="utf-8")
        return read(path)

    return made


@pytest.fixture
def write():
    """Write voices into a level's start: lines of the notation, by the voice's name."""

    def written(level, **voices):
        return filled_in(level.staff, Table(voices))

    return written
