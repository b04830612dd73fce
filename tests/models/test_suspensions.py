"""Suspensions are held into, and stepped down from."""

import numpy as np

from chorale.models.coconet.movement import Lines
from chorale.models.coconet.suspensions import add_suspensions, strained

ALTO, TENOR, BASS = 1, 2, 3
BEAT = 4
STATES = np.append(np.arange(36, 82), -1)


def costs(chords, voice):
    """The costs (step, before, after) beside three chords of a beat each, soprano first."""
    pitches = np.repeat(chords, BEAT, axis=0)[None]
    cost = np.zeros((1, len(chords) * BEAT, len(STATES), len(STATES)))
    add_suspensions(cost, Lines(pitches, voice, STATES, BEAT, np.zeros(len(chords) * BEAT, bool)))
    return cost[0]


def test_holding_the_fourth_over_the_dominant_is_welcome():
    closing = [[69, 65, 60, 53], [67, 62, 59, 43], [67, 64, 60, 48]]
    alto = costs([[69, 60, 65, 53], [74, 60, 67, 55], [72, 64, 67, 48]], ALTO)
    assert alto[BEAT, 60 - 36, 60 - 36] < -1
    assert alto[BEAT, 69 - 36, 69 - 36] < 0, "the ninth over the bass"
    assert alto[BEAT, 67 - 36, 67 - 36] == 0, "no dissonance"
    assert costs(closing, TENOR)[BEAT, 59 - 36, 59 - 36] == 0


def test_what_was_dissonant_before_is_no_suspension():
    chords = [[67, 60, 62, 55], [74, 60, 67, 55], [72, 64, 67, 48]]
    assert costs(chords, ALTO)[BEAT, 60 - 36, 60 - 36] == 0


def test_a_dissonance_on_the_beat_steps_down():
    chords = [[69, 60, 65, 53], [74, 60, 67, 55], [72, 64, 67, 48]]
    out = costs(chords, ALTO)[BEAT + 2, 60 - 36]
    assert out[59 - 36] == out[58 - 36] == out[60 - 36] == 0
    assert out[64 - 36] > 1
    assert out[62 - 36] > 1


def test_strained_tones_are_the_lower_of_seconds_and_fourths_and_ninths_over_a_bass():
    chords = np.array([[74, 67, 60, 43], [72, 67, 64, 48], [71, 67, 65, 55], [74, 67, 64, 48]])
    assert strained(chords).tolist() == [
        [False, False, True, False],
        [False, False, False, False],
        [False, False, True, False],
        [True, False, False, True],
    ]


def test_a_rest_strains_nothing():
    assert not strained(np.array([[-1, -1, 60, 55], [-1, -1, -1, -1]]))[:, [0, 1]].any()
