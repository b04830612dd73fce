"""Writes GrooVAE's strokes.json: ranks of velocities, expected and played, and what the places of a step are worth."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chorale.files import atomic_write
from chorale.models.groove_vae import codec
from chorale.models.groove_vae.strokes import FILE
from chorale.models.groove_vae.timing import REACH, choices, steadied
from chorale.models.sequences.beats import STEPS
from chorale.models.sequences.chunks import blended, starts_of
from chorale.models.sequences.kit import numbers_of
from chorale.models.sequences.space import Space
from chorale.music import PIECES, DrumPattern
from chorale.training import timing
from chorale.training.grooves import BAR

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Any

    from numpy.typing import NDArray

    from chorale.models.groove_vae.timing import Choices
    from chorale.training.grooves import Groove

    FloatArray = NDArray[np.float32]

__all__ = ["write"]

_RANKS = np.linspace(0.002, 0.998, 64)
_FEWEST = 500  # hits; a piece with fewer takes the ranks of all pieces together


@dataclass(frozen=True)
class Timing:
    """What is expected of performances, one after the other.

    Attributes:
        late: (T, 9), offsets in steps.
        spreads: (T, 9), how far they may stray.
        hits: (T, 9).
        qpm: (T,), the tempo.
    """

    late: FloatArray
    spreads: FloatArray
    hits: NDArray[np.bool_]
    qpm: NDArray[np.float64]


def write(folder: Path, options: dict[str, Any], grooves: Sequence[Groove], held_out: Sequence[Groove]) -> None:
    """Write strokes.json beside the exported networks.

    Args:
        folder: Holds them.
        options: The network's size, as in config.json.
        grooves: What drummers played.
        held_out: Performances that the network has not learned from, so that its errors are those of new music.
    """
    space = Space(folder, options)
    learned, new = ([_expected(groove, space) for groove in each] for each in (grooves, held_out))
    expected = np.concatenate([means for means, _ in learned])
    hits, velocities, offsets = (
        np.concatenate([getattr(groove.pattern, name) for groove in grooves])
        for name in ("hits", "velocities", "offsets")
    )
    loud = numbers_of(DrumPattern(hits, velocities, offsets))
    free = _free(_steady(grooves, learned), _steady(held_out, new))
    tables: dict[str, NDArray[Any]] = {
        "expected": _ranks(expected[:, : len(PIECES)], hits),
        "played": _ranks(loud[:, : len(PIECES)], hits),
        "worth": timing.worth(free, timing.shares(offsets[hits], np.nonzero(hits)[1])),
    }
    text = json.dumps({name: table.round(4).tolist() for name, table in tables.items()})
    atomic_write(folder / FILE, (text + "\n").encode())


def _free(learned: Timing, new: Timing) -> Choices:
    """Return where hits of both splits may go, about as many of each.

    What is expected of performances that the network has learned from differs more than what is expected of new ones;
    so it is drawn in until it does not.
    """
    hits = learned.hits & _some_bars(learned.hits, new.hits)
    late = learned.late[learned.hits]
    drawn = late.mean() + new.late[new.hits].std() / late.std() * (learned.late - late.mean())
    return choices(
        np.concatenate([drawn, new.late]),
        np.concatenate([learned.spreads, new.spreads]),
        np.concatenate([hits, new.hits]),
        np.concatenate([learned.qpm, new.qpm]),
    )


def _some_bars(hits: NDArray[np.bool_], few: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return (T, 1), which steps to take for about as many hits as there are of the few: one bar of so many."""
    apart = max(1, round(hits.sum() / few.sum()))
    return np.asarray(np.arange(len(hits)) // BAR % apart == 0)[:, None]


def _steady(grooves: Sequence[Groove], expected: Sequence[tuple[FloatArray, FloatArray]]) -> Timing:
    """Return the offsets that are expected of all performances, one after the other."""
    parts = []
    for groove, pair in zip(grooves, expected, strict=True):
        late, spreads = (part[:, len(PIECES) :] * REACH for part in pair)
        hits, tempo = groove.pattern.hits, np.full(len(groove.pattern), groove.qpm)
        parts.append((steadied(late, hits), spreads, hits, tempo))
    return Timing(*(np.concatenate(each) for each in zip(*parts, strict=True)))


def _expected(groove: Groove, space: Space) -> tuple[FloatArray, FloatArray]:
    """Return the numbers that are expected of a performance, and their spreads, both (T, NUMBERS)."""
    steps = len(groove.pattern)
    chunks = [groove.pattern.cut(start, start + STEPS) for start in starts_of(steps)]
    given = np.stack([codec.conditions_of(chunk, groove.qpm) for chunk in chunks])
    _, means, spreads = space.unrolled(np.zeros((len(given), space.latent), np.float32), given)
    return blended(means, steps), blended(spreads, steps)


def _ranks(numbers: FloatArray, hits: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return (9, ranks), the quantiles of each piece's numbers (T, 9) where there are hits."""
    together = np.quantile(numbers[hits], _RANKS)
    rows = []
    for piece in PIECES:
        own = numbers[hits[:, piece], piece]
        rows.append(np.quantile(own, _RANKS) if len(own) >= _FEWEST else together)
    return np.maximum.accumulate(np.array(rows), axis=1)
