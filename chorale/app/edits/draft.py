"""A score under the pencil: the arrays and marks that an edit writes before it makes the next score.

What carving means, for every edit that writes notes:
    * A note that began before the written range keeps its head and loses the rest of itself.
    * A note that begins inside the range goes wholly; what it had after the range becomes silence.
    * A syllable and a fermata go with the note they stand on; a syllable stays when a new note begins on its step.
    * Cells that fall silent are unlocked, unless their whole voice is locked.
"""

import numpy as np

from chorale.errors import InputError
from chorale.music import REST, BoolArray, Chorale, Note, Pitch, Score, Voice

__all__ = ["LONGEST", "Draft"]

LONGEST = 16 * 1500
"""Steps that a score may have at most (1500 bars of four-four): an hour of music and some."""


class Draft:
    """A writable copy of a score's notes and marks; ``finish`` gives the next score."""

    def __init__(self, score: Score) -> None:
        self.score = score
        self.pitches = score.chorale.pitches.copy()
        self.onsets = score.chorale.onsets.copy()
        self.spelling = score.spelling.copy()
        self.locked = score.locked.copy()
        self.fermatas = set(score.fermatas)
        self.lyrics = dict(score.lyrics)
        self.chords = dict(score.chords)
        self._locked_voices: BoolArray = np.array([score.steps > 0 and column.all() for column in self.locked.T])

    @property
    def steps(self) -> int:
        """T as drafted."""
        return len(self.pitches)

    def sounding(self, voice: int, step: int) -> Note | None:
        """Return the note that sounds in a voice at a step, or None."""
        if not 0 <= step < self.steps or self.pitches[step, voice] == REST:
            return None
        start = int(np.flatnonzero(self.onsets[: step + 1, voice])[-1])
        return Note(start, self._end_of(voice, start) - start, int(self.pitches[start, voice]))

    def pitch(self, voice: int, step: int) -> Pitch:
        """Return the spelled pitch that sounds in a voice at a step."""
        return Pitch(int(self.spelling[step, voice]), int(self.pitches[step, voice]))

    def begins(self, voice: int, step: int) -> Note:
        """Return the note that begins in a voice at a step.

        Raises:
            InputError: none does.
        """
        note = self.sounding(voice, step)
        if note is None or note.start != step:
            where = self.score.place(step)
            raise InputError(f"no note of the {Voice(voice).label.lower()} begins at {where}: wanted one of its notes")
        return note

    def _end_of(self, voice: int, start: int) -> int:
        after = slice(start + 1, None)
        stops = np.flatnonzero(self.onsets[after, voice] | (self.pitches[after, voice] == REST))
        return start + 1 + int(stops[0]) if len(stops) else self.steps

    def carve(self, voice: int, start: int, end: int) -> None:
        """Silence a voice from ``start`` to before ``end``, and the rest of any note that began there."""
        last = self.sounding(voice, min(end, self.steps) - 1)
        end = max(end, last.end) if last is not None else end
        self.silence(voice, start, end)

    def silence(self, voice: int, start: int, end: int) -> None:
        """Make rests of a voice's cells from ``start`` to before ``end``, with the marks that stood on them."""
        self.pitches[start:end, voice] = REST
        self.onsets[start:end, voice] = False
        self.locked[start:end, voice] = self._locked_voices[voice]
        if voice == Voice.SOPRANO:
            self.lyrics = {step: text for step, text in self.lyrics.items() if not start <= step < end}
        empty = (step for step in range(start, min(end, self.steps)) if step in self.fermatas)
        self.fermatas -= {step for step in empty if (self.pitches[step] == REST).all()}

    def write(self, voice: int, start: int, length: int, pitch: Pitch) -> None:
        """Write a note over whatever is there; lengthen the score by whole bars when it does not fit.

        The new note is locked where all the cells that it takes were.

        Raises:
            InputError: it begins before the score, has no length, or would make the score too long.
        """
        if start < 0 or length < 1:
            raise InputError(f"a note of {length} steps at step {start}: wanted at least 1 step, from step 0 on")
        end = start + length
        self.reach(end)
        locked = bool(self.locked[start:end, voice].all())
        syllable = self.lyrics.get(start) if voice == Voice.SOPRANO else None
        fermata = start in self.fermatas
        self.carve(voice, start, end)
        self.pitches[start:end, voice] = pitch.midi
        self.spelling[start:end, voice] = pitch.fifth
        self.onsets[start, voice] = True
        self.locked[start:end, voice] = locked
        if syllable is not None:
            self.lyrics[start] = syllable
        if fermata:
            self.fermatas.add(start)

    def reach(self, end: int) -> None:
        """Lengthen the score with rests, to the end of the bar that holds the step before ``end``."""
        if end <= self.steps:
            return
        bar = self.score.meter.steps_per_bar
        self.resize(self.score.pickup + -(-(end - self.score.pickup) // bar) * bar)

    def resize(self, steps: int) -> None:
        """Cut the draft, or lengthen it with rests, to so many steps.

        Raises:
            InputError: that is longer than a score may be.
        """
        if steps > LONGEST:
            raise InputError(f"a score of {steps} sixteenths: wanted at most {LONGEST}")
        more = max(0, steps - self.steps)
        pad = ((0, more), (0, 0))
        self.pitches = np.pad(self.pitches, pad, constant_values=REST)[:steps]
        self.onsets = np.pad(self.onsets, pad)[:steps]
        self.spelling = np.pad(self.spelling, pad)[:steps]
        self.locked = np.concatenate([self.locked, np.tile(self._locked_voices, (more, 1))])[:steps]
        self.fermatas = {step for step in self.fermatas if step < steps}
        self.lyrics = {step: text for step, text in self.lyrics.items() if step < steps}
        self.chords = {step: text for step, text in self.chords.items() if step < steps}

    def finish(self, **changes: object) -> Score:
        """Return the next score, other fields as given; the same object if nothing changed."""
        result = self.score.replace(
            chorale=Chorale(self.pitches, self.onsets),
            spelling=self.spelling,
            locked=self.locked,
            fermatas=frozenset(self.fermatas),
            lyrics=tuple(sorted(self.lyrics.items())),
            chords=tuple(self.chords.items()),
            **changes,
        )
        return self.score if result == self.score else result
