"""Pitches: MIDI numbers, and spelled pitches that know G sharp from A flat.

Conventions
    * A MIDI number is an int, 60 = C4 = middle C. ``REST`` (-1) stands for silence wherever a pitch is expected.
    * A *fifth* is a place on the line of fifths: ... Bb -2, F -1, C 0, G 1, D 2 ... B 5, F# 6 ... A MIDI number
      and a fifth together are a spelled pitch: 56 with 8 is G#3, with -4 it is Ab3.
    * A *staff place* counts diatonic steps from C0: C4 is 28, D4 is 29; accidentals do not move it.
"""

import re
from dataclasses import dataclass

from chorale.errors import InputError

__all__ = ["LETTERS", "REST", "Pitch", "fifth_of_name", "name_of_fifth"]

REST = -1
LETTERS = "CDEFGAB"
_SEMITONES = (0, 2, 4, 5, 7, 9, 11)  # of each letter above C
_LETTERS_BY_FIFTH = "FCGDAEB"
_NAME = re.compile(r"([A-Ga-g])([#b♯♭x𝄪𝄫-]*)(\d+)?\Z")
_ALTERS = {"#": 1, "♯": 1, "x": 2, "𝄪": 2, "b": -1, "♭": -1, "-": -1, "𝄫": -2}


def name_of_fifth(fifth: int) -> str:
    """Return the pitch name at a place of the line of fifths: 0 is "C", 6 is "F#", -2 is "Bb"."""
    alter, letter = divmod(fifth + 1, 7)
    return _LETTERS_BY_FIFTH[letter] + ("#" * alter if alter >= 0 else "b" * -alter)


def fifth_of_name(name: str) -> int:
    """Return the place on the line of fifths of a pitch name such as "F#", "Bb" or "e".

    Raises:
        InputError: the text is not a letter A to G with accidentals.
    """
    match = _NAME.match(name.strip())
    if match is None or match[3]:
        raise InputError(f"pitch name {name!r}: wanted a letter A to G with # or b, such as F# or Bb")
    return _LETTERS_BY_FIFTH.index(match[1].upper()) - 1 + 7 * _alteration(match[2])


def _alteration(signs: str) -> int:
    return sum(_ALTERS[sign] for sign in signs)


@dataclass(frozen=True, order=False)
class Pitch:
    """A spelled pitch.

    Args:
        fifth: place on the line of fifths (see the module).
        midi: MIDI number, 0..127; must agree with ``fifth`` modulo the octave.

    Raises:
        InputError: the MIDI number is out of range or sounds another pitch class than the spelling.
    """

    fifth: int
    midi: int

    def __post_init__(self) -> None:
        if not 0 <= self.midi <= 127:
            raise InputError(f"pitch {self.midi}: wanted a MIDI number from 0 to 127")
        if (self.fifth * 7 - self.midi) % 12:
            raise InputError(f"MIDI number {self.midi} cannot be spelled {name_of_fifth(self.fifth)}")

    @classmethod
    def parse(cls, text: str) -> "Pitch":
        """Read a name with an octave, such as "F#4", "Bb3" or "c5" (C4 = 60 = middle C).

        Raises:
            InputError: the text is not such a name.
        """
        match = _NAME.match(text.strip())
        if match is None or match[3] is None:
            raise InputError(f"pitch {text!r}: wanted a letter, accidentals and an octave, such as F#4 or Bb3")
        place = LETTERS.index(match[1].upper())
        alter = _alteration(match[2])
        fifth = _LETTERS_BY_FIFTH.index(match[1].upper()) - 1 + 7 * alter
        return cls(fifth, 12 * (int(match[3]) + 1) + _SEMITONES[place] + alter)

    @classmethod
    def at_place(cls, place: int, alter: int = 0) -> "Pitch":
        """Return the pitch at a staff place (C4 = 28) with so many sharps (positive) or flats (negative)."""
        octave, letter = divmod(place, 7)
        fifth = _LETTERS_BY_FIFTH.index(LETTERS[letter]) - 1 + 7 * alter
        return cls(fifth, 12 * (octave + 1) + _SEMITONES[letter] + alter)

    @property
    def letter(self) -> str:
        """The letter name, C to B."""
        return _LETTERS_BY_FIFTH[(self.fifth + 1) % 7]

    @property
    def alter(self) -> int:
        """Semitones up (sharps, positive) or down (flats, negative) from the letter."""
        return (self.fifth + 1) // 7

    @property
    def octave(self) -> int:
        """Scientific octave of the written letter: B#3 sounds as C4 and is in octave 3."""
        return (self.midi - self.alter) // 12 - 1

    @property
    def place(self) -> int:
        """Staff place: diatonic steps above C0; C4 is 28."""
        return 7 * self.octave + LETTERS.index(self.letter)

    @property
    def name(self) -> str:
        """Letter and accidentals, "F#"."""
        return name_of_fifth(self.fifth)

    def __str__(self) -> str:
        return f"{self.name}{self.octave}"
