"""A score as theory sees it: one row for every moment at which a voice begins a note or falls silent.

Conventions: M moments; the last axis of every (M, 4) array is the voice, soprano first; steps count sixteenths.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from chorale.music import REST, Score
from chorale.theory.phrases import phrase_ends

__all__ = ["Texture"]

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Texture:
    """The moments of a score.

    Attributes:
        steps: (M,) first step of each moment, rising.
        ends: (M,) first step after it.
        pitches: (M, 4) MIDI numbers, REST where silent.
        fifths: (M, 4) places on the line of fifths; 0 where silent.
        begins: (M, 4) whether a note begins.
        starts: (M, 4) the step on which the sounding note began; -1 where silent.
        phrases: (M,) number of the phrase, from 0.
        accents: (M,) metrical weight: 3 on a bar's first beat, 2 on its middle beat, 1 on another beat, 0 between.
    """

    steps: Ints
    ends: Ints
    pitches: Ints
    fifths: Ints
    begins: Bools
    starts: Ints
    phrases: Ints
    accents: Ints

    @classmethod
    def of(cls, score: Score) -> "Texture":
        """Return the moments of a score (kept for the last few scores: values never change)."""
        return _texture(score)

    def __len__(self) -> int:
        return len(self.steps)

    @property
    def sounds(self) -> Bools:
        """(M, 4) whether the voice sounds."""
        sounds: Bools = self.pitches != REST
        return sounds

    @property
    def joined(self) -> Bools:
        """(M - 1,) whether a moment and the next belong to one phrase."""
        joined: Bools = self.phrases[1:] == self.phrases[:-1]
        return joined

    def index_at(self, step: int) -> int:
        """Return the moment that a step belongs to."""
        return max(0, int(np.searchsorted(self.steps, step, side="right")) - 1)


@lru_cache(maxsize=8)
def _texture(score: Score) -> Texture:
    pitches, onsets = score.chorale.pitches.astype(np.int64), score.chorale.onsets
    falls_silent = np.zeros(onsets.shape, dtype=bool)
    falls_silent[1:] = (pitches[1:] == REST) & (pitches[:-1] != REST)
    is_moment: Bools = np.any(onsets | falls_silent, axis=1).astype(bool)
    is_moment[:1] = True
    steps = np.flatnonzero(is_moment)
    silent: Bools = pitches == REST
    last_onset: Ints = np.maximum.accumulate(np.where(onsets, np.arange(score.steps)[:, None], -1), axis=0)
    starts: Ints = np.where(silent, -1, last_onset)
    ends = np.append(steps[1:], score.steps) if len(steps) else steps
    return Texture(
        steps=steps,
        ends=ends,
        pitches=pitches[steps],
        fifths=score.spelling.astype(np.int64)[steps],
        begins=onsets[steps],
        starts=starts[steps],
        phrases=np.searchsorted(np.array(phrase_ends(score)), steps, side="right"),
        accents=_accents(score, steps),
    )


def _accents(score: Score, steps: Ints) -> Ints:
    meter = score.meter
    into = (steps - score.pickup) % meter.steps_per_bar
    on_beat = into % meter.steps_per_beat == 0
    middle = (meter.beats_per_bar % 2 == 0) & (2 * into == meter.steps_per_bar)
    accents: Ints = np.where(into == 0, 3, np.where(middle, 2, np.where(on_beat, 1, 0))).astype(np.int64)
    return accents
