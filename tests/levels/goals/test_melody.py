"""Predicates about a line."""

import pytest

from chorale.levels.goals import PREDICATES
from chorale.levels.scoring import mark

LINE = 'soprano = "?:4 ? ? ? | ?:4 ? ?:2^ |"'
GOOD = "c5:4 d5 e5 g5 | f5:4 d5 c5:2"


@pytest.fixture
def line(make):
    def made(check, more=""):
        goals = f'[[goals]]\ncheck = "{check}"\nrequired = true\n{more}'
        return make(kind="line", score=LINE, solution=f'soprano = "{GOOD}"', goals=goals)

    return made


CASES = [
    ("steps", "least = 60", GOOD, None),
    ("steps", "least = 70", GOOD, "67 % of the movements are steps: wanted 70 % steps or more"),
    ("steps", "", "c5:4 e5 c5 e5 | c5:4 e5 c5:2", "0 % of the movements are steps: wanted 60 % steps or more"),
    ("steps", "", "c5:4 c5 c5 c5 | c5:4 c5 c5:2", "the line does not move: wanted 60 % steps or more"),
    ("steps", "", "c5:4 c5 d5 d5 | e5:4 d5 c5:2", None),
    ("leaps", 'is = "third"', GOOD, None),
    ("leaps", 'is = "third"', "c5:4 f5 e5 d5 | c5:4 b4 c5:2", "a leap of a fourth: wanted a third at most"),
    ("leaps", 'is = "octave"', "c4:4 e5 d5 c5 | d5:4 d5 c5:2", "a leap of a major tenth: wanted an octave at most"),
    ("climax", "", GOOD, None),
    ("climax", "", "c5:4 e5 d5 e5 | d5:4 d5 c5:2", "the highest note comes 2 times: wanted one summit"),
    ("climax", "", "g5:4 e5 d5 e5 | d5:4 d5 c5:2", "the highest note stands at an end of the line: wanted it within"),
    ("compass", 'is = "fifth"', GOOD, None),
    ("compass", 'is = "fourth"', GOOD, "the line spans a fifth: wanted a fourth"),
    ("begins", 'is = ["1", "3"]', GOOD, None),
    ("begins", 'is = ["3", "5"]', GOOD, "C is degree 1: wanted degree 3 or 5"),
    ("ends", 'is = "1"', GOOD, None),
    ("ends", 'is = "1"', "c5:4 d5 e5 d5 | c5:4 c5 b4:2", "B is degree 7: wanted degree 1"),
    ("repeats", "", "c5:4 c5 d5 d5 | e5:4 d5 c5:2", None),
    ("repeats", "", "c5:4 c5 c5 d5 | e5:4 d5 c5:2", "the same note 3 times in a row: wanted 2 at most"),
    ("repeats", "most = 1", "c5:4 c5 d5 e5 | e5:4 d5 c5:2", "the same note 2 times in a row: wanted 1 at most"),
]


@pytest.mark.parametrize(("check", "more", "voice", "why"), CASES)
def test_a_line_is_measured(line, write, check, more, voice, why):
    level = line(check, more)
    remarks = mark(level, write(level, soprano=voice)).remarks
    assert [remark.why for remark in remarks][:1] == ([why] if why else [])
    assert all(remark.notes for remark in remarks), "they can be shown"


def test_an_unwritten_line_has_no_faults_of_its_own(line):
    for check, more in {(check, more) for check, more, *_ in CASES}:
        level = line(check, more)
        assert mark(level, level.start).missed == ("filled",)


def test_contrary_motion_is_counted_of_the_movements_of_both_voices(make, write):
    score = 'soprano = "c5:4 d5 e5 f5"\nbass = "?:4 ? ? ?"'
    goals = '[[goals]]\ncheck = "contrary"\nrequired = true'
    level = make(kind="voice", score=score, goals=goals, solution='bass = "c4:4 b3 a3 d3"')
    assert mark(level, level.solution).missed == ()
    (remark,) = mark(level, write(level, bass="c3:4 d3 e3 d3")).remarks
    assert remark.why.startswith("soprano and bass move against each other 33 times in a hundred: wanted 50")


def test_every_predicate_is_explained():
    assert all(predicate.explanation for predicate in PREDICATES.values())
