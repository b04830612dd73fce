"""Scores GrooVAE on held-out performances, beside playing them on the grid.

ms: mean absolute difference of the hits' times; squared: mean squared difference in sixteenths; both with the shares of
the baseline. kl.timing, kl.velocity: divergence of the distribution of what is written from the drummer's, in nats:
histograms of each piece (20 bins of a step, 16 of velocity, half a hit added to each bin), weighted by hits.
*.reverse: of the drummer's from what is written, which forgives what is too even. Temperature 1, one seed; "expected"
is temperature 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chorale.models.base import Surroundings
from chorale.music import PIECES, DrumPattern
from chorale.training import datasets, grooves
from chorale.training.scores.table import asked, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from chorale.models.groove_vae.sampling import GrooVAE
    from chorale.training.grooves import Groove

    FloatArray = NDArray[np.float64]

__all__ = ["divergence", "figures", "run"]

_MS_A_MINUTE, _STEPS_A_QUARTER = 60_000, 4
_TIME_BINS = np.linspace(-0.5, 0.5, 21)
_VELOCITY_BINS = np.linspace(0, 128, 17)


def run(name: str, model: GrooVAE, arguments: Sequence[str]) -> int:
    """Score the model as the command line says."""
    options = asked(name, arguments, __doc__)
    held_out = grooves.load(options.split, datasets.data_folder(options.data))[: options.pieces]
    scores: dict[str, float] = {"performances": len(held_out)}
    scores |= figures("quantized", held_out, [DrumPattern(groove.pattern.hits) for groove in held_out])
    for label, temperature in (("model", 1.0), ("expected", 0.0)):
        written = [_played(model, groove, temperature, options.seed) for groove in held_out]
        scores |= figures(label, held_out, written)
        for error in ("ms", "squared"):
            scores[f"{label}.{error}.of_baseline"] = scores[f"{label}.{error}"] / scores[f"quantized.{error}"]
    return told(name, options, scores)


def _played(model: GrooVAE, groove: Groove, temperature: float, seed: int) -> DrumPattern:
    """Return what the model makes of a performance's hits; it sees neither velocities nor offsets."""
    bare = DrumPattern(groove.pattern.hits)
    return model.grooved(bare, Surroundings(qpm=groove.qpm), seed=seed, temperature=temperature)[0].music


def figures(label: str, held_out: Sequence[Groove], written: Sequence[DrumPattern]) -> dict[str, float]:
    """Return the errors and divergences of some patterns."""
    pairs = list(zip(held_out, written, strict=True))
    late = [(new.offsets - groove.pattern.offsets)[groove.pattern.hits] for groove, new in pairs]
    steps_ms = [_MS_A_MINUTE / _STEPS_A_QUARTER / groove.qpm for groove in held_out]
    errors = np.concatenate(late)
    ms = np.concatenate([np.abs(each) * step for each, step in zip(late, steps_ms, strict=True)])
    return {
        f"{label}.ms": float(ms.mean()),
        f"{label}.squared": float((errors**2).mean()),
        f"{label}.kl.timing": divergence(pairs, "offsets", _TIME_BINS),
        f"{label}.kl.velocity": divergence(pairs, "velocities", _VELOCITY_BINS),
        f"{label}.kl.timing.reverse": divergence(pairs, "offsets", _TIME_BINS, reverse=True),
        f"{label}.kl.velocity.reverse": divergence(pairs, "velocities", _VELOCITY_BINS, reverse=True),
    }


def divergence(
    pairs: Sequence[tuple[Groove, DrumPattern]], name: str, bins: FloatArray, *, reverse: bool = False
) -> float:
    """Return the divergence of the written distribution from the played one, the mean over pieces weighted by hits."""
    total = count = 0.0
    for piece in PIECES:
        played, written = (
            np.concatenate([getattr(pattern, name)[groove.pattern.hits[:, piece], piece] for groove, pattern in both])
            for both in ([(groove, groove.pattern) for groove, _ in pairs], pairs)
        )
        real, made = (np.histogram(each, bins)[0] + 0.5 for each in (played, written))
        real, made = real / real.sum(), made / made.sum()
        one, other = (made, real) if reverse else (real, made)
        total += len(played) * float((one * np.log(one / other)).sum())
        count += len(played)
    return total / count
