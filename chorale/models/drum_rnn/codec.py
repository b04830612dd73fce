"""DrumRNN's codec: drum patterns to events, events to what the network reads, and back. numpy only.

Events, one a step: which of the nine pieces are struck, as a number of nine bits, the kick the lowest: 0..511. Most
of the past is read in two parts, kick, snare and hats apart from toms, crash and ride, so that what is rare does not
hide what is common. Before each step the network reads the columns

    0       the event before
    1..3    the events one, two and four bars before the one to come
    4, 5    the place in the bar, the bar modulo 4
    6..8    for how long the pattern has repeated what stood one, two, four bars before
    9       how dense the pattern is to be: 0 unknown, else 1..6, see ``density_of``
    10..25  the two parts of the events one to eight steps before
    26..33  the two parts of the two events after those of the columns 1 and 2
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chorale.models.sequences.past import REPEATS, back, place_in_bar, repeated
from chorale.music import PIECES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]

__all__ = [
    "BAR",
    "CLASSES",
    "COLUMNS",
    "COPIED",
    "DENSITIES",
    "DENSITY",
    "NONE",
    "columns_of",
    "density_of",
    "density_wished",
    "events_of",
    "hits_of",
]

BAR = 16
CLASSES = 1 << len(PIECES)
NONE = CLASSES
LOOKBACK = (1, 2, 4)  # bars
COPIED = (1, 2, 3)
DENSITY = 9
_LIMITS = (6.0, 10.0, 14.0, 18.0, 24.0)  # hits a bar
DENSITIES = len(_LIMITS) + 1
_LOW_BITS = 4
_PARTS = ((1 << _LOW_BITS) + 1, (1 << len(PIECES) - _LOW_BITS) + 1)  # with none
_EVENTS_SEEN = 8
_AHEAD = [(bars, ahead) for bars in LOOKBACK[:2] for ahead in (1, 2)]
COLUMNS = (
    *[CLASSES + 1] * (1 + len(LOOKBACK)),
    *(BAR, 5),
    *[REPEATS] * len(LOOKBACK),
    DENSITIES + 1,
    *_PARTS * (_EVENTS_SEEN + len(_AHEAD)),
)


def events_of(hits: BoolArray) -> IntArray:
    """Return the events (..., T) of hits (..., T, 9)."""
    events: IntArray = (hits * (1 << np.arange(len(PIECES)))).sum(axis=-1)
    return events


def hits_of(events: IntArray) -> BoolArray:
    """Return the hits (..., T, 9) of events; the inverse of ``events_of``."""
    bits: BoolArray = (events[..., np.newaxis] >> np.arange(len(PIECES)) & 1).astype(bool)
    return bits


def density_of(hits: BoolArray) -> int:
    """Return how dense hits (T, 9) are: 1 (fewer than 6 a bar) to 6 (24 and more)."""
    a_bar = float(hits.sum()) * BAR / max(1, len(hits))
    return 1 + sum(a_bar >= limit for limit in _LIMITS)


def density_wished(density: float | None) -> int:
    """Return the class of a wish of 0..1; 0 without one."""
    return 0 if density is None else 1 + round(density * (DENSITIES - 1))


def columns_of(events: IntArray, density: int = 0) -> IntArray:
    """Return the columns (..., T + 1, K) of events (..., T): before each of them, and before the next to come."""
    steps = np.arange(events.shape[-1] + 1)
    place, bar = (np.broadcast_to(each, (*events.shape[:-1], len(steps))) for each in place_in_bar(steps, BAR, 0))
    distances = [1, *(bars * BAR for bars in LOOKBACK)]
    whole = [back(events, distance, NONE) for distance in distances]
    counts = [repeated(events, bars * BAR) for bars in LOOKBACK]
    near = [*range(1, _EVENTS_SEEN + 1), *(bars * BAR - ahead for bars, ahead in _AHEAD)]
    parts = [part for distance in near for part in _split(back(events, distance, NONE))]
    return np.stack([*whole, place, bar, *counts, np.full_like(place, density), *parts], axis=-1)


def _split(events: IntArray) -> tuple[IntArray, IntArray]:
    """Return both parts of events; NONE is one past the largest."""
    low, high = events % (1 << _LOW_BITS), events >> _LOW_BITS
    return np.where(events == NONE, _PARTS[0] - 1, low), np.where(events == NONE, _PARTS[1] - 1, high)
