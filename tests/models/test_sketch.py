"""The first light."""

import numpy as np

from chorale.models.coconet.codec import LOWEST, PITCHES
from chorale.models.coconet.sketch import sketch
from chorale.models.coconet.task import Task
from chorale.music import Chorale, Score


def test_each_voice_gets_its_likeliest_pitch_of_each_beat_among_those_it_may_sing():
    pitches = np.full((8, 4), -1)
    pitches[:, 0] = 72
    onsets = np.zeros((8, 4), bool)
    onsets[0, 0] = True
    writable = np.ones((8, 4), bool)
    writable[:, 0] = False
    task = Task(Score(Chorale(pitches, onsets)), writable)
    log_probs = np.full((8, 4, PITCHES + 1), -9.0)
    log_probs[:, 1, 60 - LOWEST] = -1.0
    log_probs[5, 1, 62 - LOWEST] = -0.1  # one sixteenth thinks otherwise
    log_probs[:, 2, 55 - LOWEST] = -2.0
    log_probs[:4, 3, 48 - LOWEST] = -1.0
    log_probs[4:, 3, 43 - LOWEST] = -1.0
    log_probs[..., PITCHES] = 0.0  # silence is no pitch
    possible = np.ones((8, 4, PITCHES), bool)
    possible[4:, 2, 55 - LOWEST] = False
    log_probs[:, 2, 52 - LOWEST] = -3.0
    drawn = sketch(task, log_probs, possible)
    assert drawn[:, 0].tolist() == [72] * 8
    assert drawn[:, 1].tolist() == [60] * 8
    assert drawn[:, 2].tolist() == [55] * 4 + [52] * 4
    assert drawn[:, 3].tolist() == [48] * 4 + [43] * 4
