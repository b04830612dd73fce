"""What is selected: notes, named by their voice and first step."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from chorale.music import REST, VOICES, BoolArray, Note, Score

__all__ = ["Selection"]


@dataclass(frozen=True)
class Selection:
    """A set of notes, each a pair (voice, first step); immutable, hashable, possibly empty.

    A pair that no longer names the start of a note in the score is passed over by every edit, so that a selection
    outlives the edits that follow it.
    """

    notes: frozenset[tuple[int, int]] = field(default_factory=frozenset)

    @classmethod
    def of(cls, *notes: tuple[int, int]) -> "Selection":
        """Return the selection of some (voice, first step) pairs."""
        return cls(frozenset((int(voice), int(start)) for voice, start in notes))

    @classmethod
    def between(cls, score: Score, start: int, end: int, voices: Iterable[int] = VOICES) -> "Selection":
        """Return all notes of some voices that begin at a step from ``start`` to before ``end``."""
        begins = score.chorale.onsets[max(0, start) : max(0, end)]
        return cls.of(
            *((voice, max(0, start) + step) for voice in voices for step in np.flatnonzero(begins[:, voice]).tolist())
        )

    @classmethod
    def all_of(cls, score: Score, voices: Iterable[int] = VOICES) -> "Selection":
        """Return all notes of some voices."""
        return cls.between(score, 0, score.steps, voices)

    def __len__(self) -> int:
        return len(self.notes)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(sorted(self.notes))

    def __contains__(self, note: object) -> bool:
        return note in self.notes

    def __or__(self, other: "Selection") -> "Selection":
        return Selection(self.notes | other.notes)

    def toggled(self, voice: int, start: int) -> "Selection":
        """Return the selection with one note taken in, or left out if it was in."""
        return Selection(self.notes ^ {(int(voice), int(start))})

    def shifted(self, steps: int) -> "Selection":
        """Return the selection moved in time, to follow notes that were."""
        return Selection(frozenset((voice, start + steps) for voice, start in self.notes))

    def inside(self, score: Score) -> "Selection":
        """Return those of the pairs that name the start of a note in this score."""
        onsets = score.chorale.onsets
        return Selection(
            frozenset(pair for pair in self.notes if 0 <= pair[1] < score.steps and onsets[pair[1], pair[0]])
        )

    def sounding(self, score: Score) -> list[tuple[int, Note]]:
        """Return the selected notes as (voice, note), by voice and then in time."""
        chosen = sorted(self.inside(score).notes)
        stops = {voice: _stops(score, voice) for voice in {voice for voice, _ in chosen}}
        return [(voice, _note(score, voice, start, stops[voice])) for voice, start in chosen]

    def cells(self, score: Score) -> BoolArray:
        """Return a (T, 4) mask, True in every cell of the selected notes."""
        mask = np.zeros(score.chorale.pitches.shape, dtype=bool)
        for voice, note in self.sounding(score):
            mask[note.start : note.end, voice] = True
        return mask

    def span(self, score: Score) -> tuple[int, int] | None:
        """Return the first step and the step after the last of the selected notes; None when there are none."""
        notes = [note for _, note in self.sounding(score)]
        return (min(note.start for note in notes), max(note.end for note in notes)) if notes else None


def _stops(score: Score, voice: int) -> NDArray[np.intp]:
    """Return the steps of a voice, in order, at which a note begins or silence is; and the end."""
    pitches, onsets = score.chorale.pitches[:, voice], score.chorale.onsets[:, voice]
    return np.append(np.flatnonzero(onsets | (pitches == REST)), score.steps)


def _note(score: Score, voice: int, start: int, stops: NDArray[np.intp]) -> Note:
    """Return the note that begins here; it lasts until the next stop."""
    end = int(stops[np.searchsorted(stops, start, side="right")])
    return Note(start, end - start, int(score.chorale.pitches[start, voice]))
