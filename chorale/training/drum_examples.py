"""Examples of drum patterns for the variational networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chorale.models.drum_rnn.codec import CLASSES, events_of
from chorale.models.sequences.beats import STEPS
from chorale.models.sequences.kit import SEEN, filled, numbers_of
from chorale.models.sequences.past import before
from chorale.training.grooves import BAR, Groove, load
from chorale.training.variational import Example

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from chorale.training.datasets import Split

    Tokens = Callable[[Groove], tuple[NDArray[np.float32], NDArray[np.float32]]]

__all__ = ["SOURCE", "draw_groove", "drawing"]

SOURCE = "Groove MIDI Dataset 1.0.0 (Gillick et al. 2019, CC BY 4.0), its own split, performances in 4/4"
LENGTHS = {1: 0.1, 2: 0.2, 3: 0.1, 4: 0.6}  # bars


def drawing(split: Split, folder: Path, read: Tokens) -> Callable[[np.random.Generator], Example]:
    """Return a function that draws an example of a split; ``read`` gives the tokens and conditions of a groove."""
    grooves = load(split, folder)
    lengths = np.array([len(groove.pattern) for groove in grooves], float)
    shares = lengths / lengths.sum()

    def draw(rng: np.random.Generator) -> Example:
        groove = draw_groove(grooves[rng.choice(len(grooves), p=shares)], rng)
        return _example(groove, *read(groove))

    return draw


def draw_groove(groove: Groove, rng: np.random.Generator) -> Groove:
    """Return one to four bars of a performance, with a hit in them."""
    while True:
        there = len(groove.pattern) // BAR
        bars = min(there, int(rng.choice(list(LENGTHS), p=list(LENGTHS.values()))))
        first = int(rng.integers(0, there - bars + 1))
        part = groove.pattern.cut(first * BAR, (first + bars) * BAR)
        if part.hits.any():
            return Groove(groove.name, part, groove.qpm)


def _example(groove: Groove, tokens: NDArray[np.float32], given: NDArray[np.float32]) -> Example:
    whole = filled(groove.pattern)
    events = events_of(whole.hits)
    there = np.arange(STEPS) < len(groove.pattern)
    counted = np.concatenate([whole.hits, whole.hits], axis=1).astype(np.float32)
    return Example(
        tokens, given, before(events, SEEN, CLASSES), np.where(there, events, -1), numbers_of(whole), counted
    )
