"""Melodies and drum patterns as Magenta counts them, one event a step. numpy only.

Melody events: HOLD (-2, what sounds goes on, or the silence does), OFF (-1, a silence begins), else the MIDI number of
the note that begins. A silence at the beginning is HOLD. Drum events: the sum of 2 ** piece over the pieces struck.

MelodyRNN moves a melody to C major, or to the key it takes for that, and to the middle of its range (``moved``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chorale.models.drum_rnn import codec
from chorale.music import REST, DrumPattern, Melody

if TYPE_CHECKING:
    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]

__all__ = [
    "HOLD",
    "OFF",
    "drum_events",
    "keys_fitting",
    "melody_events",
    "melody_of",
    "moved",
    "pattern_of",
    "shift_to_c",
]

HOLD, OFF = -2, -1
OCTAVE = 12
_MAJOR = np.array([1, 0, 1, 0, 1, 1, 0, 1, 0, 1, 0, 1])
_IN_KEY = np.array([np.roll(_MAJOR, tonic) for tonic in range(OCTAVE)])
"""(12, 12) whether major key i has pitch class j."""


def melody_events(melody: Melody) -> IntArray:
    """Return the events (T,) of a melody."""
    sounding = melody.pitches != REST
    rested = np.concatenate([[True], ~sounding[:-1]])[: len(melody)]
    silent = np.where(rested, HOLD, OFF)
    return np.where(melody.onsets, melody.pitches, np.where(sounding, HOLD, silent)).astype(np.int64)


def melody_of(events: IntArray) -> Melody:
    """Return the melody of events (T,); the inverse of ``melody_events``."""
    steps = np.arange(len(events))
    decided = np.maximum.accumulate(np.where(events == HOLD, -1, steps)) if len(events) else steps
    last = np.where(decided < 0, OFF, events[np.maximum(decided, 0)]) if len(events) else events
    return Melody(np.where(last >= 0, last, REST).astype(np.int16), events >= 0)


def drum_events(pattern: DrumPattern) -> IntArray:
    """Return the events (T,) of a drum pattern: which pieces are struck."""
    return codec.events_of(pattern.hits)


def pattern_of(events: IntArray) -> DrumPattern:
    """Return the drum pattern of events (T,), all of medium velocity and on the grid."""
    return DrumPattern(codec.hits_of(events))


def keys_fitting(events: IntArray) -> IntArray:
    """Return (12,) how many notes of some events each major key has, C first."""
    counts = np.bincount(events[events >= 0] % OCTAVE, minlength=OCTAVE)
    return _IN_KEY @ counts


def shift_to_c(events: IntArray, lowest: int, highest: int) -> int:
    """Return by how many semitones a melody is moved: to C major, and nearest to the middle of a range.

    Its key is the major one that has most of its notes, of several the first from C.
    """
    notes = events[events >= 0]
    if not len(notes):
        return 0
    to_c = -int(keys_fitting(events).argmax())
    off_centre = (lowest + highest) / 2 - ((int(notes.min()) + int(notes.max())) / 2 + to_c)
    return to_c + OCTAVE * round(off_centre / OCTAVE)


def moved(events: IntArray, shift: int, lowest: int, highest: int) -> IntArray:
    """Return the events with every note moved by semitones, and by octaves to the nearest end of a range it misses."""
    pitches = events + shift
    low = np.where(pitches < lowest, lowest + (pitches - lowest) % OCTAVE, pitches)
    inside = np.where(low > highest, highest + 1 - OCTAVE + (low - highest - 1) % OCTAVE, low)
    return np.where(events >= 0, inside, events)
