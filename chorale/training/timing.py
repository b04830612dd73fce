"""Finds what places of a step are worth to GrooVAE, so that its hits come to lie like drummers'."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from chorale.models.groove_vae.timing import CHANCE, PLACES, REACH
from chorale.music import PIECES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from chorale.models.groove_vae.timing import Choices

    FloatArray = NDArray[np.float32]

__all__ = ["shares", "worth"]

LIKENESS = 0.023  # steps of error that a nat of divergence is worth
_DEAREST = 0.3  # steps of error: what a place is worth at first, at most
_STAGES = ((12, 20, 0.05), (4, 20, 0.01), (1.2, 30, 0.003))  # chance as a multiple, rounds, the longest stride
_HALVED = 12  # rounds after which strides are half as long


def shares(offsets: FloatArray, pieces: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return (9, PLACES), how often hits of each piece, with offsets in steps, come to each place."""
    places = np.clip((offsets + REACH) * PLACES / (2 * REACH), 0, PLACES - 1).astype(np.int64)
    return _shares(pieces * PLACES + places, None)


def worth(choices: Choices, played: NDArray[np.float64]) -> FloatArray:
    """Return (9, PLACES), what the places are worth when hits that may choose come to lie as played.

    The sum of errors, and of ``LIKENESS`` times the divergence of what is written from what was ``played`` (9, PLACES),
    is least when each place is worth LIKENESS times the quotient of the two shares. The chances of the choices are
    lowered by and by, since the shares jump when nothing is left to chance.
    """
    cells = (choices.pieces[:, None] * PLACES + choices.places).ravel()
    hits = np.diff(choices.first, append=len(choices.pieces))
    found = np.zeros((len(PIECES), PLACES))
    for chance, rounds, longest in _STAGES:
        for number in range(rounds):
            energies = choices.energies(found.astype(np.float32))
            chances = np.exp((energies.min(axis=1, keepdims=True) - energies) / (chance * CHANCE))
            chances /= chances.sum(axis=1, keepdims=True)
            wanted = LIKENESS * played / _shares(cells, np.repeat(chances, hits, axis=0).ravel())
            stride = np.clip((wanted - found) / 2, -longest, longest) / (1 + number / _HALVED)
            found = found + stride if found.any() else np.minimum(wanted, _DEAREST)
    return cast("FloatArray", (found - found.min(axis=1, keepdims=True)).astype(np.float32))


def _shares(cells: NDArray[np.int64], weights: FloatArray | None) -> NDArray[np.float64]:
    counts = np.bincount(cells, weights, minlength=len(PIECES) * PLACES).reshape(len(PIECES), PLACES) + 0.5
    return cast("NDArray[np.float64]", counts / counts.sum(axis=1, keepdims=True))
