"""Rests: their glyphs, and how far a rest of one voice makes way for the other voice's notes.

A rest for the whole staff stands in its middle. A rest of one of two voices stands at least one space to that voice's
side and moves outwards by whole spaces until it is clear of the other voice.
Source: Gould, Behind Bars, chapter "Rests in double-stemmed writing".
"""

from chorale.notation import smufl
from chorale.notation.content import Rest

__all__ = ["rest_glyph", "rest_height"]

_GLYPHS = {0: "restWhole", 1: "restWhole", 2: "restHalf", 4: "restQuarter", 8: "rest8th", 16: "rest16th"}
_CLEARANCE = 0.5
_HEAD_HALF = 0.5


def rest_glyph(base: int, y: float) -> str:
    """Return the glyph of a rest; ``y`` is the height of the line it relates to, as ``rest_height`` gives it."""
    name = _GLYPHS[base]
    line = y - 1 if base < 2 else y
    outside = not 0 <= line <= 4
    return {"restWhole": "restWholeLegerLine", "restHalf": "restHalfLegerLine"}.get(name, name) if outside else name


def rest_height(rest: Rest, others: list[float], *, up: bool) -> float:
    """Return the height of a rest of one of two voices, 2 being the middle of the staff.

    Args:
        rest: the rest.
        others: heights of the other voice's heads to stay clear of.
        up: whether the rest belongs to the voice with stems up, and so moves up.
    """
    data = smufl.glyph(_GLYPHS[rest.base])
    shift = -1 if rest.base < 2 else 0
    if up:
        limit = min((y - _HEAD_HALF - _CLEARANCE for y in others), default=99.0)
        return _outwards(1.0, lambda y: y + shift + data.bottom <= limit, -1.0)
    limit = max((y + _HEAD_HALF + _CLEARANCE for y in others), default=-99.0)
    return _outwards(3.0, lambda y: y + shift + data.top >= limit, 1.0)


def _outwards(y: float, clear, step: float) -> float:  # type: ignore[no-untyped-def]  # noqa: ANN001
    while not clear(y):
        y += step
    return y
