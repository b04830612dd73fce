"""GrooVAE at work: the class that plays drum patterns as a drummer would."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from chorale.errors import InputError
from chorale.models.base import Progress, Written
from chorale.models.groove_vae import codec
from chorale.models.groove_vae.strokes import Strokes
from chorale.models.groove_vae.timing import REACH, steadied, strayed
from chorale.models.sequences.beats import STEPS
from chorale.models.sequences.chunks import blended, starts_of
from chorale.models.sequences.drawing import check, generators
from chorale.models.sequences.kit import check_meter, pattern_of
from chorale.models.sequences.space import Space

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from chorale.models.base import Report, Surroundings
    from chorale.music import DrumPattern

    FloatArray = NDArray[np.float32]

__all__ = ["GrooVAE", "open_model"]

# How far velocities go from what is expected at temperature 1. Tuned on validation.
MOVED = 0.6  # of the way to the value of the same rank
NOISE = 0.3  # of the spread that the network leaves open: takes differ, and gaps between the ranks are filled
FEELING = 1.0  # of the spread of the latent vector: each take has a drummer of its own, for next to no error


class GrooVAE:
    """Gives drum patterns in 4/4 velocities and offsets; a ``Groover``.

    Args:
        folder: Holds the networks, latent.json and strokes.json.
        config: What config.json says.
    """

    evaluable = "groove_vae"

    def __init__(self, folder: Path, config: dict[str, Any]) -> None:
        self.config = config
        self.space = Space(folder, config["network"])
        self.strokes = Strokes(folder)

    def grooved(
        self,
        pattern: DrumPattern,
        surroundings: Surroundings,
        *,
        seed: int = 0,
        variations: int = 1,
        temperature: float = 1.0,
        report: Report | None = None,
    ) -> list[Written[DrumPattern]]:
        """Return the same hits as a drummer might play them; see ``chorale.models.base.Groover``.

        Temperature 0 plays every hit where and as loud as is expected; more strays from that.
        """
        check(temperature, variations)
        check_meter(surroundings)
        if not pattern.hits.any():
            raise InputError("no drums: wanted at least one hit")
        written = []
        for number, rng in enumerate(generators(seed, variations)):
            written.append(Written(self._one(pattern, surroundings.qpm, rng, temperature), seed + number))
            if report is not None:
                report(Progress((number + 1) / variations))
        return written

    def _one(self, pattern: DrumPattern, qpm: float, rng: np.random.Generator, temperature: float) -> DrumPattern:
        chunks = [pattern.cut(start, start + STEPS) for start in starts_of(len(pattern))]
        given = np.stack([codec.conditions_of(chunk, qpm) for chunk in chunks])
        point = self.space.strayed(rng, FEELING * temperature)  # one drummer for all chunks
        _, means, spreads = self.space.unrolled(np.repeat(point[np.newaxis], len(chunks), axis=0), given)
        expected, spreads = (blended(part, len(pattern)) for part in (means, spreads))
        (loud, late), (loudly, lately) = (np.split(part, 2, axis=1) for part in (expected, spreads))
        moved = temperature * MOVED * (self.strokes.scattered(loud) - loud)
        chance = NOISE * temperature * loudly * rng.standard_normal(loud.shape)
        steady = steadied(late * REACH, pattern.hits)
        played = strayed(steady, lately * REACH, pattern.hits, qpm, self.strokes.worth, rng, temperature)
        numbers = np.concatenate([loud + moved + chance, played / REACH], axis=1)
        return pattern_of(pattern.hits, numbers.astype(np.float32))


def open_model(folder: Path, config: dict[str, Any]) -> GrooVAE:
    """Return the model in a folder."""
    return GrooVAE(folder, config)
