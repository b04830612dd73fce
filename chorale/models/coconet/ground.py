"""The momentary keys of candidates, so that the costs of the sweeps follow the music's modulations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chorale.music import Chorale
from chorale.theory import analyze

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from chorale.models.coconet.task import Task
    from chorale.music import Score
    from chorale.theory import Analysis

    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]

__all__ = ["NO_KEY", "Ground", "as_score", "ground_of"]

FIFTH = 7  # semitones
NOWHERE = -1
NO_KEY = 24


@dataclass(frozen=True)
class Ground:
    """What the harmony of each candidate stands on.

    Attributes:
        tonic: (C, T) what the chord's tendency tones aim at, a pitch class as the network hears it: the key's tonic,
            in applied chords the degree that they belong to; -1 where there is no chord.
        home: (C, T) the local key's tonic.
        minor: (C, T) whether the local key is minor.
    """

    tonic: IntArray
    home: IntArray
    minor: BoolArray

    @classmethod
    def unknown(cls, count: int, steps: int) -> Ground:
        """Return a ground of which nothing is known."""
        nowhere = np.full((count, steps), NOWHERE)
        return cls(nowhere, nowhere, nowhere == 0)

    def padded(self, before: int, after: int) -> Ground:
        """Return the ground with so many steps around it, as on its first and last."""
        around = ((0, 0), (before, after))
        tonic, home = (np.pad(line, around, mode="edge") for line in (self.tonic, self.home))
        return Ground(tonic, home, np.pad(self.minor, around, mode="edge"))

    def between(self, span: slice) -> Ground:
        """Return the ground of some of its steps."""
        return Ground(self.tonic[:, span], self.home[:, span], self.minor[:, span])

    def numbers(self) -> IntArray:
        """Return (C, T) the number of each local key: 0..11 major by tonic, 12..23 minor, NO_KEY."""
        return np.where(self.home < 0, NO_KEY, self.home + 12 * self.minor)


def ground_of(task: Task, scores: Iterable[Score]) -> Ground:
    """Return the ground of candidates, as the network hears them, by ``chorale.theory``'s analysis of their scores."""
    rows = [_read(task, analyze(score)) for score in scores]
    tonic, home, minor = (np.stack(column) for column in zip(*rows, strict=True))
    return Ground(tonic, home, minor == 1)


def as_score(task: Task, roll: IntArray) -> Score:
    """Return a candidate (T, 4) as a score that can be analysed; notes are struck where they change."""
    score = task.score
    onsets = np.ones_like(roll, bool)
    onsets[1:] = roll[1:] != roll[:-1]
    onsets |= score.chorale.onsets & ~task.writable
    back = np.where(roll < 0, -1, roll - task.shift)
    return score.replace(chorale=Chorale(back.astype(np.int16), onsets & (roll >= 0)), spelling=None)


def _read(task: Task, analysis: Analysis) -> tuple[IntArray, IntArray, IntArray]:
    tonic, home, minor = np.full((3, task.score.steps), NOWHERE)
    for harmony in analysis.harmonies:
        span = slice(harmony.start, harmony.end)
        tonic[span] = (harmony.tonic * FIFTH + task.shift) % 12
        home[span] = (harmony.key.tonic * FIFTH + task.shift) % 12
        minor[span] = int(harmony.key.mode == "minor")
    return tonic, home, minor
