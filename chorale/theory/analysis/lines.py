"""How each sounding tone is approached and left, and how cheaply it may therefore be called a non-chord tone.

Conventions: M moments; arrays of shape (M, 4) have a column a voice; intervals in semitones, a step is one or two.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from chorale.music import REST, Score
from chorale.theory.texture import Texture

__all__ = ["Lines", "lines_of"]

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
_FAR = 99  # semitones; where there is no note to come from or to go to


@dataclass(frozen=True, eq=False)
class Lines:
    """Every tone in its line.

    Attributes:
        approach: (M, 4) semitones from the note before to this one; _FAR where there is none.
        leave: (M, 4) semitones from this note to the next; _FAR where there is none.
        first: (M, 4) the moment on which the note began.
        last: (M, 4) the moment on which it sounds for the last time.
        following: (M, 4) fifths of the next note; 0 where there is none.
        strength: (M,) metrical strength of each moment: 5 bar, 4 middle beat, 3 beat, 2 quarter, 1 eighth, 0 below.
        weaker: (M, 4) whether the next note begins on a stronger place than the tone has stood on: its own, or, if it
            is held over, the strongest it has been held over.
    """

    approach: Ints
    leave: Ints
    first: Ints
    last: Ints
    following: Ints
    strength: Ints
    weaker: Bools

    @cached_property
    def comes_by_step(self) -> Bools:
        """Whether the note is a step from the one before."""
        return _is_step(self.approach)

    @cached_property
    def goes_by_step(self) -> Bools:
        """Whether the next note is a step from it."""
        return _is_step(self.leave)

    @cached_property
    def resolves(self) -> Bools:
        """Whether the tone, were it foreign, would have to step to a chord tone: it is no weaker than the next."""
        resolves: Bools = self.goes_by_step & ~self.weaker
        return resolves

    @cached_property
    def held(self) -> Bools:
        """Whether the tone sounded already at the moment before: held over, or struck again."""
        rows = np.arange(len(self.first))[:, None]
        held: Bools = (self.first < rows) | (self.approach == 0)
        return held


def _is_step(semitones: Ints) -> Bools:
    size = np.abs(semitones)
    step: Bools = (size == 1) | (size == 2)
    return step


def strengths(score: Score, steps: Ints) -> Ints:
    """Return (M,) the metrical strength of each step."""
    meter = score.meter
    into = (steps - score.pickup) % meter.steps_per_bar
    beat = meter.steps_per_beat
    levels = [
        into == 0,
        (meter.beats_per_bar % 2 == 0) & (2 * into == meter.steps_per_bar),
        into % beat == 0,
        (beat % 4 == 0) & (into % 4 == 0),  # a compound beat has eighths below it, no quarters
        into % 2 == 0,
    ]
    return np.select(levels, [5, 4, 3, 2, 1], 0).astype(np.int64)


def lines_of(score: Score, texture: Texture) -> Lines:
    """Return how the tones of a score move."""
    count = len(texture)
    rows = np.arange(count)[:, None]
    starts_here = texture.begins | ~texture.sounds
    first: Ints = np.maximum.accumulate(np.where(starts_here, rows, 0), axis=0)
    ends_here = np.ones_like(starts_here)
    ends_here[:-1] = starts_here[1:]
    last: Ints = np.minimum.accumulate(np.where(ends_here, rows, count - 1)[::-1], axis=0)[::-1]
    pitches = texture.pitches
    before, after = np.maximum(first - 1, 0), np.minimum(last + 1, count - 1)
    previous = np.where(first > 0, np.take_along_axis(pitches, before, axis=0), REST)
    following = np.where(last < count - 1, np.take_along_axis(pitches, after, axis=0), REST)
    strength = strengths(score, texture.steps)
    return Lines(
        approach=np.where((previous == REST) | ~texture.sounds, _FAR, pitches - previous),
        leave=np.where((following == REST) | ~texture.sounds, _FAR, following - pitches),
        first=first,
        last=last,
        following=np.where(following == REST, 0, np.take_along_axis(texture.fifths, after, axis=0)),
        strength=strength,
        weaker=strength[after] > _peaks(first, strength),
    )


def _peaks(first: Ints, strength: Ints) -> Ints:
    """Return (M, 4) the strongest place each tone has stood on by each moment; its onset only until it is held over."""
    peaks = np.repeat(strength[:, None], first.shape[1], axis=1)
    for row in range(2, len(first)):
        held = first[row] < row - 1
        peaks[row] = np.where(held, np.maximum(peaks[row - 1], strength[row]), strength[row])
    return peaks
