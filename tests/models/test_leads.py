"""Chromatic tones of the tune that rise are heard as leading tones."""

import numpy as np

from chorale.models.coconet.codec import LOWEST
from chorale.models.coconet.leads import leads
from chorale.models.coconet.task import Task
from chorale.music import Chorale, Key, Note, Score


def costs(*line, key="F", length=4):
    notes = [Note(number * length, length, pitch) for number, pitch in enumerate(line)]
    score = Score(Chorale.from_voices([notes], len(line) * length), key=Key.parse(key))
    writable = np.ones((score.steps, 4), bool)
    writable[:, 0] = False
    return leads(Task(score, writable))


def test_under_a_raised_tone_the_dominant_of_its_aim_is_free():
    cost = costs(72, 73, 74, 72, 70, 69)[4]
    free = {(LOWEST + number) % 12 for number in np.flatnonzero(cost == 0)}
    assert {9, 1, 4, 7} <= free, "A, C sharp, E, G"
    assert not free & {0, 5, 8}
    assert not costs(72, 73, 74, 72, 70, 69)[[0, 8, 12]].any()


def test_tones_of_the_key_and_tones_that_do_not_rise_lead_nowhere():
    assert not costs(69, 70, 72, 74, 76, 77).any()
    assert not costs(77, 73, 72, 69, 67, 65).any()
    assert not costs(69, 68, 69, 71, 68, 69, key="a").any(), "the leading tone of minor is no stranger"


def test_short_tones_pass():
    assert not costs(72, 73, 74, 72, 70, 69, length=1).any()
