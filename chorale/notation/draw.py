"""Drawing the notes of one staff of one system, once every column has its place."""

from collections.abc import Iterator
from dataclasses import dataclass

from chorale.music import Meter, Voice
from chorale.notation import smufl
from chorale.notation.beams import beam_groups, beam_line, beam_pieces, beam_polygon
from chorale.notation.columns import Column, PlacedHead, StaffColumn, flag_glyph
from chorale.notation.content import BarContent
from chorale.notation.primitives import Glyph, Line, Mark, Polygon, Primitive, Role
from chorale.notation.rests import REST_LEDGER, rest_glyph, rest_height, rest_line
from chorale.notation.stems import MIDDLE, head_glyph, stem_x, tip

__all__ = ["PlacedBar", "bar_rests", "column_signs", "stems_and_beams"]


@dataclass(frozen=True)
class PlacedBar:
    """A bar in its place: its first step, its bar lines' x, and its columns' left edges."""

    content: BarContent
    columns: tuple[Column, ...]
    start: int
    left: float
    right: float
    xs: tuple[float, ...]

    def staff_columns(self, staff: int) -> Iterator[tuple[float, StaffColumn]]:
        """Yield each column's left edge with what one staff shows there."""
        for x, column in zip(self.xs, self.columns, strict=True):
            yield x, column.staves[staff]


def column_signs(bar: PlacedBar, staff: int) -> Iterator[Primitive]:
    """Yield heads, ledger lines, accidentals, dots and rests of one staff's bar."""
    for x, column in bar.staff_columns(staff):
        for y, left, right in column.ledgers:
            yield Line(Mark(Role.LEDGER), x + left, y, x + right, y, smufl.LEDGER_LINE)
        for placed in column.heads:
            if not placed.hidden:
                head = placed.head
                yield Glyph(mark_of(bar, placed, Role.HEAD), head_glyph(head.base), x + placed.dx, head.y)
        signs = ((Role.ACCIDENTAL, column.accidentals), (Role.DOT, column.dots), (Role.REST, column.rests))
        for role, found in signs:
            for sign in found:
                start = None if sign.note is None else bar.start + sign.note
                yield Glyph(Mark(role, sign.voice, start), sign.name, x + sign.x, sign.y)


def mark_of(bar: PlacedBar, placed: PlacedHead, role: Role) -> Mark:
    """Return the mark of something that belongs to a head's note."""
    return Mark(role, placed.head.voice, bar.start + placed.head.note)


def bar_rests(bar: PlacedBar, staff: int) -> Iterator[Primitive]:
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


def stems_and_beams(bar: PlacedBar, staff: int, meter: Meter) -> Iterator[Primitive]:
    """Yield stems, flags and beams of one staff's bar."""
    content = bar.content.staves[staff]
    placed = {each.head: (x, each) for x, column in bar.staff_columns(staff) for each in column.heads}
    for x, each in placed.values():
        if each.has_stem and not each.beamed:
            yield from _single_stem(bar, x, each, two_voices=content.two_voices)
    for group in beam_groups(content.heads, meter, bar.content.offset):
        yield from _beamed(bar, [placed[head] for head in group])


def _single_stem(bar: PlacedBar, x: float, placed: PlacedHead, *, two_voices: bool) -> Iterator[Primitive]:
    head = placed.head
    dx, dy = stem_x(head, up=placed.up)
    middle = x + placed.dx + dx
    end = tip(head, up=placed.up, two_voices=two_voices)
    yield Line(mark_of(bar, placed, Role.STEM), middle, head.y + dy, middle, end, smufl.STEM)
    if head.base >= 8:
        name = flag_glyph(head.base, up=placed.up)
        anchor = smufl.glyph(name).anchors["stemUpNW" if placed.up else "stemDownSW"]
        left = middle - smufl.STEM / 2 - anchor[0]
        yield Glyph(mark_of(bar, placed, Role.FLAG), name, left, end - anchor[1])


def _beamed(bar: PlacedBar, members: list[tuple[float, PlacedHead]]) -> Iterator[Primitive]:
    up = members[0][1].up
    group = tuple(placed.head for _, placed in members)
    stems = [stem_x(placed.head, up=up) for _, placed in members]
    xs = [x + placed.dx + dx for (x, placed), (dx, _) in zip(members, stems, strict=True)]
    line = beam_line(group, xs, up=up)
    inwards = smufl.BEAM / 2 if up else -smufl.BEAM / 2
    for middle, (_, placed), (_, dy) in zip(xs, members, stems, strict=True):
        end = line.at(middle) + inwards
        yield Line(mark_of(bar, placed, Role.STEM), middle, placed.head.y + dy, middle, end, smufl.STEM)
    mark = Mark(Role.BEAM, group[0].voice, bar.start + group[0].note)
    for level, left, right in beam_pieces(group, xs):
        yield Polygon(mark, beam_polygon(line, level, left, right, up=up))
