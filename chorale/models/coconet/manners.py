"""Bach's manners as costs: how often a voice moves, how far, over which bass, and which movements he avoids.

The network knows one cell at a time; these costs speak of movements, so that a line can be drawn as a whole.
A cost is in nats. The tables are counted in the training pieces; the weights were set on validation phrases, until
changes of pitch and steps of the bass came as often as in Bach.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["Manners"]

LARGEST = 24  # semitones in the interval table
INTERVAL_WEIGHT = (0.8, 0.8, 0.8, 1.6)  # by voice: the network hears chords better than it hears a bass line
VERTICAL_WEIGHT = 0.1
LIVELINESS = (-1.0, -0.25, -0.6, 0.0)  # off a change's cost, by place: brings the rates of changes to Bach's
LEAP = 3.0  # over an octave
CROSSING = 0.1  # a nudge: Bach crosses voices in one phrase of four
SPACING = 0.5  # for any space wider than these
NEIGHBOUR_SPACE = (12, 12, 19)  # semitones between neighbouring voices, from the top
NEVER = 30.0  # nats for what the tables say never happens


@dataclass(frozen=True)
class Manners:
    """The tables; see ``chorale.training.statistics`` for their axes.

    Attributes:
        change: (4, 4, 2) probability that a voice changes pitch.
        interval: (4, 49) probability of each interval of a change.
        vertical: (3, 12) probability of each interval above the bass on a beat.
        strike: (4, 4, 2) probability that a repeated pitch is struck again.
    """

    change: Array
    interval: Array
    vertical: Array
    strike: Array

    @classmethod
    def read(cls, path: Path) -> Manners:
        """Return the tables of a JSON file."""
        tables = json.loads(path.read_text(encoding="utf-8"))
        return cls(**{name: np.array(tables[name]) for name in ("change", "interval", "vertical", "strike")})

    def moves(self, voice: int, pitches: NDArray[np.int64]) -> Array:
        """Return the costs (4, 2, N, N) to go from a pitch to a pitch, by place and leader's move."""
        semitones = pitches[None, :] - pitches[:, None]
        far = np.clip(semitones, -LARGEST, LARGEST) + LARGEST
        usual = -(self.interval[voice] * _log(self.interval[voice])).sum()  # so that the weight sets no rate
        distance = -INTERVAL_WEIGHT[voice] * (_log(self.interval[voice][far]) + usual)
        distance += LEAP * (np.abs(semitones) > 12)
        changes = self.change[voice][:, :, None, None]
        distance = distance - np.array(LIVELINESS)[:, None, None, None]
        return np.where(semitones == 0, -_log(1 - changes), -_log(changes) + distance)

    def chords(self, voice: int, pitches: NDArray[np.int64], others: NDArray[np.int64]) -> Array:
        """Return the costs (..., N) of pitches of a voice beside the others (..., 4), wherever there is no beat."""
        cost = np.zeros((*others.shape[:-1], len(pitches)))
        for other in range(4):
            if other != voice:
                sounds = others[..., other, None] >= 0
                cost += sounds * _beside(voice, other, pitches - others[..., other, None])
        return cost

    def harmony(self, voice: int, pitches: NDArray[np.int64], others: NDArray[np.int64]) -> Array:
        """Return the further costs (..., N) on a beat: intervals above the bass, VERTICAL_WEIGHT times."""
        cost = np.zeros((*others.shape[:-1], len(pitches)))
        for upper in range(3):
            if voice not in (upper, 3):
                continue
            other = others[..., 3 if voice == upper else upper, None]
            above = (pitches - other if voice == upper else other - pitches) % 12
            cost -= (other >= 0) * VERTICAL_WEIGHT * _log(self.vertical[upper][above])
        return cost


def _beside(voice: int, other: int, above: NDArray[np.int64]) -> Array:
    """Return the cost of sounding ``above`` semitones over another voice: crossing, too wide a space."""
    gap = above if voice < other else -above
    crossing = CROSSING * (gap < 0)
    if abs(voice - other) > 1:
        return cast("Array", crossing)
    return cast("Array", crossing + SPACING * (gap > NEIGHBOUR_SPACE[min(voice, other)]))


def _log(probability: Array) -> Array:
    return cast("Array", np.log(np.maximum(probability, np.exp(-NEVER))))
