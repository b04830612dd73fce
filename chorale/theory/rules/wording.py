"""How findings speak: places, voices, note names, intervals.

Conventions: an interval is (fifths, semitones) from its first to its second note: a rising fifth is (1, 7), a rising
augmented second (9, 3), a falling one (-9, -3).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from chorale.errors import InputError
from chorale.music import Score, Voice
from chorale.music.pitch import name_of_fifth

__all__ = ["NAMINGS", "Wording", "generic_size", "interval_name", "listed", "naming", "voices_named", "with_article"]

Naming = Callable[[int], str]
"""From a place on the line of fifths to a note name."""

_PARTS = {
    Fraction(1, 4): "¼",
    Fraction(1, 2): "½",
    Fraction(3, 4): "¾",
    Fraction(1, 3): "⅓",
    Fraction(2, 3): "⅔",
    Fraction(1, 8): "⅛",
    Fraction(3, 8): "⅜",
    Fraction(5, 8): "⅝",
    Fraction(7, 8): "⅞",
}
_SIZES = (
    *("unison", "second", "third", "fourth", "fifth", "sixth", "seventh"),
    *("octave", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth"),
)
_SOLFEGE = dict(zip("CDEFGAB", ("Do", "Re", "Mi", "Fa", "Sol", "La", "Si"), strict=True))


def _german(fifth: int) -> str:
    name = name_of_fifth(fifth)
    letter, alter = name[0], (fifth + 1) // 7
    if alter >= 0:
        return letter.replace("B", "H") + "is" * alter
    if name == "Bb":
        return "B"
    stem = {"A": "A", "E": "E", "B": "He"}.get(letter, letter + "e")
    return stem + "s" + "es" * (-alter - 1)


def _solfege(fifth: int) -> str:
    name = name_of_fifth(fifth)
    return _SOLFEGE[name[0]] + name[1:]


NAMINGS: dict[str, Naming] = {"english": name_of_fifth, "german": _german, "fixed-do": _solfege}
"""Styles of note names: B flat is "Bb", "B", "Sib"."""


def naming(style: str) -> Naming:
    """Return a style of note names.

    Raises:
        InputError: there is none of that name.
    """
    if style not in NAMINGS:
        raise InputError(f"note names {style!r}: wanted one of {', '.join(NAMINGS)}")
    return NAMINGS[style]


def listed(words: Sequence[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def voices_named(voices: Sequence[int]) -> str:
    """Return "alto and bass"; all four are "all voices"."""
    return "all voices" if len(voices) == 4 else listed([Voice(voice).label.lower() for voice in voices])


def generic_size(fifths: int, semitones: int) -> int:
    """Return how many staff places an interval spans: 0 for a unison, 1 for a rising second, -4 for a falling fifth."""
    return 4 * fifths + 7 * ((semitones - 7 * fifths) // 12)


def interval_name(fifths: int, semitones: int) -> str:
    """Return an interval's name whichever way it goes: "augmented second", "minor sixth", "octave", "major tenth"."""
    size = generic_size(fifths, semitones)
    if size < 0 or (size == 0 and semitones < 0):
        size, fifths = -size, -fifths
    octaves, simple = divmod(size, 7)
    if octaves > 1:
        count = {2: "two", 3: "three"}.get(octaves, "many")
        return f"{count} octaves" if (simple, fifths) == (0, 0) else f"{_of_kind(fifths, simple)} over {count} octaves"
    return _of_kind(fifths, size)


def _of_kind(fifths: int, size: int) -> str:
    return f"{_kind(fifths, size % 7)} {_SIZES[size]}".strip()


def _kind(fifths: int, simple: int) -> str:
    """Return "minor", "augmented" and so on; perfect intervals need no word."""
    if abs(fifths) >= 6:
        return "augmented" if fifths > 0 else "diminished"
    if simple in {0, 3, 4}:
        return ""
    return "major" if fifths > 0 else "minor"


def with_article(name: str) -> str:
    """Return "a fifth", "an octave", "a unison"; "two octaves" stays as it is."""
    if name.endswith("s"):
        return name
    return f"{'an' if name[0] in 'aeio' else 'a'} {name}"


@dataclass(frozen=True)
class Wording:
    """Names the places and notes of one score.

    Attributes:
        score: the music.
        names: the style of note names.
    """

    score: Score
    names: Naming = name_of_fifth

    def place(self, step: int) -> str:
        """Return bar and beat, "3.2" or "3.2½"; a pickup is bar 0."""
        place = self.score.place(step)
        part = Fraction(place.step, self.score.meter.steps_per_beat)
        return f"{place.bar}.{place.beat}" + (_PARTS.get(part, f"+{part}") if part else "")

    def span(self, start: int, end: int) -> str:
        """Return "bar 3.2" or "bars 3.2-3.3"."""
        if start == end:
            return f"bar {self.place(start)}"
        return f"bars {self.place(start)}-{self.place(end)}"

    def note(self, fifth: int) -> str:
        """Return a note's name."""
        return self.names(int(fifth))

    def interval(self, low: int, high: int) -> str:
        """Return two notes that sound together, "G-D", the lower first."""
        return f"{self.note(low)}-{self.note(high)}"
