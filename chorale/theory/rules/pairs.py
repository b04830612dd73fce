"""The six pairs of voices at every moment: the vertical intervals and how each pair moves.

Conventions: M moments; the last axis of every (M, 6) and (M - 1, 6) array is the pair, in the order of ``PAIRS``.
Intervals are reckoned from the note that sounds lower, so that crossed voices a fourth apart are no fifth.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from chorale.music import VOICES, Voice
from chorale.theory.texture import Bools, Ints, Texture

__all__ = ["ADJACENT", "OUTER", "PAIRS", "Pairs"]

PAIRS: tuple[tuple[Voice, Voice], ...] = tuple(combinations(VOICES, 2))
ADJACENT = tuple(PAIRS.index((VOICES[voice], VOICES[voice + 1])) for voice in range(3))
OUTER = PAIRS.index((Voice.SOPRANO, Voice.BASS))
_UPPER = np.array([upper for upper, _ in PAIRS])
_LOWER = np.array([lower for _, lower in PAIRS])


@dataclass(frozen=True, eq=False)
class Pairs:
    """Intervals and motion.

    Attributes:
        both: (M, 6) whether both voices sound.
        distance: (M, 6) semitones from the lower to the upper voice; negative where they are crossed.
        fifths: (M, 6) the interval's place on the line of fifths, from the note that sounds lower: a fifth is 1.
        linked: (M - 1, 6) whether both voices sound at a moment and at the next, in one phrase.
        similar: (M - 1, 6) whether both move, in the same direction, and not both by whole octaves: two voices that
            leap an octave together repeat their notes, and no line is doubled.
        contrary: (M - 1, 6) whether both move, in opposite directions, likewise.
    """

    both: Bools
    distance: Ints
    fifths: Ints
    linked: Bools
    similar: Bools
    contrary: Bools

    @classmethod
    def of(cls, texture: Texture) -> "Pairs":
        """Return the pairs of a texture."""
        sounds, pitches = texture.sounds, texture.pitches
        both = sounds[:, _UPPER] & sounds[:, _LOWER]
        distance = pitches[:, _UPPER] - pitches[:, _LOWER]
        fifths = (texture.fifths[:, _UPPER] - texture.fifths[:, _LOWER]) * np.where(distance < 0, -1, 1)
        linked = both[1:] & both[:-1] & texture.joined[:, None]
        moves = pitches[1:] - pitches[:-1]
        ways = np.sign(moves)
        product = np.where(linked, ways[:, _UPPER] * ways[:, _LOWER], 0)
        changes = moves % 12 != 0
        changed = changes[:, _UPPER] | changes[:, _LOWER]
        return cls(both, distance, fifths, linked, (product > 0) & changed, (product < 0) & changed)

    @property
    def perfect_fifths(self) -> Bools:
        """(M, 6) whether the pair is a perfect fifth or a twelfth apart."""
        return self._are(1, 7)

    @property
    def octaves(self) -> Bools:
        """(M, 6) whether the pair is a unison, an octave or octaves apart."""
        return self._are(0, 0)

    @property
    def diminished_fifths(self) -> Bools:
        """(M, 6) whether the pair is a diminished fifth apart."""
        return self._are(-6, 6)

    def _are(self, fifths: int, semitones: int) -> Bools:
        found: Bools = self.both & (self.fifths == fifths) & (np.abs(self.distance) % 12 == semitones)
        return found
