"""The lines of marks: what is drawn for a finding, before its tag has a place.

One function for every shape of ``tags.Shape``. What spans the end of a system is drawn in two halves, one to the end of
the first system, one from the beginning of the next, each with its tag.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

from chorale.music import Voice
from chorale.notation.ink import Ink
from chorale.notation.page import NoteBox, Page, System
from chorale.notation.primitives import Box, Role, box_of
from chorale.notation.tags import Shape

__all__ = ["Markable", "Place", "Point", "Sketch", "sketch"]

Point = tuple[float, float]
_BESIDE = 0.22  # from a head to the end of a line
_SHORTEST = 0.9  # of a line between two heads; where there is less room it runs past them
_RING = (0.5, 0.42)  # how much wider and higher than its head a ring is, on each side
_RING_POINTS = 24
_HOOK = 0.55
_OFF_HEAD = 0.75  # from the outermost ink under a bracket to the bracket
_STEP, _FURTHEST = 0.25, 9.0  # of the search for a free place for a bracket
_FAR = 0.015  # what a step away costs, in covered ink
_LEFT_OF_MUSIC = 0.4
_CROSS = 0.5  # half of an X
_NARROWEST = 2.4  # of a bracket over one chord


class Markable(Protocol):
    """What can be marked; ``chorale.theory.Finding`` says what the fields mean."""

    @property
    def code(self) -> str: ...  # noqa: D102  see the class
    @property
    def severity(self) -> int: ...  # noqa: D102  see the class
    @property
    def voices(self) -> tuple[Voice, ...]: ...  # noqa: D102  see the class
    @property
    def start(self) -> int: ...  # noqa: D102  see the class
    @property
    def end(self) -> int: ...  # noqa: D102  see the class
    @property
    def notes(self) -> tuple[tuple[Voice, int], ...]: ...  # noqa: D102  see the class
    @property
    def message(self) -> str: ...  # noqa: D102  see the class


class Place(NamedTuple):
    """Where a tag belongs: beside a box, or on the middle of the line that fills it if the line is long enough."""

    box: Box
    line: float = 0.0


class Sketch(NamedTuple):
    """The lines of one mark, each a row of points, and where its tags belong."""

    lines: tuple[tuple[Point, ...], ...]
    tags: tuple[Place, ...]


def sketch(shape: Shape, finding: Markable, page: Page, ink: Callable[[System], Ink]) -> Sketch:
    """Return the lines of a finding's mark.

    Args:
        shape: what to draw.
        finding: of whose notes at least one should be on the page; otherwise the moment is marked over the staff.
        page: the page.
        ink: gives what is to be kept clear of around a system.
    """
    heads = _heads(finding, page)
    if not heads or (shape in _NEEDS_TWO and len(heads) < 2):
        shape = Shape.RINGS if heads else Shape.OVER
    return _SHAPES[shape](finding, page, heads, ink)


def _heads(finding: Markable, page: Page) -> list[NoteBox]:
    """Return the heads concerned by time, then from the top; of a tied note the one that sounds when it begins."""
    found = [
        page.head_at(voice, max(start, finding.start)) or page.note_box(voice, start) for voice, start in finding.notes
    ]
    heads = [head for head in dict.fromkeys(found) if head is not None]
    return sorted(heads, key=lambda head: (head.first, head.voice))


def _lines(finding: Markable, page: Page, heads: list[NoteBox], ink: Callable[[System], Ink]) -> Sketch:
    """Draw a line along each voice."""
    del ink
    pairs = [(own[0], own[-1]) for voice in finding.voices if len(own := [h for h in heads if h.voice == voice]) > 1]
    if not pairs:
        return _link(finding, page, heads, _no_ink)
    halves = [_joined(page, first, last, index) for index, (first, last) in enumerate(pairs)]
    lines = tuple(line for parts in halves for line in parts)
    tags = tuple(Place(_around([_middle(parts[i]) for parts in halves])) for i in range(len(halves[0])))
    return Sketch(lines, tags)


def _joined(page: Page, first: NoteBox, last: NoteBox, index: int) -> list[tuple[Point, Point]]:
    """Return the line from one head to the next, or its halves; ``index`` 0 is the upper line of a pair."""
    left, right = _right_of(page, first), _left_of(page, last)
    systems = page.system_at(first.first), page.system_at(last.first)
    if systems[0] is not systems[1]:
        return [
            ((left, first.y), (max(left + _SHORTEST, _music_right(systems[0])), first.y)),
            ((min(right - _SHORTEST, _music_left(systems[1])), last.y), (right, last.y)),
        ]
    if right - left >= _SHORTEST:
        return [((left, first.y), (right, last.y))]
    past = -0.85 if index == 0 else 0.85
    return [((first.x, first.y + past), (last.x, last.y + past))]


def _right_of(page: Page, head: NoteBox) -> float:
    """Return where a line that leaves a head begins: right of its dots."""
    dots = [box_of(item).right for item in page.items_of(head.voice, head.start) if item.mark.role is Role.DOT]
    return max([head.box.right, *(x for x in dots if head.box.right < x < head.box.right + 2)]) + _BESIDE


def _left_of(page: Page, head: NoteBox) -> float:
    """Return where a line that reaches a head ends: left of its accidental."""
    items = page.items_of(head.voice, head.start)
    signs = [box_of(item).left for item in items if item.mark.role is Role.ACCIDENTAL]
    return min([head.box.left, *(x for x in signs if head.box.left - 2.5 < x < head.box.left)]) - _BESIDE


def _music_left(system: System) -> float:
    return system.bars[0].left - _LEFT_OF_MUSIC


def _music_right(system: System) -> float:
    return system.right - 0.3


def _middle(line: Sequence[Point]) -> Point:
    (x1, y1), (x2, y2) = line[0], line[-1]
    return (x1 + x2) / 2, (y1 + y2) / 2


def _around(points: Sequence[Point]) -> Box:
    """Return the box of points."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def _no_ink(system: System) -> Ink:
    return system.ink


def _leap(finding: Markable, page: Page, heads: list[NoteBox], ink: Callable[[System], Ink]) -> Sketch:
    """Draw a bracket over an upper voice's notes or under a lower one's."""
    above = Voice(finding.voices[0]).stem_up
    lines, tags = [], []
    for system, part, opens, closes in _by_system(page, heads):
        left = part[0].x - 0.4 if opens else _music_left(system)
        right = part[-1].x + 0.4 if closes else _music_right(system)
        staff = system.staves[part[0].staff]
        edge = min(staff, *(h.box.top for h in part)) if above else max(staff + 4, *(h.box.bottom for h in part))
        y = _free_height(ink(system), left, right, edge, above=above)
        lines.append(_bracket(left, right, y, above=above, opens=opens, closes=closes))
        tags.append(_on_line(((left, y), (right, y))))
    return Sketch(tuple(lines), tuple(tags))


def _by_system(page: Page, heads: list[NoteBox]) -> Iterator[tuple[System, list[NoteBox], bool, bool]]:
    """Yield the heads of each system, and whether the first and the last of all are among them."""
    systems = [page.system_at(head.first) for head in heads]
    for system in dict.fromkeys(systems):
        part = [head for head, own in zip(heads, systems, strict=True) if own is system]
        yield system, part, part[0] is heads[0], part[-1] is heads[-1]


def _free_height(ink: Ink, left: float, right: float, edge: float, *, above: bool) -> float:
    """Return the height nearest to an edge at which a bracket and its tag cover as little as may be."""
    sign = -1 if above else 1
    heights = [edge + sign * (_OFF_HEAD + _STEP * i) for i in range(round(_FURTHEST / _STEP))]
    boxes = [Box(left, y - 0.8, right, y + 0.8) for y in heights]
    near = ink.near(Box(left, min(heights) - 1, right, max(heights) + 1))
    costs = near.covered(boxes) + [_FAR * i for i in range(len(boxes))]
    return heights[int(costs.argmin())]


def _bracket(left: float, right: float, y: float, *, above: bool, opens: bool, closes: bool) -> tuple[Point, ...]:
    hook = y + (_HOOK if above else -_HOOK)
    start = ((left, hook),) if opens else ()
    end = ((right, hook),) if closes else ()
    return (*start, (left, y), (right, y), *end)


def _rings(finding: Markable, page: Page, heads: list[NoteBox], ink: Callable[[System], Ink]) -> Sketch:
    """Draw a ring round every head."""
    del finding, page, ink
    boxes = [
        Box(h.box.left - _RING[0], h.box.top - _RING[1], h.box.right + _RING[0], h.box.bottom + _RING[1]) for h in heads
    ]
    return Sketch(tuple(_ellipse(box) for box in boxes), (Place(boxes[0]),))


def _ellipse(box: Box) -> tuple[Point, ...]:
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    across, along = (box.right - box.left) / 2, (box.bottom - box.top) / 2
    turns = [2 * math.pi * i / _RING_POINTS for i in range(_RING_POINTS)]
    points = [(x + across * math.cos(turn), y + along * math.sin(turn)) for turn in turns]
    return (*points, points[0])


def _link(finding: Markable, page: Page, heads: list[NoteBox], ink: Callable[[System], Ink]) -> Sketch:
    """Draw a line from note to note in the order of time."""
    if len(heads) < 2:
        return _rings(finding, page, heads, ink)
    lines: list[tuple[Point, ...]] = []
    for first, last in pairwise(heads):
        if page.system_at(first.first) is page.system_at(last.first) and abs(first.y - last.y) > 1:
            lines.append(_from_head_to_head(first, last))
        else:
            lines += _joined(page, first, last, 0)
    halves = [line for line in lines if line]
    tags = [_on_line(line) for line in halves[: 1 if len(heads) > 2 else 2]]
    return Sketch(tuple(halves), tuple(tags))


def _diagonal(finding: Markable, page: Page, heads: list[NoteBox], ink: Callable[[System], Ink]) -> Sketch:
    """Draw a line from the first voice's note to the other's of the same letter, or the other way round."""
    firsts = [head for head in heads if head.first <= finding.start]
    lasts = [head for head in heads if head.first > finding.start]
    pairs = [(a, b) for a in firsts for b in lasts if a.voice != b.voice]
    like = [pair for pair in pairs if _letter(page, pair[0]) == _letter(page, pair[1])]
    chosen = [*like, *pairs]
    return _link(finding, page, list(chosen[0]) if chosen else heads, ink)


def _letter(page: Page, head: NoteBox) -> int:
    system = page.system_at(head.first)
    return system.kinds[head.staff].clef.place_at(head.y - system.staves[head.staff]) % 7


def _from_head_to_head(first: NoteBox, last: NoteBox) -> tuple[Point, ...]:
    """Return the line between two heads' middles, cut off round both."""
    length = math.hypot(last.x - first.x, last.y - first.y)
    dx, dy = (last.x - first.x) / length, (last.y - first.y) / length
    cut = 0.45 + 0.5 * abs(dx)
    if length < 2 * cut + 0.4:
        return ((first.x, first.y), (last.x, last.y))
    return ((first.x + dx * cut, first.y + dy * cut), (last.x - dx * cut, last.y - dy * cut))


def _on_line(line: Sequence[Point]) -> Place:
    """Return where a line's tag goes: on its middle, or beside a line that is too short for it."""
    return Place(_around(line), math.dist(line[0], line[-1]))


def _cross(finding: Markable, page: Page, heads: list[NoteBox], ink: Callable[[System], Ink]) -> Sketch:
    """Draw an X between the two heads that sound first, or beside them where they stand close."""
    del ink
    one, other = _first_two(finding, page, heads)
    x, y = (one.x + other.x) / 2, (one.y + other.y) / 2
    if abs(one.y - other.y) < 2.4:
        x = max(one.box.right, other.box.right) + _CROSS + 0.35
    c = _CROSS
    box = Box(x - c, y - c, x + c, y + c)
    return Sketch((((x - c, y - c), (x + c, y + c)), ((x - c, y + c), (x + c, y - c))), (Place(box),))


def _first_two(finding: Markable, page: Page, heads: list[NoteBox]) -> tuple[NoteBox, NoteBox]:
    sounding = [head for voice in finding.voices if (head := page.head_at(voice, finding.start))]
    found = sounding if len(sounding) > 1 else heads
    return found[0], found[-1]


def _span(finding: Markable, page: Page, heads: list[NoteBox], ink: Callable[[System], Ink]) -> Sketch:
    """Draw an upright bracket left of a chord."""
    del ink
    sounding = [head for voice in finding.voices if (head := page.head_at(voice, finding.start))] or heads
    at = page.x_of(finding.start)
    x = min(at - 0.6, *(_left_of(page, head) for head in sounding if abs(head.x - at) < 2), math.inf) - 0.3
    top, bottom = min(head.y for head in sounding), max(head.y for head in sounding)
    line = ((x + _HOOK, top), (x, top), (x, bottom), (x + _HOOK, bottom))
    return Sketch((line,), (Place(Box(x, top, x, bottom)),))


def _over(finding: Markable, page: Page, heads: list[NoteBox], ink: Callable[[System], Ink]) -> Sketch:
    """Draw a bracket over the system."""
    del heads
    first, last = page.system_at(finding.start), page.system_at(finding.end)
    ends = (page.x_of(finding.start) - 0.5, page.x_of(finding.end) + 0.5)
    wide = max(0.0, _NARROWEST - (ends[1] - ends[0])) / 2 if first is last else 0.0
    parts = [(first, ends[0] - wide, ends[1] + wide, True, True)]
    if first is not last:
        parts = [(first, ends[0], _music_right(first), True, False), (last, _music_left(last), ends[1], False, True)]
    lines, tags = [], []
    for system, left, right, opens, closes in parts:
        y = _free_height(ink(system), left, right, system.staves[0] - 0.4, above=True)
        lines.append(_bracket(left, right, y, above=True, opens=opens, closes=closes))
        tags.append(_on_line(((left, y), (right, y))))
    return Sketch(tuple(lines), tuple(tags))


_SHAPES: dict[Shape, Callable[[Markable, Page, list[NoteBox], Callable[[System], Ink]], Sketch]] = {
    Shape.LINES: _lines,
    Shape.LEAP: _leap,
    Shape.RINGS: _rings,
    Shape.LINK: _link,
    Shape.DIAGONAL: _diagonal,
    Shape.CROSS: _cross,
    Shape.SPAN: _span,
    Shape.OVER: _over,
}
_NEEDS_TWO = {Shape.LINES, Shape.LEAP, Shape.LINK, Shape.DIAGONAL, Shape.CROSS, Shape.SPAN}
