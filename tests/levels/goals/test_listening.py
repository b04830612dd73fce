"""Predicates that ask a harmonizer, or the ear."""

import pytest

from chorale.levels.goals import Judged
from chorale.levels.level import Answer
from chorale.levels.notation import parse
from chorale.levels.scoring import mark
from chorale.levels.staff import laid

GOAL = '[[goals]]\ncheck = "harmonizable"\nrequired = true\n'
LINE = 'soprano = "?:4 ? ?:2^ |"'


@pytest.fixture
def level(make):
    return make(kind="line", score=LINE, solution='soprano = "e5:4 d5 c5:2"', goals=GOAL)


_WELL = ("g4:4 g4 e4:2", "c4:4 b3 c4:2", "c3:4 g3 c3:2")
_ILL = ("a4:4 g4 f4:2", "c4:4 c4 c4:2", "a3:4 g3 f3:2")


class Below:
    """Writes three voices under a line, in parallel fifths or well, and is as sure of them as it is told."""

    def __init__(self, likelihood=-1.0, *, well=True):
        self.likelihood, self.well, self.asked = likelihood, well, None

    def __call__(self, score, writable):
        self.asked = writable
        lower = _WELL if self.well else _ILL
        tunes = {voice: parse(text, score.key, score.meter) for voice, text in enumerate(lower, 1)}
        return Judged(laid(score, tunes), self.likelihood)


def test_a_line_that_the_model_sets_well_passes(level):
    below = Below()
    assert mark(level, level.solution, harmonize=below).remarks == ()
    assert below.asked[:, 1:].all()
    assert not below.asked[:, 0].any()


def test_a_line_under_which_the_model_breaks_rules_fails_where_it_does(level):
    remarks = mark(level, level.solution, harmonize=Below(well=False)).remarks
    assert remarks
    assert remarks[0].why.startswith("here even the model's best setting breaks a rule: ")
    assert remarks[0].end == 4


def test_a_line_that_the_model_does_not_believe_in_fails(level):
    (remark,) = mark(level, level.solution, harmonize=Below(-3.5)).remarks
    assert remark.why == "the model finds no setting that it believes in: try a plainer line"


def test_bounds_are_the_levels(make):
    level = make(kind="line", score=LINE, solution='soprano = "e5:4 d5 c5:2"', goals=GOAL + "least = -4\nmost = 50")
    assert mark(level, level.solution, harmonize=Below(-3.5, well=False)).missed == ()


def test_without_a_model_it_is_passed_over(level):
    assert mark(level, level.solution).stars == 3


def test_the_ear_is_told_whose_it_was(make):
    level = make(kind="beat", goals='[[goals]]\ncheck = "recognized"')
    score = level.solution.score
    guesses = ("bach", "yours", "model", "")
    whys = [[each.why for each in mark(level, Answer(score, guess=guess)).remarks] for guess in guesses]
    assert whys == [[], ["what you took for Bach's is your own"], ["what you took for Bach's is the model's"], []]
