"""What a set of sounding pitch classes is: tables over all 4096 sets, bit p for pitch class p.

Only what holds of the sounds alone, or of the sounds in a key, stands here; what a chord means in its place is for
``chorale.theory`` to say.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]

__all__ = ["NONE", "SETS", "aims", "dominants", "in_key", "major_aims", "scales", "set_of", "sevenths"]

SETS = 2**12
NONE = -1
LEADING_TONE = 11
SCALES = (0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 9, 10, 11)
DOMINANT = (7, 11, 2, 5, 8, 9)  # above the tonic: what V, V7, vii and its sevenths are made of
SEVENTHS = ((0, 4, 7, 10), (0, 4, 10), (0, 3, 7, 10), (0, 3, 6, 10), (0, 3, 10), (0, 4, 7, 11), (0, 4, 11))


def set_of(pitches: IntArray) -> IntArray:
    """Return the set of each pitch alone, of any shape; silence is the empty set."""
    return np.where(pitches < 0, 0, 1 << (pitches % 12))


def in_key(sets: IntArray, tonic: IntArray) -> IntArray:
    """Return sets as seen from a tonic: bit p for p semitones above it."""
    return ((sets | sets << 12) >> tonic) & (SETS - 1)


@cache
def dominants() -> BoolArray:
    """(SETS,) whether a set, seen from the tonic, is a dominant with its leading tone: V, V7, vii and its sevenths."""
    sets = np.arange(SETS)
    foreign = ~np.bitwise_or.reduce([1 << tone for tone in DOMINANT])
    support = 1 << 7 | 1 << 2 | 1 << 5
    leads = (sets >> LEADING_TONE & 1).astype(bool)
    found: BoolArray = leads & (sets & foreign == 0) & (sets & support != 0)
    return found


@cache
def aims() -> IntArray:
    """(SETS,) the tonic at which a set's tritone aims whatever the key: V7 and vii, not vii7; NONE for other sets."""
    return _by_tonic(((7, 11, 2, 5), (7, 11, 5), (11, 2, 5)))


@cache
def major_aims() -> IntArray:
    """(SETS,) the tonic at which a major triad aims if it is a dominant; NONE for other sets."""
    return _by_tonic(((7, 11, 2), (7, 11)))


@cache
def scales() -> IntArray:
    """(2, 12) the set of the tones of a major and a minor key by tonic; minor with both sixths and sevenths."""
    return np.array([[_set(tone + tonic for tone in scale) for tonic in range(12)] for scale in SCALES])


def _by_tonic(chords: Iterable[tuple[int, ...]]) -> IntArray:
    table = np.full(SETS, NONE)
    for chord in chords:
        for tonic in range(12):
            table[_set(tone + tonic for tone in chord)] = tonic
    return table


def _set(tones: Iterable[int]) -> int:
    return sum(1 << tone for tone in {tone % 12 for tone in tones})


@cache
def sevenths() -> IntArray:
    """(SETS,) the pitch class of a seventh chord's seventh, NONE for other sets; the fifth may be missing."""
    table = np.full(SETS, NONE)
    for chord in SEVENTHS:
        for root in range(12):
            tones = [(root + above) % 12 for above in chord]
            table[_set(tones)] = tones[-1]
    return table
