"""Keys: tonic, mode, signature, scale, and how a MIDI number is spelled in a key."""

from dataclasses import dataclass
from typing import Literal

from chorale.errors import InputError
from chorale.music.pitch import LETTERS, Pitch, fifth_of_name, name_of_fifth

__all__ = ["MODES", "Key", "Mode"]

Mode = Literal["major", "minor"]
MODES: tuple[Mode, ...] = ("major", "minor")
_LARGEST_SIGNATURE = 7
_MODE_WORDS: dict[str, Mode] = {
    **dict.fromkeys(("major", "maj", "dur"), "major"),
    **dict.fromkeys(("minor", "min", "moll", "m"), "minor"),
}
# Chromatic notes are spelled within twelve fifths, from two below the signature to nine above it: in C major and
# A minor alike Bb F C G D A E B F# C# G# D#. Bach's chromatic notes are leading tones far more often than they
# are borrowed flats.
_WINDOW_START = -2


@dataclass(frozen=True)
class Key:
    """A key.

    Args:
        tonic: place of the tonic on the line of fifths: C 0, G 1, F -1, F# 6.
        mode: "major" or "minor".

    Raises:
        InputError: the mode is unknown or the signature would need more than seven accidentals.
    """

    tonic: int
    mode: Mode = "major"

    def __post_init__(self) -> None:
        if self.mode not in MODES:
            raise InputError(f"mode {self.mode!r}: wanted major or minor")
        if abs(self.signature) > _LARGEST_SIGNATURE:
            raise InputError(f"key {self.name}: its signature has more than seven accidentals")

    @classmethod
    def parse(cls, text: str) -> "Key":
        """Read "G", "G major", "f# minor", "Bbm", "e" (a lower-case letter alone is minor).

        Raises:
            InputError: the text is not such a name.
        """
        words = text.replace("-", " ").split()
        if len(words) == 1 and words[0].endswith("m") and len(words[0]) > 1:
            words = [words[0][:-1], "minor"]
        mode = _MODE_WORDS.get(words[1].lower()) if len(words) == 2 else None
        if not words or len(words) > 2 or (len(words) == 2 and mode is None):
            raise InputError(f"key {text!r}: wanted a tonic and a mode, such as G major or f# minor")
        return cls(fifth_of_name(words[0]), mode or ("minor" if words[0][0].islower() else "major"))

    @classmethod
    def from_signature(cls, sharps: int, mode: Mode = "major") -> "Key":
        """Return the key whose signature has so many sharps (flats count negative)."""
        return cls(sharps + (3 if mode == "minor" else 0), mode)

    @property
    def signature(self) -> int:
        """Number of sharps in the signature; flats count negative."""
        return self.tonic - (3 if self.mode == "minor" else 0)

    @property
    def tonic_name(self) -> str:
        """The tonic's name, "F#"."""
        return name_of_fifth(self.tonic)

    @property
    def name(self) -> str:
        """The full name, "F# minor"."""
        return f"{self.tonic_name} {self.mode}"

    @property
    def tonic_class(self) -> int:
        """Pitch class of the tonic, 0..11, C = 0."""
        return self.tonic * 7 % 12

    @property
    def scale(self) -> frozenset[int]:
        """Pitch classes of the scale; a minor key has both forms of its sixth and seventh degree."""
        degrees = (0, 2, 4, 5, 7, 9, 11) if self.mode == "major" else (0, 2, 3, 5, 7, 8, 9, 10, 11)
        return frozenset((self.tonic_class + degree) % 12 for degree in degrees)

    @property
    def relative(self) -> "Key":
        """The key of the other mode with the same signature."""
        return Key.from_signature(self.signature, "minor" if self.mode == "major" else "major")

    def signature_alter(self, letter: str) -> int:
        """Return what the signature does to a letter: +1 for F in G major, -1 for B in F major, else 0."""
        natural = "FCGDAEB".index(letter)
        return (self.signature - natural + 6) // 7

    def at_place(self, place: int) -> Pitch:
        """Return the pitch at a staff place (C4 = 28) as the signature makes it."""
        return Pitch.at_place(place, self.signature_alter(LETTERS[place % 7]))

    def spell_class(self, midi: int) -> int:
        """Return the place on the line of fifths at which this key spells a MIDI number's pitch class."""
        start = self.signature + _WINDOW_START
        return start + (midi * 7 - start) % 12

    def spell(self, midi: int) -> Pitch:
        """Return a MIDI number spelled as this key would: 66 is F#4 in G major, Gb4 in Db major.

        Source: a window on the line of fifths (Temperley, The Cognition of Basic Musical Structures, ch. 5).
        """
        return Pitch(self.spell_class(midi), midi)

    def transposed(self, semitones: int) -> "Key":
        """Return the key so many semitones higher, in the spelling with the smaller signature."""
        signature = (self.signature + 7 * semitones + 5) % 12 - 5
        return Key.from_signature(signature, self.mode)

    def __str__(self) -> str:
        return self.name
