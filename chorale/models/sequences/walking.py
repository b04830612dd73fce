"""A walk from one clip to another: of several clips drawn at each place, those that lead there. numpy only.

What is drawn strays, so a clip halfway may be nearer to the start than the one before it. From a few candidates at each
place the path is taken that goes back the least (Viterbi 1967).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]

__all__ = ["CANDIDATES", "rngs_of", "steady", "times"]

CANDIDATES = 8  # drawn at each place between the ends


def times(places: Sequence[float]) -> list[float]:
    """Return the places at which clips are to be drawn: both ends first, then each place ``CANDIDATES`` times."""
    return [0.0, 1.0, *(place for place in places for _ in range(CANDIDATES))]


def rngs_of(places: Sequence[float], seed: int) -> list[np.random.Generator]:
    """Return a generator for each of ``times(places)``: the first candidates everywhere have the same numbers."""
    ends = [np.random.default_rng(seed) for _ in range(2)]
    return ends + [np.random.default_rng(seed + number) for _ in places for number in range(CANDIDATES)]


def steady(seen: IntArray, places: Sequence[float]) -> list[int]:
    """Return which of the clips drawn at ``times(places)`` make the path: one number a place.

    Args:
        seen: (2 + places x CANDIDATES, X) what is compared of each clip, by how many entries differ.
        places: 0..1; an end is always the clip drawn first there.
    """
    away, near = ((seen != seen[end]).sum(axis=1) for end in (0, 1))
    ranked = sorted(range(len(places)), key=lambda number: places[number])
    costs, choices = np.zeros(1), []
    last = np.array([0])
    for number in ranked:
        here = _candidates(number, places[number])
        back = np.maximum(away[last][:, None] - away[here], 0) + np.maximum(near[here] - near[last][:, None], 0)
        total = costs[:, None] + back + 1e-3 * np.arange(len(here))  # the first candidate where there is no difference
        choices.append((here, total.argmin(axis=0)))
        costs, last = total.min(axis=0), here
    costs = costs + np.maximum(away[last] - away[1], 0)
    path = [0] * len(places)
    at = int(costs.argmin())
    for number, (here, before) in zip(reversed(ranked), reversed(choices), strict=True):
        path[number] = int(here[at])
        at = int(before[at])
    return path


def _candidates(number: int, place: float) -> IntArray:
    if place in {0.0, 1.0}:
        return np.array([int(place)])
    return 2 + number * CANDIDATES + np.arange(CANDIDATES)
