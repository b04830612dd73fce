"""DrumVAE's codec: drum patterns of one to four bars of 4/4 to tokens. numpy only.

Events are DrumRNN's. The encoder reads hits, velocities and offsets; nothing but the length is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chorale.models.sequences.beats import STEPS_PER_BEAT
from chorale.models.sequences.kit import NUMBERS, beats_of, filled, inside, numbers_of
from chorale.music import PIECES, DrumPattern

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float32]

__all__ = ["CONDITIONS", "FEATURES", "conditions_of", "tokens_of"]

FEATURES = STEPS_PER_BEAT * (len(PIECES) + NUMBERS)
CONDITIONS = STEPS_PER_BEAT


def tokens_of(pattern: DrumPattern) -> FloatArray:
    """Return the tokens (16, FEATURES) of a pattern of at most four bars."""
    whole = filled(pattern)
    return beats_of(whole.hits, numbers_of(whole))


def conditions_of(steps: int) -> FloatArray:
    """Return what is given (16, CONDITIONS): which steps there are."""
    return beats_of(inside(steps))
