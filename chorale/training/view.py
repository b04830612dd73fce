"""Coconet's view of one training or test piece, as the measures ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chorale.models.coconet.codec import OUTSIDE, STEPS_PER_BEAT, Context, codes_of, context_planes
from chorale.models.coconet.windows import WINDOW, log_softmax, read
from chorale.training.batches import context_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from chorale.models.coconet.sampling import Coconet
    from chorale.training.datasets import Piece

    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]

__all__ = ["View"]

CALL = 32  # rolls a call, to bound the memory
HALF = WINDOW // 2


class View:
    """A predictor (see ``measures``) of one piece.

    Args:
        model: The harmonizer.
        piece: The piece; the rolls asked about begin where it begins.
        bare: Whether the model sees nothing but pitches.
    """

    def __init__(self, model: Coconet, piece: Piece, *, bare: bool) -> None:
        self.network, self.piece = model.network, piece
        self.context = context_planes(Context() if bare else context_of(piece), len(piece.pitches))

    def everywhere(self, pitches: IntArray, hidden: BoolArray) -> NDArray[np.float32]:
        """Return the predictions (B, T, 4, P) for rolls (B, T, 4) of the piece's first T steps."""
        return read(self.network, codes_of(pitches, hidden), self.context[: pitches.shape[1]])

    def at(self, pitches: IntArray, hidden: BoolArray, steps: IntArray) -> NDArray[np.float32]:
        """Return the predictions (B, 4, P) at one step (B,) of each roll, each seen through its own window."""
        codes = np.pad(codes_of(pitches, hidden), ((0, 0), (HALF, WINDOW), (0, 0)), constant_values=OUTSIDE)
        planes = np.pad(self.context, ((HALF, WINDOW), (0, 0)))
        starts = steps // STEPS_PER_BEAT * STEPS_PER_BEAT  # in padded steps, half a window before the step
        index = starts[:, None] + np.arange(WINDOW)
        seen = codes[np.arange(len(codes))[:, None], index].astype(np.int32)
        around = planes[index]
        parts = [
            self.network(codes=seen[first : first + CALL], context=around[first : first + CALL])
            for first in range(0, len(seen), CALL)
        ]
        return log_softmax(np.concatenate(parts)[np.arange(len(seen)), steps - starts + HALF])
