"""A laid-out page: its primitives, and where everything is, for painters and editors.

Units are staff spaces, x to the right and y downwards from the page's top left corner. The five lines of a staff lie
one space apart; every staff's top line lies at a whole number, so that a painter whose scale is a whole number of
pixels gets crisp lines.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from chorale.music import VOICES
from chorale.notation.ink import Ink
from chorale.notation.primitives import Box, Primitive
from chorale.notation.staves import Staves, staff_of
from chorale.theory import Cadence, Harmony

__all__ = ["BarBox", "CadenceBox", "HarmonyBox", "NoteBox", "Page", "Spot", "System"]


class Spot(NamedTuple):
    """What lies under a point of the page.

    Args:
        system: index of the system.
        step: time in steps, a fraction between the columns; inside the bar the point lies in.
        staff: index of the staff, 0 the highest.
        place: the nearest staff place (C4 = 28).
    """

    system: int
    step: float
    staff: int
    place: int


class NoteBox(NamedTuple):
    """One drawn head: its voice, the first step of its note, the head's own steps, its box and staff."""

    voice: int
    start: int
    first: int
    length: int
    box: Box
    staff: int

    @property
    def x(self) -> float:
        """The middle of the head."""
        return (self.box.left + self.box.right) / 2

    @property
    def y(self) -> float:
        """The middle of the head."""
        return (self.box.top + self.box.bottom) / 2


class HarmonyBox(NamedTuple):
    """A harmony, and its part of the rows under the bass: from its own chord to the next."""

    harmony: Harmony
    box: Box


class CadenceBox(NamedTuple):
    """A cadence, and the box of its printed name."""

    cadence: Cadence
    box: Box


class BarBox(NamedTuple):
    """One bar: its number, first step and length in steps, and where its bar lines stand."""

    number: int
    start: int
    length: int
    left: float
    right: float


@dataclass(frozen=True, eq=False)
class System:
    """One system.

    Args:
        index: 0 for the first.
        first, last: the first step and the step after the last.
        left, right: the ends of its staff lines.
        top, bottom: what it fills, ledger lines, fermatas and lyrics included.
        staves: heights of the top lines of its staves.
        kinds: their voices and clefs.
        bars: its bars, in order.
        steps, xs: the columns' steps and the middles of their heads.
        items: its primitives.
    """

    index: int
    first: int
    last: int
    left: float
    right: float
    top: float
    bottom: float
    staves: tuple[float, ...]
    kinds: Staves
    bars: tuple[BarBox, ...]
    steps: tuple[int, ...]
    xs: tuple[float, ...]
    items: tuple[Primitive, ...] = field(repr=False)

    @cached_property
    def ink(self) -> Ink:
        """Where its ink is."""
        return Ink.of(self.items)

    @property
    def box(self) -> Box:
        """What the system fills."""
        return Box(self.left, self.top, self.right, self.bottom)

    def moved(self, dx: float, dy: float) -> "System":
        """Return the system elsewhere."""
        return System(
            self.index,
            self.first,
            self.last,
            *self.box.moved(dx, dy)[::2],
            *self.box.moved(dx, dy)[1::2],
            staves=tuple(top + dy for top in self.staves),
            kinds=self.kinds,
            bars=tuple(bar._replace(left=bar.left + dx, right=bar.right + dx) for bar in self.bars),
            steps=self.steps,
            xs=tuple(x + dx for x in self.xs),
            items=tuple(item.moved(dx, dy) for item in self.items),
        )

    def bar_at(self, step: float) -> BarBox:
        """Return the bar that holds a step."""
        index = bisect_right([bar.start for bar in self.bars], step) - 1
        return self.bars[max(0, index)]

    def knots(self, bar: BarBox) -> list[tuple[float, float]]:
        """Return (step, x) of a bar's columns, and of its closing bar line."""
        inside = [
            (float(s), x) for s, x in zip(self.steps, self.xs, strict=True) if bar.start <= s < bar.start + bar.length
        ]
        if not inside or inside[0][0] != bar.start:
            inside.insert(0, (float(bar.start), min(bar.left + 1.6, (bar.left + bar.right) / 2)))
        return [*inside, (float(bar.start + bar.length), bar.right)]


@dataclass(frozen=True)
class Page:
    """A page of music; build one with ``lay_out``.

    Args:
        width, height: the page's size, margins included.
        systems: its systems, top to bottom.
        items: everything to draw, in drawing order.
        notes: every drawn head, in order of voice and time.
        harmonies: where each harmony's numeral and figures stand, in order of time; none where no row is printed.
        cadences: where each cadence is named.
    """

    width: float
    height: float
    systems: tuple[System, ...]
    items: tuple[Primitive, ...] = field(repr=False)
    notes: tuple[NoteBox, ...] = field(repr=False)
    harmonies: tuple[HarmonyBox, ...] = field(default=(), repr=False)
    cadences: tuple[CadenceBox, ...] = field(default=(), repr=False)

    @cached_property
    def note_boxes(self) -> Mapping[tuple[int, int], NoteBox]:
        """The first head of every note by (voice, first step of the note)."""
        boxes: dict[tuple[int, int], NoteBox] = {}
        for note in self.notes:
            boxes.setdefault((note.voice, note.start), note)
        return boxes

    @cached_property
    def _heads(self) -> tuple[list[NoteBox], ...]:
        return tuple([note for note in self.notes if note.voice == voice] for voice in VOICES)

    def head_at(self, voice: int, step: int) -> NoteBox | None:
        """Return the head that sounds in a voice at a step, or None."""
        heads = self._heads[voice]
        index = bisect_right(heads, step, key=lambda head: head.first) - 1
        found = heads[index] if index >= 0 else None
        return found if found is not None and step < found.first + found.length else None

    @cached_property
    def _by_note(self) -> Mapping[tuple[int, int], list[Primitive]]:
        items: dict[tuple[int, int], list[Primitive]] = {}
        for item in self.items:
            if item.mark.voice is not None and item.mark.start is not None:
                items.setdefault((item.mark.voice, item.mark.start), []).append(item)
        return items

    def items_of(self, voice: int, start: int) -> tuple[Primitive, ...]:
        """Return what draws one note: heads, stems, accidentals, dots, ties (a beam belongs to its first note)."""
        return tuple(self._by_note.get((voice, start), ()))

    def system_at(self, step: float) -> System:
        """Return the system that holds a step; the last one for a step past the end."""
        index = bisect_right([system.first for system in self.systems], step) - 1
        return self.systems[max(0, index)]

    def x_of(self, step: float) -> float:
        """Return where a step lies: the middle of its heads, in between on the way to the next head or bar line."""
        system = self.system_at(step)
        return _interpolated(step, system.knots(system.bar_at(step)))

    def playhead_x(self, step: float) -> float:
        """Return x at a step like ``x_of``, but gliding over bar lines to the next bar's first head."""
        system = self.system_at(step)
        index = system.bars.index(system.bar_at(step))
        knots = system.knots(system.bars[index])
        if index + 1 < len(system.bars):
            knots[-1] = system.knots(system.bars[index + 1])[0]
        return _interpolated(step, knots)

    def y_of(self, place: int, voice: int, step: float) -> float:
        """Return the height of a staff place (C4 = 28) on a voice's staff in the system that holds a step."""
        system = self.system_at(step)
        staff = staff_of(voice, system.kinds)
        return system.staves[staff] + system.kinds[staff].clef.y_of(place)

    def place_at(self, x: float, y: float) -> Spot:
        """Return what lies under a point: the nearest system, the time, the nearer staff and the nearest place."""
        system = min(self.systems, key=lambda each: max(each.top - y, y - each.bottom, 0.0))
        bar = next((bar for bar in system.bars if x < bar.right), system.bars[-1])
        knots = [(at, step) for step, at in system.knots(bar)]
        step = min(_interpolated(x, knots), bar.start + bar.length - 1e-6)
        staff = min(range(len(system.staves)), key=lambda index: abs(y - system.staves[index] - 2))
        return Spot(system.index, step, staff, system.kinds[staff].clef.place_at(y - system.staves[staff]))

    def note_at(self, x: float, y: float, reach: float = 0.35) -> NoteBox | None:
        """Return the drawn head nearest to a point among those within ``reach`` of it, or None."""
        near = [note for note in self.notes if note.box.grown(reach).holds(x, y)]
        return min(near, key=lambda note: (note.x - x) ** 2 + (note.y - y) ** 2, default=None)

    def harmony_at(self, x: float, y: float) -> HarmonyBox | None:
        """Return the harmony in whose part of the rows under the bass a point lies, or None."""
        return next((each for each in self.harmonies if each.box.holds(x, y)), None)

    def cadence_at(self, x: float, y: float, reach: float = 0.3) -> CadenceBox | None:
        """Return the cadence whose name lies within ``reach`` of a point, or None."""
        return next((each for each in self.cadences if each.box.grown(reach).holds(x, y)), None)


def _interpolated(at: float, knots: list[tuple[float, float]]) -> float:
    """Return the value at a place between knots (place, value); the nearest knot's outside them."""
    if at <= knots[0][0]:
        return knots[0][1]
    for (a, va), (b, vb) in pairwise(knots):
        if at <= b:
            return va + (vb - va) * (at - a) / (b - a) if b > a else vb
    return knots[-1][1]
