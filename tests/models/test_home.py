"""Harmonizations that drift from their key are called back."""

import numpy as np

from chorale.models.coconet.codec import LOWEST
from chorale.models.coconet.home import homeward, keeps_key, key_heard
from chorale.models.coconet.task import Task
from chorale.music import Chorale, Key, Note, Score

MINOR = ((69, 71, 72, 71, 69), (64, 68, 69, 68, 64), (60, 64, 64, 64, 60), (57, 52, 57, 52, 45))
MAJOR = ((69, 71, 72, 71, 72), (65, 67, 67, 67, 67), (60, 62, 64, 62, 64), (53, 55, 48, 55, 48))


def score(lines, key):
    notes = [[Note(number * 4, 4, pitch) for number, pitch in enumerate(line)] for line in lines]
    return Score(Chorale.from_voices(notes, 20), key=Key.parse(key))


def task(key):
    given = score(MINOR, key)
    writable = np.ones((20, 4), bool)
    writable[:, 0] = False
    return Task(given, writable)


def test_the_key_is_heard_in_all_voices():
    assert keeps_key(key_heard(score(MINOR, "C")), Key.parse("a"))
    assert not keeps_key(key_heard(score(MAJOR, "C")), Key.parse("a"))


def test_who_keeps_the_key_is_not_called():
    assert not homeward(task("a"), [score(MINOR, "a")]).any()


def test_who_drifts_hears_the_leading_tone_cheaper():
    stayed, drifted = homeward(task("a"), [score(MINOR, "a"), score(MAJOR, "a")])[:, 0]
    assert not stayed.any()
    assert drifted[56 - LOWEST] < 0 < drifted[55 - LOWEST]
    assert drifted[56 - LOWEST] == drifted[68 - LOWEST]
