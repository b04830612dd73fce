"""The four melodies: every note of every voice in a row, and the interval to the next.

Conventions: N notes, the soprano's first; (N - 1,) arrays speak of a note and the one after it in the row, and hold
only where ``joined`` is True: the same voice, no rest between, within a phrase.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from chorale.music import Score
from chorale.theory.texture import Bools, Ints, Texture

__all__ = ["Lines"]


@dataclass(frozen=True, eq=False)
class Lines:
    """Notes in a row.

    Attributes:
        voices: (N,) the voice.
        rows: (N,) the texture's row on which the note begins.
        starts, ends: (N,) the first step and the first step after.
        pitches: (N,) MIDI numbers.
        fifths: (N,) places on the line of fifths.
        joined: (N - 1,) whether the next note follows in the same voice at once and within the phrase.
        at: (M, 4) the number of the note that sounds in a voice at a moment; -1 where silent.
    """

    voices: Ints
    rows: Ints
    starts: Ints
    ends: Ints
    pitches: Ints
    fifths: Ints
    joined: Bools
    at: Ints

    @classmethod
    def of(cls, score: Score, texture: Texture) -> "Lines":
        """Return the lines of a score."""
        voices, rows = np.nonzero(texture.begins.T)
        starts = texture.steps[rows]
        pitches, phrases = texture.pitches[rows, voices], texture.phrases[rows]
        ends = _ends(texture, voices, rows, score.steps)
        same = (voices[1:] == voices[:-1]) & (phrases[1:] == phrases[:-1])
        joined = same & (ends[:-1] == starts[1:])
        counted = np.cumsum(texture.begins.T).reshape(texture.begins.T.shape).T - 1
        at = np.where(texture.sounds, counted, -1)
        return cls(voices, rows, starts, ends, pitches, texture.fifths[rows, voices], joined, at)

    def __len__(self) -> int:
        return len(self.starts)

    def onward(self, note: int) -> tuple[int, int] | None:
        """Return the last repetition of a note, octave leaps included, and the voice's next note after it.

        None where a rest or the phrase's end comes first.
        """
        while note < len(self) - 1 and self.joined[note]:
            if self.moves[note] % 12:
                return note, note + 1
            note += 1
        return None

    @cached_property
    def moves(self) -> Ints:
        """(N - 1,) semitones to the next note; 0 where not joined."""
        moves: Ints = np.where(self.joined, self.pitches[1:] - self.pitches[:-1], 0)
        return moves

    @cached_property
    def turns(self) -> Ints:
        """(N - 1,) places on the line of fifths to the next note, seen upwards: 9 is an augmented second either way."""
        across = self.fifths[1:] - self.fifths[:-1]
        turns: Ints = np.where(self.joined, np.where(self.sizes < 0, -across, across), 0)
        return turns

    @cached_property
    def sizes(self) -> Ints:
        """(N - 1,) staff places to the next note: 1 is a rising second, -2 a falling third; 0 where not joined."""
        across = self.fifths[1:] - self.fifths[:-1]
        octaves = (self.pitches[1:] - self.pitches[:-1] - 7 * across) // 12
        sizes: Ints = np.where(self.joined, 4 * across + 7 * octaves, 0)
        return sizes


def _ends(texture: Texture, voices: Ints, rows: Ints, steps: int) -> Ints:
    """Return where each note ends: at the voice's next note or rest."""
    stops = texture.begins.copy()
    stops[1:] |= ~texture.sounds[1:] & texture.sounds[:-1]
    bounds = np.where(stops, texture.steps[:, None], steps)
    following = np.minimum.accumulate(bounds[::-1], axis=0)[::-1]
    following = np.vstack([following[1:], np.full((1, bounds.shape[1]), steps)])
    ends: Ints = following[rows, voices]
    return ends
