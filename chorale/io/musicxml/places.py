"""Where each head of a voice stands in a finished tree: found again to be coloured, worded or labelled."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from chorale.io.musicxml.layouts import STAVES, Layout
from chorale.music import Score, Voice

__all__ = ["PlacedNote", "placed_notes", "standing_at"]


@dataclass(frozen=True)
class PlacedNote:
    """A head or rest in the tree.

    Attributes:
        start, end: its steps.
        element: the note.
        measure: what it stands in.
        staff: of its part, from 1.
    """

    start: int
    end: int
    element: Element
    measure: Element
    staff: int

    @property
    def sounds(self) -> bool:
        """Whether it is a note, not a rest."""
        return self.element.find("rest") is None


def placed_notes(root: Element, score: Score, layout: Layout) -> dict[Voice, list[PlacedNote]]:
    """Return the heads and rests of every voice in order; durations in the tree count steps."""
    places: dict[Voice, list[PlacedNote]] = {voice: [] for voice in Voice}
    for number, part in enumerate(root.findall("part")):
        voices = _voices(number, layout)
        for measure, bar in zip(part.findall("measure"), score.bars, strict=True):
            for note in _of_bar(measure, bar.start):
                places[voices[note.element.findtext("voice", "1")]].append(note)
    return places


def _voices(part: int, layout: Layout) -> dict[str, Voice]:
    """Return the voices of a part by their numbers in the file."""
    staves = STAVES[layout] if layout == "closed" else STAVES[layout][part : part + 1]
    return {voice.number: voice.voice for staff in staves for voice in staff.voices}


def _of_bar(measure: Element, start: int) -> Iterator[PlacedNote]:
    position = start
    for element in measure:
        length = int(element.findtext("duration", "0"))
        if element.tag == "note":
            yield PlacedNote(position, position + length, element, measure, int(element.findtext("staff", "1")))
        position += {"note": length, "forward": length, "backup": -length}.get(element.tag, 0)


def standing_at(notes: list[PlacedNote], step: int) -> PlacedNote | None:
    """Return the head or rest that a step belongs to, or None."""
    index = bisect_right(notes, step, key=lambda note: note.start) - 1
    return notes[index] if index >= 0 and step < notes[index].end else None
