"""Drawing the notes of one staff of one bar, once every column has its place.

What belongs to one column keeps its shape wherever the column comes to stand: it is worked out once about the column's
left edge (``_Stamp``), and only moved. Beams and the rests of whole bars depend on where several things stand.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from chorale.music import Bar, Meter, Voice
from chorale.notation import smufl
from chorale.notation.beams import beam_groups, beam_line, beam_pieces, beam_polygon
from chorale.notation.columns import Column, PlacedHead, StaffColumn, flag_glyph
from chorale.notation.content import BarContent, Head
from chorale.notation.primitives import Box, Glyph, Line, Mark, Polygon, Primitive, Role, box_of
from chorale.notation.rests import REST_LEDGER, rest_glyph, rest_height, rest_line
from chorale.notation.skyline import Skyline
from chorale.notation.spacing import BarSpacing
from chorale.notation.stems import MIDDLE, head_glyph, stem_x, tip

__all__ = ["BarNotes", "PlacedBar", "bar_notes", "mark_of", "placed_bar"]

_OVER = 8.0  # spaces that a bar's ink may reach over its end


@dataclass(frozen=True, eq=False)
class PlacedBar:
    """A bar in its place: its bar lines' x, and its columns' left edges; equal only to itself, see ``placed_bar``."""

    bar: Bar
    spacing: BarSpacing
    left: float
    right: float
    xs: tuple[float, ...]

    @property
    def content(self) -> BarContent:
        """What it shows."""
        return self.spacing.content

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns."""
        return self.spacing.columns

    @property
    def start(self) -> int:
        """Its first step."""
        return self.bar.start

    def staff_columns(self, staff: int) -> Iterator[tuple[float, StaffColumn]]:
        """Yield each column's left edge with what one staff shows there."""
        for x, column in zip(self.xs, self.columns, strict=True):
            yield x, column.staves[staff]


@lru_cache(maxsize=4096)
def placed_bar(bar: Bar, spacing: BarSpacing, left: float, right: float, xs: tuple[float, ...]) -> PlacedBar:
    """Return a bar in its place; the same bar in the same place is the same object."""
    return PlacedBar(bar, spacing, left, right, xs)


class BarNotes(NamedTuple):
    """What one staff shows in one bar, ties aside, the staff's top line at height 0; and its skyline as boxes."""

    items: tuple[Primitive, ...]
    boxes: tuple[Box, ...]


@lru_cache(maxsize=4096)
def bar_notes(bar: PlacedBar, staff: int, meter: Meter) -> BarNotes:
    """Return what one staff shows in a bar: stems, flags and beams, heads and their signs, rests."""
    stamp = _stamp(bar.spacing, staff, meter)
    items = (
        *_stamped(stamp.stems, bar),
        *(item for group in stamp.beams for item in _beamed(bar, group)),
        *_stamped(stamp.signs, bar),
        *_bar_rests(bar, staff),
    )
    skyline = Skyline(bar.right + _OVER, math.inf, -math.inf)
    skyline.add(box_of(item) for item in items)
    return BarNotes(items, skyline.boxes())


def mark_of(bar: PlacedBar, placed: PlacedHead, role: Role) -> Mark:
    """Return the mark of something that belongs to a head's note."""
    return Mark(role, placed.head.voice, bar.start + placed.head.note)


# What belongs to one column -------------------------------------------------------------------------------------------

_Stamped = tuple[int, Glyph | Line]
"""A column's index, and what stands there if its left edge is at x = 0 and the bar begins at step 0."""


class _Beamed(NamedTuple):
    """A head under a beam: its column's index, the head, and its stem's middle and beginning from the column."""

    column: int
    placed: PlacedHead
    dx: float
    y: float


class _Stamp(NamedTuple):
    """One staff of a bar, wherever its columns come to stand."""

    stems: tuple[_Stamped, ...]
    beams: tuple[tuple[_Beamed, ...], ...]
    signs: tuple[_Stamped, ...]


@lru_cache(maxsize=4096)
def _stamp(spacing: BarSpacing, staff: int, meter: Meter) -> _Stamp:
    """Return what one staff of a bar shows, column by column."""
    content = spacing.content.staves[staff]
    heads = [(i, placed) for i, column in enumerate(spacing.columns) for placed in column.staves[staff].heads]
    lone = [(i, placed) for i, placed in heads if placed.has_stem and not placed.beamed]
    stems = [(i, item) for i, placed in lone for item in _single_stem(placed, two_voices=content.two_voices)]
    at: dict[Head, tuple[int, PlacedHead]] = {placed.head: (i, placed) for i, placed in heads}
    groups = beam_groups(content.heads, meter, spacing.content.offset)
    signs = [(i, item) for i, column in enumerate(spacing.columns) for item in _column_signs(column.staves[staff])]
    return _Stamp(tuple(stems), tuple(tuple(_member(*at[head]) for head in group) for group in groups), tuple(signs))


def _member(column: int, placed: PlacedHead) -> _Beamed:
    dx, dy = stem_x(placed.head, up=placed.up)
    return _Beamed(column, placed, placed.dx + dx, placed.head.y + dy)


def _single_stem(placed: PlacedHead, *, two_voices: bool) -> Iterator[Glyph | Line]:
    """Yield the stem of a head without a beam, and its flag."""
    head = placed.head
    dx, dy = stem_x(head, up=placed.up)
    middle = placed.dx + dx
    end = tip(head, up=placed.up, two_voices=two_voices)
    yield Line(Mark(Role.STEM, head.voice, head.note), middle, head.y + dy, middle, end, smufl.STEM)
    if head.base >= 8:
        name = flag_glyph(head.base, up=placed.up)
        anchor = smufl.glyph(name).anchors["stemUpNW" if placed.up else "stemDownSW"]
        left = middle - smufl.STEM / 2 - anchor[0]
        yield Glyph(Mark(Role.FLAG, head.voice, head.note), name, left, end - anchor[1])


def _column_signs(column: StaffColumn) -> Iterator[Glyph | Line]:
    """Yield heads, ledger lines, accidentals, dots and rests of one staff's column."""
    for y, left, right in column.ledgers:
        yield Line(Mark(Role.LEDGER), left, y, right, y, smufl.LEDGER_LINE)
    for placed in column.heads:
        if not placed.hidden:
            head = placed.head
            yield Glyph(Mark(Role.HEAD, head.voice, head.note), head_glyph(head.base), placed.dx, head.y)
    for role, found in ((Role.ACCIDENTAL, column.accidentals), (Role.DOT, column.dots), (Role.REST, column.rests)):
        for sign in found:
            yield Glyph(Mark(role, sign.voice, sign.note), sign.name, sign.x, sign.y)


def _stamped(stamps: Iterable[_Stamped], bar: PlacedBar) -> Iterator[Primitive]:
    """Yield what belongs to columns in its place."""
    xs, start = bar.xs, bar.start
    for index, item in stamps:
        role, voice, note, *_ = item.mark
        mark = item.mark if note is None else Mark(role, voice, start + note)
        x = xs[index]
        if isinstance(item, Glyph):
            yield Glyph(mark, item.name, x + item.x, item.y)
        else:
            yield Line(mark, x + item.x1, item.y1, x + item.x2, item.y2, item.thickness)


# What depends on several columns --------------------------------------------------------------------------------------


def _beamed(bar: PlacedBar, members: tuple[_Beamed, ...]) -> Iterator[Primitive]:
    """Yield the stems and the beams of a group."""
    up = members[0].placed.up
    group = tuple(member.placed.head for member in members)
    xs = [bar.xs[member.column] + member.dx for member in members]
    line = beam_line(group, xs, up=up)
    inwards = smufl.BEAM / 2 if up else -smufl.BEAM / 2
    for middle, member in zip(xs, members, strict=True):
        mark = mark_of(bar, member.placed, Role.STEM)
        yield Line(mark, middle, member.y, middle, line.at(middle) + inwards, smufl.STEM)
    mark = Mark(Role.BEAM, group[0].voice, bar.start + group[0].note)
    for level, left, right in beam_pieces(group, xs):
        yield Polygon(mark, beam_polygon(line, level, left, right, up=up))


def _bar_rests(bar: PlacedBar, staff: int) -> Iterator[Primitive]:
    """Yield the rests that fill the bar, in its middle."""
    content = bar.content.staves[staff]
    for rest in content.rests:
        if rest.base:
            continue
        others = [head.y for head in content.heads if head.voice != rest.voice]
        pushed = content.two_voices and not rest.shared
        y = rest_height(rest, others, up=Voice(rest.voice).stem_up) if pushed else MIDDLE
        width = smufl.glyph(rest_glyph(0)).right
        left = (bar.left + bar.right - width) / 2
        mark = Mark(Role.REST, None if rest.shared else rest.voice)
        yield Glyph(mark, rest_glyph(0), left, y - 1)
        line = rest_line(0, y)
        if line is not None:
            yield Line(Mark(Role.LEDGER), left - REST_LEDGER, line, left + width + REST_LEDGER, line, smufl.LEDGER_LINE)
