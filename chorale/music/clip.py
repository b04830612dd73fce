"""A clip: notes as they were played, with exact times and velocities, before any grid.

What the tools of the Studio take and give. ``Clip.melody`` and ``Clip.pattern`` are the same music on the grid of
sixteenths, as the models read it.
"""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from chorale.errors import InputError
from chorale.music.drums import LARGEST_OFFSET, PIECE_OF_KEY, PIECES, DrumHit, DrumPattern
from chorale.music.line import Note
from chorale.music.melody import Melody
from chorale.music.time import Meter, check_qpm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chorale.music.key import Key

__all__ = ["Clip", "ClipNote", "Duet", "played"]

_TICK = Fraction(1, 120)  # of a step: what offsets that a model invents are rounded to
_HIT_LENGTH = Fraction(1, 2)  # steps that a drum's note is held; nothing hears it
_MEDIUM = 80


@dataclass(frozen=True, order=True)
class ClipNote:
    """One note as played.

    Attributes:
        start: Exact steps from the start of the clip.
        pitch: MIDI number, 0..127; of drums the General MIDI key.
        end: Exact steps; after ``start``.
        velocity: 1..127.
    """

    start: Fraction
    pitch: int
    end: Fraction
    velocity: int = _MEDIUM

    @property
    def step(self) -> int:
        """The nearest step of the grid; a half goes up."""
        return math.floor(self.start + Fraction(1, 2))

    @property
    def offset(self) -> float:
        """Steps after ``step``, -0.5..0.5."""
        return float(self.start - self.step)

    def moved(self, steps: Fraction | int = 0, semitones: int = 0) -> ClipNote:
        """Return the note later and higher."""
        return dataclasses.replace(self, start=self.start + steps, end=self.end + steps, pitch=self.pitch + semitones)


@dataclass(frozen=True)
class Clip:
    """Some bars of one melody, of one drum part, or of anything that is to be tapped along.

    Args:
        notes: In any order; kept in the order of their starts.
        steps: The length.
        meter, qpm: Time signature, and quarter notes a minute.
        key: Where it is known.
        pickup: Steps before the first whole bar.
        drums: Whether pitches are keys of a drum kit.
        name: Of the file or the part; "" for none.

    Raises:
        InputError: a number is out of range.
    """

    notes: tuple[ClipNote, ...]
    steps: int
    meter: Meter = Meter(4, 4)  # noqa: RUF009  Meter is immutable
    qpm: float = 120.0
    key: Key | None = None
    pickup: int = 0
    drums: bool = False
    name: str = ""

    def __post_init__(self) -> None:
        check_qpm(self.qpm)
        object.__setattr__(self, "notes", tuple(sorted(self.notes)))
        for note in self.notes:
            if not (0 <= note.pitch <= 127 and 1 <= note.velocity <= 127 and note.start < note.end):
                raise InputError(f"{note}: wanted a pitch of 0..127, a velocity of 1..127 and an end after the start")

    @classmethod
    def of_melody(cls, melody: Melody, *, velocity: int = _MEDIUM, **facts: Any) -> Self:  # noqa: ANN401  fields
        """Return a melody as a clip, every note of the same velocity."""
        notes = (ClipNote(Fraction(n.start), n.pitch, Fraction(n.end), velocity) for n in melody.notes)
        return cls(tuple(notes), len(melody), **facts)

    @classmethod
    def of_pattern(cls, pattern: DrumPattern, **facts: Any) -> Self:  # noqa: ANN401  fields
        """Return a drum pattern as a clip; a hit before the first step comes on it."""
        return cls(tuple(map(played, pattern.strokes())), len(pattern), drums=True, **facts)

    def replace(self, **changes: Any) -> Clip:  # noqa: ANN401  fields
        """Return the clip with some fields changed."""
        return dataclasses.replace(self, **changes)

    @cached_property
    def melody(self) -> Melody:
        """The notes on the grid; a later note cuts an earlier one, and each lasts a step at least."""
        placed = (Note(n.step, max(1, round(n.end) - n.step), n.pitch) for n in self.notes)
        return Melody.from_notes(placed, self.steps)

    @cached_property
    def pattern(self) -> DrumPattern:
        """The drums on the grid; of two hits of a piece in one step the louder stays, unknown keys are left out."""
        shape = (self.steps, len(PIECES))
        velocities, offsets = np.zeros(shape, np.int16), np.zeros(shape, np.float32)
        for note in self.notes:
            piece = PIECE_OF_KEY.get(note.pitch)
            cell = (min(note.step, self.steps - 1), piece)
            if piece is not None and note.velocity > velocities[cell]:
                late = min(max(float(note.start) - cell[0], -LARGEST_OFFSET), LARGEST_OFFSET)
                velocities[cell], offsets[cell] = note.velocity, late
        return DrumPattern(velocities > 0, velocities, offsets)

    def cut(self, start: int, end: int) -> Clip:
        """Return the notes that belong to the steps from ``start`` up to ``end``, as a clip of its own."""
        kept = (n for n in self.notes if start <= n.step < end)
        notes = tuple(
            dataclasses.replace(n, end=min(n.end, Fraction(end))).moved(-start) for n in kept if n.start < end
        )
        return self.replace(notes=notes, steps=end - start, pickup=max(0, self.pickup - start))

    def with_notes(self, notes: Iterable[ClipNote], steps: int | None = None) -> Clip:
        """Return the clip with other notes, and another length where one is given."""
        return self.replace(notes=tuple(notes), steps=self.steps if steps is None else steps)


@dataclass(frozen=True)
class Duet(Clip):
    """Drums, and what they go with: to be heard together.

    Attributes:
        tune: What they go with; of the same length and tempo.
    """

    tune: Clip | None = None

    @classmethod
    def of(cls, drums: Clip, tune: Clip) -> Self:
        """Return some drums with a tune."""
        facts = {each.name: getattr(drums, each.name) for each in dataclasses.fields(Clip)}
        return cls(**facts, tune=tune)


def played(hit: DrumHit) -> ClipNote:
    """Return a hit as a note of a clip, its offset rounded to ticks."""
    start = max(Fraction(0), hit.step + round(hit.offset / float(_TICK)) * _TICK)
    return ClipNote(start, hit.piece.key, start + _HIT_LENGTH, hit.velocity)
