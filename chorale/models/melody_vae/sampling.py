"""MelodyVAE at work: the class that generates melodies and walks between two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from chorale.errors import InputError
from chorale.models.base import Progress, Written
from chorale.models.melody_rnn.codec import OFF, events_of, melody_of
from chorale.models.melody_vae import codec
from chorale.models.sequences.drawing import check, generators
from chorale.models.sequences.key_frame import KeyFrame, bar_of
from chorale.models.sequences.space import Space, slerp
from chorale.models.sequences.walking import rngs_of, steady, times
from chorale.music import Key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from chorale.models.base import Report, Surroundings
    from chorale.music import Melody

    FloatArray = NDArray[np.float32]

__all__ = ["MelodyVAE", "open_model"]

BARS = 4
THREE = 12  # steps in a bar of three-four, whose new melodies are drawn apart
SHARE = 0.7  # of the temperature, for the events of new melodies: the points that they are drawn at stray, too


class MelodyVAE:
    """Generates melodies of up to four bars in 4/4, 2/2, 2/4 and 3/4; a ``Generator`` and an ``Interpolator``.

    Args:
        folder: Holds the networks and latent.json.
        config: What config.json says.
    """

    evaluable = "melody_vae"

    def __init__(self, folder: Path, config: dict[str, Any]) -> None:
        self.config = config
        self.space = Space(folder, config["network"])

    def longest(self, surroundings: Surroundings) -> int:
        """Return how many steps it takes at once."""
        return BARS * bar_of(surroundings)

    def generated(
        self,
        steps: int,
        surroundings: Surroundings,
        *,
        seed: int = 0,
        variations: int = 1,
        temperature: float = 1.0,
        report: Report | None = None,
    ) -> list[Written[Melody]]:
        """Return new melodies in the key wanted, C major by default; see ``chorale.models.base.Generator``."""
        check(temperature, variations)
        bar = bar_of(surroundings)
        self._check(steps, bar)
        key = surroundings.key or Key(0)
        frame = KeyFrame(key, (-7 * key.signature + 5) % 12 - 5)
        rngs = generators(seed, variations)
        points = self.space.drawn(rngs, temperature, kind=int(bar == THREE))
        melodies = self._melodies(points, steps, bar, rngs, SHARE * temperature, frame, locked=surroundings.locked)
        if report is not None:
            report(Progress(1.0))
        return [Written(melody, seed + number) for number, melody in enumerate(melodies)]

    def interpolated(
        self,
        first: Melody,
        second: Melody,
        places: Sequence[float],
        surroundings: Surroundings,
        *,
        seed: int = 0,
        temperature: float = 1.0,
        report: Report | None = None,
    ) -> list[Written[Melody]]:
        """Return melodies between two; see ``chorale.models.base.Interpolator``.

        Of several drawn at each place those are taken that lead from the one end to the other.
        """
        check(temperature, 1)
        bar, frame = bar_of(surroundings), KeyFrame.of(surroundings, first, second)
        steps = max(len(first), len(second))
        self._check(steps, bar)
        ends = self.points([frame.moved_in(first), frame.moved_in(second)], bar)
        points = np.stack([slerp(ends[0], ends[1], place) for place in times(places)])
        rngs = rngs_of(places, seed)
        melodies = self._melodies(points, steps, bar, rngs, temperature, frame, locked=surroundings.locked)
        seen = np.stack([2 * each.pitches.astype(np.int64) + each.onsets for each in melodies])
        if report is not None:
            report(Progress(1.0))
        return [Written(melodies[chosen], seed, frame.told(first, second)) for chosen in steady(seen, places)]

    def recreated(
        self, melodies: Sequence[Melody], bar: int, rngs: Sequence[np.random.Generator], temperature: float
    ) -> list[Melody]:
        """Return what becomes of melodies of one length in the frame on their way through the space."""
        points, steps = self.points(melodies, bar), len(melodies[0])
        return self._melodies(points, steps, bar, rngs, temperature, KeyFrame(Key(0), 0), locked=False)

    def points(self, melodies: Sequence[Melody], bar: int) -> FloatArray:
        """Return the points (B, latent) of melodies in the frame."""
        events = [events_of(melody) for melody in melodies]
        tokens = np.stack([codec.tokens_of(each, bar) for each in events])
        return self.space.points(tokens, np.stack([codec.conditions_of(len(each), bar) for each in events]))

    def _melodies(
        self,
        points: FloatArray,
        steps: int,
        bar: int,
        rngs: Sequence[np.random.Generator],
        temperature: float,
        frame: KeyFrame,
        *,
        locked: bool,
    ) -> list[Melody]:
        """Return the melodies at points, in the person's key."""
        given = np.repeat(codec.conditions_of(steps, bar)[np.newaxis], len(points), axis=0)
        features, _, _ = self.space.unrolled(points, given)
        allowed = np.repeat(frame.allowed(locked=locked)[np.newaxis], steps, axis=0)
        allowed[0, OFF] = False  # before the first note there is nothing to end
        events = self.space.written(features, codec.slots_of(steps, bar), rngs, temperature, allowed)
        return [frame.moved_out(melody_of(line)) for line in events]

    def _check(self, steps: int, bar: int) -> None:
        if not 1 <= steps <= BARS * bar:
            raise InputError(f"{steps} steps: wanted 1 to {BARS * bar}, four bars")


def open_model(folder: Path, config: dict[str, Any]) -> MelodyVAE:
    """Return the model in a folder."""
    return MelodyVAE(folder, config)
