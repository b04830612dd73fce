"""DrumVAE at work: the class that generates drum patterns and walks between two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from chorale.errors import InputError
from chorale.models.base import Progress, Written
from chorale.models.drum_rnn.codec import hits_of
from chorale.models.drum_vae import codec
from chorale.models.sequences.beats import STEPS
from chorale.models.sequences.drawing import check, generators
from chorale.models.sequences.kit import check_meter, pattern_of
from chorale.models.sequences.space import Space, slerp
from chorale.models.sequences.walking import rngs_of, steady, times

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from chorale.models.base import Report, Surroundings
    from chorale.music import DrumPattern

    FloatArray = NDArray[np.float32]

__all__ = ["DrumVAE", "open_model"]

SHARE = 0.7  # of the temperature, for the events of new patterns: the points that they are drawn at stray, too
_CANDIDATES = 8  # patterns of which the one nearest to a wished density is taken


class DrumVAE:
    """Generates drum patterns of up to four bars in 4/4; a ``Generator`` and an ``Interpolator``.

    Args:
        folder: Holds the networks and latent.json.
        config: What config.json says.
    """

    evaluable = "drum_vae"

    def __init__(self, folder: Path, config: dict[str, Any]) -> None:
        self.config = config
        self.space = Space(folder, config["network"])

    def longest(self, surroundings: Surroundings) -> int:
        """Return how many steps it takes at once."""
        check_meter(surroundings)
        return STEPS

    def generated(
        self,
        steps: int,
        surroundings: Surroundings,
        *,
        seed: int = 0,
        variations: int = 1,
        temperature: float = 1.0,
        report: Report | None = None,
    ) -> list[Written[DrumPattern]]:
        """Return new patterns; see ``chorale.models.base.Generator``.

        For a density that is wished, each is the one of several that comes nearest to it.
        """
        check(temperature, variations)
        self._check(steps, surroundings)
        written = []
        for number, rng in enumerate(generators(seed, variations)):
            many = 1 if surroundings.density is None else _CANDIDATES
            patterns = self._patterns(
                self.space.drawn([rng] * many, temperature), steps, [rng] * many, SHARE * temperature
            )
            written.append(Written(_nearest(patterns, surroundings.density), seed + number))
            if report is not None:
                report(Progress((number + 1) / variations))
        return written

    def interpolated(
        self,
        first: DrumPattern,
        second: DrumPattern,
        places: Sequence[float],
        surroundings: Surroundings,
        *,
        seed: int = 0,
        temperature: float = 1.0,
        report: Report | None = None,
    ) -> list[Written[DrumPattern]]:
        """Return patterns between two; see ``chorale.models.base.Interpolator``.

        Of several drawn at each place those are taken that lead from the one end to the other.
        """
        check(temperature, 1)
        steps = max(len(first), len(second))
        self._check(steps, surroundings)
        ends = self.points([first, second])
        drawn = times(places)
        points = np.stack([slerp(ends[0], ends[1], place) for place in drawn])
        patterns = self._patterns(points, steps, rngs_of(places, seed), temperature)
        path = steady(np.stack([pattern.hits.ravel() for pattern in patterns]).astype(np.int64), places)
        if report is not None:
            report(Progress(1.0))
        return [Written(patterns[chosen], seed) for chosen in path]

    def recreated(
        self, patterns: Sequence[DrumPattern], rngs: Sequence[np.random.Generator], temperature: float
    ) -> list[DrumPattern]:
        """Return what becomes of patterns of one length on their way through the space."""
        return self._patterns(self.points(patterns), len(patterns[0]), rngs, temperature)

    def points(self, patterns: Sequence[DrumPattern]) -> FloatArray:
        """Return the points (B, latent) of patterns."""
        tokens = np.stack([codec.tokens_of(pattern) for pattern in patterns])
        return self.space.points(tokens, np.stack([codec.conditions_of(len(pattern)) for pattern in patterns]))

    def _patterns(
        self, points: FloatArray, steps: int, rngs: Sequence[np.random.Generator], temperature: float
    ) -> list[DrumPattern]:
        given = np.repeat(codec.conditions_of(steps)[np.newaxis], len(points), axis=0)
        features, means, _ = self.space.unrolled(points, given)
        events = self.space.written(features, np.arange(steps), rngs, temperature)
        return [pattern_of(hits_of(line), numbers[:steps]) for line, numbers in zip(events, means, strict=True)]

    def _check(self, steps: int, surroundings: Surroundings) -> None:
        check_meter(surroundings)
        if not 1 <= steps <= STEPS:
            raise InputError(f"{steps} steps: wanted 1 to {STEPS}, four bars")


def _nearest(patterns: Sequence[DrumPattern], density: float | None) -> DrumPattern:
    """Return the pattern at a place 0..1 in the order of how many hits they have; the first without a wish."""
    if density is None:
        return patterns[0]
    ranked = sorted(patterns, key=lambda pattern: int(pattern.hits.sum()))
    return ranked[round(density * (len(ranked) - 1))]


def open_model(folder: Path, config: dict[str, Any]) -> DrumVAE:
    """Return the model in a folder."""
    return DrumVAE(folder, config)
