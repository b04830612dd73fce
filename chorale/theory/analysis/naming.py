"""Roman numerals: a chord in a key, and what it goes to, to the numeral that is printed."""

from functools import lru_cache

from chorale.music.key import Mode
from chorale.theory.analysis.vocabulary import READINGS, Numeral
from chorale.theory.harmony import Chord, Quality

__all__ = ["inversion_figures", "numeral_of"]

_TRIAD_FIGURES = ("", "6", "6/4")
_SEVENTH_FIGURES = ("7", "6/5", "4/3", "4/2")
_SIXTH_FIGURES = {
    Quality.ITALIAN_SIXTH: ("6",),
    Quality.GERMAN_SIXTH: ("6/5",),
    Quality.FRENCH_SIXTH: ("4/3",),
}
_DEGREES: dict[Mode, dict[int, str]] = {
    "major": {0: "I", 2: "II", 4: "III", -1: "IV", 1: "V", 3: "VI", 5: "VII"},
    "minor": {
        0: "I",
        2: "II",
        -3: "III",
        -1: "IV",
        1: "V",
        -4: "VI",
        -2: "VII",
        5: "VII",
    },
}
_SMALL = frozenset(
    {
        Quality.MINOR,
        Quality.DIMINISHED,
        Quality.MINOR_SEVENTH,
        Quality.HALF_DIMINISHED_SEVENTH,
        Quality.DIMINISHED_SEVENTH,
        Quality.MINOR_MAJOR_SEVENTH,
    }
)
_SIGNS = {
    **dict.fromkeys((Quality.DIMINISHED, Quality.DIMINISHED_SEVENTH), "o"),
    **dict.fromkeys((Quality.AUGMENTED, Quality.AUGMENTED_MAJOR_SEVENTH), "+"),
    Quality.HALF_DIMINISHED_SEVENTH: "ø",
}


def inversion_figures(chord: Chord) -> str:
    """Return the arabic figures of a chord's inversion; augmented sixths wear their own whatever the bass."""
    if chord.quality in _SIXTH_FIGURES:
        return _SIXTH_FIGURES[chord.quality][0]
    figures = _TRIAD_FIGURES if len(chord.tones) == 3 else _SEVENTH_FIGURES
    return figures[chord.inversion]


def numeral_of(mode: Mode, root: int, quality: Quality, following: int | None = None) -> Numeral:
    """Return the numeral of a chord.

    Args:
        mode: of the key.
        root: above the tonic, on the line of fifths.
        quality: of the chord.
        following: root of the next chord above the tonic, if there is one: a chromatic chord or a dominant seventh
            that acts as its dominant is read as applied to it.
    """
    readings = _readings(mode, root, quality)
    if not readings:
        return Numeral(_degree(mode, root, quality), root, quality)
    first = readings[0]
    may_apply = bool(first.of) or quality is Quality.DOMINANT_SEVENTH or (mode == "minor" and first.degree == "I")
    applied = [one for one in readings if may_apply and one.of and one.target == following]
    return (applied or [first])[0]


@lru_cache(maxsize=256)
def _readings(mode: Mode, root: int, quality: Quality) -> tuple[Numeral, ...]:
    return tuple(one for one in READINGS[mode] if (one.root, one.quality) == (root, quality))


def _degree(mode: Mode, root: int, quality: Quality) -> str:
    """Return the numeral of any chord by its scale degree, with signs for a raised or lowered root."""
    scale = _DEGREES[mode]
    letter = 4 * root % 7
    home = next(place for place in scale if 4 * place % 7 == letter)
    alter = 0 if root in scale else (root - home) // 7
    name = scale[root] if root in scale else scale[home]
    sign = "#" * alter if alter > 0 else "b" * -alter
    return sign + (name.lower() if quality in _SMALL else name) + _SIGNS.get(quality, "")
