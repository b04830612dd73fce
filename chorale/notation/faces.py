"""Text faces: Source Serif and Source Sans, their letters as outlines and their measures.

Text is drawn from outlines everywhere, so that screen, SVG and PDF agree to the last hair and no viewer needs a font.
Sizes and distances are in staff spaces; size is the em.
"""

import importlib.util
from functools import cache
from pathlib import Path
from typing import Any, Literal

from chorale.errors import ModelError
from chorale.notation.outline import Outline, Segment, transformed

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
    glyphs, names, units = _font(face)
    glyph = glyphs[names.get(ord(character), ".notdef")]
    pen = _pen(glyphs)
    glyph.draw(pen)
    shape = tuple((name, *(n / units * (-1 if i % 2 else 1) for i, n in enumerate(xs))) for name, *xs in pen.segments)
    return shape, glyph.width / units


@cache
def _font(face: Face) -> tuple[Any, dict[int, str], float]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415  a tenth of a second, spent by the first page with text

    package, name = _FILES[face]
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ModelError(f"a text face is missing: install the package {package.replace('_', '-')}")
    font = TTFont(Path(spec.origin).parent / "files" / f"{name}.ttf", lazy=True)
    return font.getGlyphSet(), font.getBestCmap(), float(font["head"].unitsPerEm)


def _pen(glyphs: Any) -> Any:  # noqa: ANN401  fontTools has no types
    from fontTools.pens.basePen import BasePen  # noqa: PLC0415  see _font

    class OutlinePen(BasePen):  # type: ignore[misc]
        """Collects what it draws; the base class turns quadratic curves into cubic ones."""

        def __init__(self) -> None:
            super().__init__(glyphs)
            self.segments: list[tuple[Any, ...]] = []

        def _moveTo(self, pt: tuple[float, float]) -> None:
            self.segments.append(("M", *pt))

        def _lineTo(self, pt: tuple[float, float]) -> None:
            self.segments.append(("L", *pt))

        def _curveToOne(self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]) -> None:
            self.segments.append(("C", *pt1, *pt2, *pt3))

        def _closePath(self) -> None:
            self.segments.append(("Z",))

    return OutlinePen()
