"""TapVAE's codec: when somebody taps and how fast is given, a drum pattern is written. numpy only.

A tap has its step and its offset, no pitch and no velocity: a pattern folded into one line gives such taps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chorale.models.sequences.beats import STEPS, STEPS_PER_BEAT
from chorale.models.sequences.kit import NUMBERS, beats_of, filled, inside, numbers_of, tempo_of
from chorale.music import PIECES, DrumPattern

if TYPE_CHECKING:
    from numpy.typing import NDArray

    BoolArray = NDArray[np.bool_]
    FloatArray = NDArray[np.float32]

__all__ = ["CONDITIONS", "FEATURES", "THERE", "conditions_of", "taps_of", "tokens_of"]

FEATURES = STEPS_PER_BEAT * (len(PIECES) + NUMBERS)
CONDITIONS = STEPS_PER_BEAT * 4
THERE = 2
"""Which condition says that there is such a beat."""


def taps_of(pattern: DrumPattern) -> tuple[BoolArray, FloatArray]:
    """Return where a pattern is struck at all (T,), and how late the loudest hit there is (T,), in steps."""
    loudest = pattern.velocities.argmax(axis=1)
    struck: BoolArray = np.any(pattern.hits, axis=1)
    return struck, np.take_along_axis(pattern.offsets, loudest[:, None], axis=1)[:, 0]


def tokens_of(pattern: DrumPattern) -> FloatArray:
    """Return the tokens (16, FEATURES) of a pattern of at most four bars."""
    whole = filled(pattern)
    return beats_of(whole.hits, numbers_of(whole))


def conditions_of(taps: BoolArray, offsets: FloatArray, qpm: float) -> FloatArray:
    """Return what is given (16, CONDITIONS): taps (T,), their offsets in steps (T,), the length and the tempo."""
    cells = np.zeros((STEPS, 2), np.float32)
    cells[: len(taps), 0], cells[: len(taps), 1] = taps, 2 * offsets * taps
    return beats_of(cells, inside(len(taps)), tempo_of(qpm))
