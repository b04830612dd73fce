"""What every sounding tone is to its chord and its key.

Conventions: M moments, the last axis of (M, 4) arrays is the voice. Harmonies are looked up by step, so that an
analysis made before an edit still serves for a candidate that differs in a few notes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

import numpy as np

from chorale.theory.harmony import Analysis, Harmony, ToneKind
from chorale.theory.texture import Bools, Ints, Texture

__all__ = ["FIFTH", "FOREIGN", "ROOT", "SEVENTH", "THIRD", "ChordTones", "Span", "first_moments", "is_triad"]

ROOT, THIRD, FIFTH, SEVENTH = range(4)
FOREIGN = -1
_NOWHERE, _SILENCE = 99, 98  # places on the line of fifths that no note has


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
        leads: the leading tone of each harmony, or None; a plain triad that is still, or soon, a key's tonic has none.
        index: (M,) the number of each moment's harmony; -1 for none.
        phrases: (M,) the number of each moment's phrase.
        weighty: (M,) whether the moment's harmony sounds on a beat; one that does not is passed through.
        roles: (M, 4) ROOT, THIRD, FIFTH, SEVENTH, or FOREIGN for silence, non-chord tones and tones without a chord.
        heard: (M, 4) whether the chord's root, third, fifth and seventh sound, in whatever voice and sense.
        leading: (M, 4) whether a chord tone is the leading tone of a dominant.
    """

    harmonies: tuple[Harmony, ...]
    leads: tuple[int | None, ...]
    index: Ints
    phrases: Ints
    weighty: Bools
    roles: Ints
    heard: Bools
    leading: Bools

    @classmethod
    def of(cls, texture: Texture, analysis: Analysis) -> "ChordTones":
        """Return what the tones of a texture are to the chords of an analysis."""
        harmonies = analysis.harmonies
        if not harmonies or not len(texture):
            nothing = np.full(texture.pitches.shape, FOREIGN)
            none, never = np.full(len(texture), -1), np.zeros(len(texture), dtype=bool)
            return cls((), (), none, texture.phrases, never, nothing, nothing > 0, nothing > 0)
        index, kinds = _looked_up(texture, analysis)
        leads = _leading_tones(harmonies)
        members = np.array([_padded(harmony.chord.tones) for harmony in harmonies])  # (H, 4)
        fifths = np.where(texture.sounds & (index >= 0)[:, None], texture.fifths, _SILENCE)
        is_member = fifths[:, :, None] == members[index][:, None, :]  # (M, voice, role)
        counts = (kinds == ToneKind.CHORD) & is_member.any(axis=2)
        roles = np.where(counts, is_member.argmax(axis=2), FOREIGN)
        leading = counts & (fifths == np.array([_NOWHERE if lead is None else lead for lead in leads])[index][:, None])
        weighty = np.isin(index, index[texture.accents > 0])
        return cls(harmonies, leads, index, texture.phrases, weighty, roles, is_member.any(axis=1), leading)

    @cached_property
    def stated(self) -> Bools:
        """(M,) whether all four voices sing chord tones."""
        stated: Bools = (self.roles != FOREIGN).all(axis=1)
        return stated

    @cached_property
    def sevenths(self) -> Bools:
        """(M, 4) whether a tone is the seventh of a chord on a beat while the root sounds too."""
        sevenths: Bools = (self.roles == SEVENTH) & (self.weighty & self.heard[:, ROOT])[:, None]
        return sevenths

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Every harmony that holds a moment, in order."""
        edges = np.flatnonzero(np.diff(self.index, prepend=-2)).tolist()
        lasts = [edge - 1 for edge in [*edges, len(self.index)][1:]]
        numbers = self.index[edges].tolist()
        found = zip(numbers, edges, lasts, strict=True)
        return tuple(Span(number, self.harmonies[number], first, last) for number, first, last in found if number >= 0)

    @cached_property
    def dominants(self) -> tuple[Span, ...]:
        """The dominants, those in a row that share a leading tone as one."""
        groups = self._grouped([self.leads[span.number] for span in self.spans])
        return tuple(span for span in groups if self.leads[span.number] is not None)

    @cached_property
    def on_one_root(self) -> tuple[Span, ...]:
        """The harmonies, those in a row on the same root as one."""
        return self._grouped([span.harmony.chord.root for span in self.spans])

    def _grouped(self, traits: list[int | None]) -> tuple[Span, ...]:
        """Return the harmonies, neighbours within a phrase that share a trait as one, for which the first speaks."""
        phrases = self.phrases.tolist()
        marked = [(trait, phrases[span.first], span) for trait, span in zip(traits, self.spans, strict=True)]
        groups = [[span for *_, span in group] for _, group in groupby(marked, lambda mark: mark[:2])]
        return tuple(replace(group[0], last=group[-1].last) for group in groups)


def first_moments(spans: Iterable[Span], flags: Bools) -> Iterator[tuple[Span, int]]:
    """Yield the harmonies in which a moment is marked, with the first such row."""
    marked = flags.tolist()
    for span in spans:
        inside = marked[span.first : span.last + 1]
        if True in inside:
            yield span, span.first + inside.index(True)


def _leading_tones(harmonies: tuple[Harmony, ...]) -> tuple[int | None, ...]:
    """Return the leading tone of each harmony, or None.

    In G: I, C: V, C: V7, C: I only the V7 has one: until its seventh comes, the chord is the tonic it was.
    """
    ahead = _are_tonics(harmonies)
    behind = _are_tonics(harmonies[::-1])[::-1]
    pairs = zip(harmonies, ahead, behind, strict=True)
    return tuple(None if is_triad(each) and (left or met) else each.leading_tone for each, left, met in pairs)


def _are_tonics(harmonies: tuple[Harmony, ...]) -> list[bool]:
    """Return which harmonies stand on the tonic of the key before them, they and all since it on one root."""
    tonics: list[bool] = []
    for number, here in enumerate(harmonies):
        before = harmonies[number - 1] if number else here
        if before.key != here.key:
            tonics.append(before.key.mode == "major" and here.chord.root == before.key.tonic)
        else:
            tonics.append(bool(number) and tonics[-1] and before.chord.root == here.chord.root)
    return tonics


def _padded(tones: tuple[int, ...]) -> tuple[int, ...]:
    return (*tones, *[_NOWHERE] * (4 - len(tones)))


def _looked_up(texture: Texture, analysis: Analysis) -> tuple[Ints, Ints]:
    """Return the harmony's number (M,) and the tones' kinds (M, 4) at each moment of a texture."""
    if analysis.texture is texture:
        return analysis.harmony_index, analysis.tones.astype(np.int64)
    rows = np.searchsorted(analysis.texture.steps, texture.steps, side="right") - 1
    return analysis.harmony_index[rows], analysis.tones[rows].astype(np.int64)
