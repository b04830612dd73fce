"""Melodies as text: how the tunes in ``levels/tunes`` are written down.

A melody is a row of notes, rests and bar lines, parted by spaces and line ends:

    d4:4 | g4:2 d5:4 | b4:4. a4:8 g4:4 | a4:2^ r:4 |

note       letter, sign, octave, and what may follow it. The key's signature alters the letter unless a sign does,
           for this note only: ``#`` ``b`` ``##`` ``bb``, ``=`` for natural. C4 is middle C.
rest       ``r``
``:4.``    length: 1 whole, 2 half, 4 quarter, 8 eighth, 16 sixteenth, with up to two dots; without it, a note is as
           long as the one before it
``~``      tied to the next note, which has the same pitch
``^``      a fermata: the phrase ends here
``|``      a bar line, required wherever a bar ends; after the pickup too. After the last bar it may be left out, and
           the last bar may be short.

A text under the melody gives a syllable to each note: spaces part words, ``-`` parts syllables of a word, ``_`` leaves
a note to the syllable before it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chorale.errors import InputError
from chorale.music import Key, Melody, Meter, Note, Pitch
from chorale.music.pitch import LETTERS

__all__ = ["Tune", "lay_text", "parse"]

_NOTE = re.compile(
    r"(?:(?P<letter>[a-gA-G])(?P<sign>##?|bb?|=)?(?P<octave>\d)|r)(?P<length>:\d+\.*)?(?P<marks>[~^]*)\Z"
)
_SIGNS = {"#": 1, "##": 2, "b": -1, "bb": -2, "=": 0}
_LENGTHS = {
    f":{part}{'.' * dots}": steps
    for part, whole in ((1, 16), (2, 8), (4, 4), (8, 2), (16, 1))
    for dots in range(3)
    if (steps := whole * (2 ** (dots + 1) - 1) / 2**dots) == int(steps)
}
_WANTED = "wanted a note such as f#4:8, a rest such as r:4, or a bar line |"


@dataclass(frozen=True)
class Tune:
    """A parsed melody.

    Attributes:
        melody: the notes.
        pitches: (first step, spelled pitch) of every note.
        fermatas: first steps of the notes that carry one.
    """

    melody: Melody
    pitches: tuple[tuple[int, Pitch], ...]
    fermatas: frozenset[int]


@dataclass
class _Reader:
    """Where the parser is: the notes so far, and what the next token may lean on."""

    key: Key
    meter: Meter
    pickup: int
    position: int = 0
    bar_start: int = 0
    bar: int = 1
    length: int = 4
    tied: bool = False
    line: int = 1
    short: str = ""

    def __post_init__(self) -> None:
        self.bar = 0 if self.pickup else 1
        self.notes: list[Note] = []
        self.pitches: list[tuple[int, Pitch]] = []
        self.fermatas: set[int] = set()

    @property
    def bar_steps(self) -> int:
        return self.meter.steps_per_bar if self.bar else self.pickup

    def take(self, word: str) -> None:
        if self.short:
            raise InputError(self.short)
        if word == "|":
            self.bar_line()
        else:
            self.token(word)

    def error(self, text: str) -> InputError:
        return InputError(f"line {self.line}: {text}")

    def bar_line(self) -> None:
        held = self.position - self.bar_start
        if held != self.bar_steps:  # allowed in the last bar only, so it is told when more follows
            self.short = f"line {self.line}: bar {self.bar} holds {held} sixteenths: wanted {self.bar_steps}"
        self.bar, self.bar_start = self.bar + 1, self.position

    def token(self, text: str) -> None:
        match = _NOTE.match(text)
        if match is None:
            raise self.error(f"{text!r} in bar {self.bar}: {_WANTED}")
        if match["length"]:
            self.length = self.steps(match["length"])
        if self.position + self.length - self.bar_start > self.bar_steps:
            raise self.error(
                f"{text!r} runs over the end of bar {self.bar}: wanted a bar line, and a tie ~ if it is held"
            )
        if match["letter"]:
            self.note(self.pitch(match), match["marks"])
        elif match["marks"] or self.tied:
            raise self.error(f"{text!r} in bar {self.bar}: wanted a note, since a rest has no tie or fermata")
        self.position += self.length

    def steps(self, length: str) -> int:
        if length not in _LENGTHS:
            raise self.error(f"length {length!r}: wanted one of :1 :2 :4 :8 :16, dotted if it stays a whole sixteenth")
        return int(_LENGTHS[length])

    def pitch(self, match: re.Match[str]) -> Pitch:
        letter = match["letter"].upper()
        alter = _SIGNS[match["sign"]] if match["sign"] else self.key.signature_alter(letter)
        try:
            return Pitch.at_place(7 * int(match["octave"]) + LETTERS.index(letter), alter)
        except InputError as error:
            raise self.error(f"{match[0]!r} in bar {self.bar}: {error}") from None

    def note(self, pitch: Pitch, marks: str) -> None:
        start, length = self.position, self.length
        if self.tied:
            before, (start, held) = self.notes.pop(), self.pitches.pop()
            if held != pitch:
                raise self.error(f"{pitch} in bar {self.bar} is tied to {held}: wanted the same pitch")
            length += before.length
        self.notes.append(Note(start, length, pitch.midi))
        self.pitches.append((start, pitch))
        self.tied = "~" in marks
        self.fermatas |= {start} if "^" in marks else set()

    def finish(self) -> Tune:
        if self.tied:
            raise self.error(f"the tie ~ in bar {self.bar} leads nowhere: wanted a note after it")
        if not self.notes:
            raise self.error(f"no notes: {_WANTED}")
        return Tune(Melody.from_notes(self.notes, self.position), tuple(self.pitches), frozenset(self.fermatas))


def parse(text: str, key: Key, meter: Meter, pickup: int = 0) -> Tune:
    """Read a melody written as this module describes.

    Args:
        text: the melody.
        key: gives the signature.
        meter: gives the length of a bar.
        pickup: steps before the first whole bar.

    Raises:
        InputError: something in it cannot be read, or a bar does not add up; the message says in which line of the
            text and bar, and what was wanted.
    """
    reader = _Reader(key, meter, pickup)
    for reader.line, line in enumerate(text.splitlines(), 1):
        for word in line.split():
            reader.take(word)
    return reader.finish()


def lay_text(text: str, starts: Iterable[int]) -> tuple[tuple[int, str], ...]:
    """Return (step, syllable) pairs that lay a text under the notes which begin at ``starts``.

    A syllable that its word goes on after ends in a hyphen. Notes beyond the text stay without, syllables beyond the
    notes are left out.
    """
    pairs = zip(starts, _syllables(text), strict=False)
    return tuple((step, syllable) for step, syllable in pairs if syllable != "_")


def _syllables(text: str) -> Iterator[str]:
    for word in text.split():
        yield from re.findall("[^-]+-?", word)
