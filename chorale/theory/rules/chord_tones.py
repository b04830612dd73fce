"""What every sounding tone is to its chord and its key.

Conventions: M moments, the last axis of (M, 4) arrays is the voice. Harmonies are looked up by step, so that an
analysis made before an edit still serves for a candidate that differs in a few notes.
"""

from dataclasses import dataclass

import numpy as np

from chorale.theory.harmony import Analysis, Harmony, Quality, ToneKind
from chorale.theory.texture import Bools, Ints, Texture

__all__ = ["FIFTH", "FOREIGN", "ROOT", "SEVENTH", "THIRD", "ChordTones", "is_triad", "leading_tone"]

ROOT, THIRD, FIFTH, SEVENTH = range(4)
FOREIGN = -1
_NOWHERE = 99  # a place on the line of fifths that no note has
_SIXTHS = {Quality.ITALIAN_SIXTH, Quality.GERMAN_SIXTH, Quality.FRENCH_SIXTH}


def is_triad(harmony: Harmony) -> bool:
    """Whether a harmony has three tones; augmented sixths, which have rules of their own, do not count."""
    return len(harmony.chord.quality.value) == 3 and harmony.chord.quality not in _SIXTHS


def leading_tone(harmony: Harmony) -> int | None:
    """Return the place on the line of fifths of a dominant's leading tone; None for other harmonies.

    The dominants are V and vii, of the key or of the degree that they are applied to.
    """
    if harmony.degree in {"V", "V+"} and harmony.chord.quality is not Quality.MINOR:
        return harmony.chord.root + 4
    if harmony.degree in {"viio", "viiø"}:
        return harmony.chord.root
    return None


@dataclass(frozen=True, eq=False)
class ChordTones:
    """Tones and their chords.

    Attributes:
        harmonies: of the analysis.
        index: (M,) the number of each moment's harmony; -1 for none.
        roles: (M, 4) ROOT, THIRD, FIFTH, SEVENTH, or FOREIGN for silence, non-chord tones and tones without a chord.
        leading: (M, 4) whether a chord tone is the leading tone of a dominant.
    """

    harmonies: tuple[Harmony, ...]
    index: Ints
    roles: Ints
    leading: Bools

    @classmethod
    def of(cls, texture: Texture, analysis: Analysis) -> "ChordTones":
        """Return what the tones of a texture are to the chords of an analysis."""
        harmonies = analysis.harmonies
        if not harmonies or not len(texture):
            nothing = np.full(texture.pitches.shape, FOREIGN)
            return cls((), np.full(len(texture), -1), nothing, nothing > 0)
        index, kinds = _looked_up(texture, analysis)
        members = np.array([_padded(harmony.chord.tones) for harmony in harmonies])  # (H, 4)
        is_member = texture.fifths[:, :, None] == members[index][:, None, :]
        counts = texture.sounds & (kinds == ToneKind.CHORD) & (index >= 0)[:, None] & is_member.any(axis=2)
        roles = np.where(counts, is_member.argmax(axis=2), FOREIGN)
        leads = np.array([_NOWHERE if tone is None else tone for tone in map(leading_tone, harmonies)])
        return cls(harmonies, index, roles, counts & (texture.fifths == leads[index][:, None]))

    def moments(self, harmony: int) -> Ints:
        """Return the rows of a harmony's moments."""
        rows: Ints = np.flatnonzero(self.index == harmony)
        return rows

    @property
    def spans(self) -> list[tuple[int, int, int]]:
        """(number, first row, last row) of every harmony that holds a moment, in order."""
        edges = np.flatnonzero(np.diff(self.index, prepend=-2))
        lasts = [*(edges[1:] - 1).tolist(), len(self.index) - 1]
        pairs = zip(edges.tolist(), lasts, strict=False)
        return [(int(self.index[first]), first, last) for first, last in pairs if self.index[first] >= 0]


def _padded(tones: tuple[int, ...]) -> tuple[int, ...]:
    return (*tones, *[_NOWHERE] * (4 - len(tones)))


def _looked_up(texture: Texture, analysis: Analysis) -> tuple[Ints, Ints]:
    """Return the harmony's number (M,) and the tones' kinds (M, 4) at each moment of a texture."""
    if analysis.texture is texture:
        return analysis.harmony_index, analysis.tones.astype(np.int64)
    rows = np.searchsorted(analysis.texture.steps, texture.steps, side="right") - 1
    return analysis.harmony_index[rows], analysis.tones[rows].astype(np.int64)
