"""From a score to a page: the order of the work.

1. ``content``: what every bar of every staff shows.
2. ``spacing``, ``columns``: how wide every bar must be and would like to be.
3. ``systems``: which bars share a system.
4. ``engrave``: every system drawn on its own, its staves no nearer than their ink allows.
5. ``rows``, ``under``: numerals, figures and cadences under each system.
6. ``stacking``, ``heading``: systems set below one another, under the title.

Every step remembers what it made of equal input, so that an edit costs little more than the system it changed.
"""

import math
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from functools import lru_cache

from chorale.music import Bar, Chorale, Score
from chorale.notation.content import bar_contents
from chorale.notation.draw import PlacedBar, placed_bar
from chorale.notation.drawn import DrawnSystem
from chorale.notation.engrave import Plan, draw_system
from chorale.notation.furniture import prefix_width
from chorale.notation.heading import heading
from chorale.notation.page import Page
from chorale.notation.rows import Rows
from chorale.notation.slices import at_once
from chorale.notation.spacing import BarSpacing, bar_spacing, fit, overhang
from chorale.notation.stacking import stack
from chorale.notation.staves import CLOSED, Staves
from chorale.notation.systems import break_lines
from chorale.notation.under import with_rows

__all__ = ["Options", "lay_out", "laying_out"]

_FULL_ENOUGH = 0.6  # the part of a line that the last system must fill of its own to be stretched over all of it
_TYPICAL_FACTOR = 1.4  # for the springs of a system without neighbours
_GRADE = 0.05  # in which a short last system follows its neighbours, so that it stands still while these are written


@dataclass(frozen=True)
class Options:
    """What to lay out and how much room it has, in staff spaces.

    Args:
        width: the page's width, margins included.
        margin: left, top, right and bottom.
        heading: whether title, composer and tempo stand above the music.
        labels: whether every system begins with the voices' letters.
        rows: what stands under the bass; None for nothing.
        staves: CLOSED for two voices a staff, OPEN for a staff a voice.
    """

    width: float = 100.0
    margin: tuple[float, float, float, float] = (6.5, 4.0, 5.0, 4.0)
    heading: bool = True
    labels: bool = True
    rows: Rows | None = None
    staves: Staves = CLOSED


def lay_out(score: Score, options: Options | None = None, bars: range | None = None) -> Page:
    """Return a score laid out on one page as high as it needs to be.

    A score without steps is drawn as one empty bar. Equal bars are worked out once and remembered, so laying out a
    score again after an edit is fast.

    Args:
        score: the score.
        options: what to lay out.
        bars: indices into ``score.bars`` of those to show, at their natural width where they fill no line; None for
            the whole score, in lines of equal width.
    """
    return at_once(laying_out(score, options, bars))


def laying_out(score: Score, options: Options | None = None, bars: range | None = None) -> Generator[None, None, Page]:
    """Do the work of ``lay_out`` in slices, one at each ``next``; the page is what the generator returns.

    A slice is a system, a few milliseconds where nothing of it is remembered.
    """
    options = options or Options()
    if not score.steps:
        score = score.replace(chorale=Chorale.silent(score.meter.steps_per_bar))
    left, top, right_margin, bottom = options.margin
    right = max(options.width - right_margin, left + 30)
    drawn = []
    for plan in _plans(score, left, right, options, bars):
        yield
        drawn.append(_drawn(plan, options.rows))
    items, top = heading(score, left, right, top) if options.heading else ([], top)
    systems = stack(drawn, top)
    return Page(right + right_margin, math.ceil(systems[-1].bottom + bottom), systems, tuple(items))


def _spacings(score: Score, options: Options, shown: range) -> list[BarSpacing]:
    """Return the spacing of every bar that is shown."""
    rows = options.rows
    contents = bar_contents(score, options.staves)[shown.start : shown.stop]
    unders = [rows.under(bar.start, bar.end) if rows else () for bar in score.bars[shown.start : shown.stop]]
    return [
        bar_spacing(content, score.meter, score.key, under, overhang(after))
        for content, under, after in zip(contents, unders, [*unders[1:], ()], strict=True)
    ]


def _drawn(plan: Plan, rows: Rows | None) -> DrawnSystem:
    """Return a system, with its rows under it."""
    drawn = draw_system(plan)
    return drawn if rows is None else with_rows(drawn, rows.between(plan.bars[0].bar.start, plan.bars[-1].bar.end))


def _plans(score: Score, left: float, right: float, options: Options, some: range | None) -> Iterator[Plan]:
    """Yield every system's plan."""
    room = [right - left - prefix_width(score.key, meter) for meter in (score.meter, None)]
    shown = range(len(score.bars)) if some is None else some
    spacings = _spacings(score, options, shown)
    lines = break_lines(spacings, *room)
    factors = _factors(spacings, lines, room, full=_FULL_ENOUGH if some is None else 1.0)
    for index, ((first, end), factor) in enumerate(zip(lines, factors, strict=True)):
        bars = score.bars[shown.start + first : shown.start + end]
        yield Plan(
            index=index,
            bars=_set(bars, tuple(spacings[first:end]), factor, right - room[min(index, 1)]),
            left=left,
            key=score.key,
            meter=score.meter,
            qpm=score.qpm if index == 0 else 0.0,
            fermatas=tuple(sorted(step for step in score.fermatas if bars[0].start <= step < bars[-1].end)),
            ends=bars[-1] is score.bars[-1],
            labels=options.labels,
            tempo=options.heading,
            staves=options.staves,
        )


@lru_cache(maxsize=256)
def _set(bars: tuple[Bar, ...], spacings: tuple[BarSpacing, ...], factor: float, x: float) -> tuple[PlacedBar, ...]:
    """Return bars in their places from x on, in thousandths of a space, so that nearly equal systems are drawn once."""
    placed = []
    for bar, spacing in zip(bars, spacings, strict=True):
        xs, width = spacing.positions(factor)
        places = tuple(round(x + at, 3) for at in xs)
        placed.append(placed_bar(bar, spacing.plain or spacing, round(x, 3), round(x + width, 3), places))
        x += width
    return tuple(placed)


def _factors(
    spacings: list[BarSpacing], lines: list[tuple[int, int]], room: list[float], *, full: float
) -> list[float]:
    """Return each system's spring factor: justified, but for a last one that fills less than ``full`` of its line."""
    rooms = [room[0 if index == 0 else 1] for index in range(len(lines))]
    factors = [fit(tuple(spacings[first:end]), width) for (first, end), width in zip(lines, rooms, strict=True)]
    if factors:
        typical = sum(factors[:-1]) / (len(factors) - 1) if len(factors) > 1 else _TYPICAL_FACTOR
        typical = round(typical / _GRADE) * _GRADE
        first, end = lines[-1]
        if sum(bar.width(typical) for bar in spacings[first:end]) < full * rooms[-1]:
            factors[-1] = min(factors[-1], typical)
    return factors
