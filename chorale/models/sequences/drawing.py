"""Drawing events from logits: temperature, masks, and one generator for each variation. numpy only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chorale.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Rng = np.random.Generator
    FloatArray = NDArray[np.float32]
    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]

__all__ = ["HOTTEST", "check", "draw", "generators"]

HOTTEST = 2.0
MOST = 64  # variations


def check(temperature: float, variations: int) -> None:
    """Raise InputError unless a model can be asked for this."""
    if not 0 <= temperature <= HOTTEST:
        raise InputError(f"temperature {temperature:g}: wanted 0 to {HOTTEST:g}")
    if not 1 <= variations <= MOST:
        raise InputError(f"{variations} variations: wanted 1 to {MOST}")


def generators(seed: int, variations: int) -> list[Rng]:
    """Return a generator for each variation, with the seeds from ``seed`` on: each can be had again alone."""
    return [np.random.default_rng(seed + number) for number in range(variations)]


def draw(logits: FloatArray, temperature: float, rngs: Sequence[Rng], allowed: BoolArray | None = None) -> IntArray:
    """Return an event for each row of logits (B, classes).

    Args:
        logits: Not normalized.
        temperature: 0 takes the likeliest.
        rngs: A generator for each row, which gives a number for each class. Where the logits change little from one
            row to another and the numbers are the same, so are most events ("Gumbel-max", Gumbel 1954): the clips on a
            path between two are drawn with the same numbers.
        allowed: (classes,) or (B, classes); other events are never drawn.
    """
    chances = logits.astype(np.float32)
    if allowed is not None:
        chances = np.where(allowed, chances, -np.inf)
    if temperature == 0:
        likeliest: IntArray = chances.argmax(axis=-1)
        return likeliest
    noise = np.stack([rng.gumbel(size=chances.shape[-1]) for rng in rngs])
    drawn: IntArray = (chances / temperature + noise).argmax(axis=-1)
    return drawn
