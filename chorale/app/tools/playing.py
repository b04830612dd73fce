"""How a clip is played: melodies go on as loud and as swung as they were, drums get a new groove note by note."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from chorale.music import PIECE_OF_KEY, STEPS_PER_QUARTER, Clip, ClipNote

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from chorale.music import DrumPattern, Meter

    FloatArray = NDArray[np.float64]

__all__ = ["Manner", "accent", "replayed"]

_GRID = 120  # parts of a step to which new times are rounded
_ACCENTS = (92, 82, 74)  # velocities
_LEANING = 1.0  # note: how much each place in the beat leans on all of them


@dataclass(frozen=True)
class Manner:
    """Loudness and lateness of the four sixteenths of a beat.

    Attributes:
        velocities: (4,).
        offsets: (4,) steps.
    """

    velocities: FloatArray
    offsets: FloatArray

    @classmethod
    def of(cls, clip: Clip) -> Manner:
        """Return how a clip's notes are played; a clip without notes is of medium loudness and straight."""
        place = np.array([note.step % STEPS_PER_QUARTER for note in clip.notes], int)
        loud = np.array([note.velocity for note in clip.notes], float)
        late = np.array([note.offset for note in clip.notes], float)
        usual = float(loud.mean()) if len(loud) else 80.0
        count = np.bincount(place, minlength=STEPS_PER_QUARTER) + _LEANING
        velocities = (np.bincount(place, loud, STEPS_PER_QUARTER) + _LEANING * usual) / count
        return cls(velocities, np.bincount(place, late, STEPS_PER_QUARTER) / count)

    def towards(self, other: Manner, share: float) -> Manner:
        """Return the manner ``share`` (0..1) of the way to another."""
        return Manner(
            (1 - share) * self.velocities + share * other.velocities, (1 - share) * self.offsets + share * other.offsets
        )

    def played(self, clip: Clip, first: int) -> Clip:
        """Return a clip whose steps begin ``first`` steps after the clip of this manner did, played in it."""
        return clip.with_notes(self._note(note, first) for note in clip.notes)

    def _note(self, note: ClipNote, first: int) -> ClipNote:
        place = (note.step + first) % STEPS_PER_QUARTER
        late = Fraction(round(float(self.offsets[place]) * _GRID), _GRID)
        start = max(Fraction(0), note.start + late)
        velocity = int(np.clip(round(float(self.velocities[place])), 1, 127))
        return dataclasses.replace(note, start=start, end=max(note.end, start + Fraction(1, 2)), velocity=velocity)


def accent(step: int, meter: Meter) -> int:
    """Return the velocity of a note that nobody has played yet: first of a bar, on a beat, or between."""
    if step % meter.steps_per_bar == 0:
        return _ACCENTS[0]
    return _ACCENTS[1] if step % meter.steps_per_beat == 0 else _ACCENTS[2]


def replayed(clip: Clip, pattern: DrumPattern) -> Clip:
    """Return a drum clip with the velocities and times of a pattern of its hits.

    Notes that share a step and a piece, as in a flam, keep their distances and their relative loudness; other
    percussion stays as it is.
    """
    old = clip.pattern
    notes = []
    for note in clip.notes:
        piece = PIECE_OF_KEY.get(note.pitch)
        if piece is None:
            notes.append(note)
            continue
        cell = min(note.step, clip.steps - 1), piece
        later = Fraction(round((float(pattern.offsets[cell]) - float(old.offsets[cell])) * _GRID), _GRID)
        start = max(Fraction(0), note.start + later)
        louder = float(pattern.velocities[cell]) / float(old.velocities[cell])
        velocity = int(np.clip(round(note.velocity * louder), 1, 127))
        notes.append(dataclasses.replace(note, start=start, end=start + (note.end - note.start), velocity=velocity))
    return clip.with_notes(notes)
