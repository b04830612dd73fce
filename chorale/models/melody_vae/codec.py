"""MelodyVAE's codec: melodies of one to four bars to tokens and back. numpy only.

Events are MelodyRNN's. They stand in 64 slots, sixteen for each bar; a bar of three-four leaves its last four empty, as
do bars that are not there, so that a beat of the bar has the same place in either meter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chorale.models.melody_rnn.codec import CLASSES
from chorale.models.sequences.beats import BEATS, STEPS, STEPS_PER_BEAT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float32]

__all__ = ["BAR_SLOTS", "CONDITIONS", "FEATURES", "SEEN", "conditions_of", "slots_of", "tokens_of"]

BAR_SLOTS = 16
FEATURES = STEPS_PER_BEAT * CLASSES
CONDITIONS = 2
SEEN = 8


def slots_of(steps: int, bar: int) -> IntArray:
    """Return the slots (steps,) in which the steps of a melody stand that begins with a bar.

    Raises:
        ValueError: it is longer than four bars.
    """
    index = np.arange(steps)
    if steps > bar * STEPS // BAR_SLOTS:
        raise ValueError(f"{steps} steps: wanted at most four bars of {bar}")
    return index // bar * BAR_SLOTS + index % bar


def tokens_of(events: IntArray, bar: int) -> FloatArray:
    """Return the tokens (16, FEATURES) of events (T,): each slot one-hot, empty ones zero."""
    slots = np.zeros((STEPS, CLASSES), np.float32)
    slots[slots_of(len(events), bar), events] = 1
    return slots.reshape(BEATS, FEATURES)


def conditions_of(steps: int, bar: int) -> FloatArray:
    """Return what is given (16, CONDITIONS): which beats there are in the bars reached, and whether they have three."""
    inside = np.zeros(STEPS, np.float32)
    inside[slots_of(-(-steps // bar) * bar, bar)] = 1
    beats = inside.reshape(BEATS, STEPS_PER_BEAT).max(axis=1)
    return np.stack([beats, beats * (bar == 12)], axis=-1)
