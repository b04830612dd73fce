"""Compound meters on the grid that the network knows: the dotted beat of 6/8 is heard as a beat of four sixteenths.

All that is known here was learned from chorales in 4/4 and 3/4. Each of the first two eighths of a dotted beat is
heard as a sixteenth and its last one as an eighth, so that a voice which Bach would move on the second half of a beat
moves on the last eighth: long, short, the gait of 6/8. And 6/8, 9/8 and 12/8 become bars that the network was told of.

    sixteenths of a dotted beat    0 1 | 2 3 | 4 | 5        in a siciliano    0 1 2 | 3 | 4 | 5
    heard as                        0  |  1  | 2 | 3                            0   | 1 | 2 | 3
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Self

import numpy as np

from chorale.music import REST, Chorale, Meter, Score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from chorale.models.base import BoolArray, ChordWish

    IntArray = NDArray[np.int64]

__all__ = ["Gathered"]

_DOTTED = 6  # sixteenths in a beat
_BEGINS = (0, 2, 4, 5)  # those at which heard steps begin
_SECOND = 2  # that may as well be 1 or 3
_ASKED = REST - 1  # no pitch, and no rest


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
        return gathered if gathered._fits else None

    @cached_property
    def _place(self) -> IntArray:
        """(T,) the heard step of each step."""
        place: IntArray = np.cumsum(self._begins) - 1
        return place

    @cached_property
    def _begins(self) -> BoolArray:
        """(T,) True where a heard step begins."""
        steps = np.arange(self.whole.steps) - self.whole.pickup
        begins: BoolArray = np.isin(steps % _DOTTED, _BEGINS)
        for second in np.flatnonzero(steps % _DOTTED == _SECOND).tolist():
            around = np.arange(max(0, second - 1), min(len(steps), second + 2))
            near = around[self._changes[around]]
            if len(near) == 1:
                begins[second], begins[near[0]] = False, True
        begins[0] = True
        return begins

    @cached_property
    def _changes(self) -> BoolArray:
        """(T,) True where a given note begins or ends, or what may be written does."""
        chorale, given = self.whole.chorale, ~self.asked
        pitches = np.where(given, chorale.pitches, _ASKED)
        changes = chorale.onsets & given
        changes[1:] |= pitches[1:] != pitches[:-1]
        return np.asarray(changes.any(axis=1))

    @property
    def _fits(self) -> bool:
        """Whether nothing is lost, and a pickup that lacks a sixteenth is not heard as a whole bar."""
        return self._pickup < self._meter.steps_per_bar and not (self._changes & ~self._begins).any()

    @property
    def _meter(self) -> Meter:
        return Meter(self.whole.meter.beats_per_bar, 4)

    @property
    def _pickup(self) -> int:
        return int(self._begins[: self.whole.pickup].sum())

    @property
    def score(self) -> Score:
        """The score on the heard grid."""
        chorale, first = self.whole.chorale, self._begins
        return Score(
            Chorale(chorale.pitches[first], chorale.onsets[first]),
            self.whole.key,
            self._meter,
            self._pickup,
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
