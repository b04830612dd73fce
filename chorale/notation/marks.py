"""Marks of findings over a laid-out page: lines, rings and brackets as a teacher draws them, each with a short tag.

How grave a finding is shows in three ways: an error's lines are solid and its tag plain ("5-5"), a warning's dashed
with a question mark ("5-5?"), a hint's dotted and in parentheses ("(5-5)"); the colour only helps. The selected
finding is drawn bold, its tag on a coloured plate, and the others step back.

Tags stand where they cover least ink, errors choosing first. Nothing here changes the page or lays it out again.
"""

import math
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np

from chorale.notation.faces import Face, text_width
from chorale.notation.ink import Floats, Ink
from chorale.notation.page import Page, System
from chorale.notation.primitives import Box, Mark, Plate, Primitive, Role, Stroke, Text
from chorale.notation.sketches import Markable, Place, Point, Sketch, sketch
from chorale.notation.slices import at_once
from chorale.notation.tags import tag, tag_of, with_severity

__all__ = ["FindingMark", "Markable", "Marks", "mark_findings", "marking"]

_ROLES = (Role.HINT, Role.WARNING, Role.ERROR)
_DASHES: tuple[tuple[float, float] | tuple[()], ...] = ((0.2, 0.38), (0.75, 0.45), ())
_THICKNESS = (0.2, 0.18, 0.18)
_SHORT = 1.6  # a line that short is not broken
_BOLD = 1.75  # how much thicker the selected finding's lines are
_FACE: Face = "sans-semibold"
_SIZE = 1.45
_CAPITAL = 0.66  # height of the letters in ems
_PAD_X, _PAD_Y = 0.28, 0.24
_HEIGHT = _CAPITAL * _SIZE + 2 * _PAD_Y
_AWAY = np.array([0.15, 0.6, 1.2, 2.0, 3.0, 4.5, 6.5])  # from what a tag stands beside
_FAR = 0.12  # what a space of distance costs, in covered ink
_COSTS = np.concatenate([[0.0], *([_FAR * (1 + _AWAY)] * 4), *([_FAR * (3 + _AWAY)] * 4)])
"""Of the places of ``_places``: on it, above, below, right, left, and at the corners."""
_REACH = 10.0  # how far around ink counts
_MARGIN, _OFF_PAGE = 0.3, 100.0  # white at the page's edges, and the price of not keeping it
_TAG_WEIGHT, _LINE_WEIGHT = 6.0, 0.6
_LINE_BESIDE = 1.4  # of a line that its tag stands on must be seen beside the tag
_CORNERS = 4  # of a bracket; a line with more points is a ring


@dataclass(frozen=True, eq=False)
class FindingMark:
    """The mark of one finding: its lines, and its tags' boxes (two where it spans the end of a system).

    Equal only to itself: pictures of it are kept by it.
    """

    finding: Markable
    text: str
    lines: tuple[tuple[Point, ...], ...]
    tags: tuple[Box, ...]

    @cached_property
    def box(self) -> Box:
        """What the mark fills; in both systems where it spans two."""
        points = [point for line in self.lines for point in line]
        xs = [x for x, _ in points] + [x for box in self.tags for x in (box.left, box.right)]
        ys = [y for _, y in points] + [y for box in self.tags for y in (box.top, box.bottom)]
        return Box(min(xs), min(ys), max(xs), max(ys))

    def distance(self, x: float, y: float) -> float:
        """Return how far a point is from the mark: 0 on a tag."""
        if any(box.holds(x, y) for box in self.tags):
            return 0.0
        return min((_from_segment((x, y), a, b) for line in self.lines for a, b in pairwise(line)), default=math.inf)

    def items(self, *, bold: bool = False, faint: bool = False) -> Iterator[Primitive]:
        """Yield what draws the mark."""
        grave = self.finding.severity
        mark = Mark(_ROLES[grave], says=self.finding.message, faint=faint)
        for line in self.lines:
            dash = _DASHES[grave] if len(line) > 2 or math.dist(*line) > _SHORT else ()
            yield Stroke(mark, line, _THICKNESS[grave] * (_BOLD if bold else 1), dash)
        paper = Mark(Role.PLATE, says=self.finding.message)
        for box in self.tags:
            yield Plate(mark if bold else paper, box, 0.35)
            yield Text(paper if bold else mark, self.text, box.left + _PAD_X, box.bottom - _PAD_Y, _FACE, _SIZE)


@dataclass(frozen=True)
class Marks:
    """The marks of findings on one page; make them with ``mark_findings``."""

    page: Page
    marks: tuple[FindingMark, ...]

    def items(self, selected: Markable | None = None) -> tuple[Primitive, ...]:
        """Return what draws all marks, the selected finding's last and bold, the others then in the background."""
        others = [mark for mark in self.marks if mark.finding != selected]
        faint = len(others) < len(self.marks)
        chosen = [mark for mark in self.marks if mark.finding == selected]
        return (
            *(item for mark in others for item in mark.items(faint=faint)),
            *(item for mark in chosen for item in mark.items(bold=True)),
        )

    def at(self, x: float, y: float, reach: float = 0.45) -> Markable | None:
        """Return the finding whose tag is under a point, or whose lines pass within ``reach`` of it, or None."""
        near = [(index, mark) for index, mark in enumerate(self.marks) if mark.box.grown(reach).holds(x, y)]
        measured = [(mark.distance(x, y), -mark.finding.severity, index) for index, mark in near]
        best = min((each for each in measured if each[0] <= reach), default=None)
        return None if best is None else self.marks[best[2]].finding

    def box_of(self, finding: Markable) -> Box | None:
        """Return what a finding's mark fills, or None where it has none."""
        return next((mark.box for mark in self.marks if mark.finding == finding), None)

    def on(self, page: Page, selected: Markable | None = None) -> Page:
        """Return the page with the marks drawn on it, for writers of pictures."""
        return replace(page, over=(*page.over, *self.items(selected)))


def mark_findings(page: Page, findings: Iterable[Markable]) -> Marks:
    """Return the marks of findings on a page.

    Args:
        page: where they go.
        findings: what to mark; notes that are not on the page are passed over.
    """
    return at_once(marking(page, findings))


def marking(page: Page, findings: Iterable[Markable]) -> Generator[None, None, Marks]:
    """Do the work of ``mark_findings`` in slices, a mark at each ``next``; the generator returns the marks."""
    placing = _Placing(page)
    found = list(findings)
    order = sorted(range(len(found)), key=lambda index: (-found[index].severity, found[index].start, index))
    marks = {}
    for index in order:
        yield
        marks[index] = placing.mark(found[index])
    return Marks(page, tuple(marks[index] for index in range(len(found))))


class _Placing:
    """Places marks one after the other, each clear of the page's ink and of those before it."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._taken = Ink.of_boxes([])
        self._ink: dict[int, Ink] = {}

    def mark(self, finding: Markable) -> FindingMark:
        """Return the mark of one finding."""
        drawn = sketch(tag(finding.code).shape, finding, self._page, self._around)
        text = with_severity(tag_of(finding.code, _size(finding, self._page)), finding.severity)
        own = Ink.of_boxes([(box, _LINE_WEIGHT) for box in _line_boxes(drawn)])
        tags = tuple(self._tag_box(text, place, own) for place in drawn.tags)
        self._taken = self._taken.joined(own).with_more((box.grown(0.1), _TAG_WEIGHT) for box in tags)
        return FindingMark(finding, text, drawn.lines, tags)

    def _around(self, system: System) -> Ink:
        """Return the ink of a system and its neighbours, and of the marks so far."""
        if system.index not in self._ink:
            near = self._page.systems[max(0, system.index - 1) : system.index + 2]
            first, *others = [each.ink for each in near]
            self._ink[system.index] = first.joined(*others)
        return self._ink[system.index].joined(self._taken)

    def _tag_box(self, text: str, place: Place, own: Ink) -> Box:
        """Return where a tag goes: on its line, or about the lines it belongs to, where it covers least."""
        width = text_width(text, _FACE, _SIZE) + 2 * _PAD_X
        on_line = place.line >= width + _LINE_BESIDE
        beside = _middle(place.box) if on_line else place.box
        y = (beside.top + beside.bottom) / 2
        system = min(self._page.systems, key=lambda each: max(each.top - y, y - each.bottom))
        places = _places(beside, width)
        window = Box(beside.left - _REACH, beside.top - _REACH, beside.right + _REACH, beside.bottom + _REACH)
        outside = (places[:, :2] < _MARGIN).any(axis=1) | (places[:, 2] > self._page.width - _MARGIN)
        ink = self._around(system).near(window)
        if not on_line:
            ink = ink.joined(own)
        total = ink.covered(places) + _COSTS + outside * _OFF_PAGE
        return Box(*places[int(total.argmin())].tolist())


def _places(beside: Box, width: float) -> Floats:
    """Return (C, 4) boxes for a tag: on what it stands beside, then around it, further and further away."""
    x, y = (beside.left + beside.right) / 2, (beside.top + beside.bottom) / 2
    up, down = beside.top - _AWAY - _HEIGHT / 2, beside.bottom + _AWAY + _HEIGHT / 2
    left, right = beside.left - _AWAY - width / 2, beside.right + _AWAY + width / 2
    level, upright = np.full_like(_AWAY, y), np.full_like(_AWAY, x)
    xs = np.concatenate([[x], upright, upright, right, left, left, right, left, right])
    ys = np.concatenate([[y], up, down, level, level, up, up, down, down])
    return np.stack([xs - width / 2, ys - _HEIGHT / 2, xs + width / 2, ys + _HEIGHT / 2], axis=1)


def _middle(box: Box) -> Box:
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return Box(x, y, x, y)


def _size(finding: Markable, page: Page) -> int | None:
    """Return the size of the interval between a finding's first and last note, in letters, if one voice sings them."""
    heads = [page.note_box(voice, start) for voice, start in finding.notes]
    known = [head for head in heads if head is not None]
    if len(known) < 2 or len({head.voice for head in known}) > 1:
        return None
    places = [round(2 * (head.y - page.system_at(head.first).staves[head.staff])) for head in (known[0], known[1])]
    return abs(places[0] - places[1]) + 1


def _line_boxes(drawn: Sketch) -> Iterator[Box]:
    """Yield boxes along the lines of a mark: one for a ring, several for a slanting line."""
    for line in drawn.lines:
        if len(line) > _CORNERS:
            xs, ys = zip(*line, strict=True)
            yield Box(min(xs), min(ys), max(xs), max(ys))
            continue
        for (x1, y1), (x2, y2) in pairwise(line):
            pieces = max(1, math.ceil(min(abs(x2 - x1), abs(y2 - y1)) / 0.8))
            points = [(x1 + (x2 - x1) * i / pieces, y1 + (y2 - y1) * i / pieces) for i in range(pieces + 1)]
            yield from (_spanned(a, b).grown(0.1) for a, b in pairwise(points))


def _spanned(a: Point, b: Point) -> Box:
    return Box(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))


def _from_segment(at: Point, a: Point, b: Point) -> float:
    """Return the distance of a point from the line between two others."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    part = 0.0 if not length else max(0.0, min(1.0, ((at[0] - a[0]) * dx + (at[1] - a[1]) * dy) / length))
    return math.hypot(at[0] - a[0] - part * dx, at[1] - a[1] - part * dy)
