"""One system: notes, furniture, fermatas, lyrics, and how far apart its two staves must stand.

Everything is drawn as if the upper staff's top line were at height 0.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from chorale.music import VOICES, Bar, Key, Meter
from chorale.notation import furniture, smufl
from chorale.notation.attachments import fermatas, lyrics
from chorale.notation.columns import PlacedHead
from chorale.notation.content import staff_of
from chorale.notation.draw import PlacedBar, bar_rests, column_signs, stems_and_beams
from chorale.notation.heading import tempo_mark
from chorale.notation.page import BarBox, NoteBox
from chorale.notation.primitives import Box, Glyph, Line, Mark, Primitive, Role, box_of, text
from chorale.notation.skyline import Skyline
from chorale.notation.spacing import BarSpacing
from chorale.notation.stacking import DrawnSystem
from chorale.notation.stems import head_glyph
from chorale.notation.ties import ties

__all__ = ["Plan", "draw_system"]

_STAFF_DISTANCE = 10.0  # least distance of the two top lines: six spaces of white
_STAFF_CLEARANCE = 0.9  # least white between the ink of the two staves
_LABEL_SIZE = 1.9
_NUMBER_SIZE = 1.9
_BRACE_HEIGHT = 3.99


@dataclass(frozen=True)
class Plan:
    """All that decides how a system looks, apart from its height on the page; equal plans are drawn once.

    Args:
        index: 0 for the first system, which shows the meter.
        bars: its bars with their spacing.
        left: where its staff lines begin.
        factor: how far the springs are stretched.
        key: the key signature's.
        meter: the time signature.
        qpm: the tempo, in quarters a minute.
        fermatas: steps.
        ends: whether the music ends with it.
        labels: whether the voices' letters stand before it.
        tempo: whether the tempo stands over the first system; the others show their bar number.
    """

    index: int
    bars: tuple[tuple[Bar, BarSpacing], ...]
    left: float
    factor: float
    key: Key
    meter: Meter
    qpm: float
    fermatas: tuple[int, ...]
    ends: bool
    labels: bool
    tempo: bool

    @property
    def music_left(self) -> float:
        """Where the first bar begins, behind clef, key and meter."""
        return self.left + furniture.prefix_width(self.key, self.meter if self.index == 0 else None)


@lru_cache(maxsize=256)
def draw_system(plan: Plan) -> DrawnSystem:
    """Draw a system."""
    placed = _placed_bars(plan)
    right = placed[-1].right
    staves = [[*_furniture(plan, staff, right), *_notes(placed, staff, right, plan.meter)] for staff in (0, 1)]
    skylines = [Skyline(right + 8, 0, 4), Skyline(right + 8, 0, 4)]
    for staff in (0, 1):
        skylines[staff].add(box_of(item) for item in staves[staff] if item.mark.role is not Role.STAFF)
        _add(staves[staff], skylines[staff], fermatas(plan.fermatas, placed, skylines[staff], staff))
    _add(staves[0], skylines[0], lyrics(placed, skylines[0]))
    _add(staves[0], skylines[0], _above(plan, skylines[0]))
    lower = float(math.ceil(max(_STAFF_DISTANCE, skylines[0].clearance(skylines[1]) + _STAFF_CLEARANCE)))
    frame = [*_frame(placed, plan.left, lower, ends=plan.ends), *(_labels(plan.left, lower) if plan.labels else [])]
    items = (*frame, *staves[0], *(item.moved(0, lower) for item in staves[1]))
    boxes = tuple(
        BarBox(bar.number, bar.start, bar.length, at.left, at.right)
        for (bar, _), at in zip(plan.bars, placed, strict=True)
    )
    notes = tuple(_note_boxes(placed, (0.0, lower)))
    return DrawnSystem(plan.index, placed, boxes, plan.left, right, lower, items, notes, _union(skylines, lower))


def _union(skylines: list[Skyline], lower: float) -> Skyline:
    upper, below = skylines
    upper.lowest = [max(a, b + lower) for a, b in zip(upper.lowest, below.lowest, strict=True)]
    upper.highest = [min(a, b + lower) for a, b in zip(upper.highest, below.highest, strict=True)]
    return upper


def _add(items: list[Primitive], skyline: Skyline, more: list[Primitive]) -> None:
    items += more
    skyline.add(box_of(item) for item in more)


def _placed_bars(plan: Plan) -> tuple[PlacedBar, ...]:
    placed = []
    x = plan.music_left
    for bar, spacing in plan.bars:
        xs, width = spacing.positions(plan.factor)
        placed.append(PlacedBar(spacing.content, spacing.columns, bar.start, x, x + width, tuple(x + at for at in xs)))
        x += width
    return tuple(placed)


def _notes(bars: tuple[PlacedBar, ...], staff: int, right: float, meter: Meter) -> Iterator[Primitive]:
    for bar in bars:
        yield from stems_and_beams(bar, staff, meter)
        yield from column_signs(bar, staff)
        yield from bar_rests(bar, staff)
    yield from ties(bars, staff, right)


def _furniture(plan: Plan, staff: int, right: float) -> Iterator[Primitive]:
    for y in range(5):
        yield Line(Mark(Role.STAFF), plan.left, y, right, y, smufl.STAFF_LINE)
    glyphs = [furniture.clef(staff), *furniture.signature(plan.key, staff)]
    if plan.index == 0:
        glyphs += furniture.time_figures(plan.key, plan.meter)
    for glyph in glyphs:
        yield glyph.moved(plan.left, 0)


def _above(plan: Plan, skyline: Skyline) -> list[Primitive]:
    """Return what stands over the start of a system: the tempo on the first, else the number of its first bar."""
    left = plan.left
    if plan.index == 0 and plan.tempo:
        y = min(-2.6, skyline.above(left, left + 9) - 0.9)
        return tempo_mark(plan.meter, plan.qpm, left, y)
    if plan.bars[0][0].number < 2:
        return []
    y = min(-1.9, skyline.above(left, left + 2.2) - 0.4)
    return [text(Mark(Role.NUMBER), str(plan.bars[0][0].number), left, y, "serif-italic", _NUMBER_SIZE)]


def _frame(bars: tuple[PlacedBar, ...], left: float, lower: float, *, ends: bool) -> Iterator[Primitive]:
    """Yield brace and bar lines, through both staves."""
    size = (lower + 4) / _BRACE_HEIGHT
    yield Glyph(Mark(Role.BRACE), "brace", left - 0.35 - smufl.glyph("brace").right * size, lower + 4, size)
    thin, thick = smufl.THIN_BARLINE, smufl.THICK_BARLINE
    xs = [left + thin / 2, *(bar.right - thin / 2 for bar in bars)]
    if ends:
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
