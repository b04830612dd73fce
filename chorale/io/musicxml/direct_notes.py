"""The notes of one bar of plain MusicXML: heads that sound together, where they stand and in which voice."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from xml.etree.ElementTree import Element

from chorale.io.musicxml.heads import Dropped, Head
from chorale.io.musicxml.plain import NotPlain, number_in
from chorale.io.raw import RawNote
from chorale.music import STEPS_PER_QUARTER, Pitch
from chorale.music.pitch import LETTERS

__all__ = ["Cluster", "clusters"]

_INSIDE_WORD = {"begin", "middle"}


@dataclass
class Cluster:
    """A note, a chord or a rest.

    Attributes:
        start, end: exact steps.
        voice: its number; "" where the bar has one voice.
        staff: of the part, from 1.
        heads: none for a rest.
        whole_rest: whether it is a rest that may stand for a bar of any length.
    """

    start: Fraction
    end: Fraction
    voice: str
    staff: int
    heads: list[Head] = field(default_factory=list)
    whole_rest: bool = False


def clusters(measure: Element, start: Fraction, divisions: int, staves: int, dropped: Dropped) -> list[Cluster]:
    """Return what a bar holds, in the order of the file.

    Args:
        measure: the bar.
        start: exact steps.
        divisions: of a quarter, by which it counts.
        staves: of the part.
        dropped: where to count grace notes.

    Raises:
        NotPlain: something in it is music21's to read.
    """
    reader = _BarReader(start, Fraction(STEPS_PER_QUARTER, divisions), staves, dropped)
    one_voice = len({_text(each, "voice") for each in measure if each.tag in {"note", "forward"}} - {""}) < 2
    for element in measure:
        if element.tag == "note":
            reader.note(element, one_voice=one_voice)
        elif element.tag in {"backup", "forward"}:
            reader.move(element)
    return reader.found


class _BarReader:
    """Where in the bar the reader is, and what it has found."""

    def __init__(self, start: Fraction, step: Fraction, staves: int, dropped: Dropped) -> None:
        self.found: list[Cluster] = []
        self._start = start
        self._step = step
        self._staves = staves
        self._dropped = dropped
        self._position = 0

    def move(self, element: Element) -> None:
        """Go back or forward."""
        by = number_in(element, "duration")
        self._position = max(0, self._position + (by if element.tag == "forward" else -by))

    def note(self, element: Element, *, one_voice: bool) -> None:
        """Take a note, a chord's further note, a rest, or a grace note, of which only the voice counts."""
        is_rest = element.find("rest") is not None
        voice = "" if one_voice else _text(element, "voice")
        if element.find("grace") is not None:
            self._dropped.grace += not is_rest
            self._begin(element, voice, 0)
        elif element.find("chord") is not None:
            self._add_to_chord(element)
        else:
            length = number_in(element, "duration")
            if length <= 0 or (not voice and not one_voice):
                raise NotPlain("a note without length or voice")
            self._begin(element, voice, length)
            if is_rest:
                self.found[-1].whole_rest = _may_fill_any_bar(element)
            else:
                self.found[-1].heads += self._heads(element, self.found[-1])

    def _begin(self, element: Element, voice: str, length: int) -> None:
        staff = number_in(element, "staff", default=1 if self._staves == 1 else None)
        if not 1 <= staff <= self._staves:
            raise NotPlain("a staff too many")
        start = self._start + self._position * self._step
        self._position += length
        self.found.append(Cluster(start, self._start + self._position * self._step, voice, staff))

    def _add_to_chord(self, element: Element) -> None:
        if not self.found or not self.found[-1].heads:
            raise NotPlain("a chord without its first note")
        cluster = self.found[-1]
        if number_in(element, "staff", default=cluster.staff) != cluster.staff or element.find("lyric") is not None:
            raise NotPlain("a chord across staves")
        if (cluster.end - cluster.start) != number_in(element, "duration") * self._step:
            raise NotPlain("a chord of several lengths")
        cluster.heads += self._heads(element, cluster)

    def _heads(self, element: Element, cluster: Cluster) -> Iterator[Head]:
        pitch = _pitch(element)
        fermata = element.find("notations/fermata") is not None
        if fermata and cluster.heads:
            raise NotPlain("a fermata inside a chord")
        first = cluster.heads[0][0] if cluster.heads else None
        note = RawNote(cluster.start, cluster.end, pitch.midi, pitch.fifth, "", fermata, _syllable(element))
        if first is not None:
            note.fermata, note.lyric = first.fermata, first.lyric
        yield note, "stop" in _ties(element)


def _may_fill_any_bar(element: Element) -> bool:
    rest = element.find("rest")
    marked = rest is not None and rest.get("measure") == "yes"
    return marked or _text(element, "type") in {"whole", "breve", ""}


def _ties(element: Element) -> list[str | None]:
    kinds = [tie.get("type") for tie in element.findall("tie")]
    if len(kinds) > 2 or set(kinds) - {"start", "stop"} or (len(kinds) == 2 and kinds[0] == kinds[1]):
        raise NotPlain("a strange tie")
    return kinds


def _pitch(element: Element) -> Pitch:
    letter = _text(element, "pitch/step")
    if letter not in set(LETTERS):
        raise NotPlain("a strange pitch")
    place = 7 * number_in(element, "pitch/octave") + LETTERS.index(letter)
    alter = number_in(element, "pitch/alter", default=0)
    if abs(alter) > 2 or not 7 <= place <= 63:
        raise NotPlain("a strange pitch")
    return Pitch.at_place(place, alter)


def _syllable(element: Element) -> str:
    """Return the first verse's syllable, with a hyphen where its word goes on."""
    verses = [(_verse(lyric, place), lyric) for place, lyric in enumerate(element.findall("lyric"), 1)]
    if not verses:
        return ""
    first = min(number for number, _ in verses)
    for number, lyric in verses:
        text = " ".join(_text(lyric, "text").split())
        if number == first and text:
            return text + "-" if _text(lyric, "syllabic") in _INSIDE_WORD else text
    return ""


def _verse(lyric: Element, place: int) -> int:
    number = lyric.get("number", str(place))
    if not number.isdecimal() or len(lyric.findall("text")) > 1:
        raise NotPlain("a strange lyric")
    return int(number) or place


def _text(element: Element, path: str) -> str:
    return (element.findtext(path) or "").strip()
