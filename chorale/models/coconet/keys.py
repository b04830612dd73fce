"""Which keys the visible notes suggest, for a network that reads better when it is told the key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chorale.models.coconet.codec import Context, context_planes
from chorale.theory.key_finding import key_scores

if TYPE_CHECKING:
    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]

__all__ = ["GUESSES", "guesses", "mixture"]

GUESSES = 3  # a chorale's soprano alone has the key among its three likeliest nine times in ten
CERTAINTY = 15.0  # nats for a correlation of one: set on validation pieces


def guesses(pitches: IntArray, hidden: BoolArray, steps: int) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Return the contexts (B, GUESSES, steps, CONTEXT) of the likeliest keys of rolls (B, T, 4), and their weights.

    The weights (B, GUESSES) add up to one. A roll in which nothing sounds suggests all keys alike.
    """
    contexts, weights = [], []
    for roll, unknown in zip(pitches, hidden, strict=True):
        sounding = roll[~unknown & (roll >= 0)]
        histogram = np.bincount(sounding % 12, minlength=12).astype(np.float64)
        scores = np.concatenate([key_scores(histogram, "major"), key_scores(histogram, "minor")])
        likeliest = np.argsort(-scores, kind="stable")[:GUESSES]
        contexts.append(
            [context_planes(Context(tonic=int(key % 12), minor=bool(key >= 12)), steps) for key in likeliest]
        )
        weight = np.exp(CERTAINTY * (scores[likeliest] - scores.max()))
        weights.append(weight / weight.sum())
    return np.array(contexts, np.float32), np.array(weights)


def mixture(log_probs: NDArray[np.float32], weights: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return the mean of probabilities (B, GUESSES, ...) by weight, as logarithms (B, ...)."""
    shape = (*weights.shape, *[1] * (log_probs.ndim - 2))
    probabilities = np.exp(log_probs.astype(np.float64)) * weights.reshape(shape)
    mean: NDArray[np.float64] = np.maximum(probabilities.sum(axis=1), np.finfo(np.float32).tiny)
    return np.log(mean).astype(np.float32)
