"""Ties: from head to head of one note, over bar lines, and in two halves over the end of a system."""

from collections.abc import Iterator

from chorale.notation import smufl
from chorale.notation.columns import PlacedHead, StaffColumn
from chorale.notation.draw import PlacedBar, mark_of
from chorale.notation.primitives import Mark, Role, Tie
from chorale.notation.stems import head_glyph

__all__ = ["ties"]

_GAP = 0.15  # from a head's side to the tie's end
_OFF_CENTRE = 0.5  # from a head's middle to the height of the tie's ends
_DOT_WIDTH = 0.4
_HALF_TIE = 2.2  # length of a tie that arrives from the system before


def ties(bars: tuple[PlacedBar, ...], staff: int, right: float) -> Iterator[Tie]:
    """Yield the ties of one staff of a system that ends at x = ``right``."""
    open_ties: dict[int, tuple[float, Mark, float, bool]] = {}
    for bar in bars:
        two_voices = bar.content.staves[staff].two_voices
        for x, column in bar.staff_columns(staff):
            for placed in column.heads:
                up = placed.up if two_voices else not placed.up
                if placed.head.tied_in:
                    mark = mark_of(bar, placed, Role.TIE)
                    opened = open_ties.pop(placed.head.voice, None)
                    start = (
                        opened[0]
                        if opened
                        else min(x + placed.dx - 1.2, max(x + placed.dx - _HALF_TIE, bar.left - 0.1))
                    )
                    yield _tie(mark, start, x + placed.dx - _GAP, placed.head.y, up=up)
                if placed.head.tied_out:
                    mark = mark_of(bar, placed, Role.TIE)
                    open_ties[placed.head.voice] = (_leaves_at(x, placed, column), mark, placed.head.y, up)
    for start, mark, y, up in open_ties.values():
        yield _tie(mark, start, max(right - 0.3, start + 1.2), y, up=up)


def _leaves_at(x: float, placed: PlacedHead, column: StaffColumn) -> float:
    """Return where a tie begins: right of the head, or of its dots."""
    after = [dot.x + _DOT_WIDTH for dot in column.dots if placed.head.dots and abs(dot.y - placed.head.y) < 0.6]
    return x + max(placed.dx + smufl.glyph(head_glyph(placed.head.base)).right, *after, 0.0) + _GAP


def _tie(mark: Mark, left: float, right: float, y: float, *, up: bool) -> Tie:
    """Return a tie beside a head at y; its arch grows with its length and keeps off the staff lines."""
    sign = -1 if up else 1
    height = min(0.45 + 0.045 * (right - left), 1.1)
    ends = y + sign * _OFF_CENTRE
    apex = ends + sign * height
    if 0 <= round(apex) <= 4 and abs(apex - round(apex)) < 0.18:
        height += 0.18 - abs(apex - round(apex)) + 0.05
    return Tie(mark, left, ends, right, ends, sign * height)
