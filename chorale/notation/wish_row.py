"""The row of chords that Harmonize is asked for: labels with a tip that points at their beat.

Their frames tell them from the analysis, which says what is there: these say what is wanted.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from chorale.notation.columns import HEAD_WIDTH
from chorale.notation.lettering import NUMERAL_ASCENT, NUMERAL_DEPTH, Lettering, numeral
from chorale.notation.primitives import Box, Mark, Primitive, Role, Stroke, box_of, text

if TYPE_CHECKING:
    from chorale.notation.drawn import DrawnSystem
    from chorale.notation.skyline import Skyline

__all__ = ["WishRow", "wish_room", "wish_row"]

Wishes = tuple[tuple[int, str], ...]
_NUMERAL = re.compile(
    r"(?P<degree>[b#]?(?:[IVN]+|[iv]+|It|Ger|Fr)[oø+]?(?:maj)?)(?P<figures>6/5|6/4|4/3|4/2|6|7)?(?:/(?P<of>.+))?"
)
_FACE_SIZE = 1.9  # of a chord's name
_PADDING, _TIP, _TIP_WIDTH, _CUT = 0.45, 0.6, 0.5, 0.3  # of the frame: about the letters, its tip, its corners
_LINE = 0.13
_TOP, _BOTTOM = -NUMERAL_ASCENT - 0.25, NUMERAL_DEPTH + 0.25  # of the frame, about the letters' base line
_BETWEEN = 0.35  # least white between two labels
_CLEARANCE = 0.4
_ROW = 30.0  # a height that keeps the row apart from the others


class WishRow(NamedTuple):
    """The row as it is set: its primitives, and the heights between which it lies."""

    items: tuple[Primitive, ...]
    top: float
    bottom: float


def wish_room(name: str) -> Box:
    """Return what a label keeps free of its neighbours, about the left edge of its column."""
    box = _label(name).box
    return Box(box.left, _ROW, box.right + _BETWEEN, _ROW + 1).moved(HEAD_WIDTH / 2, 0)


def wish_row(drawn: "DrawnSystem", wishes: Wishes, skyline: "Skyline", least: float) -> WishRow:
    """Return the labels under a system, on one line, none nearer to the staff than ``least`` allows."""
    placed = list(_placed(drawn, wishes))
    needed = [least]
    for x, label in placed:
        needed.append(skyline.below(x + label.box.left, x + label.box.right) + _CLEARANCE)
    top = max(needed)
    y = top + _TIP - _TOP
    skyline.add(label.box.moved(x, y) for x, label in placed)
    return WishRow(tuple(item.moved(x, y) for x, label in placed for item in label.items), top, y + _BOTTOM)


def _placed(drawn: "DrawnSystem", wishes: Wishes) -> Iterator[tuple[float, Lettering]]:
    """Yield each label and where its beat lies, further right where the one before is in the way."""
    free = float("-inf")
    for step, name in wishes:
        label = _label(name)
        x = max(_x_of(drawn, step), free - label.box.left)
        free = x + label.box.right + _BETWEEN
        yield x, label


def _x_of(drawn: "DrawnSystem", step: int) -> float:
    """Return where a step lies: at the middle of its column's heads, or between the columns around it."""
    number = max(0, bisect_right([each.start for each in drawn.boxes], step) - 1)
    bar, box = drawn.bars[number], drawn.boxes[number]
    places = [(bar.start + column.step, x + HEAD_WIDTH / 2) for x, column in zip(bar.xs, bar.columns, strict=True)]
    end = (bar.start + box.length, bar.right)
    if not places or places[0][0] > step:
        places.insert(0, (bar.start, bar.left + HEAD_WIDTH))
    index = bisect_right([at for at, _ in places], step) - 1
    (start, x), (after, right) = places[index], [*places, end][index + 1]
    return x + (right - x) * (step - start) / max(1, after - start)


@lru_cache(maxsize=512)
def _label(name: str) -> Lettering:
    """Return a chord's name in its frame; its tip is over x = 0."""
    mark = Mark(Role.NUMERAL, says=f"{name} is asked for")
    letters = _letters(name, mark)
    left, right = letters.left - _PADDING, letters.right + _PADDING
    left, right = min(left, -_TIP_WIDTH - _CUT), max(right, _TIP_WIDTH + _CUT)
    outline = (
        (-_TIP_WIDTH, _TOP), (0.0, _TOP - _TIP), (_TIP_WIDTH, _TOP), (right - _CUT, _TOP), (right, _TOP + _CUT),
        (right, _BOTTOM - _CUT), (right - _CUT, _BOTTOM), (left + _CUT, _BOTTOM), (left, _BOTTOM - _CUT),
        (left, _TOP + _CUT), (left + _CUT, _TOP), (-_TIP_WIDTH, _TOP),
    )  # fmt: skip
    frame = Stroke(mark._replace(role=Role.CADENCE), outline, _LINE)
    return Lettering((frame, *letters.items), box_of(frame))


class _Letters(NamedTuple):
    """Letters, and how far they reach to the left and to the right."""

    items: tuple[Primitive, ...]
    left: float
    right: float


def _letters(name: str, mark: Mark) -> _Letters:
    found = _NUMERAL.fullmatch(name)
    if found is None:
        word = text(mark, name, 0.0, 0.0, "serif-semibold", _FACE_SIZE, 0.5)
        return _Letters((word,), box_of(word).left, box_of(word).right)
    lettering = numeral(found["degree"], found["figures"] or "", found["of"] or "", mark.says)
    return _Letters(lettering.items, lettering.box.left, lettering.box.right)
