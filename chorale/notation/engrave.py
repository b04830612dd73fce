"""One system: notes, furniture, fermatas, lyrics, and how far apart its two staves must stand.

Everything is drawn as if the upper staff's top line were at height 0.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chorale.music import VOICES, Bar, Meter, Score
from chorale.notation import furniture, smufl
from chorale.notation.attachments import fermatas, lyrics
from chorale.notation.columns import HEAD_WIDTH, PlacedHead
from chorale.notation.content import BarContent, staff_of
from chorale.notation.draw import PlacedBar, bar_rests, column_signs, stems_and_beams
from chorale.notation.heading import tempo_mark
from chorale.notation.page import BarBox, NoteBox, System
from chorale.notation.primitives import Box, Glyph, Line, Mark, Primitive, Role, box_of, text
from chorale.notation.skyline import Skyline
from chorale.notation.spacing import BarSpacing
from chorale.notation.stems import head_glyph
from chorale.notation.ties import ties

__all__ = ["DrawnSystem", "draw_system"]

_STAFF_DISTANCE = 10.0  # least distance of the two top lines: six spaces of white
_STAFF_CLEARANCE = 0.9  # least white between the ink of the two staves
_LABEL_SIZE = 1.9
_NUMBER_SIZE = 1.9
_BRACE_HEIGHT = 3.99


@dataclass(frozen=True)
class DrawnSystem:
    """A system drawn around height 0, before it finds its place on the page."""

    index: int
    bars: tuple[PlacedBar, ...]
    boxes: tuple[BarBox, ...]
    left: float
    right: float
    lower: float
    items: tuple[Primitive, ...]
    notes: tuple[NoteBox, ...]
    skyline: Skyline

    @property
    def top(self) -> float:
        """The highest ink."""
        return min(self.skyline.highest)

    @property
    def bottom(self) -> float:
        """The lowest ink."""
        return max(self.skyline.lowest)

    def placed(self, y: float) -> System:
        """Return what the page says of the system when its top line stands at y."""
        columns = [
            (bar.start + c.step, x + HEAD_WIDTH / 2)
            for bar in self.bars
            for x, c in zip(bar.xs, bar.columns, strict=True)
        ]
        return System(
            index=self.index,
            first=self.boxes[0].start,
            last=self.boxes[-1].start + self.boxes[-1].length,
            left=self.left,
            right=self.right,
            top=y + self.top,
            bottom=y + self.bottom,
            staves=(y, y + self.lower),
            bars=self.boxes,
            steps=tuple(step for step, _ in columns),
            xs=tuple(x for _, x in columns),
        )


def draw_system(
    score: Score,
    index: int,
    bars: Sequence[tuple[Bar, BarContent, BarSpacing]],
    left: float,
    factor: float,
    meter: Meter | None,
    *,
    labels: bool,
    tempo: bool,
) -> DrawnSystem:
    """Draw a system whose springs are stretched by ``factor``; ``meter`` is given where the time signature stands."""
    placed = _placed_bars(bars, left + furniture.prefix_width(score.key, meter), factor)
    right = placed[-1].right
    staves = [
        [*_furniture(score, staff, left, right, meter), *_notes(placed, staff, right, score.meter)] for staff in (0, 1)
    ]
    skylines = [Skyline(right + 8, 0, 4), Skyline(right + 8, 0, 4)]
    for skyline, items in zip(skylines, staves, strict=True):
        skyline.add(box_of(item) for item in items if item.mark.role is not Role.STAFF)
    _add(staves[0], skylines[0], fermatas(score, placed, skylines, 0))
    _add(staves[1], skylines[1], fermatas(score, placed, skylines, 1))
    _add(staves[0], skylines[0], lyrics(placed, skylines[0]))
    _add(staves[0], skylines[0], _above(score, index, placed, skylines[0], left, tempo=tempo))
    lower = float(math.ceil(max(_STAFF_DISTANCE, skylines[0].clearance(skylines[1]) + _STAFF_CLEARANCE)))
    last = placed[-1].start + placed[-1].content.length == score.steps
    frame = [*_frame(placed, left, lower, last=last), *(_labels(left, lower) if labels else [])]
    moved = [item.moved(0, lower) for item in staves[1]]
    boxes = tuple(
        BarBox(bar.number, bar.start, bar.length, p.left, p.right) for (bar, _, _), p in zip(bars, placed, strict=True)
    )
    heads = tuple(_note_boxes(placed, (0.0, lower)))
    both = _union(skylines, lower)
    return DrawnSystem(index, placed, boxes, left, right, lower, (*frame, *staves[0], *moved), heads, both)


def _union(skylines: list[Skyline], lower: float) -> Skyline:
    upper, below = skylines
    upper.lowest = [max(a, b + lower) for a, b in zip(upper.lowest, below.lowest, strict=True)]
    upper.highest = [min(a, b + lower) for a, b in zip(upper.highest, below.highest, strict=True)]
    return upper


def _add(items: list[Primitive], skyline: Skyline, more: list[Primitive]) -> None:
    items += more
    skyline.add(box_of(item) for item in more)


def _placed_bars(bars: Sequence[tuple[Bar, BarContent, BarSpacing]], x: float, factor: float) -> tuple[PlacedBar, ...]:
    placed = []
    for bar, content, spacing in bars:
        xs, width = spacing.positions(factor)
        placed.append(PlacedBar(content, spacing.columns, bar.start, x, x + width, tuple(x + at for at in xs)))
        x += width
    return tuple(placed)


def _notes(bars: tuple[PlacedBar, ...], staff: int, right: float, meter: Meter) -> Iterator[Primitive]:
    for bar in bars:
        yield from stems_and_beams(bar, staff, meter)
        yield from column_signs(bar, staff)
        yield from bar_rests(bar, staff)
    yield from ties(bars, staff, right)


def _furniture(score: Score, staff: int, left: float, right: float, meter: Meter | None) -> Iterator[Primitive]:
    for y in range(5):
        yield Line(Mark(Role.STAFF), left, y, right, y, smufl.STAFF_LINE)
    glyphs = [furniture.clef(staff), *furniture.signature(score.key, staff)]
    if meter is not None:
        glyphs += furniture.time_figures(score.key, meter)
    for glyph in glyphs:
        yield glyph.moved(left, 0)


def _above(
    score: Score, index: int, bars: tuple[PlacedBar, ...], skyline: Skyline, left: float, *, tempo: bool
) -> list[Primitive]:
    """Return what stands over the start of a system: the tempo on the first, the bar number on the others."""
    if index == 0:
        y = min(-2.6, skyline.above(left, left + 9) - 0.9)
        return tempo_mark(score.meter, score.qpm, left, y) if tempo else []
    number = str(score.bar_at(bars[0].start).number)
    y = min(-1.9, skyline.above(left, left + 2.2) - 0.4)
    return [text(Mark(Role.NUMBER), number, left, y, "serif-italic", _NUMBER_SIZE)]


def _frame(bars: tuple[PlacedBar, ...], left: float, lower: float, *, last: bool) -> Iterator[Primitive]:
    """Yield brace and bar lines, through both staves."""
    size = (lower + 4) / _BRACE_HEIGHT
    yield Glyph(Mark(Role.BRACE), "brace", left - 0.35 - smufl.glyph("brace").right * size, lower + 4, size)
    thin, thick = smufl.THIN_BARLINE, smufl.THICK_BARLINE
    xs = [left + thin / 2, *(bar.right - thin / 2 for bar in bars)]
    if last:
        yield _barline(bars[-1].right - thick / 2, lower, thick)
        xs[-1] = bars[-1].right - thick - smufl.BARLINE_GAP - thin / 2
    for x in xs:
        yield _barline(x, lower, thin)


def _barline(x: float, lower: float, thickness: float) -> Line:
    half = smufl.STAFF_LINE / 2
    return Line(Mark(Role.BARLINE), x, -half, x, lower + 4 + half, thickness)


def _labels(left: float, lower: float) -> Iterator[Primitive]:
    for voice in VOICES:
        y = (0.0, lower)[staff_of(voice)] + (1.5 if voice.stem_up else 3.9)
        yield text(Mark(Role.LABEL, voice), voice.letter, left - 3.2, y, "sans-semibold", _LABEL_SIZE, 0.5)


def _note_boxes(bars: tuple[PlacedBar, ...], tops: tuple[float, float]) -> Iterator[NoteBox]:
    for bar in bars:
        for staff, top in enumerate(tops):
            for x, column in bar.staff_columns(staff):
                for placed in column.heads:
                    yield _note_box(bar, placed, x, top, staff)


def _note_box(bar: PlacedBar, placed: PlacedHead, x: float, top: float, staff: int) -> NoteBox:
    head = placed.head
    data = smufl.glyph(head_glyph(head.base))
    box = Box(data.left, data.top, data.right, data.bottom).moved(x + placed.dx, top + head.y)
    return NoteBox(head.voice, bar.start + head.note, bar.start + head.start, head.length, box, staff)
