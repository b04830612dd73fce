"""A drawn system: what it is made of, before it has its place on the page.

Its primitives are there at once; where its heads and its ink are is worked out when somebody first asks, and is kept
for as long as the system is, on whatever page it stands.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from chorale.music import VOICES
from chorale.notation import smufl
from chorale.notation.boxes import BarBox, CadenceBox, HarmonyBox, NoteBox
from chorale.notation.columns import HEAD_WIDTH, PlacedHead
from chorale.notation.draw import PlacedBar
from chorale.notation.ink import Ink
from chorale.notation.primitives import Box, Primitive
from chorale.notation.skyline import Skyline
from chorale.notation.staves import Staves
from chorale.notation.stems import head_glyph

__all__ = ["DrawnSystem"]


@dataclass(frozen=True, eq=False)
class DrawnSystem:
    """A system whose first staff lies at height 0 and the others at ``tops``; equal only to itself."""

    index: int
    bars: tuple[PlacedBar, ...]
    boxes: tuple[BarBox, ...]
    left: float
    right: float
    staves: Staves
    tops: tuple[float, ...]
    items: tuple[Primitive, ...] = field(repr=False)
    skyline: Skyline = field(repr=False)
    harmonies: tuple[HarmonyBox, ...] = ()
    cadences: tuple[CadenceBox, ...] = ()

    @property
    def lower(self) -> float:
        """The top line of the last staff."""
        return self.tops[-1]

    @cached_property
    def top(self) -> float:
        """The highest ink."""
        return min(self.skyline.highest)

    @cached_property
    def bottom(self) -> float:
        """The lowest ink."""
        return max(self.skyline.lowest)

    @cached_property
    def steps(self) -> tuple[int, ...]:
        """The columns' steps."""
        return tuple(bar.start + column.step for bar in self.bars for column in bar.columns)

    @cached_property
    def xs(self) -> tuple[float, ...]:
        """The middles of the columns' heads."""
        return tuple(x + HEAD_WIDTH / 2 for bar in self.bars for x in bar.xs)

    @cached_property
    def ink(self) -> Ink:
        """Where its ink is."""
        return Ink.of(self.items)

    @cached_property
    def notes(self) -> tuple[NoteBox, ...]:
        """Its heads, bar by bar."""
        return tuple(_note_boxes(self.bars, self.tops))

    @cached_property
    def voices(self) -> tuple[tuple[NoteBox, ...], ...]:
        """Each voice's heads in order of time."""
        ordered = sorted(self.notes, key=lambda note: note.first)
        return tuple(tuple(note for note in ordered if note.voice == voice) for voice in VOICES)

    def head_at(self, voice: int, step: int) -> NoteBox | None:
        """Return the head that sounds in a voice at a step, or None."""
        heads = self.voices[voice]
        index = bisect_right(heads, step, key=lambda head: head.first) - 1
        found = heads[index] if index >= 0 else None
        return found if found is not None and step < found.first + found.length else None

    @cached_property
    def heads(self) -> Mapping[tuple[int, int], tuple[NoteBox, ...]]:
        """The heads of every note by (voice, first step of the note), in order of time."""
        found: dict[tuple[int, int], list[NoteBox]] = {}
        for voice in self.voices:
            for note in voice:
                found.setdefault((note.voice, note.start), []).append(note)
        return {key: tuple(notes) for key, notes in found.items()}

    @cached_property
    def by_note(self) -> Mapping[tuple[int, int], tuple[Primitive, ...]]:
        """The primitives of every note by (voice, first step of the note)."""
        found: dict[tuple[int, int], list[Primitive]] = {}
        for item in self.items:
            mark = item.mark
            if mark.voice is not None and mark.start is not None:
                found.setdefault((mark.voice, mark.start), []).append(item)
        return {key: tuple(items) for key, items in found.items()}


def _note_boxes(bars: tuple[PlacedBar, ...], tops: tuple[float, ...]) -> Iterator[NoteBox]:
    for bar in bars:
        for staff, top in enumerate(tops):
            for x, column in bar.staff_columns(staff):
                for placed in column.heads:
                    yield _note_box(bar, placed, x, top, staff)


def _note_box(bar: PlacedBar, placed: PlacedHead, x: float, top: float, staff: int) -> NoteBox:
    head = placed.head
    data = smufl.glyph(head_glyph(head.base))
    box = Box(data.left, data.top, data.right, data.bottom).moved(x + placed.dx, top + head.y)
    return NoteBox(head.voice, bar.start + head.note, bar.start + head.start, head.length, box, staff)
