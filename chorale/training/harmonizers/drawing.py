"""Small line charts as SVG, without a plotting library.

The time axis is logarithmic, the other linear from 0; every line has its own colour (Okabe and Ito's, which
colour-blind readers can tell apart) and dash, and is named at its last dot.
"""

from __future__ import annotations

import html
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["Panel", "drawn"]

WIDTH, HEIGHT = 300, 220  # of a panel's field, in pixels
LEFT, TOP, GAP, BELOW = 48, 34, 92, 52
INK, PAPER, RULE = "#1b1b1b", "#fbf5e6", "#d8cdb4"
LINES = (("#d55e00", ""), ("#009e73", "6 3"), ("#0072b2", "2 3"), ("#8b4a8b", "9 3 2 3"), ("#1b1b1b", "1 4"))
TICKS = 4


@dataclass(frozen=True)
class Panel:
    """One chart.

    Attributes:
        title: What the vertical axis says.
        series: (x, y) points of each line, by its name; x above 0.
    """

    title: str
    series: Mapping[str, Sequence[tuple[float, float]]]


def drawn(panels: Sequence[Panel], along: str) -> str:
    """Return panels side by side as one SVG; ``along`` says what the horizontal axes are."""
    width = LEFT + len(panels) * (WIDTH + GAP)
    height = TOP + HEIGHT + BELOW
    fields = "\n".join(
        f'<g transform="translate({LEFT + number * (WIDTH + GAP)},{TOP})">{"".join(_field(panel, along))}</g>'
        for number, panel in enumerate(panels)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="Source Sans 3, sans-serif" font-size="12" fill="{INK}">\n'
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>\n{fields}\n</svg>\n'
    )


def _field(panel: Panel, along: str) -> Iterator[str]:
    points = [point for line in panel.series.values() for point in line]
    low, high = _decade(points)
    top = _round_up(max((y for _, y in points), default=1.0))
    yield f'<text y="-12" font-size="14" font-weight="600">{html.escape(panel.title)}</text>'
    yield from _axes(low, high, top)
    yield f'<text x="{WIDTH / 2}" y="{HEIGHT + 36}" text-anchor="middle">{html.escape(along)}</text>'
    ends = []
    for (name, line), (colour, dash) in zip(panel.series.items(), LINES, strict=False):
        placed = [(_across(x, low, high), HEIGHT * (1 - y / top)) for x, y in line]
        yield from _line(placed, colour, dash)
        ends += [(placed[-1], name, colour)] if placed else []
    yield from _names(ends)


def _decade(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the logarithms of the ends of the horizontal axis: 1, 2 or 5 times a power of ten around all points."""
    values = [x for x, _ in points] or [1.0, 10.0]
    marks = list(_marks(min(values) / 5, max(values) * 5))
    low = max(mark for mark in marks if mark <= min(values))
    high = min(mark for mark in marks if mark >= max(values) and mark > low)
    return math.log10(low), math.log10(high)


def _marks(low: float, high: float) -> Iterator[float]:
    """Yield the numbers 1, 2 and 5 times powers of ten from ``low`` to ``high``."""
    for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1):
        yield from (times * 10.0**power for times in (1, 2, 5) if low <= times * 10.0**power <= high)


def _round_up(value: float) -> float:
    """Return the least of 1, 2, 4, 5 and 10 times a power of ten that is not below a value; 1 for 0."""
    if value <= 0:
        return 1.0
    unit = 10.0 ** math.floor(math.log10(value))
    return next(times * unit for times in (1, 2, 4, 5, 10) if times * unit >= value)


def _across(x: float, low: float, high: float) -> float:
    return WIDTH * (math.log10(x) - low) / (high - low)


def _axes(low: float, high: float, top: float) -> Iterator[str]:
    for tick in range(TICKS + 1):
        y, value = HEIGHT * (1 - tick / TICKS), top * tick / TICKS
        yield f'<path d="M0 {y:.1f}h{WIDTH}" stroke="{RULE if tick else INK}"/>'
        yield f'<text x="-6" y="{y + 4:.1f}" text-anchor="end">{value:.3g}</text>'
    for mark in _marks(10**low * 0.999, 10**high * 1.001):
        x = _across(mark, low, high)
        yield f'<path d="M{x:.1f} {HEIGHT}v5" stroke="{INK}"/>'
        yield f'<text x="{x:.1f}" y="{HEIGHT + 18}" text-anchor="middle">{mark:g}</text>'


def _line(points: Sequence[tuple[float, float]], colour: str, dash: str) -> Iterator[str]:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>'
    yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in points)


def _names(ends: Sequence[tuple[tuple[float, float], str, str]]) -> Iterator[str]:
    """Name each line beside its last dot, moved down where another name stands."""
    lowest = -math.inf
    for (x, y), name, colour in sorted(ends, key=lambda end: end[0][1]):
        lowest = max(y + 4, lowest + 14)
        yield f'<text x="{x + 8:.1f}" y="{lowest:.1f}" fill="{colour}" font-weight="600">{html.escape(name)}</text>'
