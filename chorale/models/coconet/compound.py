"""Compound meters on the grid that the network knows: the dotted beat of 6/8 is heard as a beat of four sixteenths.

All that is known here was learned from chorales in 4/4 and 3/4. Each of the first two eighths of a dotted beat is
heard as a sixteenth and its last one as an eighth, so that a voice which Bach would move on the second half of a beat
moves on the last eighth: long, short, the gait of 6/8. And 6/8, 9/8 and 12/8 become bars that the network was told of.

    sixteenths of a dotted beat    0 1 | 2 3 | 4 | 5
    heard as                        0  |  1  | 2 | 3
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Self

import numpy as np

from chorale.models.coconet.codec import STEPS_PER_BEAT
from chorale.music import Chorale, Meter, Score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from chorale.models.base import BoolArray, ChordWish

    IntArray = NDArray[np.int64]

__all__ = ["Gathered"]

_DOTTED = 6  # sixteenths
_HEARD = np.array([0, 0, 1, 1, 2, 3])


@dataclass(frozen=True)
class Gathered:
    """A score in 6/8, 9/8 or 12/8 as it is heard.

    Attributes:
        whole: The score as it was handed over, T steps.
        asked: (T, 4) True where it may be written.
    """

    whole: Score
    asked: BoolArray

    @classmethod
    def of(cls, score: Score, asked: BoolArray) -> Self | None:
        """Return the score as it is heard; None in other meters, and where a given note is too short for that."""
        if not score.steps or score.meter.unit != 8 or not score.meter.is_compound:
            return None
        gathered = cls(score, asked)
        return gathered if gathered._is_lossless else None

    @cached_property
    def _place(self) -> IntArray:
        """(T,) the heard step of each step."""
        place: IntArray = _heard(np.arange(self.whole.steps) - self.whole.pickup)
        place -= place[0]
        return place

    @cached_property
    def _begins(self) -> BoolArray:
        """(T,) True where a heard step begins."""
        begins: BoolArray = np.diff(self._place, prepend=-1) > 0
        return begins

    @property
    def _is_lossless(self) -> bool:
        """Whether what is given, and what may be written, changes where heard steps begin alone."""
        chorale, given = self.whole.chorale, ~self.asked
        pitches = np.where(given, chorale.pitches, -2)
        changes = chorale.onsets & given
        changes[1:] |= pitches[1:] != pitches[:-1]
        return not changes[~self._begins].any()

    @property
    def score(self) -> Score:
        """The score on the heard grid."""
        chorale, first = self.whole.chorale, self._begins
        return Score(
            Chorale(chorale.pitches[first], chorale.onsets[first]),
            self.whole.key,
            Meter(self.whole.meter.beats_per_bar, 4),
            pickup=-int(_heard(np.array(-self.whole.pickup))),
            fermatas=frozenset(int(self._place[step]) for step in self.whole.fermatas),
            spelling=self.whole.spelling[first],
        )

    @property
    def writable(self) -> BoolArray:
        """Which cells of ``score`` may be written."""
        return self.asked[self._begins]

    def wishes(self, chords: Sequence[ChordWish]) -> list[ChordWish]:
        """Return the wishes at their heard places."""
        place = self._place
        return [replace(wish, start=int(place[wish.start]), end=int(place[wish.end - 1]) + 1) for wish in chords]

    def spread(self, heard: Score) -> Score:
        """Return the score handed over with what was written on the heard grid; all else stays as it was."""
        given = self.whole.chorale
        pitches = np.where(self.asked, heard.chorale.pitches[self._place], given.pitches)
        onsets = heard.chorale.onsets[self._place] & self._begins[:, None]
        return self.whole.replace(chorale=Chorale(pitches, np.where(self.asked, onsets, given.onsets)))


def _heard(steps: IntArray) -> IntArray:
    """Return the heard place of steps, both counted from a beat."""
    place: IntArray = steps // _DOTTED * STEPS_PER_BEAT + _HEARD[steps % _DOTTED]
    return place
