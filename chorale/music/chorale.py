"""A chorale: four voices on a grid of sixteenths."""

from collections.abc import Sequence
from typing import Self

import numpy as np

from chorale.errors import InputError
from chorale.music.line import BoolArray, IntArray, Lines, Note, from_notes, notes_of
from chorale.music.melody import Melody
from chorale.music.pitch import REST
from chorale.music.voice import VOICES, Voice

__all__ = ["Chorale"]


class Chorale(Lines):
    """Four voices of T steps; immutable, hashable, in normal form.

    Args:
        pitches: (T, 4) int, MIDI numbers 0..127 or REST; voices in the order soprano, alto, tenor, bass.
        onsets: (T, 4) bool, True where a note begins. A roll alone cannot tell a repeated note from a held one.
            None: equal neighbours are one held note.

    Raises:
        InputError: a shape or a pitch is out of range.
    """

    __slots__ = ()

    def __init__(self, pitches: IntArray, onsets: BoolArray | None = None) -> None:
        if np.ndim(pitches) != 2 or np.shape(pitches)[1] != len(VOICES):
            raise InputError(f"pitches have shape {np.shape(pitches)}: wanted (T, 4), a column a voice")
        super().__init__(pitches, onsets)

    @classmethod
    def silent(cls, steps: int) -> Self:
        """Return a chorale of rests."""
        return cls(np.full((steps, len(VOICES)), REST, dtype=np.int16))

    @classmethod
    def from_voices(cls, voices: Sequence[Sequence[Note]], steps: int) -> Self:
        """Return a chorale from the notes of up to four voices, soprano first."""
        lines = [from_notes(notes, steps) for notes in [*voices, [], [], [], []][: len(VOICES)]]
        return cls(np.stack([line[0] for line in lines], axis=1), np.stack([line[1] for line in lines], axis=1))

    @property
    def steps(self) -> int:
        """T, the length in sixteenths."""
        return len(self.pitches)

    def notes(self, voice: int) -> list[Note]:
        """Return one voice's notes in order."""
        return list(notes_of(self.pitches[:, voice], self.onsets[:, voice]))

    def melody(self, voice: int = Voice.SOPRANO) -> Melody:
        """Return one voice as a melody."""
        return Melody(self.pitches[:, voice], self.onsets[:, voice])

    def with_voice(self, voice: int, melody: Melody) -> "Chorale":
        """Return the chorale with one voice replaced by a melody of the same length.

        Raises:
            InputError: the melody has another length.
        """
        if len(melody) != len(self):
            raise InputError(f"the melody has {len(melody)} steps: wanted {len(self)}, as the chorale has")
        pitches, onsets = self.pitches.copy(), self.onsets.copy()
        pitches[:, voice], onsets[:, voice] = melody.pitches, melody.onsets
        return Chorale(pitches, onsets)

    def resized(self, steps: int) -> "Chorale":
        """Return the chorale cut, or lengthened with rests, to so many steps."""
        pitches = np.full((steps, len(VOICES)), REST, dtype=np.int16)
        onsets = np.zeros((steps, len(VOICES)), dtype=bool)
        kept = min(steps, len(self))
        pitches[:kept], onsets[:kept] = self.pitches[:kept], self.onsets[:kept]
        return Chorale(pitches, onsets)

    def __repr__(self) -> str:
        counts = ", ".join(f"{voice.letter} {int(self.onsets[:, voice].sum())}" for voice in VOICES)
        return f"Chorale({len(self)} steps; notes: {counts})"
