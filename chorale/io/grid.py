"""Fitting exact times to the grid of sixteenths, and saying what moved."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from chorale.io.raw import RawNote, plural
from chorale.music import Note

__all__ = ["GridNote", "Moves", "nearest_step", "to_grid"]

_NOTICEABLE = Fraction(1, 20)  # of a step: less is the rounding of ticks, not rhythm


@dataclass(frozen=True, slots=True)
class GridNote:
    """A raw note on the grid: the note in whole steps and where it came from."""

    note: Note
    raw: RawNote


@dataclass(slots=True)
class Moves:
    """What fitting to the grid changed, over all voices.

    Args:
        notes: how many there were.
        moved: step on the grid of each note whose start moved.
        furthest: the largest move of a start, in steps.
        lost: step of each note that was too short to keep.
    """

    notes: int = 0
    moved: list[int] = field(default_factory=list)
    furthest: Fraction = Fraction(0)
    lost: list[int] = field(default_factory=list)

    def count(self, kept: Sequence[GridNote]) -> None:
        """Take one voice's notes into account."""
        self.notes += len(kept)
        for fitted in kept:
            by = abs(fitted.raw.start - fitted.note.start)
            if by > _NOTICEABLE:
                self.moved.append(fitted.note.start)
                self.furthest = max(self.furthest, by)

    def warnings(self, place: Callable[[int], str]) -> Iterable[str]:
        """Yield a line on moved and one on lost notes; ``place`` names a step."""
        if self.moved:
            of_a_sixteenth = f"{float(self.furthest):.2f}".rstrip("0")
            yield (
                f"{len(self.moved)} of {plural(self.notes, 'note')} moved to the grid of sixteenths, by at most "
                f"{of_a_sixteenth} of a sixteenth; the first in {place(min(self.moved))}"
            )
        if self.lost:
            first = place(min(self.lost))
            lost = plural(len(self.lost), "note")
            yield f"{lost} too short for the grid of sixteenths left out; the first in {first}"


def nearest_step(time: Fraction) -> int:
    """Return the nearest step; a half goes up."""
    return math.floor(time + Fraction(1, 2))


def to_grid(line: Sequence[RawNote], moves: Moves) -> list[GridNote]:
    """Fit one line to the grid: starts and ends go to the nearest step, and a note lasts at least one step.

    Of notes that fall on the same step the longest stays (the first among equals); a later note cuts an earlier one.

    Args:
        line: the notes of one voice in order of their starts.
        moves: where to record what changed.
    """
    kept: list[GridNote] = []
    for raw in line:
        start = nearest_step(raw.start)
        fitted = GridNote(Note(start, max(1, nearest_step(raw.end) - start), raw.midi), raw)
        if kept and kept[-1].note.start == start:
            moves.lost.append(start)
            if raw.end - raw.start <= kept[-1].raw.end - kept[-1].raw.start:
                continue
            kept.pop()
        kept.append(fitted)
    moves.count(kept)
    return kept
