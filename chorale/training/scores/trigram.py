"""An interpolated trigram of events, the baseline of the recurrent models.

Its four weights are found on other lines than those that were counted (deleted interpolation): Jelinek and Mercer,
Interpolated estimation of Markov source parameters from sparse data (1980).
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]

__all__ = ["Trigram"]

_ORDERS = 3
_ROUNDS = 30  # of the search for the weights, which moves by less than a thousandth after twenty


class Trigram:
    """Predicts events from the two before.

    Args:
        known: Lines (T,) that are counted.
        other: Lines on which the weights are found.
        classes: How many events there are.

    Attributes:
        weights: Of trigram, bigram, unigram and uniform distribution, which add up to 1.
    """

    def __init__(self, known: Sequence[IntArray], other: Sequence[IntArray], classes: int) -> None:
        self.classes = classes
        self._counts: defaultdict[tuple[int, ...], FloatArray] = defaultdict(lambda: np.zeros(classes))
        for line in known:
            padded = [classes, classes, *line.tolist()]
            for before, last, event in zip(padded, padded[1:], padded[2:], strict=False):
                for context in ((before, last), (last,), ()):
                    self._counts[context][event] += 1
        self.weights = np.full(_ORDERS + 1, 1 / (_ORDERS + 1))
        shares = np.concatenate([self._shares(line)[:, np.arange(len(line)), line] for line in other], axis=1)
        for _ in range(_ROUNDS):
            parts = self.weights[:, np.newaxis] * shares
            self.weights = (parts / parts.sum(axis=0)).mean(axis=1)

    def log_probs(self, line: IntArray) -> FloatArray:
        """Return the log-probabilities (T, classes) of events (T,), each given those before it."""
        mixed: FloatArray = np.log(np.einsum("o,otc->tc", self.weights, self._shares(line)))
        return mixed

    def _shares(self, line: IntArray) -> FloatArray:
        """Return (4, T, classes), what each order expects."""
        padded = [self.classes, self.classes, *line.tolist()]
        rows = [
            [self._share((before, last)), self._share((last,)), self._share(())]
            for before, last in pairwise(padded[:-1])
        ]
        orders = np.array(rows).transpose(1, 0, 2)
        return np.concatenate([orders, np.full((1, len(line), self.classes), 1 / self.classes)])

    def _share(self, context: tuple[int, ...]) -> FloatArray:
        """Return what follows a context; what follows a shorter one if it was never seen."""
        counts = self._counts.get(context)
        if counts is None:
            return self._share(context[1:])
        share: FloatArray = counts / counts.sum()
        return share
