"""Rests: their glyphs, and how far a rest of one voice makes way for the other voice's notes.

A rest for the whole staff stands in its middle. A rest of one of two voices stands at least one space to that voice's
side and moves outwards by whole spaces until it is clear of the other voice.
Source: Gould, Behind Bars, chapter "Rests in double-stemmed writing".
"""

import math

from chorale.notation import smufl
from chorale.notation.content import Rest

__all__ = ["REST_LEDGER", "rest_glyph", "rest_height", "rest_line"]

_GLYPHS = {0: "restWhole", 1: "restWhole", 2: "restHalf", 4: "restQuarter", 8: "rest8th", 16: "rest16th"}
REST_LEDGER = 0.4  # how far the line of a rest outside the staff stands out beside it
_CLEARANCE = 1.0  # from the middle of the other voice's head


def rest_glyph(base: int) -> str:
    """Return the glyph of a rest by its written value; 0 is a bar's rest."""
    return _GLYPHS[base]


def rest_line(base: int, y: float) -> float | None:
    """Return the height of the ledger line that a whole or half rest needs outside the staff, or None."""
    line = y - 1 if base < 2 else y
    return line if base <= 2 and not 0 <= line <= 4 else None


def rest_height(rest: Rest, others: list[float], *, up: bool, facing_rest: bool = False) -> float:
    """Return the height of a rest of one of two voices, 2 being the middle of the staff.

    Args:
        rest: the rest.
        others: heights of the other voice's heads to stay clear of.
        up: whether the rest belongs to the voice with stems up, and so moves up.
        facing_rest: whether the other voice rests too, in another value: each keeps to its half of the staff.
    """
    data = smufl.glyph(_GLYPHS[rest.base])
    shift = -1 if rest.base < 2 else 0
    limits = [y - _CLEARANCE if up else y + _CLEARANCE for y in others] + [2.0] * facing_rest
    if up:
        return 1.0 - _steps(1.0 + shift + data.bottom - min(limits, default=99.0))
    return 3.0 + _steps(max(limits, default=-99.0) - (3.0 + shift + data.top))


def _steps(overlap: float) -> float:
    """Return the whole spaces that clear an overlap."""
    return float(max(0, math.ceil(overlap)))
