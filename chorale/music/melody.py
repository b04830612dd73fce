"""A melody: one line on a grid of sixteenths."""

from collections.abc import Iterable
from typing import Self

import numpy as np

from chorale.errors import InputError
from chorale.music.line import BoolArray, IntArray, Lines, Note, from_notes, notes_of

__all__ = ["Melody"]


class Melody(Lines):
    """One voice of T steps; immutable, hashable, in normal form.

    Args:
        pitches: (T,) int, MIDI numbers 0..127 or REST.
        onsets: (T,) bool, True where a note begins; None: equal neighbours are one held note.

    Raises:
        InputError: a shape or a pitch is out of range.
    """

    __slots__ = ()

    def __init__(self, pitches: IntArray, onsets: BoolArray | None = None) -> None:
        if np.ndim(pitches) != 1:
            raise InputError(f"pitches have shape {np.shape(pitches)}: wanted (T,)")
        super().__init__(pitches, onsets)

    @classmethod
    def from_notes(cls, notes: Iterable[Note], steps: int) -> Self:
        """Return the melody of some notes, cut at so many steps; a later note cuts an earlier one."""
        return cls(*from_notes(notes, steps))

    @property
    def notes(self) -> list[Note]:
        """The notes in order."""
        return list(notes_of(self.pitches, self.onsets))

    def __repr__(self) -> str:
        return f"Melody({len(self)} steps, {len(self.notes)} notes)"
