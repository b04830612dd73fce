"""The choice among candidates."""

import numpy as np
import pytest

from chorale.models.coconet.choice import Opinion, choose, judge
from chorale.music import Chorale, Key, Note, Score


def score(*voices, length=4):
    lines = [[Note(number * length, length, pitch) for number, pitch in enumerate(line)] for line in voices]
    return Score(Chorale.from_voices(lines, len(voices[0]) * length), key=Key.parse("C"))


GOOD = score((72, 74, 71, 72), (67, 65, 67, 67), (64, 62, 62, 64), (48, 50, 55, 48))
PARALLEL = score((72, 74, 71, 72), (67, 69, 67, 67), (60, 62, 62, 64), (48, 50, 55, 48))
OPEN_ENDED = score((72, 74, 71, 72), (67, 65, 67, 69), (64, 62, 62, 64), (48, 50, 55, 45))


@pytest.mark.parametrize("worse", [PARALLEL, OPEN_ENDED])
def test_findings_and_bad_ends_cost_more_than_a_little_likelihood(worse):
    assert judge(GOOD, -0.6).quality > judge(worse, -0.55).quality


def test_between_clean_candidates_likelihood_decides():
    assert judge(GOOD, -0.5).quality > judge(GOOD, -0.6).quality


def test_an_opinion_knows_the_root_on_every_beat():
    roots = judge(GOOD, 0.0).roots
    assert roots[[0, 2, 3]].tolist() == [0, 7, 0]


def test_music_without_any_chord_can_be_judged():
    alone = Score(Chorale.from_voices([[Note(0, 4, 60)]], 4))
    assert np.isfinite(judge(alone, -1.0).quality)


def opinion(quality, *roots):
    return Opinion(quality, np.array(roots))


def test_alternatives_have_other_harmonies_even_if_they_are_worse():
    best, twin, other = opinion(3, 0, 5, 7, 0), opinion(2.9, 0, 5, 7, 0), opinion(1, 0, 2, 7, 9)
    assert choose([twin, other, best], 2) == [2, 1]
    assert choose([twin, other, best], 3) == [2, 0, 1]


def test_one_answer_is_the_best():
    assert choose([opinion(1, 0), opinion(2, 7)], 1) == [1]
