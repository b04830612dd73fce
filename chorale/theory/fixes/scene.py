"""The notes that a search looks at: who sings what before, after and beside a note, and in which harmony.

Conventions: a row is a moment of the texture; a cell (row, voice) holds (MIDI number, place on the line of fifths), or
None where the voice is silent.
"""

from dataclasses import dataclass
from functools import cached_property

from chorale.music import VOICES, BoolArray, Key, Pitch, Score, Voice
from chorale.theory.fixes.change import Change
from chorale.theory.harmony import Analysis, Harmony
from chorale.theory.profiles import Profile
from chorale.theory.texture import Texture

__all__ = ["Cell", "Scene", "Sung"]

Cell = tuple[int, int]


@dataclass(frozen=True)
class Sung:
    """A note of a voice: its number in the line, first step, the first step after it, pitch."""

    voice: Voice
    index: int
    start: int
    end: int
    pitch: Pitch


@dataclass(frozen=True, eq=False)
class Scene:
    """A score with its analysis, and which of its notes may be changed.

    Attributes:
        score: the music.
        analysis: of it.
        profile: ranges and strictness.
        fixed: (T, 4) bool, cells that must stay.
    """

    score: Score
    analysis: Analysis
    profile: Profile
    fixed: BoolArray

    @cached_property
    def texture(self) -> Texture:
        """The moments."""
        return Texture.of(self.score)

    @cached_property
    def lines(self) -> tuple[tuple[Sung, ...], ...]:
        """Every voice's notes in order."""
        return tuple(
            tuple(
                Sung(voice, index, note.start, note.end, pitch)
                for index, (note, pitch) in enumerate(self.score.notes(voice))
            )
            for voice in VOICES
        )

    @cached_property
    def steps(self) -> list[int]:
        """(M,) first step of each row."""
        return [int(step) for step in self.texture.steps]

    @cached_property
    def phrases(self) -> list[int]:
        """(M,) number of each row's phrase."""
        return [int(phrase) for phrase in self.texture.phrases]

    @cached_property
    def cells(self) -> list[list[Cell | None]]:
        """(M, 4) what sounds."""
        rows = zip(self.texture.pitches.tolist(), self.texture.fifths.tolist(), strict=True)
        return [[None if midi < 0 else (midi, fifth) for midi, fifth in zip(*row, strict=True)] for row in rows]

    @cached_property
    def harmonies(self) -> list[Harmony | None]:
        """(M,) each row's harmony."""
        return [None if index < 0 else self.analysis.harmonies[index] for index in self.analysis.harmony_index.tolist()]

    @cached_property
    def last_harmonies(self) -> frozenset[int]:
        """The rows of every phrase's last harmony."""
        ends = [row for row in range(len(self.steps)) if row + 1 == len(self.steps) or not self.texture.joined[row]]
        index = self.analysis.harmony_index
        return frozenset(
            row
            for end in ends
            for row in range(len(self.steps))
            if row == end or (index[row] == index[end] >= 0 and self.phrases[row] == self.phrases[end])
        )

    def note_at(self, voice: int, step: int) -> Sung | None:
        """Return the note that a voice sings at a step."""
        return next((note for note in self.lines[voice] if note.start <= step < note.end), None)

    def neighbour(self, note: Sung, way: int) -> Sung | None:
        """Return the voice's note before (-1) or after (1), if it belongs to the same phrase and follows at once."""
        index = note.index + way
        if not 0 <= index < len(self.lines[note.voice]):
            return None
        other = self.lines[note.voice][index]
        touches = other.end == note.start if way < 0 else note.end == other.start
        same = self.phrases[self.row_at(other.start)] == self.phrases[self.row_at(note.start)]
        return other if touches and same else None

    def row_at(self, step: int) -> int:
        """Return the row of a step."""
        return self.texture.index_at(step)

    def rows_of(self, note: Sung | Change) -> range:
        """Return the rows over which a note sounds."""
        return range(self.row_at(note.start), self.row_at(note.end - 1) + 1)

    def may_change(self, note: Sung) -> bool:
        """Whether no cell of a note is fixed or locked."""
        span = slice(note.start, note.end)
        return not (self.fixed[span, note.voice].any() or self.score.locked[span, note.voice].any())

    def key_at(self, step: int) -> Key:
        """Return the local key, or the score's where there is no harmony."""
        harmony = self.harmonies[self.row_at(step)]
        return self.score.key if harmony is None else harmony.key
