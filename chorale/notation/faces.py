"""Text faces: Source Serif and Source Sans, their letters as outlines and their measures.

Text is drawn from outlines everywhere, so that screen, SVG and PDF agree to the last hair and no viewer needs a font.
Sizes and distances are in staff spaces; size is the em.
"""

import importlib.util
from functools import cache
from pathlib import Path
from typing import Literal

from chorale.errors import ModelError
from chorale.notation.outline import Outline, Segment, transformed
from chorale.notation.sfnt import Font

__all__ = ["Face", "text_outline", "text_width"]

Face = Literal["serif", "serif-italic", "serif-semibold", "sans-semibold"]
_FILES: dict[Face, tuple[str, str]] = {
    "serif": ("font_source_serif_pro", "SourceSerifPro-Regular"),
    "serif-italic": ("font_source_serif_pro", "SourceSerifPro-It"),
    "serif-semibold": ("font_source_serif_pro", "SourceSerifPro-Semibold"),
    "sans-semibold": ("font_source_sans_pro", "SourceSansPro-Semibold"),
}


@cache
def text_width(text: str, face: Face, size: float) -> float:
    """Return the advance width of a line of text."""
    return sum(_letter(face, character)[1] for character in text) * size


@cache
def text_outline(text: str, face: Face, size: float) -> Outline:
    """Return a line of text as an outline whose origin is the left end of the base line."""
    segments: list[Segment] = []
    x = 0.0
    for character in text:
        shape, advance = _letter(face, character)
        segments += transformed(shape, size, x, 0)
        x += advance * size
    return tuple(segments)


@cache
def _letter(face: Face, character: str) -> tuple[Outline, float]:
    """Return a letter's outline and advance for an em of 1; an unknown character becomes the font's empty box."""
    font = _font(face)
    glyph = font.glyph(character)
    return font.outline(glyph), font.advance(glyph)


@cache
def _font(face: Face) -> Font:
    package, name = _FILES[face]
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ModelError(f"a text face is missing: install the package {package.replace('_', '-')}")
    return Font(Path(spec.origin).parent / "files" / f"{name}.ttf")
