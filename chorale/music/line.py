"""One line of notes on the step grid: the arithmetic that chorales and melodies share.

A line is a pair of arrays of T steps: ``pitches`` (MIDI number, REST where silent) and ``onsets`` (True where a note
begins). In normal form every sounding step that does not continue the same pitch is an onset, and no rest is one.
"""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from chorale.errors import InputError
from chorale.music.pitch import REST

__all__ = ["BoolArray", "IntArray", "Lines", "Note", "from_notes", "normal_onsets", "notes_of"]

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


class Lines:
    """One or more lines on one grid: immutable, hashable, in normal form; what melodies and chorales have in common.

    Args:
        pitches: (T, ...) int, MIDI numbers 0..127 or REST.
        onsets: same shape, True where a note begins; None: equal neighbours are one held note.

    Raises:
        InputError: shapes differ or a pitch is out of range.
    """

    __slots__ = ("onsets", "pitches")
    pitches: IntArray
    onsets: BoolArray

    def __init__(self, pitches: IntArray, onsets: BoolArray | None = None) -> None:
        sounding = np.array(pitches, dtype=np.int16)
        begins = np.zeros(sounding.shape, dtype=bool) if onsets is None else np.array(onsets, dtype=bool)
        if begins.shape != sounding.shape:
            raise InputError(f"onsets have shape {begins.shape}: wanted {sounding.shape}, as the pitches have")
        if sounding.size and not (sounding.min() >= REST and sounding.max() <= 127):
            seen = f"{sounding.min()}..{sounding.max()}"
            raise InputError(f"pitches reach {seen}: wanted 0..127, or {REST} for silence")
        begins = normal_onsets(sounding, begins)
        for name, cells in (("pitches", sounding), ("onsets", begins)):
            cells.setflags(write=False)
            object.__setattr__(self, name, cells)

    def __len__(self) -> int:
        return len(self.pitches)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a {type(self).__name__} is immutable: cannot set {name}")

    def __reduce__(self) -> tuple[type[Self], tuple[IntArray, BoolArray]]:
        return type(self), (self.pitches, self.onsets)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Lines) or type(self) is not type(other):
            return NotImplemented
        return np.array_equal(self.pitches, other.pitches) and np.array_equal(self.onsets, other.onsets)

    def __hash__(self) -> int:
        return hash((self.pitches.tobytes(), self.onsets.tobytes()))


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
