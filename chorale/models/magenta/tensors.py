"""What Magenta's autoencoders read and write, (T, D) numbers for T steps. numpy only.

    melody      90 classes: HOLD, OFF, the pitches 21..108; read and written as 1 at the event, else 0
    drums       read as nine pieces struck or not and "none of them"; written as one of 512 sets of pieces
    grooves     27 numbers: nine hits, nine velocities 0..1, nine offsets -1..1, an offset of 1 half a step early

Humanizing, a groove is read without velocities and offsets; tapped, as one line on the open hat, with offsets alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chorale.models.magenta.encodings import OneHot
from chorale.models.magenta.events import drum_events, melody_events, melody_of, moved
from chorale.music import PIECES, DrumPattern, Piece

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from chorale.music import Melody

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float32]

__all__ = [
    "DRUM_SETS",
    "KEYBOARD",
    "drum_rolls",
    "groove",
    "groove_of",
    "humanized",
    "melody_rows",
    "melody_written",
    "tapped",
    "taps",
]

KEYBOARD = OneHot(21, 108)
DRUM_SETS = 512
_SCALE = -2
"""Of offsets: ours are steps late, Magenta's half steps early."""
_LOUDEST = 127


def melody_rows(melody: Melody) -> FloatArray:
    """Return (T, 90); pitches that the keyboard has not are read in the nearest octave that it has."""
    events = moved(melody_events(melody), 0, KEYBOARD.lowest, KEYBOARD.highest)
    return np.eye(KEYBOARD.classes, dtype=np.float32)[[KEYBOARD.answer(int(event)) for event in events]]


def melody_written(answers: IntArray) -> Melody:
    """Return the melody of classes (T,)."""
    return melody_of(np.array([KEYBOARD.event(int(answer), answers) for answer in answers], np.int64))


def drum_rolls(pattern: DrumPattern) -> FloatArray:
    """Return (T, 10)."""
    return np.column_stack([pattern.hits, drum_events(pattern) == 0]).astype(np.float32)


def groove(pattern: DrumPattern) -> FloatArray:
    """Return (T, 27)."""
    return np.concatenate([pattern.hits, pattern.velocities / _LOUDEST, pattern.offsets * _SCALE], axis=1).astype(
        np.float32
    )


def groove_of(rows: FloatArray) -> DrumPattern:
    """Return the pattern of (T, 27); a hit is what is above a half."""
    hits, velocities, offsets = np.split(rows, 3, axis=1)
    loud = np.clip(np.round(velocities * _LOUDEST), 1, _LOUDEST)
    return DrumPattern(hits > 0.5, loud.astype(np.int16), np.clip(offsets / _SCALE, -0.5, 0.5))


def humanized(pattern: DrumPattern) -> FloatArray:
    """Return (T, 27) without velocities and offsets."""
    rows = groove(pattern)
    rows[:, len(PIECES) :] = 0
    return rows


def taps(struck: NDArray[np.bool_], offsets: FloatArray) -> FloatArray:
    """Return (T, 27) of one line of taps on the open hat, offsets in steps that a tap is late."""
    rows = np.zeros((len(struck), 3 * len(PIECES)), np.float32)
    rows[:, Piece.OPEN_HAT] = struck
    rows[:, 2 * len(PIECES) + Piece.OPEN_HAT] = np.where(struck, offsets * _SCALE, 0)
    return rows


def tapped(pattern: DrumPattern) -> FloatArray:
    """Return the taps of a pattern, with the offsets of the loudest hit of each step."""
    loudest = pattern.velocities.argmax(axis=1)
    steps = np.arange(len(pattern))
    return taps(pattern.hits[steps, loudest], pattern.offsets[steps, loudest])
