"""TapVAE at work: the class that makes drum patterns of taps."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from chorale.errors import InputError
from chorale.models.base import Progress, Taps, Written
from chorale.models.drum_rnn.codec import CLASSES, hits_of
from chorale.models.sequences.beats import STEPS
from chorale.models.sequences.chunks import HOP, blended, starts_of
from chorale.models.sequences.drawing import check, generators
from chorale.models.sequences.kit import check_meter, pattern_of
from chorale.models.sequences.space import Space
from chorale.models.tap_vae import codec
from chorale.music import PIECES, DrumPattern, Piece

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from chorale.models.base import Report, Surroundings

    Told = Callable[[float], None]
    FloatArray = NDArray[np.float32]
    BoolArray = NDArray[np.bool_]
    IntArray = NDArray[np.int64]

__all__ = ["TapVAE", "open_model"]

SHARE = 0.65  # of the temperature, for events: at 1 the patterns are as likely as drummers' are, tuned on validation
TRIES = 6  # drawings, of which the first is taken that has kick, snare and hat: few taps seldom have all three in one
_CORE = ((Piece.KICK,), (Piece.SNARE,), (Piece.CLOSED_HAT, Piece.OPEN_HAT))
_PIECES_STRUCK = np.array([event.bit_count() for event in range(CLASSES)])


class TapVAE:
    """Makes drum patterns in 4/4 of taps; a ``Drummer``.

    Every tap is answered by a hit that is as late as it, and nothing is struck elsewhere, unless a high density is
    asked for: then hits may come between, too. Kick, snare and hat all play wherever the taps give them the occasion.

    Args:
        folder: Holds the networks and latent.json.
        config: What config.json says.
    """

    evaluable = "tap_vae"

    def __init__(self, folder: Path, config: dict[str, Any]) -> None:
        self.config = config
        self.space = Space(folder, config["network"])

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
        check_meter(surroundings)
        if not taps.struck.any():
            raise InputError("no onsets: wanted at least one note to tap along")
        written = []
        for number, rng in enumerate(generators(seed, variations)):
            told = partial(_tell, report, number, variations)
            written.append(Written(self._best(taps, surroundings, rng, temperature, told), seed + number))
            told(1.0)
        return written

    def _best(
        self, taps: Taps, surroundings: Surroundings, rng: np.random.Generator, temperature: float, told: Told
    ) -> DrumPattern:
        """Draw until the core of the kit plays; return what comes nearest to it."""
        best, most = None, -1
        for _ in range(TRIES if temperature else 1):
            pattern = self._one(taps, surroundings, rng, temperature, told)
            struck = sum(bool(pattern.hits[:, list(pieces)].any()) for pieces in _CORE)
            if struck > most:
                best, most = pattern, struck
            if struck == len(_CORE):
                break
        assert best is not None
        return best

    def _one(
        self, taps: Taps, surroundings: Surroundings, rng: np.random.Generator, temperature: float, told: Told
    ) -> DrumPattern:
        """Write chunk after chunk; where two overlap, their features are blended, and events see those before."""
        steps = len(taps.struck)
        starts = starts_of(steps)
        padded = _padded(taps, starts[-1] + STEPS)
        given = np.stack([self._given(padded, start, steps, surroundings.qpm) for start in starts])
        point = self.space.drawn([rng], temperature)
        features, means, _ = self.space.unrolled(np.repeat(point, len(starts), axis=0), given)
        features, numbers = blended(features, steps), blended(means, steps)
        allowed = _allowed(taps.struck, surroundings.density)
        heat = SHARE * temperature
        events = self.space.written(features[np.newaxis], np.arange(steps), [rng], heat, allowed, told)
        numbers[:, len(PIECES) :] = np.where(taps.struck, 2 * taps.offsets, 0)[:, np.newaxis]
        return pattern_of(hits_of(events[0]), numbers)

    def _given(self, taps: Taps, start: int, steps: int, qpm: float) -> FloatArray:
        end = min(start + STEPS, max(steps, start + HOP))
        return codec.conditions_of(taps.struck[start:end], taps.offsets[start:end], qpm)


def _tell(report: Report | None, number: int, variations: int, share: float) -> None:
    """Report how far all variations are, of which one is so far."""
    if report is not None:
        report(Progress((number + share) / variations))


def _padded(taps: Taps, steps: int) -> Taps:
    more = (0, steps - len(taps.struck))
    return Taps(np.pad(taps.struck, more), np.pad(taps.offsets, more))


def _allowed(struck: BoolArray, density: float | None) -> BoolArray:
    """Return (T, 512), which events may be written: something at each tap, nothing elsewhere.

    A wish for little leaves one piece a tap at the least, a wish for much all; above a half there may be single hits
    between the taps.
    """
    most = len(PIECES) if density is None else 1 + round(4 * density)
    at_taps = np.isin(_PIECES_STRUCK, range(1, most + 1))
    between = np.isin(_PIECES_STRUCK, range(2 if density is not None and density > 0.5 else 1))
    return np.where(struck[:, np.newaxis], at_taps, between)


def open_model(folder: Path, config: dict[str, Any]) -> TapVAE:
    """Return the model in a folder."""
    return TapVAE(folder, config)
