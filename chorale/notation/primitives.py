"""What a page is made of: glyphs, lines, polygons, ties, strokes, plates and texts, each with a mark: what it is.

All coordinates are staff spaces, x to the right and y downwards.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from chorale.notation import faces, smufl

__all__ = [
    "Box",
    "Glyph",
    "Line",
    "Mark",
    "Plate",
    "Polygon",
    "Primitive",
    "Role",
    "Stroke",
    "Text",
    "Tie",
    "box_of",
    "text",
]


class Role(StrEnum):
    """What a primitive is; with the voice it decides the colour."""

    __hash__ = str.__hash__  # an Enum's own is Python code, and asked for some times of every primitive painted

    STAFF = "staff"
    BARLINE = "barline"
    BRACE = "brace"
    CLEF = "clef"
    SIGNATURE = "signature"
    HEAD = "head"
    STEM = "stem"
    FLAG = "flag"
    BEAM = "beam"
    ACCIDENTAL = "accidental"
    DOT = "dot"
    LEDGER = "ledger"
    REST = "rest"
    TIE = "tie"
    FERMATA = "fermata"
    LYRIC = "lyric"
    LABEL = "label"
    NUMBER = "number"
    TITLE = "title"
    COMPOSER = "composer"
    TEMPO = "tempo"
    GHOST = "ghost"
    NUMERAL = "numeral"
    FIGURE = "figure"
    LOCAL_KEY = "local-key"
    CADENCE = "cadence"
    HINT = "hint"
    WARNING = "warning"
    ERROR = "error"
    PLATE = "plate"


class Mark(NamedTuple):
    """What a primitive is and the note it belongs to: voice 0..3 and first step of the note, where it has them.

    ``says`` is what a reader is told who points at it; ``faint`` keeps it in the background.
    """

    role: Role
    voice: int | None = None
    start: int | None = None
    says: str = ""
    faint: bool = False


class Box(NamedTuple):
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def moved(self, dx: float, dy: float) -> "Box":
        """Return the box elsewhere."""
        return Box(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)

    def grown(self, by: float) -> "Box":
        """Return the box with a margin around it."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def meets(self, other: "Box") -> bool:
        """Whether the two overlap."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


class Glyph(NamedTuple):
    """A music glyph with its origin at (x, y), enlarged by ``size``."""

    mark: Mark
    name: str
    x: float
    y: float
    size: float = 1.0

    def moved(self, dx: float, dy: float) -> "Glyph":
        """Return the glyph elsewhere."""
        return Glyph(self.mark, self.name, self.x + dx, self.y + dy, self.size)


class Line(NamedTuple):
    """A horizontal or vertical line; (x1, y1) to (x2, y2) is its middle."""

    mark: Mark
    x1: float
    y1: float
    x2: float
    y2: float
    thickness: float

    def moved(self, dx: float, dy: float) -> "Line":
        """Return the line elsewhere."""
        return Line(self.mark, self.x1 + dx, self.y1 + dy, self.x2 + dx, self.y2 + dy, self.thickness)


class Polygon(NamedTuple):
    """A filled polygon: a beam."""

    mark: Mark
    points: tuple[tuple[float, float], ...]

    def moved(self, dx: float, dy: float) -> "Polygon":
        """Return the polygon elsewhere."""
        return Polygon(self.mark, tuple((x + dx, y + dy) for x, y in self.points))


class Tie(NamedTuple):
    """A tie from (x1, y1) to (x2, y2); its middle is ``height`` below the ends (negative: above)."""

    mark: Mark
    x1: float
    y1: float
    x2: float
    y2: float
    height: float

    def moved(self, dx: float, dy: float) -> "Tie":
        """Return the tie elsewhere."""
        return Tie(self.mark, self.x1 + dx, self.y1 + dy, self.x2 + dx, self.y2 + dy, self.height)


class Stroke(NamedTuple):
    """A pen's line through points; ``dash`` is how long it draws and how long it pauses, () where it never pauses."""

    mark: Mark
    points: tuple[tuple[float, float], ...]
    thickness: float
    dash: tuple[float, float] | tuple[()] = ()

    def moved(self, dx: float, dy: float) -> "Stroke":
        """Return the stroke elsewhere."""
        return Stroke(self.mark, tuple((x + dx, y + dy) for x, y in self.points), self.thickness, self.dash)


class Plate(NamedTuple):
    """A filled rectangle with round corners: what a tag is written on."""

    mark: Mark
    box: Box
    radius: float

    def moved(self, dx: float, dy: float) -> "Plate":
        """Return the plate elsewhere."""
        return Plate(self.mark, self.box.moved(dx, dy), self.radius)


class Text(NamedTuple):
    """A line of text whose base line begins at (x, y)."""

    mark: Mark
    text: str
    x: float
    y: float
    face: faces.Face
    size: float

    def moved(self, dx: float, dy: float) -> "Text":
        """Return the text elsewhere."""
        return Text(self.mark, self.text, self.x + dx, self.y + dy, self.face, self.size)


Primitive = Glyph | Line | Polygon | Tie | Text | Stroke | Plate
_CAP_HEIGHT, _DESCENT = 0.7, 0.22  # of the em, both families


def text(mark: Mark, words: str, x: float, y: float, face: faces.Face, size: float, anchor: float = 0.0) -> Text:
    """Return a text with x at its left end (anchor 0), middle (0.5) or right end (1)."""
    return Text(mark, words, x - anchor * faces.text_width(words, face, size), y, face, size)


@cache
def _glyph_box(name: str, size: float) -> tuple[float, float, float, float]:
    data = smufl.glyph(name)
    return data.left * size, data.top * size, data.right * size, data.bottom * size


def box_of(item: Primitive) -> Box:
    """Return the rectangle a primitive fills."""
    return _BOX_OF[type(item)](item)


def _glyph(item: Glyph) -> Box:
    left, top, right, bottom = _glyph_box(item.name, item.size)
    return Box(item.x + left, item.y + top, item.x + right, item.y + bottom)


def _line(item: Line) -> Box:
    half = item.thickness / 2
    across, along = (half, 0.0) if item.x1 == item.x2 else (0.0, half)
    top, bottom = (item.y1, item.y2) if item.y1 < item.y2 else (item.y2, item.y1)
    return Box(item.x1 - across, top - along, item.x2 + across, bottom + along)


def _around(points: tuple[tuple[float, float], ...]) -> Box:
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def _tie(item: Tie) -> Box:
    apex = (item.y1 + item.y2) / 2 + item.height
    return Box(item.x1, min(item.y1, item.y2, apex), item.x2, max(item.y1, item.y2, apex))


def _text(item: Text) -> Box:
    width = faces.text_width(item.text, item.face, item.size)
    return Box(item.x, item.y - _CAP_HEIGHT * item.size, item.x + width, item.y + _DESCENT * item.size)


_BOX_OF: dict[type, Callable[[Any], Box]] = {
    Glyph: _glyph,
    Line: _line,
    Polygon: lambda item: _around(item.points),
    Tie: _tie,
    Text: _text,
    Stroke: lambda item: _around(item.points).grown(item.thickness / 2),
    Plate: lambda item: item.box,
}
