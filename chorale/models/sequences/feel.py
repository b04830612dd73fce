"""How a drum pattern is played: loudness and lateness by place in the bar and piece, to play new hits alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chorale.music import PIECES, DrumPattern

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]

__all__ = ["Feel"]

BAR = 16
_LEANING = 0.5  # of a hit: how much a place leans on the piece's mean, or a piece on the whole kit's
_USUAL = 90.0


@dataclass(frozen=True)
class Feel:
    """Means by place and piece.

    Attributes:
        velocities: (16, 9).
        offsets: (16, 9) steps.
    """

    velocities: FloatArray
    offsets: FloatArray

    @classmethod
    def of(cls, pattern: DrumPattern) -> Feel:
        """Return how a pattern is played; a place or a piece without hits is as its neighbours are."""
        bars = -(-len(pattern) // BAR)
        whole = pattern.cut(0, bars * BAR)
        shape = (bars, BAR, len(PIECES))
        hits, loud, late = (
            cells.reshape(shape).astype(float) for cells in (whole.hits, whole.velocities, whole.offsets)
        )
        return cls(_means(hits, loud, _USUAL, over=0), _means(hits, late, 0.0, over=1))

    def played(self, hits: BoolArray, first: int = 0) -> DrumPattern:
        """Return hits (T, 9) that begin ``first`` steps after a bar line, played that way."""
        place = (first + np.arange(len(hits))) % BAR
        velocities = np.clip(np.round(self.velocities[place]), 1, 127)
        return DrumPattern(
            hits, velocities.astype(np.int16), np.clip(self.offsets[place], -0.5, 0.5).astype(np.float32)
        )


def _means(hits: FloatArray, values: FloatArray, usual: float, *, over: int) -> FloatArray:
    """Return (16, 9) means of hits (bars, 16, 9).

    What leans on what: a piece's velocity is much the same at all places (``over`` 0), and all pieces are late together
    at a place (``over`` 1), which keeps swing.
    """
    count, total = hits.sum(axis=0), values.sum(axis=0)
    whole = (total.sum() + _LEANING * usual) / (count.sum() + _LEANING)
    line = (total.sum(axis=over, keepdims=True) + _LEANING * whole) / (count.sum(axis=over, keepdims=True) + _LEANING)
    means: FloatArray = (total + _LEANING * line) / (count + _LEANING)
    return means
