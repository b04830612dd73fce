"""What every sounding tone is to its chord and its key.

Conventions: M moments, the last axis of (M, 4) arrays is the voice. Harmonies are looked up by step, so that an
analysis made before an edit still serves for a candidate that differs in a few notes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import numpy as np

from chorale.theory.harmony import Analysis, Harmony, ToneKind
from chorale.theory.texture import Bools, Ints, Texture

__all__ = ["FIFTH", "FOREIGN", "ROOT", "SEVENTH", "THIRD", "ChordTones", "Span", "is_triad"]

ROOT, THIRD, FIFTH, SEVENTH = range(4)
FOREIGN = -1
_NOWHERE = 99  # a place on the line of fifths that no note has


def is_triad(harmony: Harmony) -> bool:
    """Whether a harmony has three tones; augmented sixths, which have rules of their own, do not count."""
    return len(harmony.chord.tones) == 3 and not harmony.chord.is_augmented_sixth


@dataclass(frozen=True, eq=False)
class Span:
    """A harmony, its number in the analysis, and the first and the last of its moments, rows of the texture."""

    number: int
    harmony: Harmony
    first: int
    last: int


@dataclass(frozen=True, eq=False)
class ChordTones:
    """Tones and their chords.

    Attributes:
        harmonies: of the analysis.
        index: (M,) the number of each moment's harmony; -1 for none.
        roles: (M, 4) ROOT, THIRD, FIFTH, SEVENTH, or FOREIGN for silence, non-chord tones and tones without a chord.
        kinds: (M, 4) ToneKind of every tone.
        leading: (M, 4) whether a chord tone is the leading tone of a dominant.
    """

    harmonies: tuple[Harmony, ...]
    index: Ints
    roles: Ints
    kinds: Ints
    leading: Bools

    @classmethod
    def of(cls, texture: Texture, analysis: Analysis) -> "ChordTones":
        """Return what the tones of a texture are to the chords of an analysis."""
        harmonies = analysis.harmonies
        if not harmonies or not len(texture):
            nothing = np.full(texture.pitches.shape, FOREIGN)
            return cls((), np.full(len(texture), -1), nothing, nothing, nothing > 0)
        index, kinds = _looked_up(texture, analysis)
        members = np.array([_padded(harmony.chord.tones) for harmony in harmonies])  # (H, 4)
        is_member = texture.fifths[:, :, None] == members[index][:, None, :]
        counts = texture.sounds & (kinds == ToneKind.CHORD) & (index >= 0)[:, None] & is_member.any(axis=2)
        roles = np.where(counts, is_member.argmax(axis=2), FOREIGN)
        leads = np.array([_or_nowhere(harmony.leading_tone) for harmony in harmonies])
        return cls(harmonies, index, roles, kinds, counts & (texture.fifths == leads[index][:, None]))

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Every harmony that holds a moment, in order."""
        edges = np.flatnonzero(np.diff(self.index, prepend=-2)).tolist()
        lasts = [*(edge - 1 for edge in edges[1:]), len(self.index) - 1]
        found = [(int(self.index[first]), first, last) for first, last in zip(edges, lasts, strict=True)]
        return tuple(Span(number, self.harmonies[number], first, last) for number, first, last in found if number >= 0)

    @cached_property
    def sevenths(self) -> Bools:
        """(M, 4) whether a tone is a chord's seventh while the root sounds too."""
        sevenths: Bools = (self.roles == SEVENTH) & (self.roles == ROOT).any(axis=1)[:, None]
        return sevenths

    def grouped(self, same: Callable[[Span], object]) -> Iterator[Span]:
        """Yield the harmonies with neighbours of which ``same`` says the same as one, the first speaking for all."""
        for _, group in groupby(self.spans, same):
            first, *others = group
            yield Span(first.number, first.harmony, first.first, others[-1].last if others else first.last)

    @cached_property
    def settled(self) -> tuple[tuple[Span, int], ...]:
        """Every harmony that all four voices state in chord tones, with the first row on which they do."""
        complete = (self.roles != FOREIGN).all(axis=1)
        stated = [(span, span.first + int(complete[span.first : span.last + 1].argmax())) for span in self.spans]
        return tuple((span, row) for span, row in stated if complete[row])


def _or_nowhere(tone: int | None) -> int:
    return _NOWHERE if tone is None else tone


def _padded(tones: tuple[int, ...]) -> tuple[int, ...]:
    return (*tones, *[_NOWHERE] * (4 - len(tones)))


def _looked_up(texture: Texture, analysis: Analysis) -> tuple[Ints, Ints]:
    """Return the harmony's number (M,) and the tones' kinds (M, 4) at each moment of a texture."""
    if analysis.texture is texture:
        return analysis.harmony_index, analysis.tones.astype(np.int64)
    rows = np.searchsorted(analysis.texture.steps, texture.steps, side="right") - 1
    return analysis.harmony_index[rows], analysis.tones[rows].astype(np.int64)
