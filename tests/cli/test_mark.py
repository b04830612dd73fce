"""chorale mark."""

import pytest

from chorale import io
from chorale.levels import tunes

pytestmark = pytest.mark.usefixtures("shadows")
ASSIGNMENT = """\
title = "Twinkle"
[given]
file = "twinkle.chorale"
"""


@pytest.fixture
def school(tmp_path, tune, chorale):
    """A folder with one hand-in, made by the harmonizer; mark it with further arguments."""
    (tmp_path / "in").mkdir()
    source = tune()
    (tmp_path / "twinkle.toml").write_text(ASSIGNMENT)
    source.rename(tmp_path / "twinkle.chorale")
    chorale("harmonize", tmp_path / "twinkle.chorale", "-o", tmp_path / "in" / "Ann.musicxml", "--seed", 3)

    def mark(*arguments):
        given = ("--assignment", tmp_path / "twinkle.toml", "-o", tmp_path / "report", "--workers", 1)
        return chorale("mark", tmp_path / "in", *given, *arguments)

    mark.folder = tmp_path
    return mark


def test_a_folder_is_marked_and_the_report_named(school):
    status, out, said = school()
    assert (status, said) == (0, [])
    assert out == [f"1 marked (1 anew), 1 worth a question: {school.folder / 'report' / 'index.html'}"]
    assert (school.folder / "report" / "students" / "ann.html").is_file()


def test_an_unreadable_hand_in_is_told_and_the_command_succeeds(school):
    (school.folder / "in" / "Ben.mid").write_bytes(b"")
    status, (line,), (told,) = school()
    assert status == 0
    assert line.startswith("1 marked (2 anew), 1 could not be read, ")
    assert told == "chorale: Ben.mid: Ben.mid is empty: wanted a score"


def test_the_harmonizers_own_answer_is_worth_a_question(school):
    io.write(tunes.load("twinkle"), school.folder / "in" / "Ben.mid")
    harmonized = io.read(school.folder / "in" / "Ann.musicxml").score
    io.write(harmonized, school.folder / "in" / "Cy.mid")
    _, (line,), _ = school()
    assert "2 worth a question" in line


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--workers", "0"], "wanted a number of processes such as 4"),
        (["--assignment", "none.toml"], "cannot read the assignment none.toml"),
        (["-o", "in"], "is the folder of the hand-ins: wanted another name"),
        (["-o", "."], "holds other files: wanted an empty folder, or an earlier report"),
    ],
)
def test_a_wrong_call_is_one_line_and_writes_nothing(school, monkeypatch, arguments, told):
    monkeypatch.chdir(school.folder)
    before = sorted(school.folder.rglob("*"))
    status, out, said = school(*arguments)
    assert (status, out, len(said)) == (2, [], 1)
    assert told in said[0]
    assert sorted(school.folder.rglob("*")) == before


def test_a_bad_assignment_is_one_line(school):
    (school.folder / "twinkle.toml").write_text(ASSIGNMENT.replace("title", "titel"))
    status, _, (line,) = school()
    assert status == 2
    assert "twinkle.toml: title is missing" in line


def test_the_example_is_an_assignment_that_can_be_used(school, chorale):
    status, lines, said = chorale("mark", "--example")
    assert (status, said) == (0, [])
    (school.folder / "twinkle.toml").write_text("\n".join(lines))
    assert school()[0] == 0
