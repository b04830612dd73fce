"""Setting drawn systems below one another on the page."""

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from chorale.notation.drawn import DrawnSystem
from chorale.notation.page import System

__all__ = ["stack"]

_SYSTEM_GAP = 2.2  # least white between the ink of two systems
_SYSTEM_DISTANCE = 8.0  # least distance from the lowest line of a system to the highest of the next


def stack(drawn: Sequence[DrawnSystem], top: float) -> tuple[System, ...]:
    """Set systems below one another, the first one's highest ink not above ``top``."""
    y = float(math.ceil(top - drawn[0].top))
    placed = [_placed(drawn[0], y)]
    for above, each in pairwise(drawn):
        y += math.ceil(_distance(above, each))
        placed.append(_placed(each, y))
    return tuple(placed)


@lru_cache(maxsize=256)
def _placed(drawn: DrawnSystem, y: float) -> System:
    """Return a system in its place; the same one where it stayed, with all that it was asked before."""
    return System(drawn, 0.0, y)


@lru_cache(maxsize=256)
def _distance(above: DrawnSystem, below: DrawnSystem) -> float:
    """Return how far the top lines of two systems stand apart."""
    return max(above.lower + 4 + _SYSTEM_DISTANCE, above.skyline.clearance(below.skyline) + _SYSTEM_GAP)
