"""What lies behind each step of a line of events: numpy only.

Most functions take events (..., T) and return (..., T + 1): for each step, and for the one that comes after the last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]

__all__ = ["REPEATS", "after", "back", "before", "place_in_bar", "repeated"]

_REPEATED = (1, 4, 8, 16)  # steps
REPEATS = len(_REPEATED) + 1
"""How many values ``repeated`` has."""


def back(events: IntArray, distance: int, none: int) -> IntArray:
    """Return the event so many steps before each step, ``none`` before the start."""
    padding = np.full((*events.shape[:-1], distance), none)
    return np.concatenate([padding, events], axis=-1)[..., : events.shape[-1] + 1]


def repeated(events: IntArray, distance: int) -> IntArray:
    """Return for how long the line has repeated what stood so many steps before: 0, then 1.., 4.., 8.., 16.. steps."""
    same = np.zeros((*events.shape[:-1], events.shape[-1] + 1), bool)
    same[..., 1:] = events == back(events, distance, -1)[..., :-1]
    index = np.arange(same.shape[-1])
    broken = np.maximum.accumulate(np.where(same, 0, index), axis=-1)
    classes: IntArray = ((index - broken)[..., np.newaxis] >= np.array(_REPEATED)).sum(axis=-1)
    return classes


def before(events: IntArray, seen: int, none: int) -> IntArray:
    """Return so many events before each of the T steps (..., T, seen), the nearest first, ``none`` before the start."""
    lines = [back(events, distance, none)[..., :-1] for distance in range(1, seen + 1)]
    return np.stack(lines, axis=-1)


def after(values: IntArray, start: int) -> IntArray:
    """Return values (..., T) known after each step as those known before the steps; ``start`` before the first."""
    first = np.full((*values.shape[:-1], 1), start)
    return np.concatenate([first, values], axis=-1)


def place_in_bar(steps: IntArray, bar: int, pickup: int) -> tuple[IntArray, IntArray]:
    """Return the place in the bar (0..15, or 16..27 in bars of 12 steps), and the bar modulo 4, 4 = pickup."""
    place = (steps - pickup) % bar + (16 if bar == 12 else 0)
    return place, np.where(steps < pickup, 4, (steps - pickup) // bar % 4)
