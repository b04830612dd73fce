"""Drums in any meter.

The models of drums know bars of sixteen steps. So every other bar is played as the beginning of one, or of two, and
what stays empty behind it is cut away again.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chorale.models.base import Taps
from chorale.music import DrumPattern, Meter

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from chorale.models.base import Surroundings, Written

__all__ = ["Frame"]

_BAR = Meter(4, 4)


@dataclass(frozen=True)
class Frame:
    """Where the steps of something that begins on a bar line lie in bars of 4/4.

    Attributes:
        meter: Of what lies in it.
        places: (T,) int, the step of the frame for each step.
        steps: The frame's length.
    """

    meter: Meter
    places: NDArray[np.int_]
    steps: int

    @classmethod
    def around(cls, steps: int, meter: Meter) -> Frame:
        """Return the frame of so many steps in a meter; bars that make up whole bars of 4/4 lie as they are."""
        bar, wide = meter.steps_per_bar, _BAR.steps_per_bar
        room = bar if wide % bar == 0 else -(-bar // wide) * wide
        bars, within = np.divmod(np.arange(steps), bar)
        return cls(meter, bars * room + within, -(-steps // bar) * room)

    @property
    def is_plain(self) -> bool:
        """Whether nothing is moved."""
        return len(self.places) == 0 or int(self.places[-1]) == len(self.places) - 1

    def surroundings(self, about: Surroundings) -> Surroundings:
        """Return what the model is told."""
        return about if self.is_plain else dataclasses.replace(about, meter=_BAR)

    def taps(self, taps: Taps) -> Taps:
        """Return taps as they lie in the frame."""
        if self.is_plain:
            return taps
        struck, offsets = np.zeros(self.steps, bool), np.zeros(self.steps, np.float32)
        struck[self.places], offsets[self.places] = taps.struck, taps.offsets
        return Taps(struck, offsets)

    def pattern(self, pattern: DrumPattern) -> DrumPattern:
        """Return a pattern as it lies in the frame."""
        if self.is_plain:
            return pattern
        source = np.full(self.steps, -1)
        source[self.places] = np.arange(len(self.places))
        return pattern.taken(source)

    def freed(self, written: Written[DrumPattern]) -> Written[DrumPattern]:
        """Return what a model wrote in the frame without it, and say what was done."""
        if self.is_plain:
            return written
        said = f"the model knows 4/4: every bar of {self.meter} was played as the beginning of one"
        return dataclasses.replace(written, music=written.music.taken(self.places), notes=(*written.notes, said))
