"""Which cells to hide in training: the mixture of tasks that the harmonizer meets when it samples.

Every function returns (T, 4) bool, True = hidden. Coconet hides independent cells only (Huang et al. 2017);
the others are what a user asks for: whole voices, the time after a point, spans, whole frames.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

BoolArray: TypeAlias = NDArray[np.bool_]
Rng: TypeAlias = np.random.Generator
Mixture: TypeAlias = tuple[tuple[float, Callable[[int, Rng], BoolArray]], ...]  # shares, and what draws each

__all__ = ["HALF_KNOWN", "MIXTURE", "Mixture", "draw"]

VOICES = 4
STEPS_PER_BEAT = 4


def draw(steps: int, rng: Rng, mixture: Mixture) -> BoolArray:
    """Return a mask of a mixture; at least one cell is hidden."""
    task = rng.choice(len(mixture), p=[share for share, _ in mixture])
    hidden = mixture[task][1](steps, rng)
    if not hidden.any():
        hidden[rng.integers(steps), rng.integers(VOICES)] = True
    return hidden


def _lower_voices(steps: int, _rng: Rng) -> BoolArray:
    """Soprano given, the rest to write: the job itself."""
    hidden = np.ones((steps, VOICES), bool)
    hidden[:, 0] = False
    return hidden


def _some_of_lower_voices(steps: int, rng: Rng) -> BoolArray:
    """Soprano given, a random share of the rest already written: every moment of sampling the job."""
    hidden = rng.random((steps, VOICES)) < rng.random()
    hidden[:, 0] = False
    return hidden


def _lower_voices_by_beat(steps: int, rng: Rng) -> BoolArray:
    """Soprano given, the rest written in some beats: neighbours in the beat do not give the pitch away."""
    beats = rng.random((-(-steps // STEPS_PER_BEAT), VOICES)) < rng.random()
    hidden = np.repeat(beats, STEPS_PER_BEAT, axis=0)[:steps]
    hidden[:, 0] = False
    return hidden


def _whole_voices(steps: int, rng: Rng) -> BoolArray:
    """One to three voices missing; one missing voice is what the voice sweeps ask for."""
    count = rng.choice([1, 2, 3], p=[0.6, 0.25, 0.15])
    voices = rng.choice(VOICES, size=count, replace=False)
    hidden = np.zeros((steps, VOICES), bool)
    hidden[:, voices] = True
    return hidden


def _chronological(steps: int, rng: Rng) -> BoolArray:
    """Everything after a point missing; half of the time the soprano goes on."""
    hidden = np.zeros((steps, VOICES), bool)
    hidden[rng.integers(steps) :] = True
    if rng.random() < 0.5:
        hidden[:, 0] = False
    return hidden


def _spans(steps: int, rng: Rng) -> BoolArray:
    """A few spans of a beat to four bars missing, each in some voices."""
    hidden = np.zeros((steps, VOICES), bool)
    for _ in range(rng.integers(1, 5)):
        start = rng.integers(steps)
        length = STEPS_PER_BEAT * rng.integers(1, 17)
        hidden[start : start + length] |= rng.random(VOICES) < 0.6
    return hidden


def _cells(steps: int, rng: Rng) -> BoolArray:
    """Independent cells, as many as a uniform draw says: the orderless objective."""
    count = rng.integers(1, steps * VOICES + 1)
    hidden = np.zeros(steps * VOICES, bool)
    hidden[rng.permutation(steps * VOICES)[:count]] = True
    return hidden.reshape(steps, VOICES)


def _frames(steps: int, rng: Rng) -> BoolArray:
    """Whole sixteenths missing, and in some of them a few voices known: the framewise likelihood's states."""
    hidden = np.repeat(rng.random((steps, 1)) < rng.random(), VOICES, axis=1)
    partly = rng.random((steps, 1)) < 0.3
    return hidden & ~(partly & (rng.random((steps, VOICES)) < rng.random((steps, 1))))


# The job itself and the moments of writing it come first; independent cells and whole frames at every share, which
# are the orderless objective, are two fifths, for there the network lagged furthest behind a convolution over pitch.
MIXTURE: Mixture = (
    (0.18, _lower_voices),
    (0.16, _some_of_lower_voices),
    (0.06, _lower_voices_by_beat),
    (0.12, _whole_voices),
    (0.05, _chronological),
    (0.05, _spans),
    (0.19, _cells),
    (0.19, _frames),
)

# What the second look is trained on: fewer cells to be written from nothing, which the first look knows well.
HALF_KNOWN: Mixture = (
    (0.08, _lower_voices),
    (0.22, _some_of_lower_voices),
    (0.10, _lower_voices_by_beat),
    (0.15, _whole_voices),
    (0.05, _chronological),
    (0.05, _spans),
    (0.18, _cells),
    (0.17, _frames),
)
