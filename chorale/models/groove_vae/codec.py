"""GrooVAE's codec: what is struck and how fast is given, velocities and offsets are written. numpy only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chorale.models.sequences.beats import STEPS_PER_BEAT
from chorale.models.sequences.kit import NUMBERS, beats_of, filled, inside, numbers_of, tempo_of
from chorale.music import PIECES, DrumPattern

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float32]

__all__ = ["CONDITIONS", "FEATURES", "THERE", "conditions_of", "tokens_of"]

FEATURES = STEPS_PER_BEAT * NUMBERS
CONDITIONS = STEPS_PER_BEAT * (len(PIECES) + 2)
THERE = len(PIECES)
"""Which condition says that there is such a beat."""


def tokens_of(pattern: DrumPattern) -> FloatArray:
    """Return the tokens (16, FEATURES) of what was played: velocities and offsets."""
    return beats_of(numbers_of(filled(pattern)))


def conditions_of(pattern: DrumPattern, qpm: float) -> FloatArray:
    """Return what is given (16, CONDITIONS): the hits, which steps there are, and the tempo."""
    return beats_of(filled(pattern).hits, inside(len(pattern)), tempo_of(qpm))
