"""Writes GrooVAE's strokes.json: the ranks of what it expects, and of what the drummers of the training split play."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from chorale.files import atomic_write
from chorale.models.groove_vae import codec
from chorale.models.groove_vae.strokes import FILE
from chorale.models.sequences.beats import STEPS
from chorale.models.sequences.kit import NUMBERS, numbers_of
from chorale.models.sequences.space import Space
from chorale.music import PIECES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Any

    from numpy.typing import NDArray

    from chorale.training.grooves import Groove

    FloatArray = NDArray[np.float32]

__all__ = ["write"]

_RANKS = np.linspace(0.002, 0.998, 64)
_FEWEST = 500  # hits; a piece with fewer takes the ranks of all pieces together


def write(folder: Path, options: dict[str, Any], grooves: Sequence[Groove]) -> None:
    """Write strokes.json beside the exported networks.

    Args:
        folder: Holds them.
        options: The network's size, as in config.json.
        grooves: What drummers played.
    """
    space = Space(folder, options)
    pairs = [_chunks(groove, space) for groove in grooves]
    expected, played = (np.concatenate([pair[side] for pair in pairs]) for side in (0, 1))
    hits = np.concatenate([groove.pattern.cut(0, _whole(groove)).hits for groove in grooves])
    tables = {"expected": _ranks(expected, hits), "played": _ranks(played, hits)}
    text = json.dumps({name: table.round(4).tolist() for name, table in tables.items()})
    atomic_write(folder / FILE, (text + "\n").encode())


def _whole(groove: Groove) -> int:
    return -(-len(groove.pattern) // STEPS) * STEPS


def _chunks(groove: Groove, space: Space) -> tuple[FloatArray, FloatArray]:
    """Return the numbers that are expected and those that were played, both (T, NUMBERS)."""
    patterns = [groove.pattern.cut(at, min(at + STEPS, len(groove.pattern))) for at in range(0, _whole(groove), STEPS)]
    given = np.stack([codec.conditions_of(pattern, groove.qpm) for pattern in patterns])
    _, expected, _ = space.unrolled(np.zeros((len(given), space.latent), np.float32), given)
    return expected.reshape(-1, NUMBERS), numbers_of(groove.pattern.cut(0, _whole(groove)))


def _ranks(numbers: FloatArray, hits: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return (NUMBERS, ranks), the quantiles of each number where there are hits (T, 9)."""
    rows = []
    for half in np.split(numbers, 2, axis=1):
        together = np.quantile(half[hits], _RANKS)
        for piece in PIECES:
            own = half[hits[:, piece], piece]
            rows.append(np.quantile(own, _RANKS) if len(own) >= _FEWEST else together)
    return np.maximum.accumulate(np.array(rows), axis=1)
