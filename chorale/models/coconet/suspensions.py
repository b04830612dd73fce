"""Suspensions: a tone is held over the beat into a dissonance, and steps down out of it.

The network hears cells one by one, and a held dissonance is several unlikely cells, where to Bach it is one thought; so
a chain of cells writes a quarter of his suspensions. Holding into one is paid back here, and leaving it costs, except
downwards by step.

Shapes: C candidates, T steps (whole beats), N beats, S states of the redrawn voice (pitches, then silence).
"""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, cast

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from chorale.models.coconet.movement import Lines

    Array = NDArray[np.float64]
    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]

__all__ = ["add_suspensions", "strained"]

HELD = 3.6  # nats off holding into a suspension
UNRESOLVED = 2.0  # nats for leaving a dissonance that was on the beat otherwise than by a step down
BASS = 3
REST = -1
EIGHTH = 2
UNDER = (2,)  # semitones below an upper voice; a semitone there is as often a clash of two forms of one degree
UNDER_BASS = (1, 2)  # the same as a seventh over the bass
OVER_BASS = (5, 1, 2)  # the fourth and the ninth
STEPS_DOWN = (1, 2)
STRAINED = np.isin(np.arange(12), UNDER)
STRAINED_OVER_BASS = np.isin(np.arange(12), UNDER_BASS) | np.isin(-np.arange(12) % 12, OVER_BASS)
"""Whether a tone is dissonant, by the semitones up to the other voice."""


def add_suspensions(cost: Array, lines: Lines, liberty: float = 1.0) -> None:
    """Change the costs (C, T, S, S) of coming to each step from the one before.

    Args:
        cost: Changed in place.
        lines: The other voices.
        liberty: How much suspensions are wanted, 0..1.
    """
    tense = _strained(lines)
    beats = np.arange(lines.beat, cost.shape[1] - lines.beat, lines.beat)
    free = _steps_down(~tense & (lines.states != REST))
    resolves = free[:, beats + EIGHTH] | free[:, beats + lines.beat]
    held = tense[:, beats] & ~tense[:, beats - 1] & resolves
    size = len(lines.states)
    same = np.arange(size)
    cost[:, beats[:, None], same, same] -= liberty * HELD * held
    wrong = _wrong_ways(lines.states)
    for arrival in (EIGHTH, lines.beat):
        rows, number, state = np.nonzero(tense[:, beats] & tense[:, beats + arrival - 1])
        cost[rows, beats[number] + arrival, state] += UNRESOLVED * wrong[state]


def _strained(lines: Lines) -> BoolArray:
    """Return (C, T, S) whether the state is dissonant, so that it ought to go down by step."""
    found = np.zeros((*lines.pitches.shape[:2], len(lines.states)), bool)
    for other in lines.others:
        found |= _strains(lines.states, lines.pitches[..., other, None], bass=other == BASS)
    return found


def strained(pitches: IntArray) -> BoolArray:
    """Return (T, 4) whether the tones of pitches (T, 4) are dissonant, so that they ought to go down by step."""
    found = np.zeros(pitches.shape, bool)
    for voice, other in permutations(range(4), 2):
        found[:, voice] |= _strains(pitches[:, voice], pitches[:, other], bass=other == BASS)
    return found


def _strains(tone: IntArray, other: IntArray, *, bass: bool) -> BoolArray:
    """Return whether a tone strains against another: it is the lower of a second, or a fourth or ninth over a bass."""
    table = STRAINED_OVER_BASS if bass else STRAINED
    return cast("BoolArray", table[(other - tone) % 12] & (tone != REST) & (other != REST))


def _steps_down(targets: BoolArray) -> BoolArray:
    """Return which states (..., S) have one of the targets (..., S) a step below."""
    found = np.zeros_like(targets)
    for step in STEPS_DOWN:
        found[..., step:-1] |= targets[..., : -1 - step]
    return found


def _wrong_ways(states: IntArray) -> BoolArray:
    """Return (S, S) the movements that neither hold nor step down."""
    semitones = states[None, :] - states[:, None]
    sings = (states != REST)[:, None] & (states != REST)
    return cast("BoolArray", sings & (semitones != 0) & ~np.isin(-semitones, STEPS_DOWN))
