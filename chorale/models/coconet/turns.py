"""How a line turns after a beat: it passes, goes back, skips. What one step cannot tell, two in a row can.

A chain that judges each movement alone writes as many neighbour notes as passing notes. Bach passes: a step into the
off-beat eighth goes on in its direction five times in six. So the chain weighs the movement from the beat into its
last moment together with the one that follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    IntArray = NDArray[np.int64]

__all__ = ["KINDS", "TURNING", "Turns", "kinds_of"]

KINDS = 5  # of movements: held, a step up, a step down, a skip up, a skip down
TURNING = 4  # steps after a beat: where the second movement arrives; the next beat, or the third eighth of 6/8
STEP = 2  # semitones
REST = -1
SILENT = KINDS


def kinds_of(semitones: IntArray) -> IntArray:
    """Return the kind of each movement, 0..KINDS-1."""
    return np.select(
        [semitones == 0, (semitones > 0) & (semitones <= STEP), (semitones < 0) & (semitones >= -STEP), semitones > 0],
        [0, 1, 2, 3],
        4,
    )


@dataclass(frozen=True)
class Turns:
    """The factors by which pairs of movements are weighed.

    Attributes:
        kinds: (S, S) the kind of each movement between states; SILENT from and to silence.
        factors: (KINDS + 1, KINDS + 1) by the kinds of both movements.
    """

    kinds: IntArray
    factors: Array

    @classmethod
    def of(cls, states: IntArray, costs: Array, temperature: float) -> Turns:
        """Return the factors of states (S,) whose pairs of movements cost (KINDS, KINDS) nats."""
        sings = states != REST
        kinds = np.where(sings[:, None] & sings, kinds_of(states[None, :] - states[:, None]), SILENT)
        return cls(kinds, np.exp(-np.pad(costs, (0, 1)) / temperature))

    def product(self, into: Array, onward: Array) -> Array:
        """Return the sum over the middle states of (..., S, S) into them times (..., S, S) onward times the factors."""
        total = np.zeros_like(onward)
        for kind, factors in enumerate(self.factors):
            total += np.matmul(into * (self.kinds == kind), onward * factors[self.kinds])
        return total

    def between(self, start: IntArray, end: IntArray) -> Array:
        """Return the factors (..., S) of the middle states between the states of start (...) and end (...)."""
        return self.factors[self.kinds[start], np.moveaxis(self.kinds[:, end], 0, -1)]
