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
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chorale.music import REST, Melody

if TYPE_CHECKING:
    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]

__all__ = [
    "CLASSES",
    "COLUMNS",
    "COPIED",
    "HIGHEST",
    "HOLD",
    "LOWEST",
    "NONE",
    "OFF",
    "columns_of",
    "events_of",
    "melody_of",
    "nearness",
    "place_columns",
]

HOLD, OFF, FIRST_PITCH = 0, 1, 2
LOWEST, HIGHEST = 48, 95
PITCHES = HIGHEST - LOWEST + 1
CLASSES = FIRST_PITCH + PITCHES
NONE = CLASSES
LOOKBACK = (1, 2, 4, 8)  # bars
COPIED = (1, 2, 3, 4)
LONGEST = 16  # steps since the last onset that are told apart
_REPEATED = (1, 4, 8, 16)
_NEAR = (64, 32, 16, 8)  # steps from the end
COLUMNS = (CLASSES + 1, *[CLASSES + 1] * len(LOOKBACK), PITCHES + 1, 28, 5, LONGEST + 1, *[5] * len(LOOKBACK), 6)


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
        columns[..., 1 + number] = _back(events, bars * bar)
        columns[..., 9 + number] = _repeated(events, bars * bar)
    columns[..., 5], columns[..., 8] = _sounding(events)
    columns[..., 6], columns[..., 7] = place_columns(np.arange(steps + 1), bar, pickup)
    columns[..., 13] = 0 if left is None else nearness(left)
    return columns


def nearness(left: IntArray) -> IntArray:
    """Return column 13 for so many steps up to the end."""
    return 1 + (left[..., np.newaxis] <= np.array(_NEAR)).sum(axis=-1)


def place_columns(steps: IntArray, bar: int, pickup: int) -> tuple[IntArray, IntArray]:
    """Return the columns 6 and 7 of some steps."""
    place = (steps - pickup) % bar + (16 if bar == 12 else 0)
    return place, np.where(steps < pickup, 4, (steps - pickup) // bar % 4)


def _back(events: IntArray, distance: int) -> IntArray:
    """Return the event so many steps before each step and the one that comes next, NONE before the start."""
    padding = np.full((*events.shape[:-1], distance), NONE)
    return np.concatenate([padding, events], axis=-1)[..., : events.shape[-1] + 1]


def _repeated(events: IntArray, distance: int) -> IntArray:
    """Return how many events up to each step were those of ``distance`` steps before, in classes."""
    same = np.zeros((*events.shape[:-1], events.shape[-1] + 1), bool)
    same[..., 1:] = events == _back(events, distance)[..., :-1]
    index = np.arange(same.shape[-1])
    broken = np.maximum.accumulate(np.where(same, 0, index), axis=-1)
    return sum(((index - broken) >= limit).astype(np.int64) for limit in _REPEATED)


def _sounding(events: IntArray) -> tuple[IntArray, IntArray]:
    """Return what sounds before each step and the next (pitch - 47, 0 = nothing), and steps since the last onset."""
    steps = events.shape[-1]
    index = np.arange(steps)
    decided = np.maximum.accumulate(np.where(events != HOLD, index, -1), axis=-1)
    event = np.where(decided >= 0, np.take_along_axis(events, np.maximum(decided, 0), axis=-1), OFF)
    struck = np.maximum.accumulate(np.where(events >= FIRST_PITCH, index, -LONGEST), axis=-1)
    pitch = np.zeros((*events.shape[:-1], steps + 1), np.int64)
    since = np.full_like(pitch, LONGEST)
    pitch[..., 1:] = np.maximum(event - FIRST_PITCH + 1, 0)
    since[..., 1:] = np.minimum(index + 1 - struck, LONGEST)
    return pitch, since
