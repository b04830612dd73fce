"""Where a written voice that keeps its pitch is struck again: the network knows pitches only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chorale.models.coconet.movement import places
from chorale.models.coconet.suspensions import strained
from chorale.music import REST

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from chorale.models.coconet.manners import Manners
    from chorale.models.coconet.task import Task

    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]

__all__ = ["strike"]

BAR_LINE = 4  # the place in the table


def strike(task: Task, pitches: IntArray, manners: Manners) -> BoolArray:
    """Return the onsets (T, 4) of pitches (T, 4): the given ones as they were, the written ones as Bach would.

    A repeated pitch is struck again where Bach strikes it more often than not (by voice, place in the bar, and
    whether the soprano strikes there; the soprano listens to the bass), but not where it has become dissonant: a
    suspension is tied. It is struck after a fermata, and next to given notes, whose lengths are not ours to change.
    """
    score = task.score
    given = ~task.writable
    onsets = score.chorale.onsets & given
    place = _places(task)
    phrase = np.zeros(score.steps, bool)
    phrase[1:] = task.under_fermata[:-1] & ~task.under_fermata[1:]
    anyone, tied = onsets.any(axis=1), strained(pitches)
    for voice in range(4):
        leader = 0 if voice else 3
        leads = np.where(given[:, leader], onsets[:, leader], anyone).astype(np.int64)
        usual = manners.strike[voice][place, leads] > 0.5
        beside = np.zeros(score.steps, bool)
        beside[1:] = given[:-1, voice]
        moved = np.ones(score.steps, bool)
        moved[1:] = pitches[1:, voice] != pitches[:-1, voice]
        begins = ((usual & ~tied[:, voice]) | phrase | beside | moved) & (pitches[:, voice] != REST)
        onsets[:, voice] = np.where(given[:, voice], onsets[:, voice], begins)
    return onsets


def _places(task: Task) -> IntArray:
    score = task.score
    first = task.first_in_beat
    place = places(first + score.steps, task.beat)[first:]
    at_bar = (np.arange(score.steps) - score.pickup) % score.meter.steps_per_bar == 0
    return np.where(at_bar, BAR_LINE, place)
