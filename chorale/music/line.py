"""One line of notes on the step grid: the arithmetic that chorales and melodies share.

A line is a pair of arrays of T steps: ``pitches`` (MIDI number, REST where silent) and ``onsets`` (True where a note
begins). In normal form every sounding step that does not continue the same pitch is an onset, and no rest is one.
"""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chorale.errors import InputError
from chorale.music.pitch import REST

__all__ = ["BoolArray", "IntArray", "Note", "freeze", "from_notes", "normal_onsets", "notes_of"]

IntArray = NDArray[np.int16]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True)
class Note:
    """One note: first step, length in steps, MIDI number."""

    start: int
    length: int
    pitch: int

    @property
    def end(self) -> int:
        """The first step after the note."""
        return self.start + self.length


def normal_onsets(pitches: IntArray, onsets: BoolArray) -> BoolArray:
    """Return the onsets (T, ...) in normal form: set where the pitch changes to a note, clear where it rests."""
    changed = np.ones_like(onsets)
    changed[1:] = pitches[1:] != pitches[:-1]
    normal: BoolArray = (onsets | changed) & (pitches != REST)
    return normal


def freeze(pitches: IntArray, onsets: BoolArray | None, shape: str) -> tuple[IntArray, BoolArray]:
    """Return checked, normalised, read-only copies of a line's arrays (T,) or (T, V).

    Args:
        pitches: MIDI numbers 0..127 or REST.
        onsets: same shape; None means that equal neighbours are one held note.
        shape: what was wanted, for the message: "(T, 4)".

    Raises:
        InputError: shapes differ or a pitch is out of range.
    """
    sounding = np.array(pitches, dtype=np.int16)
    begins = np.zeros(sounding.shape, dtype=bool) if onsets is None else np.array(onsets, dtype=bool)
    if begins.shape != sounding.shape:
        raise InputError(f"onsets have shape {begins.shape}: wanted {sounding.shape}, as the pitches have")
    if sounding.size and not (sounding.min() >= REST and sounding.max() <= 127):
        raise InputError(
            f"pitches reach {sounding.min()}..{sounding.max()}: wanted {shape} of 0..127 or {REST} for silence"
        )
    begins = normal_onsets(sounding, begins)
    sounding.setflags(write=False)
    begins.setflags(write=False)
    return sounding, begins


def notes_of(pitches: IntArray, onsets: BoolArray) -> Iterator[Note]:
    """Yield the notes of one line (T,) in order."""
    boundary = onsets | (pitches == REST)
    stops = [*np.flatnonzero(boundary).tolist(), len(pitches)]
    for start, stop in itertools.pairwise(stops):
        if pitches[start] != REST:
            yield Note(start, stop - start, int(pitches[start]))


def from_notes(notes: Iterable[Note], steps: int) -> tuple[IntArray, BoolArray]:
    """Return ``pitches`` and ``onsets`` (T,) of notes; a later note cuts an earlier one, and T cuts all."""
    pitches = np.full(steps, REST, dtype=np.int16)
    onsets = np.zeros(steps, dtype=bool)
    for note in notes:
        if note.start < steps:
            pitches[note.start : note.end] = note.pitch
            onsets[note.start : note.end] = False
            onsets[note.start] = True
    return pitches, onsets
