"""The outlines of beams, ties, strokes and plates, shared by every painter."""

from chorale.notation import smufl
from chorale.notation.outline import Outline
from chorale.notation.pen import rounded_box, stroke_outline
from chorale.notation.primitives import Plate, Polygon, Stroke, Tie

__all__ = ["shape_outline"]

_CONTROL = 4 / 3  # a cubic's control points stand this much further out than its middle
_SHOULDER = 0.3  # how far along the tie its control points stand


def shape_outline(item: Polygon | Tie | Stroke | Plate) -> Outline:
    """Return the outline of a beam, a tie, a stroke or a plate."""
    if isinstance(item, Stroke):
        return stroke_outline(item.points, item.thickness, item.dash)
    if isinstance(item, Plate):
        return rounded_box(*item.box, item.radius)
    return _polygon_outline(item) if isinstance(item, Polygon) else _tie_outline(item)


def _polygon_outline(item: Polygon) -> Outline:
    (x, y), *rest = item.points
    return (("M", x, y), *(("L", *point) for point in rest), ("Z",))


def _tie_outline(item: Tie) -> Outline:
    """Return a tie's outline: two arches, further apart in the middle than at the ends."""
    sign = 1 if item.height > 0 else -1
    end = smufl.TIE_END / 2
    outer = (item.height + sign * smufl.TIE_MIDDLE / 2) * _CONTROL
    inner = (item.height - sign * smufl.TIE_MIDDLE / 2) * _CONTROL
    width = item.x2 - item.x1
    a, b = item.x1 + _SHOULDER * width, item.x2 - _SHOULDER * width
    y1, y2 = item.y1, item.y2
    return (
        ("M", item.x1, y1 + sign * end),
        ("C", a, y1 + outer, b, y2 + outer, item.x2, y2 + sign * end),
        ("L", item.x2, y2 - sign * end),
        ("C", b, y2 + inner, a, y1 + inner, item.x1, y1 - sign * end),
        ("Z",),
    )
