"""The music font: Bravura's outlines, boxes and anchors, in staff spaces, y downwards.

The data come with the ``verovio`` package, which is found but never imported: one index of boxes and anchors, and one
small file a glyph, read when the glyph is first used. Glyphs go by their SMuFL names.
Engraving defaults are those of Bravura's own metadata (SMuFL 1.4, "engravingDefaults"), in staff spaces.
"""

import importlib.util
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from chorale.errors import ModelError
from chorale.notation.outline import Outline, from_svg

__all__ = ["GlyphData", "glyph", "outline"]

STAFF_LINE = 0.13
STEM = 0.12
BEAM = 0.5
BEAM_GAP = 0.25
LEDGER_LINE = 0.16
LEDGER_EXTENSION = 0.4
THIN_BARLINE = 0.16
THICK_BARLINE = 0.5
BARLINE_GAP = 0.4
TIE_END = 0.1
TIE_MIDDLE = 0.22

_UNITS_PER_SPACE = 250.0


class GlyphData(NamedTuple):
    """A glyph's box around its origin (left, top, right, bottom) and its anchors by SMuFL name."""

    left: float
    top: float
    right: float
    bottom: float
    anchors: dict[str, tuple[float, float]]
    code: str

    @property
    def width(self) -> float:
        """Width of the box."""
        return self.right - self.left


@cache
def glyph(name: str) -> GlyphData:
    """Return a glyph's measures.

    Raises:
        ModelError: the font data are missing or lack the glyph.
    """
    try:
        return _measures(_index()[name])
    except KeyError:
        raise ModelError(f"the music font has no glyph {name}: reinstall the package verovio") from None


@cache
def outline(name: str) -> Outline:
    """Return a glyph's outline about its origin."""
    text = (_folder() / "Bravura" / f"{glyph(name).code}.xml").read_text(encoding="utf-8")
    return from_svg(text.partition(' d="')[2].partition('"')[0], 1 / _UNITS_PER_SPACE)


@cache
def _folder() -> Path:
    spec = importlib.util.find_spec("verovio")
    if spec is None or not spec.submodule_search_locations:
        raise ModelError("the music font is missing: install the package verovio")
    return Path(next(iter(spec.submodule_search_locations))) / "data"


@cache
def _index() -> dict[str, Any]:
    """Return the elements of the font's index by glyph name; thousands, of which a page needs some dozens."""
    from defusedxml.ElementTree import parse  # noqa: PLC0415  imported by the first page, not by the package

    root = parse(_folder() / "Bravura.xml").getroot()
    return {element.get("n"): element for element in root.iter("g")}


def _measures(element) -> GlyphData:  # type: ignore[no-untyped-def]  # noqa: ANN001  defusedxml has no types
    x, y, width, height = (float(element.get(key)) / _UNITS_PER_SPACE for key in "xywh")
    anchors = {a.get("n"): (float(a.get("x")), -float(a.get("y"))) for a in element}
    return GlyphData(x, -y - height, x + width, -y, anchors, element.get("c"))
