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

In a level (``parse(..., gaps=True)``) a question mark is where the player writes:

``?:4``    a gap, a note's length to be filled; lengths, ``~`` and ``^`` as with a note
``g4:4?``  a note that stands there and may be changed; all others are fixed

A row of words (``parse_row``: numerals, figures) has lengths and bar lines in the same way: ``I:4 V6/5 I:2 |``.

A text under the melody gives a syllable to each note: spaces part words, ``-`` parts syllables of a word, ``_`` leaves
a note to the syllable before it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from chorale.errors import InputError
from chorale.music import Chorale, Key, Melody, Meter, Note, Pitch, Score, Voice
from chorale.music.pitch import LETTERS

__all__ = ["Gap", "Tune", "Word", "laid", "lay_text", "parse", "parse_row", "pickup_steps"]

_NOTE = re.compile(
    r"(?:(?P<letter>[a-gA-G])(?P<sign>##?|bb?|=)?(?P<octave>\d)|r|(?P<gap>\?))(?P<length>:\d+\.*)?(?P<marks>[~^?]*)\Z"
)
_WORD = re.compile(r"(?P<text>[^:\s]+)(?P<length>:\d+\.*)?\Z")
_SIGNS = {"#": 1, "##": 2, "b": -1, "bb": -2, "=": 0}
_LENGTHS = {
    f":{part}{'.' * dots}": steps
    for part, whole in ((1, 16), (2, 8), (4, 4), (8, 2), (16, 1))
    for dots in range(3)
    if (steps := whole * (2 ** (dots + 1) - 1) / 2**dots) == int(steps)
}
_WANTED = "wanted a note such as f#4:8, a rest such as r:4, or a bar line |"


class Gap(NamedTuple):
    """Room for a note: its first step and its length in steps."""

    start: int
    length: int


class Word(NamedTuple):
    """A word of a row: its first step, its length in steps, and the word."""

    start: int
    length: int
    text: str


@dataclass(frozen=True)
class Tune:
    """A parsed melody.

    Attributes:
        melody: the notes.
        pitches: (first step, spelled pitch) of every note.
        fermatas: first steps of the notes and gaps that carry one.
        gaps: what is to be filled.
        free: first steps of the notes that may be changed.
    """

    melody: Melody
    pitches: tuple[tuple[int, Pitch], ...]
    fermatas: frozenset[int]
    gaps: tuple[Gap, ...] = ()
    free: frozenset[int] = frozenset()


@dataclass
class _Ruler:
    """Where a parser is: the bar, the step, and the length that the next token may lean on."""

    meter: Meter
    pickup: int
    position: int = 0
    bar_start: int = 0
    length: int = 4
    line: int = 1
    short: str = ""

    def __post_init__(self) -> None:
        self.bar = 0 if self.pickup else 1

    @property
    def bar_steps(self) -> int:
        return self.meter.steps_per_bar if self.bar else self.pickup

    def error(self, text: str) -> InputError:
        return InputError(f"line {self.line}: {text}")

    def words(self, text: str) -> Iterator[str]:
        """Yield the words between the bar lines, which are checked."""
        for self.line, line in enumerate(text.splitlines(), 1):
            for word in line.split():
                if self.short:
                    raise InputError(self.short)
                if word == "|":
                    self.bar_line()
                else:
                    yield word

    def bar_line(self) -> None:
        held = self.position - self.bar_start
        if held != self.bar_steps:  # allowed in the last bar only, so it is told when more follows
            self.short = f"line {self.line}: bar {self.bar} holds {held} sixteenths: wanted {self.bar_steps}"
        self.bar, self.bar_start = self.bar + 1, self.position

    def measure(self, text: str, length: str | None) -> None:
        """Take the length of a token, which must fit into the bar."""
        if length:
            self.length = self.steps(length)
        if self.position + self.length - self.bar_start > self.bar_steps:
            raise self.error(
                f"{text!r} runs over the end of bar {self.bar}: wanted a bar line, and a tie ~ if it is held"
            )

    def steps(self, length: str) -> int:
        if length not in _LENGTHS:
            raise self.error(f"length {length!r}: wanted one of :1 :2 :4 :8 :16, dotted if it stays a whole sixteenth")
        return int(_LENGTHS[length])


@dataclass
class _Reader:
    """What a melody's parser has found so far."""

    key: Key
    ruler: _Ruler
    with_gaps: bool
    tied: bool = False

    def __post_init__(self) -> None:
        self.notes: list[Note] = []
        self.pitches: list[tuple[int, Pitch]] = []
        self.fermatas: set[int] = set()
        self.gaps: list[Gap] = []
        self.free: set[int] = set()

    def token(self, text: str) -> None:
        ruler, match = self.ruler, _NOTE.match(text)
        if match is None or ("?" in text and not self.with_gaps):
            raise ruler.error(f"{text!r} in bar {ruler.bar}: {_WANTED}")
        ruler.measure(text, match["length"])
        if match["gap"]:
            self.gap(text, match["marks"])
        elif match["letter"]:
            self.note(self.pitch(match), match["marks"])
        elif match["marks"] or self.tied:
            raise ruler.error(f"{text!r} in bar {ruler.bar}: wanted a note, since a rest has no tie or fermata")
        ruler.position += ruler.length

    def gap(self, text: str, marks: str) -> None:
        start, length = self.ruler.position, self.ruler.length
        if self.tied:
            before = self.gaps.pop() if self.gaps else Gap(-1, 0)
            if before.start + before.length != start:
                raise self.ruler.error(f"{text!r} in bar {self.ruler.bar}: wanted a note, since one is tied to it")
            start, length = before.start, length + before.length
        self.gaps.append(Gap(start, length))
        self.tied = "~" in marks
        self.fermatas |= {start} if "^" in marks else set()

    def pitch(self, match: re.Match[str]) -> Pitch:
        letter = match["letter"].upper()
        alter = _SIGNS[match["sign"]] if match["sign"] else self.key.signature_alter(letter)
        try:
            return Pitch.at_place(7 * int(match["octave"]) + LETTERS.index(letter), alter)
        except InputError as error:
            raise self.ruler.error(f"{match[0]!r} in bar {self.ruler.bar}: {error}") from None

    def note(self, pitch: Pitch, marks: str) -> None:
        start, length = self.ruler.position, self.ruler.length
        if self.tied:
            start, length = self.tied_to(pitch)
        self.notes.append(Note(start, length, pitch.midi))
        self.pitches.append((start, pitch))
        self.tied = "~" in marks
        self.fermatas |= {start} if "^" in marks else set()
        self.free |= {start} if "?" in marks else set()

    def tied_to(self, pitch: Pitch) -> tuple[int, int]:
        """Take back the note that this one prolongs; return the start and the length of both."""
        ruler = self.ruler
        if not self.notes or self.notes[-1].end != ruler.position:
            raise ruler.error(f"{pitch} in bar {ruler.bar} is tied to a gap: wanted a gap")
        before, (start, held) = self.notes.pop(), self.pitches.pop()
        if held != pitch:
            raise ruler.error(f"{pitch} in bar {ruler.bar} is tied to {held}: wanted the same pitch")
        return start, ruler.length + before.length

    def finish(self) -> Tune:
        ruler = self.ruler
        if self.tied:
            raise ruler.error(f"the tie ~ in bar {ruler.bar} leads nowhere: wanted a note after it")
        if not self.notes and not self.gaps:
            raise ruler.error(f"no notes: {_WANTED}")
        melody = Melody.from_notes(self.notes, ruler.position)
        found = tuple(self.pitches), frozenset(self.fermatas), tuple(self.gaps), frozenset(self.free)
        return Tune(melody, *found)


def parse(text: str, key: Key, meter: Meter, pickup: int = 0, *, gaps: bool = False) -> Tune:
    """Read a melody written as this module describes.

    Args:
        text: the melody.
        key: gives the signature.
        meter: gives the length of a bar.
        pickup: steps before the first whole bar.
        gaps: whether there may be gaps and notes that may be changed.

    Raises:
        InputError: something in it cannot be read, or a bar does not add up; the message says in which line of the
            text and bar, and what was wanted.
    """
    reader = _Reader(key, _Ruler(meter, pickup), gaps)
    for word in reader.ruler.words(text):
        reader.token(word)
    return reader.finish()


def parse_row(text: str, meter: Meter, pickup: int = 0) -> tuple[Word, ...]:
    """Read a row of words such as numerals or figures; the word ``_`` leaves its place empty.

    Raises:
        InputError: a length cannot be read, or a bar does not add up; the message says where, and what was wanted.
    """
    ruler, found = _Ruler(meter, pickup), []
    for word in ruler.words(text):
        match = _WORD.match(word)
        if match is None:
            raise ruler.error(f"{word!r} in bar {ruler.bar}: wanted a word and its length, such as V6/5:4")
        ruler.measure(word, match["length"])
        found.append(Word(ruler.position, ruler.length, match["text"]))
        ruler.position += ruler.length
    return tuple(word for word in found if word.text != "_")


def laid(score: Score, tunes: Mapping[Voice, Tune]) -> Score:
    """Return the score with the notes of some voices, spelled as written; a shorter one rests at the end."""
    pitches, onsets = score.chorale.pitches.copy(), score.chorale.onsets.copy()
    spelling, fermatas = score.spelling.copy(), set(score.fermatas)
    for voice, tune in tunes.items():
        size = len(tune.melody)
        pitches[:size, voice], onsets[:size, voice] = tune.melody.pitches, tune.melody.onsets
        for note, (_, pitch) in zip(tune.melody.notes, tune.pitches, strict=True):
            spelling[note.start : note.end, voice] = pitch.fifth
        fermatas |= tune.fermatas
    return score.replace(chorale=Chorale(pitches, onsets), spelling=spelling, fermatas=frozenset(fermatas))


def pickup_steps(text: str) -> int:
    """Return how many steps a part of a whole note has, such as "1/4".

    Raises:
        InputError: it is none.
    """
    try:
        steps = Fraction(text) * 16
    except (ValueError, ZeroDivisionError):
        steps = Fraction(-1)
    if steps < 0 or steps.denominator != 1:
        raise InputError(f"{text!r}: wanted a part of a whole note such as 1/4")
    return int(steps)


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
