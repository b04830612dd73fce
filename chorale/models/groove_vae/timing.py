"""When each hit is played: where it is expected, and how far a whole step strays from there. numpy only.

The network follows its training's performances too closely: of what it expects, that which differs from bar to bar of
a clip is mostly chance. It is therefore steadied: drawn towards what is expected of the same place and piece in all
bars, and that towards the clip's mean, and this towards all drummers'.

What is to be expected is more even than what drummers play. So at temperature 1 each is played where the error to be
expected, less what a place is worth, is least; a place is worth the more, the more rarely hits come there as compared
with drummers'. This is the way to a distribution like theirs that strays least from what is expected, and it moves
those hits most of which the network knows least. Errors count by the clock, so the faster, the further hits stray. All
hits of a step move together, as hands do. Transport with a divergence in the place of a fixed target: Liero, Mielke,
Savare, Optimal Entropy-Transport Problems (2018).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

from chorale.music import PIECES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float32]
    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]

__all__ = ["CHANCE", "PLACES", "REACH", "Choices", "choices", "steadied", "strayed"]

PLACES = 20  # of equal width in a step
REACH = 0.5  # steps
CHANCE = 0.0005  # steps of error at the usual tempo: how much worse a shift may be that is still chosen now and then
SHIFTS = np.linspace(-0.45, 0.45, 37).astype(np.float32)  # steps
FORBIDDEN = 9.0  # steps of error: out of reach

# Fitted on validation performances, where the network's errors are those of new music.
_ALL = -0.06  # steps: drummers of the training split play before the metronome
_CLIP, _PLACE, _BAR = 0.8, 0.9, 0.5  # of what is expected, as differences from the level above
_LEAST, _SHARE = 0.06, 0.8  # the spread of hits: a constant and a share of the network's
_LOGISTIC = 0.576  # scale of the logistic distribution with the same mean error as a normal one of spread 1
_BAR_STEPS = 16
_USUAL_TEMPO, _FAST = 110.0, 160.0  # quarters a minute; where it is faster still, hits stray no further


def steadied(expected: FloatArray, hits: BoolArray) -> FloatArray:
    """Return the offsets (T, 9) in steps with less of what differs from bar to bar, where there are hits."""
    steps, pieces = np.nonzero(hits)
    if not len(steps):
        return expected
    raw = expected[steps, pieces]
    place = steps % _BAR_STEPS * len(PIECES) + pieces
    counts = np.maximum(np.bincount(place), 1)
    usual = (np.bincount(place, raw) / counts)[place]
    mean = raw.mean()
    steady = expected.copy()
    steady[steps, pieces] = _ALL + _CLIP * (mean - _ALL) + _PLACE * (usual - mean) + _BAR * (raw - usual)
    return np.clip(steady, -REACH, REACH)


@dataclass(frozen=True)
class Choices:
    """Where the hits of the struck steps may go.

    Attributes:
        first: (struck steps,) each one's first hit.
        pieces: (hits,), ordered by steps.
        costs: (hits, shifts) the error that each shift is expected to add, in steps of the usual tempo.
        places: (hits, shifts) in which of the places the hit then is.
    """

    first: IntArray
    pieces: IntArray
    costs: FloatArray
    places: IntArray

    def energies(self, worth: FloatArray) -> FloatArray:
        """Return (struck steps, shifts), the error less what the places (9, PLACES) are worth."""
        return cast("FloatArray", np.add.reduceat(self.costs - worth[self.pieces[:, None], self.places], self.first))


def choices(expected: FloatArray, spreads: FloatArray, hits: BoolArray, qpm: NDArray[np.float64] | float) -> Choices:
    """Return where hits (T, 9) that are expected there, in steps, may go; there is at least one.

    The tempo is one number, or one for each step (T,). The mean error of a logistic distribution of scale b grows by
    2 b log cosh(d / 2 b) at a distance d from its middle.
    """
    steps, pieces = np.nonzero(hits)
    scale = _LOGISTIC * (_LEAST + _SHARE * spreads[steps, pieces, None])
    slowness = (_USUAL_TEMPO / np.minimum(np.broadcast_to(qpm, len(hits)), _FAST))[steps, None]
    costs = slowness * 2 * scale * np.log(np.cosh(SHIFTS / (2 * scale)))
    late = expected[steps, pieces, None] + SHIFTS
    costs = np.where((np.abs(late) > REACH) & (SHIFTS != 0), FORBIDDEN, costs).astype(np.float32)
    places = np.clip((late + REACH) * PLACES / (2 * REACH), 0, PLACES - 1).astype(np.int64)
    return Choices(np.flatnonzero(np.diff(steps, prepend=-1)), pieces, costs, places)


def strayed(
    expected: FloatArray,
    spreads: FloatArray,
    hits: BoolArray,
    qpm: float,
    worth: FloatArray,
    rng: np.random.Generator,
    temperature: float,
) -> FloatArray:
    """Return the offsets (T, 9) in steps that are played; temperature 0 plays those expected, 2 strays twice as far."""
    energies = choices(expected, spreads, hits, qpm).energies(worth)
    chance = CHANCE * rng.gumbel(size=energies.shape)
    played = expected.copy()
    played[hits.any(axis=1)] += temperature * SHIFTS[(energies - chance).argmin(axis=1), None]
    return played
