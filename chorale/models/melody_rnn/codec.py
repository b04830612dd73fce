"""MelodyRNN's codec: melodies to events, events to what the network reads, and back. numpy only.

Events, one a step: HOLD (what sounds goes on, or the rest does), OFF (a rest begins), then the pitches 48..95.
The network reads, before each step, the columns

    0       the event before
    1..4    the events one, two, four and eight bars before the one to come (NONE where there was nothing yet)
    5       the pitch that sounds, or that none does
    6       the place in the bar: 0..15 in four-four, 16..27 in three-four
    7       the bar, modulo 4; 4 in a pickup
    8       steps since the last onset, at most 16
    9..12   for how long the line has repeated what stood one, two, four, eight bars before: 0, 1.., 4.., 8.., 16..
    13      how near the end is: 0 unknown, else 1 + how many of 4 bars, 2 bars, 1 bar, half a bar are not exceeded
    14..20  the events two to eight steps before
    21..26  the two events after those of the columns 1, 2 and 3
    27..29  the three notes before the one struck last
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chorale.models.sequences.past import REPEATS, after, back, place_in_bar, repeated
from chorale.music import REST, Melody

if TYPE_CHECKING:
    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]

__all__ = [
    "CLASSES",
    "COLUMNS",
    "COPIED",
    "END",
    "FIRST_PITCH",
    "HIGHEST",
    "HOLD",
    "LOWEST",
    "NONE",
    "OFF",
    "columns_of",
    "events_of",
    "melody_of",
    "nearness",
]

HOLD, OFF, FIRST_PITCH = 0, 1, 2
LOWEST, HIGHEST = 48, 95
PITCHES = HIGHEST - LOWEST + 1
CLASSES = FIRST_PITCH + PITCHES
NONE = CLASSES
LOOKBACK = (1, 2, 4, 8)  # bars
COPIED = (1, 2, 3, 4)
LONGEST = 16  # steps since the last onset that are told apart
_NEAR = (64, 32, 16, 8)  # steps from the end
END = 13
_EVENTS_SEEN = 8
_AHEAD = [(bars, ahead) for bars in LOOKBACK[:3] for ahead in (1, 2)]
_NOTES_SEEN = 3
COLUMNS = (
    *[CLASSES + 1] * (1 + len(LOOKBACK)),
    *(PITCHES + 1, 28, 5, LONGEST + 1),
    *[REPEATS] * len(LOOKBACK),
    6,
    *[CLASSES + 1] * (_EVENTS_SEEN - 1 + len(_AHEAD)),
    *[PITCHES + 1] * _NOTES_SEEN,
)


def events_of(melody: Melody) -> IntArray:
    """Return the events (T,) of a melody.

    Raises:
        ValueError: a pitch is outside 48..95.
    """
    pitches = melody.pitches.astype(np.int64)
    sounding = pitches != REST
    if (sounding & ((pitches < LOWEST) | (pitches > HIGHEST))).any():
        raise ValueError(f"pitches {pitches[sounding].min()}..{pitches.max()}: wanted {LOWEST}..{HIGHEST}")
    rested = np.concatenate([[True], ~sounding[:-1]])
    return np.where(melody.onsets, pitches - LOWEST + FIRST_PITCH, np.where(sounding | rested, HOLD, OFF))


def melody_of(events: IntArray) -> Melody:
    """Return the melody of events (T,); the inverse of ``events_of``."""
    struck = events >= FIRST_PITCH
    decides = np.where(events != HOLD, np.arange(len(events)), -1)
    last = np.maximum.accumulate(decides) if len(events) else decides
    pitches = np.where((last >= 0) & struck[last], events[last] - FIRST_PITCH + LOWEST, REST)
    return Melody(pitches.astype(np.int16), struck)


def columns_of(events: IntArray, bar: int, pickup: int = 0, *, left: IntArray | None = None) -> IntArray:
    """Return the columns (..., T + 1, K) of events (..., T): before each of them, and before the one that comes next.

    Args:
        events: Any number of lines of the same length.
        bar: Steps in a bar, 12 or 16.
        pickup: Steps before the first whole bar.
        left: (T + 1,) steps from each step to the end; None: unknown.
    """
    steps = events.shape[-1]
    columns = np.zeros((*events.shape[:-1], steps + 1, len(COLUMNS)), np.int64)
    columns[..., 0, 0] = NONE
    columns[..., 1:, 0] = events
    for number, bars in enumerate(LOOKBACK):
        columns[..., 1 + number] = back(events, bars * bar, NONE)
        columns[..., 9 + number] = repeated(events, bars * bar)
    sounding, since, notes = _heard(events)
    columns[..., 5], columns[..., 8] = sounding, since
    columns[..., 6], columns[..., 7] = place_in_bar(np.arange(steps + 1), bar, pickup)
    columns[..., END] = 0 if left is None else nearness(left)
    near = [back(events, distance, NONE) for distance in range(2, _EVENTS_SEEN + 1)]
    ahead = [back(events, bars * bar - ahead, NONE) for bars, ahead in _AHEAD]
    columns[..., END + 1 :] = np.stack([*near, *ahead, *notes], axis=-1)
    return columns


def nearness(left: IntArray) -> IntArray:
    """Return column 13 for so many steps up to the end."""
    near: IntArray = 1 + (left[..., np.newaxis] <= np.array(_NEAR)).sum(axis=-1)
    return near


def _heard(events: IntArray) -> tuple[IntArray, IntArray, list[IntArray]]:
    """Return what sounds before each step and the next (pitch - 47, 0 = nothing), steps since the last onset, notes.

    The notes are those before the last that was struck, the latest first, numbered as what sounds.
    """
    index = np.arange(events.shape[-1])
    decided = np.maximum.accumulate(np.where(events != HOLD, index, -1), axis=-1)
    struck = np.maximum.accumulate(np.where(events >= FIRST_PITCH, index, -1), axis=-1)
    since = np.where(struck >= 0, np.minimum(index + 1 - struck, LONGEST), LONGEST)
    notes, place = [], struck
    for _ in range(_NOTES_SEEN):
        place = np.where(place > 0, np.take_along_axis(struck, np.maximum(place - 1, 0), axis=-1), -1)
        notes.append(after(_pitch_at(events, place), 0))
    return after(_pitch_at(events, decided), 0), after(since, LONGEST), notes


def _pitch_at(events: IntArray, places: IntArray) -> IntArray:
    """Return the pitches (- 47) struck at places along the line; 0 for a rest and a place before the start."""
    event = np.where(places >= 0, np.take_along_axis(events, np.maximum(places, 0), axis=-1), OFF)
    pitches: IntArray = np.maximum(event - FIRST_PITCH + 1, 0)
    return pitches
