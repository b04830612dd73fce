"""Drawing the rows under one system: figured bass, Roman numerals with keys, cadences, each on one line.

From the staff downwards stand the figured bass, the numerals, the cadences. A row lies as high as the notes over it
allow, and also as high where it is still empty: the page does not move when the analysis arrives.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from chorale.notation.boxes import CadenceBox, HarmonyBox
from chorale.notation.columns import HEAD_WIDTH
from chorale.notation.drawn import DrawnSystem
from chorale.notation.faces import Face
from chorale.notation.lettering import FIGURE_PITCH, NUMERAL_ASCENT, NUMERAL_DEPTH, Lettering
from chorale.notation.primitives import Box, Mark, Primitive, Role, Stroke, box_of, text
from chorale.notation.rows import KEY_GAP, SystemRows, figures_of, key_of, numeral_of
from chorale.notation.skyline import Skyline
from chorale.notation.wish_row import wish_row
from chorale.theory import Cadence

__all__ = ["with_rows"]

_FROM_STAFF = 1.6  # least white between the lowest line and the first row
_CLEARANCE = 0.6  # least white between ink and a sign
_BESIDE = 0.3  # how far beside a sign ink counts as being over it
_HALF_SIGN = 1.0  # of the typical numeral's width
_BETWEEN_ROWS = 0.65
_USUAL_FIGURES = 2  # room that an empty row of figures keeps
_KEY_INDENT = 0.5  # of the key's name at the start of a system
_CADENCE_SIZE = 1.6
_CADENCE_FACE: Face = "sans-semibold"
_CADENCE_HEIGHT, _CADENCE_DEPTH = 1.12, 0.36
_HOOK, _HOOK_LINE = 0.5, 0.13  # the bracket over a cadence's name
_WEDGE = 0.6  # how far left of its head a harmony begins for the pointer


class _Sign(NamedTuple):
    """A sign of a row and the x of its origin."""

    x: float
    lettering: Lettering


class _Row(NamedTuple):
    """A row that is set: its primitives, and the heights between which it lies."""

    items: tuple[Primitive, ...]
    top: float
    bottom: float


class _Places(NamedTuple):
    """Where the moments of a system lie: steps of its columns, and the middles of their heads."""

    steps: tuple[int, ...]
    xs: tuple[float, ...]

    def x(self, step: int) -> float:
        """Return where a moment lies; one without a column of its own, where the last one before it does."""
        return self.xs[max(0, bisect_right(self.steps, step) - 1)]


@lru_cache(maxsize=256)
def with_rows(drawn: DrawnSystem, rows: SystemRows) -> DrawnSystem:
    """Return a system with its rows under it; equal input is drawn once."""
    places = _places(drawn)
    skyline = drawn.skyline.copy()
    top = drawn.lower + 4 + _FROM_STAFF
    found = [row for row in _rows(drawn.left, rows, places, skyline, top) if row]
    if rows.wishes:
        below = found[-1].bottom + _BETWEEN_ROWS if found else top
        found.append(_Row(*wish_row(drawn, rows.wishes, skyline, below)))
    if not found:
        return drawn
    bottom = found[-1].bottom
    skyline.add([Box(drawn.left, bottom - 0.1, drawn.right, bottom)])
    band = (found[0].top - _CLEARANCE, bottom + _CLEARANCE)
    items = [item for row in found for item in row.items]
    return replace(
        drawn,
        items=(*drawn.items, *items),
        skyline=skyline,
        harmonies=tuple(_harmony_boxes(drawn, rows, places, band)),
        cadences=tuple(_cadence_boxes(rows.closes, items)),
    )


def _places(drawn: DrawnSystem) -> _Places:
    columns = [
        (bar.start + column.step, x) for bar in drawn.bars for x, column in zip(bar.xs, bar.columns, strict=True)
    ]
    columns = columns or [(drawn.bars[0].start, drawn.bars[0].left + 1)]
    return _Places(tuple(step for step, _ in columns), tuple(x + HEAD_WIDTH / 2 for _, x in columns))


def _rows(left: float, rows: SystemRows, places: _Places, skyline: Skyline, top: float) -> Iterator[_Row]:
    """Yield the rows from the staff downwards."""
    if rows.figures:
        row = _figures(rows, places, skyline, top)
        top = row.bottom + _BETWEEN_ROWS
        yield row
    if rows.numerals:
        row = _numerals(left, rows, places, skyline, top)
        top = row.bottom + _BETWEEN_ROWS
        yield row
    if rows.cadences:
        yield _cadences(rows.closes, places, top)


def _figures(rows: SystemRows, places: _Places, skyline: Skyline, top: float) -> _Row:
    signs = [_Sign(places.x(harmony.start), figures_of(harmony)) for harmony, _ in rows.harmonies]
    signs = [sign for sign in signs if sign.lettering.items]
    height = max([_USUAL_FIGURES * FIGURE_PITCH, *(sign.lettering.box.bottom for sign in signs)])
    y = _line(signs, skyline, max(top, _under_notes(places, skyline)))
    return _Row(_set(signs, skyline, y), y, y + height)


def _numerals(left: float, rows: SystemRows, places: _Places, skyline: Skyline, top: float) -> _Row:
    numerals = [_Sign(places.x(harmony.start), numeral_of(harmony)) for harmony, _ in rows.harmonies]
    signs = [*_keys(left, rows, numerals), *numerals]
    y = _line(signs, skyline, max(top, _under_notes(places, skyline)) + NUMERAL_ASCENT)
    return _Row(_set(signs, skyline, y), y - NUMERAL_ASCENT, y + NUMERAL_DEPTH)


def _keys(left: float, rows: SystemRows, numerals: list[_Sign]) -> Iterator[_Sign]:
    """Yield the keys' names: the first one where the system begins, the others before the numeral they begin with."""
    for index, ((harmony, is_new), sign) in enumerate(zip(rows.harmonies, numerals, strict=True)):
        name = key_of(harmony.key)
        if index == 0:
            yield _Sign(left + _KEY_INDENT, name)
        elif is_new:
            yield _Sign(sign.x + sign.lettering.box.left - KEY_GAP - name.box.right, name)


def _under_notes(places: _Places, skyline: Skyline) -> float:
    """Return how high a row may begin that has a sign under every column."""
    return max(skyline.below(x - _HALF_SIGN, x + _HALF_SIGN) for x in places.xs) + _CLEARANCE


def _line(signs: list[_Sign], skyline: Skyline, least: float) -> float:
    """Return the height of the origins of a row's signs: the same for all, clear of the ink over each."""
    needed = [least]
    for x, (_, box) in signs:
        above = skyline.below(x + box.left - _BESIDE, x + box.right + _BESIDE)
        needed.append(above + _CLEARANCE - box.top)
    return max(needed)


def _set(signs: list[_Sign], skyline: Skyline, y: float) -> tuple[Primitive, ...]:
    skyline.add(lettering.box.moved(x, y) for x, lettering in signs)
    return tuple(item.moved(x, y) for x, lettering in signs for item in lettering.items)


def _cadences(closes: tuple[Cadence, ...], places: _Places, top: float) -> _Row:
    """Set the cadences' short names under the chords they arrive on, under a small bracket."""
    y = top + _HOOK + _CADENCE_HEIGHT
    items = [item for close in closes for item in _cadence(close, places.x(close.step), y)]
    return _Row(tuple(items), top, y + _CADENCE_DEPTH)


def _cadence(close: Cadence, x: float, y: float) -> Iterator[Primitive]:
    mark = Mark(Role.CADENCE, start=close.step, says=f"{close.kind.label} in {close.key.name}")
    name = text(mark, close.kind.value, x, y, _CADENCE_FACE, _CADENCE_SIZE, 0.5)
    box = box_of(name)
    top = y - _CADENCE_HEIGHT - _HOOK
    left, right = box.left - 0.2, box.right + 0.2
    yield Stroke(mark, ((left, top + _HOOK), (left, top), (right, top), (right, top + _HOOK)), _HOOK_LINE)
    yield name


def _harmony_boxes(
    drawn: DrawnSystem, rows: SystemRows, places: _Places, band: tuple[float, float]
) -> Iterator[HarmonyBox]:
    """Yield the harmonies' boxes: each from its own chord to the next one's, or to where it ends."""
    starts = [places.x(harmony.start) - HEAD_WIDTH / 2 - _WEDGE for harmony, _ in rows.harmonies]
    for index, ((harmony, _), left) in enumerate(zip(rows.harmonies, starts, strict=True)):
        right = drawn.right
        if index + 1 < len(starts):
            right = starts[index + 1]
        yield HarmonyBox(harmony, Box(left, band[0], right, band[1]))


def _cadence_boxes(closes: tuple[Cadence, ...], items: list[Primitive]) -> Iterator[CadenceBox]:
    for close in closes:
        boxes = [box_of(item) for item in items if item.mark.role is Role.CADENCE and item.mark.start == close.step]
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        yield CadenceBox(close, Box(min(lefts), min(tops), max(rights), max(bottoms)))
