"""The network's opinion of pieces of any length: overlapping windows beyond what it saw in training."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from chorale.models.coconet.codec import OUTSIDE, STEPS_PER_BEAT

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Network = Callable[..., NDArray[np.float32]]

__all__ = ["LONGEST", "WINDOW", "log_softmax", "read", "window_starts"]

WINDOW = 80  # steps; the crops in training had 64, and beats further apart than 12 are all alike to the network
STRIDE = 48  # every step is at least 16 steps away from a cut
LONGEST = WINDOW  # read whole up to here
LARGEST_CALL = 64  # windows a call, to bound the memory


def read(network: Network, codes: NDArray[np.int64], context: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return log-probabilities (B, T, 4, CLASSES) of codes (B, T, 4) in a context (T, CONTEXT) or (B, T, CONTEXT).

    T begins on a beat. Each step is taken from the window in which it stands nearest to the middle, so there is
    no seam: both neighbours of a border saw the same sixteen steps beyond it.
    """
    batch, steps = codes.shape[:2]
    padding = -steps % STEPS_PER_BEAT
    padded = np.pad(codes, ((0, 0), (0, padding), (0, 0)), constant_values=OUTSIDE).astype(np.int32)
    planes = np.broadcast_to(context, (batch, steps, context.shape[-1])).astype(np.float32)
    planes = np.pad(planes, ((0, 0), (0, padding), (0, 0)))
    starts = window_starts(steps + padding)
    length = min(WINDOW, steps + padding) if len(starts) > 1 else steps + padding
    index = starts[:, None] + np.arange(length)
    around = planes[:, index].reshape(-1, length, planes.shape[-1])
    seen = _call(network, padded[:, index].reshape(-1, length, 4), around)
    logits = seen.reshape(batch, len(starts), *seen.shape[1:])
    window = _nearest(starts, length, steps)
    return log_softmax(logits[:, window, np.arange(steps) - starts[window]])


def window_starts(steps: int) -> NDArray[np.int64]:
    """Return the first step of each window over a piece; the last one ends with the piece."""
    if steps <= LONGEST:
        return np.zeros(1, np.int64)
    starts = np.arange(0, steps - WINDOW, STRIDE)
    return np.append(starts, steps - WINDOW)


def log_softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the logarithms of the probabilities over the last axis."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return cast("NDArray[np.float32]", shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))


def _nearest(starts: NDArray[np.int64], length: int, steps: int) -> NDArray[np.int64]:
    """Return for each step the number of the window whose middle is nearest, (T,)."""
    middles = starts + (length - 1) / 2
    return cast("NDArray[np.int64]", np.abs(np.arange(steps)[:, None] - middles).argmin(axis=1))


def _call(network: Network, codes: NDArray[np.int32], planes: NDArray[np.float32]) -> NDArray[np.float32]:
    parts = [
        network(codes=codes[first : first + LARGEST_CALL], context=planes[first : first + LARGEST_CALL])
        for first in range(0, len(codes), LARGEST_CALL)
    ]
    return np.concatenate(parts)
