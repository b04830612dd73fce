"""A network's view of one training or test piece, as the measures ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from chorale.models.coconet.codec import OUTSIDE, STEPS_PER_BEAT, codes_of, context_planes
from chorale.models.coconet.keys import guesses, mixture
from chorale.models.coconet.windows import WINDOW, log_softmax, read
from chorale.training.batches import context_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from chorale.models.coconet.predictor import Hourglass, Predictor
    from chorale.training import measures
    from chorale.training.datasets import Piece

    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]
    FloatArray = NDArray[np.float32]

__all__ = ["View", "WholeView", "views"]

CALL = 32  # windows a call, to bound the memory
HALF = WINDOW // 2


def views(predictor: Predictor, piece: Piece) -> dict[str, measures.Predictor]:
    """Return the views of a piece that a network can take: "bare", and "informed" if it reads more than pitches."""
    if not predictor.reads_context:
        return {"bare": WholeView(predictor)}
    ours = cast("Hourglass", predictor)
    return {"bare": View(ours, piece, bare=True), "informed": View(ours, piece, bare=False)}


class WholeView:
    """A predictor (see ``measures``) of one piece that sees all of it, and nothing but pitches.

    Args:
        predictor: The network.
    """

    def __init__(self, predictor: Predictor) -> None:
        self.predictor = predictor

    def everywhere(self, pitches: IntArray, hidden: BoolArray) -> FloatArray:
        """Return the predictions (B, T, 4, P) for rolls (B, T, 4)."""
        return self.predictor.log_probs(pitches, hidden)

    def at(self, pitches: IntArray, hidden: BoolArray, steps: IntArray) -> FloatArray:
        """Return the predictions (B, 4, P) at one step (B,) of each roll (B, T, 4)."""
        return self.predictor.log_probs(pitches, hidden)[np.arange(len(pitches)), steps]


class View:
    """A predictor (see ``measures``) of one piece, seen by our own network.

    Args:
        predictor: The network.
        piece: The piece; the rolls asked about begin where it begins.
        bare: Whether the model sees nothing but pitches, as ``Coconet.log_probs`` does.
    """

    def __init__(self, predictor: Hourglass, piece: Piece, *, bare: bool) -> None:
        self.predictor, self.piece, self.bare = predictor, piece, bare
        self.context = context_planes(context_of(piece), len(piece.pitches))

    def everywhere(self, pitches: IntArray, hidden: BoolArray) -> FloatArray:
        """Return the predictions (B, T, 4, P) for rolls (B, T, 4) of the piece's first T steps."""
        if self.bare:
            return self.predictor.log_probs(pitches, hidden)
        return read(self.predictor.network, codes_of(pitches, hidden), self.context[: pitches.shape[1]])

    def at(self, pitches: IntArray, hidden: BoolArray, steps: IntArray) -> FloatArray:
        """Return the predictions (B, 4, P) at one step (B,) of each roll, each seen through its own window."""
        codes = codes_of(pitches, hidden)
        if not self.bare:
            return self._through_windows(codes, np.broadcast_to(self.context, (len(codes), *self.context.shape)), steps)
        contexts, weights = guesses(pitches, hidden, pitches.shape[1])
        answers = [self._through_windows(codes, contexts[:, key], steps) for key in range(contexts.shape[1])]
        return mixture(np.stack(answers, axis=1), weights)

    def _through_windows(self, codes: IntArray, context: FloatArray, steps: IntArray) -> FloatArray:
        """Return the predictions at one step of each of (B, T, 4) codes in contexts (B, T, CONTEXT)."""
        around = ((0, 0), (HALF, WINDOW), (0, 0))
        starts = steps // STEPS_PER_BEAT * STEPS_PER_BEAT  # in padded steps, half a window before the step
        row, index = np.arange(len(codes)), starts[:, None] + np.arange(WINDOW)
        seen = np.pad(codes, around, constant_values=OUTSIDE)[row[:, None], index].astype(np.int32)
        planes = np.pad(context, around)[row[:, None], index]
        parts = [
            self.predictor.network(codes=seen[first : first + CALL], context=planes[first : first + CALL])
            for first in range(0, len(seen), CALL)
        ]
        return log_softmax(np.concatenate(parts)[row, steps - starts + HALF])
