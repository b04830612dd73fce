"""How everything looks: colours, type, spacing, and the one number that scales them all.

Sizes are written in *units*: pixels at scale 1. ``Theme.px`` turns units into native pixels, so that nothing is
ever stretched. Text is set in Source Serif and Source Sans, which come with their own packages.
"""

import importlib.util
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, TypeAlias

import pygame

__all__ = [
    "ACCENT", "ACCENT_DEEP", "ACCENT_SOFT", "DANGER", "EDGE", "FAINT", "HOVER", "INK", "LIT", "MUTED", "ON_ACCENT",
    "PAGE", "PANEL", "RAISED", "ROOM", "SELECTED", "TEXT", "VOICE_COLOURS", "VOICE_LIGHTS", "Colour", "Face", "Theme",
    "mix",
]  # fmt: skip

Colour: TypeAlias = tuple[int, int, int] | tuple[int, int, int, int]
Face: TypeAlias = Literal["sans", "semibold", "bold", "serif", "serif-bold", "serif-italic"]

ROOM = (31, 27, 36)
PANEL = (42, 36, 48)
RAISED = (54, 47, 62)
HOVER = (68, 60, 78)
LIT = (88, 78, 100)
SELECTED = (84, 70, 62)
EDGE = (72, 64, 82)
PAGE = (251, 245, 230)
INK = (27, 27, 27)
TEXT = (243, 238, 230)
MUTED = (186, 178, 194)  # 7:1 on the panel
FAINT = (128, 119, 138)
ACCENT = (227, 178, 60)
ACCENT_SOFT = (240, 205, 116)
ACCENT_DEEP = (176, 130, 30)
ON_ACCENT = (36, 27, 8)
DANGER = (232, 116, 97)
VOICE_COLOURS: tuple[Colour, ...] = ((213, 94, 0), (0, 158, 115), (0, 114, 178), (139, 74, 139))
"""On the page: soprano, alto, tenor, bass."""
VOICE_LIGHTS: tuple[Colour, ...] = ((240, 128, 48), (38, 186, 142), (74, 160, 220), (184, 118, 184))
"""The same hues, light enough for lines and letters on the dark panel."""

_FILES: dict[Face, tuple[str, str]] = {
    "sans": ("font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    "semibold": ("font_source_sans_pro", "SourceSansPro-Semibold.ttf"),
    "bold": ("font_source_sans_pro", "SourceSansPro-Bold.ttf"),
    "serif": ("font_source_serif_pro", "SourceSerifPro-Regular.ttf"),
    "serif-bold": ("font_source_serif_pro", "SourceSerifPro-Semibold.ttf"),
    "serif-italic": ("font_source_serif_pro", "SourceSerifPro-It.ttf"),
}
_SCALES = (0.75, 2.0)
_DESK = (1120, 630)  # units: the smallest desk on which every part still has its place
_ELLIPSIS = "…"


def mix(one: Colour, other: Colour, share: float) -> tuple[int, int, int]:
    """Return a colour ``share`` (0..1) of the way from one to the other."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one[:3], other[:3], strict=True))
    return red, green, blue


@cache
def _font_file(face: Face) -> str:
    package, name = _FILES[face]
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"the {package} package is missing: it holds the program's letters")
    return str(Path(spec.origin).parent / "files" / name)


@lru_cache(maxsize=256)
def _font(face: Face, pixels: int) -> pygame.font.Font:
    if not pygame.font.get_init():
        pygame.font.init()
    return pygame.font.Font(_font_file(face), pixels)


@lru_cache(maxsize=4096)
def _rendered(face: Face, pixels: int, text: str, colour: Colour) -> pygame.Surface:
    return _font(face, pixels).render(text, True, colour)


@dataclass(frozen=True)
class Theme:
    """Sizes and letters at one scale.

    Args:
        scale: 0.75 to 2; 1 draws a unit as one pixel.
        still: whether animations are off (the reduced-motion setting).
    """

    scale: float = 1.0
    still: bool = False

    @classmethod
    def fitting(cls, size: tuple[int, int], wanted: float | None = None, *, still: bool = False) -> "Theme":
        """Return the theme for a window of ``size`` pixels.

        Args:
            size: width and height in pixels.
            wanted: the scale the person chose; None follows the window, half as fast as it grows.
            still: whether animations are off.
        """
        room = min(size[0] / _DESK[0], size[1] / _DESK[1])
        growth = min(size[0] / 1280, size[1] / 720)
        chosen = wanted if wanted is not None else 1 + 0.5 * max(0.0, growth - 1)
        low, high = _SCALES
        return cls(max(low, min(high, chosen, room)), still)

    def px(self, units: float) -> int:
        """Return whole pixels for a length in units; never 0 for something that is there."""
        return max(1, round(units * self.scale)) if units > 0 else round(units * self.scale)

    def font(self, size: float, face: Face = "sans") -> pygame.font.Font:
        """Return a font, ``size`` in units."""
        return _font(face, self.px(size * 1.12))  # Source Sans is drawn small on its body

    def text(self, text: str, size: float = 14, face: Face = "sans", colour: Colour = TEXT) -> pygame.Surface:
        """Return a line of text drawn, from the cache where it was drawn before."""
        return _rendered(face, self.px(size * 1.12), text, colour)

    def width(self, text: str, size: float = 14, face: Face = "sans") -> int:
        """Return a line's width in pixels."""
        return self.font(size, face).size(text)[0]

    def fitted(self, text: str, width: int, size: float = 14, face: Face = "sans") -> str:
        """Return the text, its end replaced by an ellipsis where ``width`` pixels cannot hold it."""
        if self.width(text, size, face) <= width:
            return text
        kept = len(text)
        while kept and self.width(text[:kept].rstrip() + _ELLIPSIS, size, face) > width:
            kept -= 1
        return text[:kept].rstrip() + _ELLIPSIS

    def wrapped(self, text: str, width: int, size: float = 14, face: Face = "sans") -> list[str]:
        """Return the text broken between words into lines of at most ``width`` pixels."""
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer, size, face) <= width:
                lines[-1] = longer
            else:
                lines.append(self.fitted(word, width, size, face))
        return lines
