"""The draft: hidden cells are filled in order of confidence, a few passes of the network for all of them.

Coconet's own sampler (annealed blocked Gibbs, Huang et al. 2017) is here too, as the Bach Doodle ran it, to be measured
beside ours: it redraws random cells and so needs many more passes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chorale.models.coconet.codec import PITCHES, pitches_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]
    Reader = Callable[[IntArray, BoolArray], NDArray[np.float32]]

__all__ = ["anneal", "draw_classes", "fill", "gibbs_rate"]

HIGHEST_RATE, LOWEST_RATE, ANNEALED = 0.9, 0.1, 0.7  # the numbers of Coconet's schedule


def fill(
    read: Reader,
    pitches: IntArray,
    writable: BoolArray,
    allowed: BoolArray,
    *,
    passes: int,
    temperature: float,
    rng: np.random.Generator,
) -> Iterator[tuple[IntArray, BoolArray]]:
    """Yield (pitches, cells still hidden) after each pass; the last one hides nothing.

    Each pass draws all hidden cells and keeps those drawn with most confidence, as many as a cosine says: few at
    first, when little is known (Chang et al. 2022, MaskGIT).

    Args:
        read: Pitches and hidden cells (C, T, 4) -> log-probabilities (C, T, 4, classes).
        pitches: (C, T, 4); what stands in writable cells is ignored.
        writable: (T, 4).
        allowed: (4, PITCHES) the pitches each voice may sing.
        passes: How many times the network is asked.
        temperature: Of the draws.
        rng: The source of chance.
    """
    hidden = np.broadcast_to(writable, pitches.shape).copy()
    total = int(writable.sum())
    for number in range(1, passes + 1):
        log_probs = read(pitches, hidden)
        drawn, confidence = draw_classes(log_probs, allowed, temperature, rng)
        left = int(total * np.cos(np.pi / 2 * number / passes)) if number < passes else 0
        confidence = np.where(hidden, confidence, np.inf).reshape(len(pitches), -1)
        order = np.argsort(confidence, axis=1, kind="stable")[:, :left]
        still = np.zeros_like(confidence, dtype=bool)
        np.put_along_axis(still, order, values=True, axis=1)
        still = still.reshape(hidden.shape)
        pitches = np.where(hidden & ~still, pitches_of(drawn), pitches)
        hidden = still
        yield pitches, hidden


def gibbs_rate(number: int, passes: int) -> float:
    """Return the share of cells that pass ``number`` of ``passes`` hides.

    The paper lets it fall from .9 to .1 at 70 % of the way. Magenta.js, which the Doodle ran on, divides the whole by
    .7 instead of the way: all cells are hidden for the first quarter, one in seven at the end. That is measured here.
    """
    rate = HIGHEST_RATE - (HIGHEST_RATE - LOWEST_RATE) * number / passes
    return min(1.0, max(LOWEST_RATE, rate / ANNEALED))


def anneal(
    read: Reader,
    pitches: IntArray,
    writable: BoolArray,
    allowed: BoolArray,
    *,
    passes: int,
    temperature: float,
    rng: np.random.Generator,
) -> Iterator[tuple[IntArray, BoolArray]]:
    """Yield (pitches, nothing hidden) after each pass of annealed blocked Gibbs sampling; arguments as in ``fill``.

    The first pass hides every writable cell, so that what stands there is ignored.
    """
    for number in range(passes):
        rate = gibbs_rate(number, passes) if number else 1.0
        hidden = writable & (rng.random(pitches.shape) < rate)
        drawn, _ = draw_classes(read(pitches, hidden), allowed, temperature, rng)
        pitches = np.where(hidden, pitches_of(drawn), pitches)
        yield pitches, np.zeros_like(hidden)


def draw_classes(
    log_probs: NDArray[np.float32], allowed: BoolArray, temperature: float, rng: np.random.Generator
) -> tuple[IntArray, NDArray[np.float32]]:
    """Return classes (C, T, 4) drawn from the allowed pitches, and the log-probability of each.

    Drawn with the Gumbel trick, so that temperature 0 needs no special case.
    """
    kept = np.where(allowed, log_probs[..., :PITCHES], -np.inf)
    noise = -np.log(-np.log(np.maximum(rng.random(kept.shape, dtype=np.float32), 1e-30)))
    drawn = (kept + temperature * noise).argmax(axis=-1)
    return drawn, np.take_along_axis(kept, drawn[..., None], axis=-1)[..., 0]
