"""Rasterizing: how much of every pixel a shape covers, exactly, by the areas under its edges.

Every edge is cut at pixel borders; each piece adds the signed area to its right within its pixel, and the running sum
along a row gives the coverage (the method of stb_truetype and font-rs). Holes turn the other way round.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from chorale.notation.outline import FloatArray

__all__ = ["coverage"]


def coverage(contours: Sequence[FloatArray], width: int, height: int) -> NDArray[np.uint8]:
    """Return the coverage (height, width), 0..255, of closed polygons (N, 2) in pixels, x and y; all must fit."""
    starts = np.concatenate(contours)
    ends = np.concatenate([np.roll(contour, -1, axis=0) for contour in contours])
    sloping = starts[:, 1] != ends[:, 1]
    rows = _cut(starts[sloping], ends[sloping], axis=1)
    x1, y1, x2, y2 = _cut(rows[:, :2], rows[:, 2:], axis=0).T
    row = np.floor((y1 + y2) / 2).astype(np.int64).clip(0, height - 1)
    column = np.floor((x1 + x2) / 2).astype(np.int64).clip(0, width - 1)
    rise = y2 - y1
    into = rise * ((x1 + x2) / 2 - column)
    cells = row * (width + 1) + column
    size = height * (width + 1)
    sums = np.bincount(cells, rise - into, size) + np.bincount(cells + 1, into, size + 1)[:size]
    filled = np.cumsum(sums.reshape(height, width + 1), axis=1)[:, :width]
    return np.asarray(np.rint(np.abs(filled).clip(0, 1) * 255), dtype=np.uint8)


def _cut(starts: FloatArray, ends: FloatArray, axis: int) -> FloatArray:
    """Cut edges at every whole number of one coordinate; return (M, 4): start x, y, end x, y, directions kept."""
    low = np.minimum(starts[:, axis], ends[:, axis])
    high = np.maximum(starts[:, axis], ends[:, axis])
    first = np.floor(low)
    counts = np.maximum(1, np.ceil(high) - first).astype(np.int64)
    which = np.repeat(np.arange(len(starts)), counts)
    cell = first[which] + np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
    a, b = starts[which], ends[which]
    span = b[:, axis] - a[:, axis]
    safe = np.where(span == 0, 1, span)
    t1 = np.where(span == 0, 0, (np.where(span > 0, cell, cell + 1) - a[:, axis]) / safe).clip(0, 1)
    t2 = np.where(span == 0, 1, (np.where(span > 0, cell + 1, cell) - a[:, axis]) / safe).clip(0, 1)
    return np.concatenate([a + (b - a) * t1[:, None], a + (b - a) * t2[:, None]], axis=1)
