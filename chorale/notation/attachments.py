"""What hangs on notes: fermatas above and below the system, lyrics between its staves."""

from collections.abc import Iterator

from chorale.notation import smufl
from chorale.notation.columns import HEAD_WIDTH, LYRIC_SIZE, PlacedHead
from chorale.notation.draw import PlacedBar
from chorale.notation.faces import text_width
from chorale.notation.primitives import Glyph, Line, Mark, Primitive, Role, text
from chorale.notation.skyline import Skyline
from chorale.notation.stems import head_glyph

__all__ = ["fermatas", "lyrics"]

_FERMATA_GAP = 0.45
_LYRIC_GAP = 0.6
_CAP_HEIGHT = 0.7


def fermatas(
    steps: tuple[int, ...], bars: tuple[PlacedBar, ...], skyline: Skyline, staff: int, *, below: bool
) -> list[Primitive]:
    """Return the fermatas of one staff, above it or upside down below it, where it sounds."""
    items: list[Primitive] = []
    name = "fermataBelow" if below else "fermataAbove"
    half = (smufl.glyph(name).left + smufl.glyph(name).right) / 2
    for found in dict.fromkeys(_sounding(bars, staff, step, below=below) for step in steps):
        if found is None:
            continue
        x = found[0] + found[1].dx + smufl.glyph(head_glyph(found[1].head.base)).right / 2
        if below:
            y = max(4.7, skyline.below(x - half, x + half) + _FERMATA_GAP)
        else:
            y = min(-0.7, skyline.above(x - half, x + half) - _FERMATA_GAP)
        items.append(Glyph(Mark(Role.FERMATA), name, x - half, y))
    return items


def _sounding(bars: tuple[PlacedBar, ...], staff: int, step: int, *, below: bool) -> tuple[float, PlacedHead] | None:
    """Return the head that sounds at a step on a staff with its column's x; the outer voice's where both do."""
    found = [
        (x, placed)
        for bar in bars
        if bar.start <= step < bar.start + bar.content.length
        for x, column in bar.staff_columns(staff)
        for placed in column.heads
        if bar.start + placed.head.start <= step < bar.start + placed.head.end
    ]
    return min(found, key=lambda each: each[1].head.voice * (-1 if below else 1), default=None)


def lyrics(bars: tuple[PlacedBar, ...], skyline: Skyline) -> list[Primitive]:
    """Return the syllables on one base line below the staff, a hyphen between the syllables of a word."""
    words = [(x + HEAD_WIDTH / 2, column.lyric) for bar in bars for x, column in zip(bar.xs, bar.columns, strict=True)]
    words = [(x, word) for x, word in words if word]
    if not words:
        return []
    halves = [text_width(word.rstrip("-"), "serif", LYRIC_SIZE) / 2 for _, word in words]
    rights = [x + half for (x, _), half in zip(words, halves, strict=True)]
    for index, (_, word) in enumerate(words[:-1]):
        if word.endswith("-"):
            rights[index] = words[index + 1][0]  # the hyphen is in the way as far as the next syllable
    lowest = max(skyline.below(x - half, right) for (x, _), half, right in zip(words, halves, rights, strict=True))
    y = max(6.4, lowest + _LYRIC_GAP + _CAP_HEIGHT * LYRIC_SIZE)
    items: list[Primitive] = [
        text(Mark(Role.LYRIC), word.rstrip("-"), x, y, "serif", LYRIC_SIZE, 0.5) for x, word in words
    ]
    return [*items, *_hyphens(words, halves, y)]


def _hyphens(words: list[tuple[float, str]], halves: list[float], y: float) -> Iterator[Primitive]:
    for index, (x, word) in enumerate(words[:-1]):
        left, right = x + halves[index], words[index + 1][0] - halves[index + 1]
        if word.endswith("-") and right - left > 0.8:
            middle, half = (left + right) / 2, min(0.45, (right - left) / 2 - 0.2)
            yield Line(Mark(Role.LYRIC), middle - half, y - 0.55, middle + half, y - 0.55, 0.16)
