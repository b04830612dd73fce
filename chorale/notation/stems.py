"""Stems: which way they point and how long they are.

Two voices on a staff point apart. A single line follows the middle line: notes on or above it point down. A stem is
three and a half spaces, shorter (down to two and a half) as it points away from the staff, and longer where a note on
ledger lines must reach the middle line. Source: Gould, Behind Bars, chapter "Ground rules: stems".
"""

from chorale.music import Voice
from chorale.notation import smufl
from chorale.notation.content import Head

__all__ = ["MIDDLE", "directions", "stem_x", "tip"]

MIDDLE = 2.0  # height of the middle line below the top line
_LENGTH = 3.5
_SHORTEST = 2.5
_SHORTEST_FLAGGED = 3.25


def directions(heads: tuple[Head, ...], groups: tuple[tuple[Head, ...], ...], *, two_voices: bool) -> dict[Head, bool]:
    """Return for every head whether its stem points up."""
    if two_voices:
        return {head: Voice(head.voice).stem_up for head in heads}
    result = {head: head.y > MIDDLE for head in heads}
    for group in groups:
        lowest, highest = max(head.y for head in group), min(head.y for head in group)
        up = lowest - MIDDLE > MIDDLE - highest
        result.update(dict.fromkeys(group, up))
    return result


def tip(head: Head, *, up: bool, two_voices: bool) -> float:
    """Return the height of an unbeamed stem's end."""
    beyond = MIDDLE - head.y if up else head.y - MIDDLE
    shortest = _SHORTEST_FLAGGED if head.base >= 8 else _SHORTEST
    length = max(shortest, _LENGTH - 0.5 * max(0.0, beyond))
    if not two_voices:
        length = max(length, -beyond)
    return head.y - length if up else head.y + length


def stem_x(head: Head, *, up: bool) -> tuple[float, float]:
    """Return where the stem's middle stands right of the head's left edge, and its lower or upper end from the head."""
    data = smufl.glyph(head_glyph(head.base))
    x, y = data.anchors["stemUpSE" if up else "stemDownNW"]
    return x - smufl.STEM / 2 if up else x + smufl.STEM / 2, y


def head_glyph(base: int) -> str:
    """Return the glyph of a head by its written value."""
    return {1: "noteheadWhole", 2: "noteheadHalf"}.get(base, "noteheadBlack")
