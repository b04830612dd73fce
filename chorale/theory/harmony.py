"""What an analysis says: chords, harmonies in their keys, non-chord tones, cadences.

Conventions: roots, basses and chord tones are places on the line of fifths (C 0, G 1, F -1), so that an augmented sixth
is not a minor seventh; steps count sixteenths.
"""

from dataclasses import dataclass
from enum import Enum, IntEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from chorale.music import Key
from chorale.music.pitch import name_of_fifth
from chorale.theory.texture import Texture

__all__ = ["Analysis", "Cadence", "CadenceKind", "Chord", "Harmony", "Quality", "ToneKind"]


class Quality(Enum):
    """A kind of chord; its value is the chord's tones above the root on the line of fifths, root first."""

    MAJOR = (0, 4, 1)
    MINOR = (0, -3, 1)
    DIMINISHED = (0, -3, -6)
    AUGMENTED = (0, 4, 8)
    DOMINANT_SEVENTH = (0, 4, 1, -2)
    MAJOR_SEVENTH = (0, 4, 1, 5)
    MINOR_SEVENTH = (0, -3, 1, -2)
    HALF_DIMINISHED_SEVENTH = (0, -3, -6, -2)
    DIMINISHED_SEVENTH = (0, -3, -6, -9)
    MINOR_MAJOR_SEVENTH = (0, -3, 1, 5)
    AUGMENTED_MAJOR_SEVENTH = (0, 4, 8, 5)
    ITALIAN_SIXTH = (0, -10, -6)  # on the raised fourth degree: F# Ab C
    GERMAN_SIXTH = (0, -10, -6, -9)  # F# Ab C Eb
    FRENCH_SIXTH = (0, 4, -6, -2)  # on the second degree: D F# Ab C

    @property
    def label(self) -> str:
        """The name in words: "dominant seventh"."""
        return self.name.lower().replace("_", " ")


class ToneKind(IntEnum):
    """What a sounding tone is to its harmony."""

    SILENT = -1
    CHORD = 0
    PASSING = 1
    NEIGHBOUR = 2
    SUSPENSION = 3
    ANTICIPATION = 4
    APPOGGIATURA = 5
    ESCAPE = 6
    PEDAL = 7
    FREE = 8
    RETARDATION = 9

    @property
    def label(self) -> str:
        """The name as printed: "passing tone"."""
        words = {ToneKind.SILENT: "silent", ToneKind.ESCAPE: "escape tone", ToneKind.FREE: "free non-chord tone"}
        tones = {ToneKind.CHORD, ToneKind.PASSING, ToneKind.NEIGHBOUR, ToneKind.PEDAL}
        return words.get(self, self.name.lower() + (" tone" if self in tones else ""))


@dataclass(frozen=True)
class Chord:
    """A chord.

    Args:
        root: its root, on the line of fifths.
        quality: its kind.
        bass: the lowest tone, on the line of fifths; a chord tone.
    """

    root: int
    quality: Quality
    bass: int

    @cached_property
    def tones(self) -> tuple[int, ...]:
        """The chord's tones on the line of fifths: root, third, fifth and, in seventh chords, seventh."""
        return tuple(self.root + above for above in self.quality.value)

    @property
    def inversion(self) -> int:
        """0 in root position, 1 with the third in the bass, and so on."""
        return self.tones.index(self.bass)

    @property
    def is_augmented_sixth(self) -> bool:
        """Whether it is an Italian, German or French sixth."""
        return self.quality in {Quality.ITALIAN_SIXTH, Quality.GERMAN_SIXTH, Quality.FRENCH_SIXTH}

    @property
    def name(self) -> str:
        """In words: "G dominant seventh over B"."""
        over = "" if self.inversion == 0 else f" over {name_of_fifth(self.bass)}"
        return f"{name_of_fifth(self.root)} {self.quality.label}{over}"


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True)
class Harmony:
    """One chord in its key.

    Attributes:
        start, end: its steps.
        chord: what sounds.
        key: the local key.
        degree: the Roman numeral without figures: "V", "ii", "viio", "iiø", "bII", "It".
        inversion_figures: the arabic figures of the inversion: "", "6", "6/4", "7", "6/5", "4/3", "4/2".
        of: the numeral that an applied chord belongs to ("V" in V7/V), or "".
        figured_bass: what a continuo player reads over the bass note, topmost figure first: ("6", "5"), ("4", "3").
    """

    start: int
    end: int
    chord: Chord
    key: Key
    degree: str
    inversion_figures: str
    of: str = ""
    figured_bass: tuple[str, ...] = ()

    @property
    def numeral(self) -> str:
        """The whole Roman numeral: "V6/5", "viio6/V"."""
        return self.degree + self.inversion_figures + (f"/{self.of}" if self.of else "")

    @property
    def printed(self) -> str:
        """The numeral as a page prints it, figures raised and lowered: "V⁶₅", "vii°⁶/V"."""
        upper, _, lower = self.inversion_figures.partition("/")
        degree = self.degree.replace("o", "°").replace("b", "♭").replace("#", "♯")
        return degree + upper.translate(_RAISED) + lower.translate(_LOWERED) + (f"/{self.of}" if self.of else "")

    @property
    def is_applied(self) -> bool:
        """Whether it belongs to another degree than the tonic: V7/V."""
        return bool(self.of)

    @property
    def is_picardy(self) -> bool:
        """Whether it is a minor key's tonic with a major third that is not the dominant of iv."""
        return self.key.mode == "minor" and self.degree == "I" and not self.of

    @property
    def is_dominant(self) -> bool:
        """Whether it is a V or vii, of the key or applied, with a leading tone."""
        return self.leading_tone is not None

    @property
    def tonic(self) -> int:
        """What the chord's tendency tones aim at, on the line of fifths: the key's tonic; for V7/V the degree V."""
        if not self.of:
            return self.key.tonic
        return self.chord.root - (1 if self.degree.startswith("V") else 5)

    @property
    def leading_tone(self) -> int | None:
        """The leading tone of ``tonic`` where the chord is a V, vii or III+ that has it, else None."""
        leading = self.tonic + 5
        above = self.chord.root - self.tonic
        works = above in {1, 5} or (above == -3 and self.chord.quality.name.startswith("AUGMENTED"))
        return leading if works and leading in self.chord.tones else None

    @property
    def third(self) -> int | None:
        """The chord's third on the line of fifths; None in augmented sixths."""
        return None if self.chord.is_augmented_sixth else self.chord.tones[1]

    @property
    def fifth(self) -> int | None:
        """The chord's fifth, perfect or not; None in augmented sixths."""
        return None if self.chord.is_augmented_sixth else self.chord.tones[2]

    @property
    def seventh(self) -> int | None:
        """The chord's seventh, or None."""
        return None if self.chord.is_augmented_sixth or len(self.chord.tones) < 4 else self.chord.tones[3]


class CadenceKind(Enum):
    """A cadence's kind; its value is the abbreviation."""

    PERFECT_AUTHENTIC = "PAC"
    IMPERFECT_AUTHENTIC = "IAC"
    HALF = "HC"
    PHRYGIAN_HALF = "PHC"
    DECEPTIVE = "DC"
    PLAGAL = "PC"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The name as printed: "perfect authentic cadence"."""
        if self is CadenceKind.OTHER:
            return "close"
        return self.name.lower().replace("_", " ").replace("phrygian", "Phrygian") + " cadence"


@dataclass(frozen=True)
class Cadence:
    """A phrase's close.

    Attributes:
        step: where the last harmony arrives.
        end: the first step after the phrase.
        kind: its kind.
        key: the key it closes in.
    """

    step: int
    end: int
    kind: CadenceKind
    key: Key


@dataclass(frozen=True, eq=False)
class Analysis:
    """What a score means.

    Attributes:
        texture: the moments spoken of.
        harmonies: in order, without overlap; none where fewer than two voices sound.
        tones: (M, 4) int8, a ToneKind for every moment and voice.
        harmony_index: (M,) int, the number of each moment's harmony; -1 for none.
        cadences: one for each phrase that ends on a harmony.
    """

    texture: Texture
    harmonies: tuple[Harmony, ...]
    tones: NDArray[np.int8]
    harmony_index: NDArray[np.int64]
    cadences: tuple[Cadence, ...]

    def at(self, step: int) -> Harmony | None:
        """Return the harmony at a step, or None."""
        if not len(self.texture):
            return None
        number = int(self.harmony_index[self.texture.index_at(step)])
        return None if number < 0 else self.harmonies[number]
