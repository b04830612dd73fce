"""Horizontal spacing: bars as rows of springs.

From one column to the next the natural distance grows with the time between them, by about half again when the time
doubles (Gould, Behind Bars, chapter "Spacing"). A system stretches or squeezes all its springs by one common factor; no
two columns come nearer than their boxes allow, however far the springs are squeezed.
"""

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
_EXACT = 1e-6  # spaces
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
        rods: for each column (index of an earlier one, least distance to it).
        ends: least distance from each column to the closing bar line.
        plain: the spacing of the same bar with nothing under it, which draws the same when it has the same places;
            None where this is it.
    """

    content: BarContent
    columns: tuple[Column, ...]
    lead: float
    springs: tuple[float, ...]
    rods: tuple[tuple[tuple[int, float], ...], ...]
    ends: tuple[float, ...]
    plain: "BarSpacing | None" = None

    def positions(self, factor: float) -> tuple[list[float], float]:
        """Return the columns' left edges right of the opening bar line, and the bar's width."""
        if not self.columns:
            return [], max(4.0, self.springs[0] * factor)
        xs = [self.lead]
        for index in range(1, len(self.columns)):
            x = xs[-1] + self.springs[index - 1] * factor
            xs.append(max(x, *(xs[earlier] + least for earlier, least in self.rods[index])))
        width = xs[-1] + self.springs[-1] * factor
        return xs, max(width, *(x + least for x, least in zip(xs, self.ends, strict=True)))

    def width(self, factor: float) -> float:
        """Return the bar's width when its springs are stretched by a factor."""
        return self.positions(factor)[1]

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
    ends = tuple(_least_end(*each, after) for each in zip(rows, hanging, strict=True))
    lead = _BAR_LEFT + max(0.0, -min(box.left for row in rows[0] for box in row))
    steps = [*(column.step for column in columns), bar.length]
    springs = tuple(natural(steps[i + 1] - steps[i]) for i in range(len(columns)))
    apart = [(*row, below) for row, below in zip(rows, hanging, strict=True)]
    rods = tuple(_rods(apart, index) for index in range(len(columns)))
    plain = (
        bar_spacing(bar, meter, key, (), 0.0) if under or after else None
    )  # as it is asked for where there are no rows
    return BarSpacing(bar, columns, lead, springs, rods, ends, plain)


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


def _rods(rows: list[tuple[tuple[Box, ...], ...]], index: int) -> tuple[tuple[int, float], ...]:
    if index == 0:
        return ()
    earliest = max(0, index - _NEIGHBOURS)
    return tuple((earlier, _least_distance(rows[earlier], rows[index])) for earlier in range(earliest, index))


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

    The width grows with the factor in ever steeper straight pieces, so that a step along the slope from either side
    (regula falsi, with the Illinois weighting) finds it in a few rounds.
    """
    low, high = _LIMITS
    below, above = (sum(bar.width(factor) for bar in bars) - width for factor in _LIMITS)
    if below >= 0 or above <= 0:
        return low if below >= 0 else high
    for _ in range(40):
        middle = (low * above - high * below) / (above - below)
        excess = sum(bar.width(middle) for bar in bars) - width
        if abs(excess) < _EXACT:
            return middle
        if excess > 0:
            high, above, below = middle, excess, below / 2
        else:
            low, below, above = middle, excess, above / 2
    return low
