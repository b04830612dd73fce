"""Lettering of analysis: Roman numerals with stacked figures, figured bass, names of keys.

Each piece of lettering is drawn about an origin that comes to lie under the middle of a note head, at its base line
(numerals and keys) or at the top of its topmost figure (figured bass). Sizes follow Gould, Behind Bars, chapter
"Figured bass" (figures hardly smaller than a staff space) and the habit of harmony books: the numeral's letters as tall
as a capital of the lyrics, its figures two thirds of that, stacked from just under the base line to over the letters.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from chorale.notation import smufl
from chorale.notation.faces import Face
from chorale.notation.primitives import Box, Glyph, Line, Mark, Primitive, Role, Text, box_of

__all__ = ["FIGURE_PITCH", "NUMERAL_ASCENT", "NUMERAL_DEPTH", "Lettering", "figure_stack", "key_name", "numeral"]

_SIZE = 2.2  # em of a numeral's letters
_FACE: Face = "serif-semibold"
_KEY_FACE: Face = "serif-semibold"
_FIGURE_FACE: Face = "serif-semibold"
_FIGURE_SIZE = 1.34
_UPPER, _LOWER = -0.94, 0.16  # base lines of stacked figures; a single one stands on the upper
_QUALITY_SIZE, _QUALITY_RISE = 1.3, 0.76  # of the raised o, ø and +
_SIGN_SIZE = 0.6  # of accidentals before letters and figures
_SIGN_RISE = {"accidentalFlat": 0.5, "accidentalSharp": 0.75, "accidentalNatural": 0.75}
_GAP = 0.1
_LEFTMOST = 1.1  # how far left of its head's middle a numeral may begin
NUMERAL_ASCENT = 1.9
"""From a numeral's base line to the top of its upper figure."""
NUMERAL_DEPTH = 0.5
"""From a numeral's base line to the foot of its letters and of its lower figure."""
FIGURE_PITCH = 1.2
"""From one figure of a figured bass to the next below it."""
_DASH, _DASH_GAP, _DASH_LINE = 0.5, 0.18, 0.13  # between the figures of a suspension
_FIGURE_HEIGHT = 1.03  # of a digit in the music font
_ACCIDENTALS = {
    "#": "accidentalSharp",
    "♯": "accidentalSharp",
    "b": "accidentalFlat",
    "♭": "accidentalFlat",
    "n": "accidentalNatural",
    "♮": "accidentalNatural",
}
_FIGURE_GLYPHS = {
    **{digit: f"figbass{digit}" for digit in "0123456789"},
    "##": "figbassDoubleSharp",
    "x": "figbassDoubleSharp",
    "bb": "figbassDoubleFlat",
    "#": "figbassSharp",
    "♯": "figbassSharp",
    "b": "figbassFlat",
    "♭": "figbassFlat",
    "n": "figbassNatural",
    "♮": "figbassNatural",
}
_NUMERAL = re.compile(r"([b#n♭♯♮]*)([^oø°+]+?)([oø°+]?)\Z")
_FIGURE = re.compile(r"##|bb|\d|[#♯b♭n♮x]")


class Lettering(NamedTuple):
    """Primitives about an origin, and the box they fill."""

    items: tuple[Primitive, ...]
    box: Box


class _Run(NamedTuple):
    """Lettering being set from left to right: what is there, where it ends, and where its letters begin and end."""

    items: tuple[Primitive, ...]
    end: float
    letters: tuple[float, float]


@lru_cache(maxsize=1024)
def numeral(degree: str, figures: str, of: str, says: str = "") -> Lettering:
    """Return a Roman numeral, the middle of its letters at x = 0 (further right when they are many).

    Args:
        degree: letters with an accidental before them and o, ø or + behind: "V", "viio", "iiø", "bII", "It".
        figures: the inversion's, topmost first: "", "6", "6/4", "4/2".
        of: the numeral an applied chord belongs to, or "".
        says: what the primitives say.
    """
    mark = Mark(Role.NUMERAL, says=says)
    run = _degree(mark, degree, 0.0)
    middle = min(sum(run.letters) / 2, _LEFTMOST)
    items, x = [*run.items], run.end
    if figures:
        found = list(_stacked(mark, figures.split("/"), x + _GAP))
        items += found
        x = max(box_of(item).right for item in found)
    if of:
        slash = Text(mark, "/", x + 0.02, 0.0, _FACE, _SIZE)
        applied = _degree(mark, of, box_of(slash).right + 0.02)
        items += [slash, *applied.items]
    return _about(items, middle)


@lru_cache(maxsize=256)
def key_name(name: str, says: str = "") -> Lettering:
    """Return a local key's name ("G", "Bb", "f#") and its colon, beginning at x = 0."""
    mark = Mark(Role.LOCAL_KEY, says=says)
    letter = Text(mark, name[0], 0.0, 0.0, _KEY_FACE, _SIZE)
    items: list[Primitive] = [letter]
    x = box_of(letter).right + _GAP
    for sign in _signs(mark, name[1:], x, _SIGN_SIZE):
        items.append(sign)
        x = box_of(sign).right + _GAP
    items.append(Text(mark, ":", x, 0.0, _KEY_FACE, _SIZE))
    return _about(items, 0.0)


@lru_cache(maxsize=1024)
def figure_stack(figures: tuple[str, ...], says: str = "") -> Lettering:
    """Return a figured bass, topmost figure first, digits in the middle over one another, their top at y = 0.

    A figure is a digit with or without an accidental ("6", "#4"), an accidental alone ("b"), or several of these joined
    by hyphens for what follows ("4-3").
    """
    mark = Mark(Role.FIGURE, says=says)
    items = [
        item
        for row, figure in enumerate(figures)
        for item in _figure(mark, figure, _FIGURE_HEIGHT + row * FIGURE_PITCH)
    ]
    return _about(items, 0.0)


def _about(items: Sequence[Primitive], middle: float) -> Lettering:
    moved = tuple(item.moved(-middle, 0) for item in items)
    boxes = [box_of(item) for item in moved] or [Box(0, 0, 0, 0)]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Lettering(moved, Box(min(lefts), min(tops), max(rights), max(bottoms)))


def _degree(mark: Mark, degree: str, x: float) -> _Run:
    """Set a numeral without figures, beginning at x."""
    match = _NUMERAL.match(degree)
    signs, letters, quality = match.groups() if match else ("", degree, "")
    items: list[Primitive] = []
    for sign in _signs(mark, signs, x, _SIGN_SIZE):
        items.append(sign)
        x = box_of(sign).right + _GAP
    word = Text(mark, letters, x, 0.0, _FACE, _SIZE)
    items.append(word)
    x, begin = box_of(word).right, x
    end = x
    if quality:
        raised = Text(mark, "o" if quality == "°" else quality, x + 0.04, -_QUALITY_RISE, _FIGURE_FACE, _QUALITY_SIZE)
        items.append(raised)
        x = box_of(raised).right
    return _Run(tuple(items), x, (begin, end))


def _signs(mark: Mark, signs: str, x: float, size: float) -> Iterator[Glyph]:
    """Yield accidentals from left to right, small, at the height of the letters they stand before."""
    for sign in signs:
        name = _ACCIDENTALS.get(sign)
        if name is not None:
            yield Glyph(mark, name, x - smufl.glyph(name).left * size, -_SIGN_RISE[name], size)
            x += smufl.glyph(name).width * size + _GAP


def _stacked(mark: Mark, figures: list[str], x: float) -> Iterator[Text]:
    heights = (_UPPER, _LOWER) if len(figures) < 3 else (_UPPER - 1.0, _UPPER, _LOWER)
    for figure, y in zip(figures, heights, strict=False):
        yield Text(mark, figure, x, y, _FIGURE_FACE, _FIGURE_SIZE)


def _figure(mark: Mark, figure: str, y: float) -> Iterator[Primitive]:
    """Yield one row of a figured bass, its first figure in the middle: "6", "#4", "b", or "4-3" for a suspension."""
    first, *following = figure.split("-")
    glyphs = list(_signed_digits(mark, first, y))
    yield from glyphs
    for figures in following:
        x = max((box_of(glyph).right for glyph in glyphs), default=0.0) + _DASH_GAP
        level = y - _FIGURE_HEIGHT / 2
        yield Line(mark, x, level, x + _DASH, level, _DASH_LINE)
        glyphs = list(_signed_digits(mark, figures, y))
        left = min((box_of(glyph).left for glyph in glyphs), default=0.0)
        glyphs = [glyph.moved(x + _DASH + _DASH_GAP - left, 0) for glyph in glyphs]
        yield from glyphs


def _signed_digits(mark: Mark, figure: str, y: float) -> Iterator[Glyph]:
    """Yield digits centred on x = 0, their accidental before or behind them; or an accidental alone, centred."""
    names = [_FIGURE_GLYPHS[token] for token in _FIGURE.findall(figure)]
    digits = [index for index, name in enumerate(names) if _is_digit(name)] or list(range(len(names)))
    widths = [smufl.glyph(name).width + _GAP for name in names]
    x = _GAP / 2 - sum(widths[: digits[0] if digits else 0]) - sum(widths[index] for index in digits) / 2
    for name, width in zip(names, widths, strict=True):
        drop = 0.0 if _is_digit(name) else _sign_drop(name)
        yield Glyph(mark, name, x - smufl.glyph(name).left, y + drop)
        x += width


def _is_digit(name: str) -> bool:
    return name.removeprefix("figbass").isdigit()


@cache
def _sign_drop(name: str) -> float:
    """Return how far to move an accidental so that its middle is level with a digit's."""
    data = smufl.glyph(name)
    return -_FIGURE_HEIGHT / 2 - (data.top + data.bottom) / 2 if "Flat" not in name else 0.0
