"""Long music in chunks of four bars that overlap, so that no seam is heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chorale.models.sequences.beats import STEPS

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["blended", "starts_of"]

HOP = STEPS // 2  # two bars: every step but the outermost lies in two chunks


def starts_of(steps: int) -> list[int]:
    """Return the first steps of the chunks that cover so many steps; the last may reach beyond them."""
    return list(range(0, max(1, steps - HOP), HOP))


def blended(parts: NDArray[np.float32], steps: int) -> NDArray[np.float32]:
    """Return (steps, N), the chunks (C, 64, N) laid over one another; each fades out where the next fades in."""
    total = np.zeros((HOP * (len(parts) + 1), parts.shape[2]), np.float32)
    weight = np.zeros((len(total), 1), np.float32)
    fade = np.minimum(np.arange(1, STEPS + 1), np.arange(STEPS, 0, -1)).astype(np.float32)[:, np.newaxis]
    for number, part in enumerate(parts):
        here = slice(number * HOP, number * HOP + STEPS)
        total[here] += fade * part
        weight[here] += fade
    return (total / weight)[:steps]
