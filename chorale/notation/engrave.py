"""One system: notes, furniture, fermatas, lyrics, and how far apart its staves must stand.

Everything is drawn as if the first staff's top line were at height 0.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from chorale.music import Key, Meter
from chorale.notation import furniture, smufl
from chorale.notation.attachments import fermatas, lyrics
from chorale.notation.boxes import BarBox
from chorale.notation.draw import PlacedBar, bar_notes
from chorale.notation.drawn import DrawnSystem
from chorale.notation.frame import frame, labels
from chorale.notation.heading import tempo_mark
from chorale.notation.primitives import Line, Mark, Primitive, Role, box_of, text
from chorale.notation.skyline import Skyline
from chorale.notation.staves import Staves
from chorale.notation.ties import ties

__all__ = ["Plan", "draw_system"]

_STAFF_DISTANCE = 10.0  # least distance of two top lines: six spaces of white
_STAFF_CLEARANCE = 0.9  # least white between the ink of two staves
_NUMBER_SIZE = 1.9


@dataclass(frozen=True)
class Plan:
    """All that decides how a system looks, apart from its height on the page; equal plans are drawn once.

    Args:
        index: 0 for the first system, which shows the meter.
        bars: its bars in their places.
        left: where its staff lines begin.
        key: the key signature's.
        meter: the time signature.
        qpm: the tempo, in quarters a minute.
        fermatas: steps.
        ends: whether the music ends with it.
        labels: whether the voices' letters stand before it.
        tempo: whether the tempo stands over the first system; the others show their bar number.
        staves: which voices stand on which staff.
    """

    index: int
    bars: tuple[PlacedBar, ...]
    left: float
    key: Key
    meter: Meter
    qpm: float
    fermatas: tuple[int, ...]
    ends: bool
    labels: bool
    tempo: bool
    staves: Staves


@lru_cache(maxsize=256)
def draw_system(plan: Plan) -> DrawnSystem:
    """Draw a system."""
    placed = plan.bars
    right = placed[-1].right
    drawn = [_staff(plan, index, placed) for index in range(len(plan.staves))]
    tops = _tops([skyline for _, skyline in drawn])
    skyline = drawn[0][1]
    for (_, below), top in zip(drawn[1:], tops[1:], strict=True):
        skyline.join(below, top)
    items: list[Primitive] = [*frame(placed, plan.left, tops, plan.staves, ends=plan.ends)]
    items += labels(plan.left, tops, plan.staves) if plan.labels else []
    for (staff, _), top in zip(drawn, tops, strict=True):
        items += [item.moved(0, top) for item in staff] if top else staff
    boxes = tuple(BarBox(each.bar.number, each.bar.start, each.bar.length, each.left, each.right) for each in placed)
    return DrawnSystem(plan.index, placed, boxes, plan.left, right, plan.staves, tops, tuple(items), skyline)


def _staff(plan: Plan, index: int, bars: tuple[PlacedBar, ...]) -> tuple[list[Primitive], Skyline]:
    """Return one staff's primitives and its skyline, its top line at height 0."""
    right = bars[-1].right
    skyline = Skyline(right + 8, 0, 4)
    items: list[Primitive] = [*_lines(plan, right)]
    _add(items, skyline, list(_furniture(plan, index)))
    for bar in bars:
        notes = bar_notes(bar, index, plan.meter)
        items += notes.items
        skyline.add(notes.boxes)
    _add(items, skyline, list(ties(bars, index, right)))
    below = plan.staves[index].fermatas_below
    _add(items, skyline, fermatas(plan.fermatas, bars, skyline, index, below=below))
    if index == 0:
        _add(items, skyline, lyrics(bars, skyline))
        _add(items, skyline, _above(plan, skyline))
    return items, skyline


def _tops(skylines: list[Skyline]) -> tuple[float, ...]:
    """Return the heights of the staves' top lines: as near as their ink allows."""
    tops = [0.0]
    for upper, lower in pairwise(skylines):
        tops.append(tops[-1] + math.ceil(max(_STAFF_DISTANCE, upper.clearance(lower) + _STAFF_CLEARANCE)))
    return tuple(tops)


def _add(items: list[Primitive], skyline: Skyline, more: Sequence[Primitive]) -> None:
    items += more
    skyline.add(box_of(item) for item in more)


def _lines(plan: Plan, right: float) -> Iterator[Primitive]:
    for y in range(5):
        yield Line(Mark(Role.STAFF), plan.left, y, right, y, smufl.STAFF_LINE)


def _furniture(plan: Plan, staff: int) -> Iterator[Primitive]:
    clef = plan.staves[staff].clef
    glyphs = [furniture.clef(clef), *furniture.signature(plan.key, clef)]
    if plan.index == 0:
        glyphs += furniture.time_figures(plan.key, plan.meter)
    for glyph in glyphs:
        yield glyph.moved(plan.left, 0)


def _above(plan: Plan, skyline: Skyline) -> list[Primitive]:
    """Return what stands over the start of a system: the tempo on the first, else the number of its first bar."""
    left = plan.left
    if plan.index == 0 and plan.tempo:
        y = min(-2.6, skyline.above(left, left + 9) - 0.9)
        return tempo_mark(plan.meter, plan.qpm, left, y)
    if plan.bars[0].bar.number < 2:
        return []
    y = min(-1.9, skyline.above(left, left + 2.2) - 0.4)
    return [text(Mark(Role.NUMBER), str(plan.bars[0].bar.number), left, y, "serif-italic", _NUMBER_SIZE)]
