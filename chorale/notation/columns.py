"""Columns: everything that begins at one step, placed around a common left edge.

A column knows where each head stands (voices a second apart or crossing stand side by side), its accidentals, dots,
ledger lines and rests, and the boxes they fill, from which the spacing derives how near two columns may come.
All x are spaces right of the column's left edge, all y spaces below the staff's top line.
"""

from dataclasses import dataclass
from functools import lru_cache

from chorale.music import Key, Meter, Voice
from chorale.notation import faces, smufl
from chorale.notation.accidentals import shown_accidentals
from chorale.notation.beams import beam_groups
from chorale.notation.content import BarContent, Head, Rest, StaffBar
from chorale.notation.primitives import Box
from chorale.notation.rests import REST_LEDGER, rest_glyph, rest_height, rest_line
from chorale.notation.stems import MIDDLE, directions, head_glyph, stem_x, tip

__all__ = ["Column", "PlacedHead", "Sign", "StaffColumn", "columns_of"]

HEAD_WIDTH = 1.18
LYRIC_SIZE = 2.1
DOT_GAP = 0.45
_DOT_WIDTH = 0.4
_ACCIDENTAL_GAP = 0.2
_CROSSING_SHIFT = 0.5
_SHORTEST_TIE = 1.6


@dataclass(frozen=True, slots=True)
class PlacedHead:
    """A head at x = ``dx``; ``hidden`` when the other voice's head stands for both."""

    head: Head
    dx: float
    up: bool
    hidden: bool
    beamed: bool

    @property
    def has_stem(self) -> bool:
        """Whether the value has a stem."""
        return self.head.base > 1


@dataclass(frozen=True, slots=True)
class Sign:
    """An accidental, dot or rest: glyph, place, and the voice and note it belongs to."""

    name: str
    x: float
    y: float
    voice: int | None
    note: int | None


@dataclass(frozen=True, slots=True)
class StaffColumn:
    """What one staff shows at a step; ``ledgers`` are (y, left, right)."""

    heads: tuple[PlacedHead, ...]
    accidentals: tuple[Sign, ...]
    dots: tuple[Sign, ...]
    rests: tuple[Sign, ...]
    ledgers: tuple[tuple[float, float, float], ...]
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """What begins at a step of the bar, staff by staff, and the syllable sung there."""

    step: int
    staves: tuple[StaffColumn, ...]
    lyric: str

    @property
    def rows(self) -> tuple[tuple[Box, ...], ...]:
        """The boxes of each staff, then of the lyrics: what must not collide with its like."""
        boxes = tuple(staff.boxes for staff in self.staves)
        if not self.lyric:
            return (*boxes, ())
        half = faces.text_width(self.lyric, "serif", LYRIC_SIZE) / 2
        middle = HEAD_WIDTH / 2
        return (*boxes, (Box(middle - half - 0.2, 0, middle + half + 0.2, 1),))


@lru_cache(maxsize=2048)
def columns_of(bar: BarContent, meter: Meter, key: Key) -> tuple[Column, ...]:
    """Return a bar's columns in order; bar rests, which stand in the middle of the bar, belong to none."""
    staves = [_staff_columns(staff_bar, bar.offset, meter, key) for staff_bar in bar.staves]
    steps = sorted({step for staff in staves for step in staff})
    lyrics = {max((step for step in steps if step <= at), default=None): word for at, word in bar.lyrics}
    nothing = StaffColumn((), (), (), (), (), ())
    return tuple(
        Column(step, tuple(staff.get(step, nothing) for staff in staves), lyrics.get(step, "")) for step in steps
    )


@lru_cache(maxsize=4096)
def _staff_columns(bar: StaffBar, offset: int, meter: Meter, key: Key) -> dict[int, StaffColumn]:
    groups = beam_groups(bar.heads, meter, offset)
    beamed = {head for group in groups for head in group}
    ups = directions(bar.heads, groups, two_voices=bar.two_voices)
    shown = shown_accidentals(bar.heads, bar.clef, key)
    rests = [rest for rest in bar.rests if rest.base]
    result = {}
    for step in {head.start for head in bar.heads} | {rest.start for rest in rests}:
        heads = [head for head in bar.heads if head.start == step]
        placed = _placed(heads, ups, beamed)
        here = [rest for rest in rests if rest.start == step]
        result[step] = _staff_column(placed, here, shown, bar)
    return result


def _staff_column(placed: list[PlacedHead], rests: list[Rest], shown: dict[Head, str], bar: StaffBar) -> StaffColumn:
    visible = [each for each in placed if not each.hidden]
    ledgers = _ledgers(visible)
    head_boxes = [_head_box(each) for each in visible]
    obstacles = head_boxes + [Box(left, y - 0.1, right, y + 0.1) for y, left, right in ledgers]
    stems = _stem_boxes(placed, two_voices=bar.two_voices)
    wanted = [(each, shown[each.head]) for each in visible if each.head in shown]
    accidentals = _accidentals(wanted, obstacles + stems)
    signs, rest_ledgers = _rest_signs(rests, bar)
    dots = _dots(visible, two_voices=bar.two_voices) + _rest_dots(rests, signs)
    boxes = [*obstacles, *_tie_room(visible, dots), *stems, *(_sign_box(s) for s in (*accidentals, *dots, *signs))]
    return StaffColumn(
        tuple(placed), tuple(accidentals), tuple(dots), tuple(signs), (*ledgers, *rest_ledgers), tuple(boxes)
    )


def _tie_room(placed: list[PlacedHead], dots: list[Sign]) -> list[Box]:
    """Return the room that ties need beside their heads to be seen as arches."""
    edge = max((dot.x + _DOT_WIDTH for dot in dots), default=0.0)
    right = [(each, max(edge, _head_box(each).right)) for each in placed if each.head.tied_out]
    return [Box(x, each.head.y - 0.3, x + _SHORTEST_TIE, each.head.y + 0.3) for each, x in right]


def _placed(heads: list[Head], ups: dict[Head, bool], beamed: set[Head]) -> list[PlacedHead]:
    shifts, shared = (0.0, 0.0), False
    if len(heads) == 2:
        shifts, shared = _side_by_side(heads[0], heads[1])
    return [
        PlacedHead(head, shifts[index], ups[head], shared and index == 1, head in beamed)
        for index, head in enumerate(heads)
    ]


def _side_by_side(upper: Head, lower: Head) -> tuple[tuple[float, float], bool]:
    """Return how far right the stem-up and the stem-down voice's head stand, and whether one head serves both."""
    interval = round(2 * (lower.y - upper.y))
    width = smufl.glyph(head_glyph(upper.base)).right
    if interval == 0 and _can_share(upper, lower):
        return (0.0, 0.0), True
    if interval in {0, 1}:
        return (0.0, width - smufl.STEM if upper.base > 1 and lower.base > 1 else width + 0.05), False
    if interval == -1:
        return (smufl.glyph(head_glyph(lower.base)).right, 0.0), False
    if -8 <= interval < -1 and (upper.base > 1 or lower.base > 1):
        return (_CROSSING_SHIFT, 0.0), False
    return (0.0, 0.0), False


def _can_share(upper: Head, lower: Head) -> bool:
    same_kind = head_glyph(upper.base) == head_glyph(lower.base) != "noteheadWhole"
    return same_kind and upper.dots == lower.dots and upper.alter == lower.alter


def _head_box(placed: PlacedHead) -> Box:
    data = smufl.glyph(head_glyph(placed.head.base))
    y = placed.head.y
    return Box(placed.dx, y + data.top, placed.dx + data.right, y + data.bottom)


def _sign_box(sign: Sign) -> Box:
    data = smufl.glyph(sign.name)
    return Box(sign.x + data.left, sign.y + data.top, sign.x + data.right, sign.y + data.bottom)


def _stem_boxes(placed: list[PlacedHead], *, two_voices: bool) -> list[Box]:
    boxes = []
    for each in placed:
        if not each.has_stem:
            continue
        x = each.dx + stem_x(each.head, up=each.up)[0]
        end = tip(each.head, up=each.up, two_voices=two_voices)
        top, bottom = sorted((end, each.head.y))
        boxes.append(Box(x - smufl.STEM / 2, top, x + smufl.STEM / 2, bottom))
        if each.head.base >= 8 and not each.beamed:
            data = smufl.glyph(flag_glyph(each.head.base, up=each.up))
            boxes.append(Box(x, end + data.top, x + data.right, end + data.bottom))
    return boxes


def flag_glyph(base: int, *, up: bool) -> str:
    """Return the flag of an eighth or a sixteenth."""
    return f"flag{ {8: '8th', 16: '16th'}[base] }{'Up' if up else 'Down'}"


def _ledgers(placed: list[PlacedHead]) -> list[tuple[float, float, float]]:
    """Return the ledger lines, one per height, wide enough for every head on or beyond it."""
    lines: dict[float, tuple[float, float]] = {}
    for each in placed:
        left = each.dx - smufl.LEDGER_EXTENSION
        right = each.dx + smufl.glyph(head_glyph(each.head.base)).right + smufl.LEDGER_EXTENSION
        for y in ledger_heights(each.head.y):
            known = lines.get(y, (left, right))
            lines[y] = (min(left, known[0]), max(right, known[1]))
    return [(y, left, right) for y, (left, right) in sorted(lines.items())]


def ledger_heights(y: float) -> list[float]:
    """Return the heights of the ledger lines that a head at y needs."""
    above = [float(line) for line in range(-1, int(y) - 1, -1)] if y <= -1 else []
    return above or [float(line) for line in range(5, int(y) + 1)]


def _accidentals(wanted: list[tuple[PlacedHead, str]], obstacles: list[Box]) -> list[Sign]:
    """Set accidentals right to left, the upper one first, each as near to its head as nothing is in its way."""
    taken = list(obstacles)
    signs = []
    for placed, name in sorted(wanted, key=lambda each: (each[0].head.y, each[0].dx)):
        data = smufl.glyph(name)
        y = placed.head.y
        right = placed.dx - _ACCIDENTAL_GAP
        for box in sorted(taken, key=lambda each: -each.left):
            beside = box.top < y + data.bottom and y + data.top < box.bottom
            if beside and box.left - _ACCIDENTAL_GAP < right and box.right > right - data.right:
                right = box.left - _ACCIDENTAL_GAP
        sign = Sign(name, right - data.right, y, placed.head.voice, placed.head.note)
        taken.append(_sign_box(sign))
        signs.append(sign)
    return signs


def _dots(placed: list[PlacedHead], *, two_voices: bool) -> list[Sign]:
    """Set dots right of all heads, in a space: for a head on a line the space the stem points to."""
    dotted = [each for each in placed if each.head.dots]
    if not dotted:
        return []
    taken: set[float] = set()
    signs = []
    for each in dotted:
        y = each.head.y
        if y == int(y):
            y += 0.5 if two_voices and not each.up else -0.5
        if y in taken:
            continue
        taken.add(y)
        x = max(_head_box(other).right for other in placed if abs(other.head.y - y) < 1.2) + DOT_GAP
        x = max(x, _flag_clearance(each, y, two_voices=two_voices))
        signs += [
            Sign("augmentationDot", x + 0.6 * i, y, each.head.voice, each.head.note) for i in range(each.head.dots)
        ]
    return signs


def _flag_clearance(placed: PlacedHead, y: float, *, two_voices: bool) -> float:
    """Return where a dot beside an upward flag may begin: right of the flag when it hangs as low as the dot."""
    if not placed.up or placed.head.base < 8 or placed.beamed:
        return 0.0
    data = smufl.glyph(flag_glyph(placed.head.base, up=True))
    low = tip(placed.head, up=True, two_voices=two_voices) + data.bottom
    return placed.dx + HEAD_WIDTH + data.right * 0.95 if y - 0.2 < low else 0.0


def _rest_signs(rests: list[Rest], bar: StaffBar) -> tuple[list[Sign], list[tuple[float, float, float]]]:
    """Return the rests of a column, and the ledger lines that those outside the staff hang from or sit on."""
    signs, ledgers = [], []
    for rest in rests:
        others = [head.y for head in bar.heads if head.voice != rest.voice and head.start == rest.start]
        facing = any(other is not rest for other in rests)
        pushed = bar.two_voices and not rest.shared
        y = rest_height(rest, others, up=Voice(rest.voice).stem_up, facing_rest=facing) if pushed else MIDDLE
        right = smufl.glyph(rest_glyph(rest.base)).right
        x = max(0.0, (HEAD_WIDTH - right) / 2)
        voice = None if rest.shared else rest.voice
        signs.append(Sign(rest_glyph(rest.base), x, y - 1 if rest.base == 1 else y, voice, None))
        line = rest_line(rest.base, y)
        if line is not None:
            ledgers.append((line, x - REST_LEDGER, x + right + REST_LEDGER))
    return signs, ledgers


def _rest_dots(rests: list[Rest], signs: list[Sign]) -> list[Sign]:
    dots = []
    for rest, sign in zip(rests, signs, strict=True):
        x = sign.x + smufl.glyph(sign.name).right + DOT_GAP - 0.1
        y = sign.y - 0.5
        dots += [Sign("augmentationDot", x + 0.6 * i, y, sign.voice, None) for i in range(rest.dots)]
    return dots
