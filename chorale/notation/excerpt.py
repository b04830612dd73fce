"""Some bars of a score as a small picture for a report: no title, cut close, with rows and marks.

The bars are laid out as part of their score, so that steps, bar numbers, findings and analysis keep their meaning.
"""

import math
from collections.abc import Iterable

from chorale.errors import InputError
from chorale.music import Score
from chorale.notation.layout import Options, lay_out
from chorale.notation.marks import mark_findings
from chorale.notation.page import Page
from chorale.notation.primitives import box_of
from chorale.notation.rows import Rows
from chorale.notation.sketches import Markable
from chorale.notation.staves import CLOSED, Staves

__all__ = ["excerpt"]

_MARGIN = (6.0, 12.0, 3.0, 4.0)  # before the page is cut
_WHITE = 1.0  # around the ink


def excerpt(
    score: Score,
    first: int,
    last: int,
    *,
    findings: Iterable[Markable] = (),
    selected: Markable | None = None,
    rows: Rows | None = None,
    staves: Staves = CLOSED,
    width: float = 90.0,
) -> Page:
    """Return some bars as a page just large enough for them.

    Args:
        score: the whole score.
        first: number of the first bar; a pickup is bar 0.
        last: number of the last bar.
        findings: of the score or of these bars; those that do not touch them are left out.
        selected: one of them to bring out.
        rows: numerals, figures and cadences to print.
        staves: CLOSED for two voices a staff, OPEN for a staff a voice.
        width: how wide a system may become, in staff spaces; longer music goes on below.

    Raises:
        InputError: the score has no such bars.
    """
    numbers = [bar.number for bar in score.bars]
    if not numbers or not numbers[0] <= first <= last <= numbers[-1]:
        seen = f"{numbers[0]} to {numbers[-1]}" if numbers else "none"
        raise InputError(f"bars {first} to {last}: wanted bars from those of the score, {seen}")
    bars = range(first - numbers[0], last - numbers[0] + 1)
    start, end = score.bars[bars[0]].start, score.bars[bars[-1]].end
    page = lay_out(score, Options(width=width, margin=_MARGIN, heading=False, rows=rows, staves=staves), bars)
    inside = [each for each in findings if each.start < end and each.end >= start]
    return _cut(mark_findings(page, inside).on(page, selected))


def _cut(page: Page) -> Page:
    """Return the page without the white around its ink; staff lines stay at whole heights."""
    lefts, tops, rights, bottoms = zip(*(box_of(item) for item in page.items), strict=True)
    dx, dy = _WHITE - min(lefts), float(math.ceil(_WHITE - min(tops)))
    return Page(
        max(rights) + dx + _WHITE,
        max(bottoms) + dy + _WHITE,
        tuple(system.moved(dx, dy) for system in page.systems),
        tuple(item.moved(dx, dy) for item in page.heading),
        tuple(item.moved(dx, dy) for item in page.over),
    )
