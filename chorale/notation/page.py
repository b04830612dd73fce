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

from chorale.notation.boxes import BarBox, CadenceBox, HarmonyBox, NoteBox
from chorale.notation.drawn import DrawnSystem
from chorale.notation.ink import Ink
from chorale.notation.primitives import Box, Primitive
from chorale.notation.staves import Staves, staff_of

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


@dataclass(frozen=True)
class System:
    """One system in its place.

    Args:
        drawn: what it shows; the same object on every page on which it looks the same.
        dx, dy: how far from where it was drawn it stands.
    """

    drawn: DrawnSystem = field(repr=False)
    dx: float
    dy: float

    @property
    def index(self) -> int:
        """0 for the first."""
        return self.drawn.index

    @property
    def kinds(self) -> Staves:
        """The voices and clefs of its staves."""
        return self.drawn.staves

    @property
    def steps(self) -> tuple[int, ...]:
        """The columns' steps."""
        return self.drawn.steps

    @cached_property
    def first(self) -> int:
        """Its first step."""
        return self.drawn.boxes[0].start

    @cached_property
    def last(self) -> int:
        """The step after its last."""
        return self.drawn.boxes[-1].start + self.drawn.boxes[-1].length

    @cached_property
    def left(self) -> float:
        """Where its staff lines begin."""
        return self.drawn.left + self.dx

    @cached_property
    def right(self) -> float:
        """Where its staff lines end."""
        return self.drawn.right + self.dx

    @cached_property
    def top(self) -> float:
        """Its highest ink: ledger lines, fermatas and bar number included."""
        return self.drawn.top + self.dy

    @cached_property
    def bottom(self) -> float:
        """Its lowest ink, rows under the bass included."""
        return self.drawn.bottom + self.dy

    @cached_property
    def staves(self) -> tuple[float, ...]:
        """Heights of the top lines of its staves."""
        return tuple(top + self.dy for top in self.drawn.tops)

    @cached_property
    def bars(self) -> tuple[BarBox, ...]:
        """Its bars, in order."""
        return tuple(bar.moved(self.dx) for bar in self.drawn.boxes)

    @cached_property
    def xs(self) -> tuple[float, ...]:
        """The middles of the columns' heads."""
        return tuple(x + self.dx for x in self.drawn.xs)

    def moved(self, dx: float, dy: float) -> "System":
        """Return the system elsewhere."""
        return System(self.drawn, self.dx + dx, self.dy + dy)

    @property
    def box(self) -> Box:
        """What the system fills."""
        return Box(self.left, self.top, self.right, self.bottom)

    @cached_property
    def ink(self) -> Ink:
        """Where its ink is."""
        return self.drawn.ink.moved(self.dx, self.dy)

    @property
    def items(self) -> tuple[Primitive, ...]:
        """Its primitives."""
        return tuple(item.moved(self.dx, self.dy) for item in self.drawn.items)

    @cached_property
    def notes(self) -> tuple[NoteBox, ...]:
        """Its heads, bar by bar."""
        return tuple(note.moved(self.dx, self.dy) for note in self.drawn.notes)

    @cached_property
    def harmonies(self) -> tuple[HarmonyBox, ...]:
        """Where each harmony's numeral and figures stand."""
        return tuple(each.moved(self.dx, self.dy) for each in self.drawn.harmonies)

    @cached_property
    def cadences(self) -> tuple[CadenceBox, ...]:
        """Where each cadence is named."""
        return tuple(each.moved(self.dx, self.dy) for each in self.drawn.cadences)

    def items_of(self, voice: int, start: int) -> tuple[Primitive, ...]:
        """Return what draws one note of it."""
        return tuple(item.moved(self.dx, self.dy) for item in self.drawn.by_note.get((voice, start), ()))

    def heads_of(self, voice: int, start: int) -> tuple[NoteBox, ...]:
        """Return the heads of one note that stand in it."""
        return tuple(note.moved(self.dx, self.dy) for note in self.drawn.heads.get((voice, start), ()))

    def head_at(self, voice: int, step: int) -> NoteBox | None:
        """Return the head that sounds in a voice at a step, or None."""
        found = self.drawn.head_at(voice, step)
        return None if found is None else found.moved(self.dx, self.dy)

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

    A page is little more than its systems, most of which it shares with the page before an edit; what it says of all
    of them together is put together when it is asked for.

    Args:
        width, height: the page's size, margins included.
        systems: its systems, top to bottom.
        heading: what stands over them.
        over: what is drawn over them, such as marks.
    """

    width: float
    height: float
    systems: tuple[System, ...]
    heading: tuple[Primitive, ...] = field(default=(), repr=False)
    over: tuple[Primitive, ...] = field(default=(), repr=False)

    @cached_property
    def items(self) -> tuple[Primitive, ...]:
        """Everything to draw, in drawing order."""
        return (*self.heading, *(item for system in self.systems for item in system.items), *self.over)

    @cached_property
    def notes(self) -> tuple[NoteBox, ...]:
        """Every drawn head, in order of voice and time."""
        notes = [note for system in self.systems for note in system.notes]
        return tuple(sorted(notes, key=lambda note: (note.voice, note.first)))

    @cached_property
    def harmonies(self) -> tuple[HarmonyBox, ...]:
        """Where each harmony's numeral and figures stand, in order of time; none where no row is printed."""
        return tuple(each for system in self.systems for each in system.harmonies)

    @cached_property
    def cadences(self) -> tuple[CadenceBox, ...]:
        """Where each cadence is named."""
        return tuple(each for system in self.systems for each in system.cadences)

    @cached_property
    def note_boxes(self) -> Mapping[tuple[int, int], NoteBox]:
        """The first head of every note by (voice, first step of the note)."""
        boxes: dict[tuple[int, int], NoteBox] = {}
        for note in self.notes:
            boxes.setdefault((note.voice, note.start), note)
        return boxes

    def note_box(self, voice: int, start: int) -> NoteBox | None:
        """Return the first head of the note that begins at a step, or None."""
        return next(iter(self.heads_of(voice, start)), None)

    def heads_of(self, voice: int, start: int) -> tuple[NoteBox, ...]:
        """Return the heads that draw one note, in order of time."""
        return tuple(head for system in self._from(start) for head in system.heads_of(voice, start))

    def items_of(self, voice: int, start: int) -> tuple[Primitive, ...]:
        """Return what draws one note: heads, stems, accidentals, dots, ties (a beam belongs to its first note)."""
        return tuple(item for system in self._from(start) for item in system.items_of(voice, start))

    def _from(self, start: int) -> tuple[System, ...]:
        """Return the systems in which a note that begins at a step may stand."""
        index = bisect_right([system.first for system in self.systems], start) - 1
        return self.systems[max(0, index) :]

    def head_at(self, voice: int, step: int) -> NoteBox | None:
        """Return the head that sounds in a voice at a step, or None."""
        return self.system_at(step).head_at(voice, step)

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
        systems = [system for system in self.systems if system.top - reach <= y <= system.bottom + reach]
        near = [note for system in systems for note in system.notes if note.box.grown(reach).holds(x, y)]
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
