"""Horizontal spacing: bars as rows of springs.

From one column to the next the natural distance grows with the time between them, by about half again when the time
doubles (Gould, Behind Bars, chapter "Spacing"). A system stretches or squeezes all its springs by one common factor; no
two columns come nearer than their boxes allow, however far the springs are squeezed.
"""

import math
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache

from chorale.music import Key, Meter
from chorale.notation.columns import HEAD_WIDTH, Column, columns_of
from chorale.notation.content import BarContent
from chorale.notation.primitives import Box
from chorale.notation.rows import Under

__all__ = ["BarSpacing", "bar_spacing", "fit", "natural", "overhang"]

_SIXTEENTH = 1.75  # natural distance in spaces of columns a sixteenth apart
_GROWTH = 0.6  # exponent: 2 ** 0.6 = 1.52
_PADDING = 0.3
_WORD_PADDING = 0.15  # of what stands in rows: lyrics, numerals, figures
_WORD_ROWS = 2  # the last rows: the lyrics, and what stands under the bass
_BAR_LEFT = 1.0  # from a bar line to the leftmost ink of the first column
_BAR_RIGHT = 0.7  # from the rightmost ink of the last column to the bar line
_NEIGHBOURS = 4  # how many columns back a wide one may still be in the way
_IDEAL_FACTOR = 1.15
_TIGHT_FACTOR = 0.35
_LIMITS = (0.01, 20.0)
_EXACT = 1e-7  # spaces
_EMPTY_BEAT = 3.2  # natural width of a beat in a bar without notes


def natural(steps: int) -> float:
    """Return the natural distance, in spaces, of two columns so many steps apart."""
    return float(_SIXTEENTH * steps**_GROWTH)


@dataclass(frozen=True, eq=False)
class BarSpacing:
    """A bar ready to be stretched; equal only to itself, since equal bars share one.

    Args:
        content: what the bar shows.
        columns: its columns, in order.
        lead: from the bar line to the first column's left edge.
        springs: natural distance from each column to the next, the last one's to the bar line.
        rods: for each column (index of an earlier one, least distance to it); those that follow from others left out.
        ends: (index, least distance to the closing bar line) of the columns that others do not keep from it.
        plain: the spacing of the same bar with nothing under it, which draws the same when it has the same places;
            None where this is it.
    """

    content: BarContent
    columns: tuple[Column, ...]
    lead: float
    springs: tuple[float, ...]
    rods: tuple[tuple[tuple[int, float], ...], ...]
    ends: tuple[tuple[int, float], ...]
    plain: "BarSpacing | None" = None

    def positions(self, factor: float) -> tuple[list[float], float]:
        """Return the columns' left edges right of the opening bar line, and the bar's width."""
        xs, width, _ = self._stretched(factor)
        return xs, width

    def _stretched(self, factor: float) -> tuple[list[float], float, float]:
        """Return the columns' left edges, the bar's width, and how fast the width grows with the factor."""
        if not self.columns:
            width = self.springs[0] * factor
            return [], max(4.0, width), self.springs[0] if width > 4.0 else 0.0
        xs, slopes = [self.lead], [0.0]
        for spring, rods in zip(self.springs, self.rods[1:], strict=False):
            x, slope = xs[-1] + spring * factor, slopes[-1] + spring
            for earlier, least in rods:
                pushed = xs[earlier] + least
                if pushed > x:
                    x, slope = pushed, slopes[earlier]
            xs.append(x)
            slopes.append(slope)
        width, slope = xs[-1] + self.springs[-1] * factor, slopes[-1] + self.springs[-1]
        for index, least in self.ends:
            if xs[index] + least > width:
                width, slope = xs[index] + least, slopes[index]
        return xs, width, slope

    def width(self, factor: float) -> float:
        """Return the bar's width when its springs are stretched by a factor."""
        return self._stretched(factor)[1]

    def width_and_slope(self, factor: float) -> tuple[float, float]:
        """Return the bar's width at a factor, and how fast it grows there."""
        return self._stretched(factor)[1:]

    @cached_property
    def limits(self) -> tuple[float, float]:
        """The least and the greatest width."""
        return self.width(_LIMITS[0]), self.width(_LIMITS[1])

    @cached_property
    def ideal(self) -> float:
        """The width of a well-filled line's bar."""
        return self.width(_IDEAL_FACTOR)

    @cached_property
    def tight(self) -> float:
        """The width below which a bar is hard to read."""
        return self.width(_TIGHT_FACTOR)


@lru_cache(maxsize=4096)
def bar_spacing(bar: BarContent, meter: Meter, key: Key, under: Under = (), after: float = 0.0) -> BarSpacing:
    """Return the spacing of a bar; equal bars share one.

    Args:
        bar: what it shows.
        meter: the time signature.
        key: the key signature's.
        under: what stands under it in rows (see ``chorale.notation.rows``).
        after: how far into this bar the rows under the next one reach.
    """
    columns = columns_of(bar, meter, key)
    if not columns:
        beats = max(1.0, bar.length / meter.steps_per_beat)
        return BarSpacing(bar, (), 0.0, (max(6.0, _EMPTY_BEAT * beats),), (), ())
    rows = [column.rows for column in columns]
    hanging = _hanging(columns, under)
    ends = [_least_end(*each, after) for each in zip(rows, hanging, strict=True)]
    lead = _BAR_LEFT + max(0.0, -min(box.left for row in rows[0] for box in row))
    steps = [*(column.step for column in columns), bar.length]
    springs = tuple(natural(steps[i + 1] - steps[i]) for i in range(len(columns)))
    apart = [(*row, below) for row, below in zip(rows, hanging, strict=True)]
    rods = [_rods(apart, index) for index in range(len(columns))]
    plain = (
        bar_spacing(bar, meter, key, (), 0.0) if under or after else None
    )  # as it is asked for where there are no rows
    return BarSpacing(bar, columns, lead, springs, *_needed(rods, ends), plain)


_Rods = tuple[tuple[int, float], ...]


def _needed(rods: list[dict[int, float]], ends: list[float]) -> tuple[tuple[_Rods, ...], _Rods]:
    """Return the rods and ends that matter: those longer than the way over the columns between, rod by rod.

    Most are not: what keeps a column from its neighbour keeps it from all others.
    """
    chains: list[list[float]] = []  # for each column the least distance to every earlier one that rods alone enforce
    kept = []
    for index, found in enumerate(rods):
        chain, needed = [0.0] * index, []
        for earlier in range(index - 1, -1, -1):
            over = max((chain[k] + chains[k][earlier] for k in range(earlier + 1, index)), default=0.0)
            least = found.get(earlier, 0.0)
            if least > over:
                needed.append((earlier, least))
            chain[earlier] = max(over, least)
        chains.append(chain)
        kept.append(tuple(needed))
    last = len(ends) - 1
    past = [max((chains[k][i] + ends[k] for k in range(i + 1, last + 1)), default=0.0) for i in range(last + 1)]
    return tuple(kept), tuple((i, least) for i, least in enumerate(ends) if least > past[i])


def overhang(under: Under) -> float:
    """Return how far what stands under a bar may reach into the bar before it."""
    return max([0.0, *(-box.left - _BAR_LEFT for step, box in under if step == 0)])


def _hanging(columns: tuple[Column, ...], under: Under) -> list[tuple[Box, ...]]:
    """Return what stands in rows under each column; under a moment without a column, at the last one before it."""
    steps = [column.step for column in columns]
    found: list[list[Box]] = [[] for _ in columns]
    for step, box in under:
        found[max(0, bisect_right(steps, step) - 1)].append(box)
    return [tuple(boxes) for boxes in found]


def _least_end(rows: tuple[tuple[Box, ...], ...], hanging: tuple[Box, ...], after: float) -> float:
    """Return how far from a column's left edge the closing bar line must be at least."""
    ink = max((box.right for row in rows for box in row), default=0.0) + _BAR_RIGHT
    return max([ink, *(box.right + after for box in hanging)])


def _rods(rows: list[tuple[tuple[Box, ...], ...]], index: int) -> dict[int, float]:
    """Return how near a column may come to each of the columns before it."""
    earliest = max(0, index - _NEIGHBOURS)
    return {earlier: _least_distance(rows[earlier], rows[index]) for earlier in range(earliest, index)}


def _least_distance(left: tuple[tuple[Box, ...], ...], right: tuple[tuple[Box, ...], ...]) -> float:
    """Return how far apart two columns' left edges must be so that no boxes of a row touch."""
    least = HEAD_WIDTH * 0.5
    for row, (before, after) in enumerate(zip(left, right, strict=True)):
        padding = _PADDING if row < len(left) - _WORD_ROWS else _WORD_PADDING
        for a in before:
            for b in after:
                if a.top < b.bottom + 0.1 and b.top < a.bottom + 0.1:
                    least = max(least, a.right - b.left + padding)
    return least


@lru_cache(maxsize=4096)
def fit(bars: tuple[BarSpacing, ...], width: float) -> float:
    """Return the factor at which bars together fill a width, between 0.01 and 20.

    The width grows with the factor in ever steeper straight pieces, so that steps along the slope (Newton's) come from
    above and end on the right piece after a few.
    """
    low, high = _LIMITS
    if sum(bar.limits[0] for bar in bars) >= width:
        return low
    if sum(bar.limits[1] for bar in bars) <= width:
        return high
    factor, excess = _IDEAL_FACTOR, math.inf
    while abs(excess) > _EXACT:
        widths, slopes = zip(*(bar.width_and_slope(factor) for bar in bars), strict=True)
        excess, slope = sum(widths) - width, sum(slopes)
        factor = min(high, factor - excess / slope) if slope else high
    return factor
