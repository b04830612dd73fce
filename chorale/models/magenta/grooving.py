"""GrooVAE plays a pattern as a drummer would, or makes drums that go with taps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chorale.models.base import Progress, Written
from chorale.models.magenta import tensors
from chorale.models.magenta.continuing import check_meter, check_steps, leaning
from chorale.models.magenta.playing import Grooves
from chorale.models.sequences.drawing import check, generators

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from chorale.models.base import Report, Surroundings, Taps
    from chorale.models.magenta.playing import Translator
    from chorale.music import DrumPattern

    FloatArray = NDArray[np.float32]

__all__ = ["Humanizer", "TapDrummer"]


class _Groove:
    """What both have in common.

    Args:
        translator: The network.
    """

    writes = "drums"

    def __init__(self, translator: Translator) -> None:
        self._translator = translator

    def _points(self, rows: FloatArray, rngs: Sequence[np.random.Generator], temperature: float) -> FloatArray:
        """Return latent vectors (B, N, latent) of what is read, each line drawn anew about their mean."""
        mean, spread = self._translator.read(rows)
        noise = np.stack([rng.standard_normal(mean.shape) for rng in rngs])
        return (mean + temperature * spread * noise).astype(np.float32)

    def trial(self) -> FloatArray:
        """Return numbers that the network answers."""
        return self._translator.trial()


class Humanizer(_Groove):
    """A ``Groover``."""

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
        """Return the same hits with new velocities and offsets; see ``chorale.models.base.Groover``."""
        check(temperature, variations)
        check_steps(len(pattern))
        check_meter(surroundings)
        rngs = generators(seed, variations)
        z = self._points(tensors.humanized(pattern), rngs, temperature)
        made = self._translator.written(z, Grooves(rngs, temperature, kept=pattern.hits), len(pattern))
        if report is not None:
            report(Progress(1.0))
        return [Written(tensors.groove_of(rows), seed + number) for number, rows in enumerate(made)]


class TapDrummer(_Groove):
    """A ``Drummer``."""

    def drummed(
        self,
        taps: Taps,
        surroundings: Surroundings,
        *,
        seed: int = 0,
        variations: int = 1,
        temperature: float = 1.0,
        report: Report | None = None,
    ) -> list[Written[DrumPattern]]:
        """Return patterns that go with taps; see ``chorale.models.base.Drummer``."""
        check(temperature, variations)
        check_steps(len(taps.struck))
        check_meter(surroundings)
        rngs = generators(seed, variations)
        z = self._points(tensors.taps(taps.struck, taps.offsets), rngs, temperature)
        decoder = Grooves(rngs, temperature, leaning(surroundings.density))
        made = self._translator.written(z, decoder, len(taps.struck))
        if report is not None:
            report(Progress(1.0))
        return [Written(tensors.groove_of(rows), seed + number) for number, rows in enumerate(made)]
