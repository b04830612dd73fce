"""Measuring instruments: counts that compare a model's writing with Bach's.

Conventions: ``pitches`` is (T, 4) int, MIDI numbers with REST (-1) for silence, one step = one sixteenth.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from chorale.music import REST, VOICES

__all__ = ["Parallels", "count_parallels"]

_FIFTH, _OCTAVE = 7, 0


@dataclass(frozen=True)
class Parallels:
    """How many perfect fifths follow a fifth, and octaves an octave, in a pair of voices that both move."""

    fifths: int
    octaves: int

    def __add__(self, other: "Parallels") -> "Parallels":
        return Parallels(self.fifths + other.fifths, self.octaves + other.octaves)


def count_parallels(pitches: NDArray[np.integer], stride: int = 1) -> Parallels:
    """Count parallels with the instrument by which the Bach Doodle's harmonizations were measured.

    Two moments ``stride`` steps apart, all six pairs of voices; both voices sound at both moments and both change
    pitch, in any direction; the interval modulo the octave is a fifth twice, or an octave twice. Unisons do not count.

    Args:
        pitches: (T, 4) int.
        stride: 1 compares neighbouring sixteenths, as published; 4 with ``pitches`` starting on a beat compares
            from beat to beat.

    Source: recovered from the published counts; it finds 134 fifths and 51 octaves in Bach's 382 chorales.
    """
    grid = np.asarray(pitches, dtype=np.int64)[::stride]
    total = Parallels(0, 0)
    for upper, lower in combinations(range(len(VOICES)), 2):
        total += _count_in_pair(grid[:, upper], grid[:, lower])
    return total


def _count_in_pair(upper: NDArray[np.int64], lower: NDArray[np.int64]) -> Parallels:
    sounding = (upper != REST) & (lower != REST)
    moves = (upper[1:] != upper[:-1]) & (lower[1:] != lower[:-1]) & sounding[1:] & sounding[:-1]
    distance = np.abs(upper - lower)
    counts = []
    for interval in (_FIFTH, _OCTAVE):
        is_interval = (distance % 12 == interval) & (distance != 0)
        counts.append(int((moves & is_interval[1:] & is_interval[:-1]).sum()))
    return Parallels(*counts)
