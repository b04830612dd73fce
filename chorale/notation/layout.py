"""From a score to a page: the order of the work.

1. ``content``: what every bar of every staff shows.
2. ``spacing``, ``columns``: how wide every bar must be and would like to be.
3. ``systems``: which bars share a system.
4. ``engrave``: every system drawn on its own, its two staves no nearer than their ink allows.
5. Here: heading and systems set below one another.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from chorale.music import Chorale, Meter, Score
from chorale.notation.content import BarContent, bar_contents
from chorale.notation.engrave import DrawnSystem, draw_system
from chorale.notation.furniture import prefix_width
from chorale.notation.heading import heading
from chorale.notation.page import NoteBox, Page, System
from chorale.notation.primitives import Primitive
from chorale.notation.spacing import BarSpacing, bar_spacing, fit
from chorale.notation.systems import break_lines

__all__ = ["Options", "lay_out"]

_SYSTEM_GAP = 2.2  # least white between the ink of two systems
_SYSTEM_DISTANCE = 8.0  # least distance from the lowest line of a system to the highest of the next
_FULL_ENOUGH = 0.6  # the part of a line that the last system must fill of its own to be stretched over all of it
_TYPICAL_FACTOR = 1.4  # for the springs of a system without neighbours


@dataclass(frozen=True)
class Options:
    """What to lay out and how much room it has, in staff spaces.

    Args:
        width: the page's width, margins included.
        margin: left, top, right and bottom.
        heading: whether title, composer and tempo stand above the music.
        labels: whether every system begins with the voices' letters.
    """

    width: float = 100.0
    margin: tuple[float, float, float, float] = (6.5, 4.0, 5.0, 4.0)
    heading: bool = True
    labels: bool = True


def lay_out(score: Score, options: Options | None = None) -> Page:
    """Return a score laid out on one page as high as it needs to be.

    A score without steps is drawn as one empty bar. Equal bars are worked out once and remembered, so laying out a
    score again after an edit is fast.
    """
    options = options or Options()
    if not score.steps:
        score = score.replace(chorale=Chorale.silent(score.meter.steps_per_bar))
    left, top, right_margin, bottom = options.margin
    right = max(options.width - right_margin, left + 30)
    contents = bar_contents(score)
    spacings = [bar_spacing(bar, score.meter, score.key) for bar in contents]
    drawn = _systems(score, contents, spacings, left, right, options)
    items: list[Primitive] = []
    if options.heading:
        items, top = heading(score, left, right, top)
    systems, notes, height = _stack(drawn, items, top)
    return Page(right + right_margin, math.ceil(height + bottom), tuple(systems), tuple(items), tuple(notes))


def _systems(
    score: Score,
    contents: Sequence[BarContent],
    spacings: list[BarSpacing],
    left: float,
    right: float,
    options: Options,
) -> list[DrawnSystem]:
    room = [right - left - prefix_width(score.key, meter) for meter in (score.meter, None)]
    lines = break_lines(spacings, *room)
    factors = _factors(spacings, lines, room)
    drawn = []
    for index, ((first, end), factor) in enumerate(zip(lines, factors, strict=True)):
        bars = list(zip(score.bars[first:end], contents[first:end], spacings[first:end], strict=True))
        meter: Meter | None = score.meter if index == 0 else None
        drawn.append(draw_system(score, index, bars, left, factor, meter, labels=options.labels, tempo=options.heading))
    return drawn


def _factors(spacings: list[BarSpacing], lines: list[tuple[int, int]], room: list[float]) -> list[float]:
    """Return each system's spring factor: justified, but for a last system that would be stretched too far."""
    rooms = [room[0 if index == 0 else 1] for index in range(len(lines))]
    factors = [fit(spacings[first:end], width) for (first, end), width in zip(lines, rooms, strict=True)]
    if factors:
        typical = sum(factors[:-1]) / (len(factors) - 1) if len(factors) > 1 else _TYPICAL_FACTOR
        first, end = lines[-1]
        if sum(bar.width(typical) for bar in spacings[first:end]) < _FULL_ENOUGH * rooms[-1]:
            factors[-1] = min(factors[-1], typical)
    return factors


def _stack(drawn: list[DrawnSystem], items: list[Primitive], top: float) -> tuple[list[System], list[NoteBox], float]:
    """Set systems below one another, adding their primitives to ``items``; return them, the heads and the height."""
    systems: list[System] = []
    notes: list[NoteBox] = []
    y = 0.0
    bottom = top
    for index, each in enumerate(drawn):
        if index == 0:
            y = math.ceil(top - each.top)
        else:
            above = drawn[index - 1]
            least = max(above.lower + 4 + _SYSTEM_DISTANCE, above.skyline.clearance(each.skyline) + _SYSTEM_GAP)
            y = math.ceil(y + least)
        items += [item.moved(0, y) for item in each.items]
        notes += [note._replace(box=note.box.moved(0, y)) for note in each.notes]
        systems.append(each.placed(y))
        bottom = y + each.bottom
    notes.sort(key=lambda note: (note.voice, note.first))
    return systems, notes, bottom
