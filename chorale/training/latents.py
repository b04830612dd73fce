"""Where the latent vectors of music lie, so that new ones can be drawn from there.

They only approach the standard normal distribution that they are trained towards: drawing from a mixture of normal
distributions that is fitted afterwards is the "ex-post density estimation" of Ghosh et al., From Variational to
Deterministic Autoencoders (2020).
"""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from chorale.files import atomic_write
from chorale.models.runtime import Network
from chorale.models.sequences.beats import BARS, BEATS

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from chorale.training.variational import Draw, Plan

    FloatArray = NDArray[np.float32]

__all__ = ["survey"]

SURVEYED = 4096  # examples
_BATCH = 64
_ROUNDS = 15  # of k-means, which hardly moves after ten


def survey(plan: Plan, folder: Path) -> None:
    """Write latent.json beside an exported encoder.

    It holds the centres (K, latent) of groups of examples of four bars, the groups' kinds (K,) and shares (K,) of their
    kind, and a factor of the covariance within a group, of all groups together.
    """
    tokens, given = _examples(plan.surveyed or plan.draw, plan.options.there)
    points, variances = _points(Network(folder / "encoder.onnx"), tokens, given)
    kinds = given[:, 0, plan.options.there + 1].astype(int) if plan.kinds > 1 else np.zeros(len(points), int)
    centres, shares, numbers = [], [], []
    strays = np.empty_like(points)
    for kind in range(plan.kinds):
        here = kinds == kind
        found, groups = _grouped(points[here], here.sum() // plan.members if plan.members else 1)
        strays[here] = points[here] - found[groups]
        centres.append(found)
        shares.append(np.bincount(groups, minlength=len(found)) / len(groups))
        numbers.append(np.full(len(found), kind))
    covariance = np.cov(strays.T) + np.diag(variances)
    tables: dict[str, NDArray[np.floating]] = {
        "centres": np.concatenate(centres),
        "kinds": np.concatenate(numbers),
        "shares": np.concatenate(shares),
        "factor": plan.spread * np.linalg.cholesky(covariance),
    }
    text = json.dumps({name: table.astype(float).round(4).tolist() for name, table in tables.items()})
    atomic_write(folder / "latent.json", (text + "\n").encode())


def _points(encoder: Network, tokens: FloatArray, given: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the points (N, latent) of examples, and how much each number of them is uncertain, on the average."""
    parts = (slice(at, at + _BATCH) for at in range(0, len(tokens), _BATCH))
    both = np.concatenate([encoder(tokens=tokens[part], conditions=given[part]) for part in parts])
    points, logarithms = np.split(both, 2, axis=1)
    return points, np.exp(logarithms).mean(axis=0)


def _examples(draw: Draw, there: int) -> tuple[FloatArray, FloatArray]:
    """Return tokens and conditions of examples that have four bars."""
    rng = np.random.default_rng(2)
    drawn = (draw(rng) for _ in range(20 * SURVEYED))
    whole = list(islice((one for one in drawn if one.given[-BEATS // BARS, there]), SURVEYED))
    return np.stack([one.tokens for one in whole]), np.stack([one.given for one in whole])


def _grouped(points: FloatArray, many: int) -> tuple[FloatArray, NDArray[np.int64]]:
    """Return the centres (many, D) of groups of points (N, D), and the group of each; k-means from random points."""
    rng = np.random.default_rng(3)
    centres = points[rng.permutation(len(points))[:many]]
    groups = _nearest(points, centres)
    for _ in range(_ROUNDS):
        centres = np.stack(
            [
                points[groups == number].mean(axis=0) if (groups == number).any() else centres[number]
                for number in range(many)
            ]
        )
        groups = _nearest(points, centres)
    return centres, groups


def _nearest(points: FloatArray, centres: FloatArray) -> NDArray[np.int64]:
    found: NDArray[np.int64] = ((centres**2).sum(axis=1) - 2 * points @ centres.T).argmin(axis=1)
    return found
