"""Chords that are wanted, as the sampler takes them."""

import numpy as np
import pytest

from chorale import models
from chorale.models.base import ChordWish
from chorale.models.coconet.codec import LOWEST
from chorale.models.coconet.task import Task
from chorale.models.coconet.wishes import FORBIDDEN, granted
from chorale.music import Chorale, Key, Note, Score

TUNE = (67, 67, 69, 71, 72, 71, 69, 67)
D7 = frozenset({2, 6, 9, 0})


@pytest.fixture(scope="module")
def coconet():
    return models.load("coconet")


def tune(pitches=TUNE):
    notes = [Note(number * 4, 4, pitch) for number, pitch in enumerate(pitches)]
    return Score(Chorale.from_voices([notes], len(pitches) * 4), key=Key.parse("G"))


def lower(score):
    mask = np.ones((score.steps, 4), bool)
    mask[:, 0] = False
    return mask


def wishes(score, *wanted, writable=None):
    return granted(Task(score, lower(score) if writable is None else writable), wanted)


def test_on_its_beats_a_wish_forbids_all_other_tones_and_between_them_they_cost_a_little():
    cost = wishes(tune(), ChordWish(8, 16, D7 | {11}, bass=2)).cost
    c, c_sharp, d = (pitch - LOWEST for pitch in (60, 61, 62))
    assert cost[8, 1, c_sharp] == cost[12, 2, c_sharp] == FORBIDDEN
    assert cost[8, 1, c] == cost[12, 2, d] == cost[8, 3, d] == 0
    assert cost[8, 3, c] == FORBIDDEN
    assert 0 < cost[9, 1, c_sharp] < FORBIDDEN
    assert not cost[:8].any()
    assert not cost[16:].any()


@pytest.mark.parametrize("seed", [0, 1])
def test_chords_sound_where_they_are_wanted(coconet, seed):
    score = tune()
    wanted = (ChordWish(8, 12, D7, bass=6, name="V6/5"), ChordWish(16, 20, frozenset({9, 0, 4}), name="ii"))
    (result,) = coconet.harmonize(score, lower(score), seed=seed, chords=wanted)
    assert result.notes == ()
    pitches = result.score.chorale.pitches
    assert set(pitches[8] % 12) <= D7
    assert pitches[8, 3] % 12 == 6
    assert set(pitches[16] % 12) <= {9, 0, 4}


def test_a_wish_that_the_soprano_forbids_is_left_out_and_said_with_its_place(coconet):
    score = tune()
    (result,) = coconet.harmonize(score, lower(score), chords=[ChordWish(4, 8, D7, name="V7")])
    assert result.notes == ("V7 at bar 1, beat 2 was not written: the soprano has G there",)


def test_a_wish_against_a_given_bass_is_said():
    score = tune()
    bass = [Note(8, 4, 45)]
    score = score.replace(chorale=Chorale.from_voices([score.chorale.notes(0), [], [], bass], score.steps))
    writable = lower(score)
    writable[8:12, 3] = False
    (line,) = wishes(score, ChordWish(8, 12, D7, bass=2, name="V7"), writable=writable).notes
    assert line == "V7 at bar 1, beat 3 was not written: the bass has A there"
    assert wishes(score, ChordWish(8, 12, D7, name="V7"), writable=writable).notes == ()


def test_a_wish_holds_on_those_of_its_beats_where_it_can():
    found = wishes(tune(), ChordWish(4, 12, D7, name="V7"))
    assert found.notes == ()
    assert not (found.cost[4] == FORBIDDEN).any()
    assert (found.cost[8] == FORBIDDEN).any()


def test_a_wish_moves_with_music_that_is_harmonized_elsewhere(coconet):
    score = tune([pitch - 12 - 5 for pitch in TUNE])
    wish = ChordWish(8, 12, frozenset((tone - 5) % 12 for tone in D7), name="V7")
    (result,) = coconet.harmonize(score, lower(score), chords=[wish])
    assert set(result.score.chorale.pitches[8] % 12) <= wish.classes


def test_a_wish_outside_the_music_is_said():
    (line,) = wishes(tune(), ChordWish(100, 104, D7, name="V7")).notes
    assert "outside" in line
