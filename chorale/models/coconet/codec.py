"""Coconet's codec: chorales to integer codes and context planes, and back. numpy only.

Classes (what the network predicts): 46 pitches from C2 (36) to A5 (81), then silence.
Codes (what it reads): the classes, then HIDDEN (to be written) and OUTSIDE (before the beginning, after the end).
Context: one row of CONTEXT floats a step, all zero where nothing is known:

    0..3    which sixteenth of the beat (always known)
    4, 5    fermatas are known; a note with a fermata sounds
    6..10   which beat of the bar, the first to the fourth; the bar has three beats
    11..24  the tonic's pitch class; major; minor
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]
    FloatArray = NDArray[np.float32]

__all__ = [
    "CLASSES",
    "CODES",
    "CONTEXT",
    "HIDDEN",
    "HIGHEST",
    "LOWEST",
    "OUTSIDE",
    "PITCHES",
    "SILENCE",
    "TONIC",
    "Context",
    "classes_of",
    "codes_of",
    "context_planes",
    "pitches_of",
]

LOWEST, HIGHEST = 36, 81
PITCHES = HIGHEST - LOWEST + 1
SILENCE = PITCHES
CLASSES = PITCHES + 1
HIDDEN = CLASSES
OUTSIDE = CLASSES + 1
CODES = CLASSES + 2
CONTEXT = 25
STEPS_PER_BEAT = 4
REST = -1
_KNOWN_BARS = (8, 12, 16)  # two, three and four quarters; the beats of other meters are left unknown
TONIC = 11  # the first of the twelve planes of the tonic
_FERMATA, _BEAT, _TRIPLE, _MODE = 4, 6, 10, 23


@dataclass(frozen=True)
class Context:
    """What is known about a piece beside its notes; None = unknown.

    Attributes:
        fermata: (T,) 1 while a note with a fermata sounds, 0 elsewhere, negative = unknown.
        phase: (T,) steps since the last bar line, negative = unknown.
        bar: (T,) steps in that bar, negative = unknown.
        tonic: pitch class 0..11.
        minor: the mode.
    """

    fermata: IntArray | None = None
    phase: IntArray | None = None
    bar: IntArray | None = None
    tonic: int | None = None
    minor: bool = False


def classes_of(pitches: IntArray) -> IntArray:
    """Return the classes of MIDI numbers (any shape; REST is silence).

    Raises:
        ValueError: a pitch is outside 36..81.
    """
    numbers = np.asarray(pitches, np.int64)
    sounding = numbers != REST
    if (sounding & ((numbers < LOWEST) | (numbers > HIGHEST))).any():
        raise ValueError(f"pitches {numbers.min()}..{numbers.max()}: the network knows {LOWEST}..{HIGHEST}")
    return np.where(sounding, numbers - LOWEST, SILENCE)


def pitches_of(classes: IntArray) -> IntArray:
    """Return the MIDI numbers of classes (any shape); the inverse of ``classes_of``."""
    return np.where(classes == SILENCE, REST, classes + LOWEST)


def codes_of(pitches: IntArray, hidden: BoolArray) -> IntArray:
    """Return the codes of (..., T, 4) pitches, HIDDEN where hidden; what stands in hidden cells is ignored."""
    return np.where(hidden, HIDDEN, classes_of(np.where(hidden, REST, pitches)))


def context_planes(context: Context, steps: int, *, first: int = 0) -> FloatArray:
    """Return the (steps, CONTEXT) planes of a piece that begins ``first`` steps after a beat."""
    planes = np.zeros((steps, CONTEXT), np.float32)
    planes[np.arange(steps), (first + np.arange(steps)) % STEPS_PER_BEAT] = 1
    if context.fermata is not None:
        planes[:, _FERMATA] = context.fermata >= 0
        planes[:, _FERMATA + 1] = context.fermata > 0
    if context.phase is not None and context.bar is not None:
        _add_beats(planes, context.phase, context.bar)
    if context.tonic is not None:
        planes[:, TONIC + context.tonic % 12] = 1
        planes[:, _MODE + int(context.minor)] = 1
    return planes


def _add_beats(planes: FloatArray, phase: IntArray, bar: IntArray) -> None:
    known = (phase >= 0) & np.isin(bar, _KNOWN_BARS)
    beat = phase // STEPS_PER_BEAT
    planes[np.flatnonzero(known), _BEAT + beat[known]] = 1
    planes[:, _TRIPLE] = known & (bar == 12)
