"""Painting a page on a pygame surface at any scale.

Straight lines are snapped to whole pixels, so they are sharp; heads and stems are snapped together, so they always
meet in the same way. Everything else is rasterized with exact coverage and kept as a small picture by shape, size,
phase within the pixel, and colour. Choose a whole number of pixels a space for the crispest page: staff lines then
fall on the same part of a pixel everywhere.
"""

import math
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pygame

from chorale.files import replacing
from chorale.notation import smufl
from chorale.notation.faces import Face, text_outline
from chorale.notation.outline import Outline, flatten
from chorale.notation.page import Page
from chorale.notation.primitives import Box, Glyph, Line, Mark, Plate, Polygon, Primitive, Role, Stroke, Text, Tie
from chorale.notation.raster import coverage
from chorale.notation.shapes import shape_outline
from chorale.notation.theme import PRINT, SCREEN, Colour, Theme

__all__ = ["Stencil", "paint", "paint_items", "picture", "write_png"]

_PHASES = 4  # positions within a pixel that are told apart
_HEAD_WIDTH = 1.18
_ANY = Mark(Role.PLATE)
_Picture = tuple[pygame.Surface, int, int]


def paint(
    page: Page, surface: pygame.Surface, scale: float, origin: tuple[int, int] = (0, 0), theme: Theme = SCREEN
) -> None:
    """Paint a page's music on a surface; the background is left as it is.

    Args:
        page: the page.
        surface: where to paint; what lies outside it is skipped.
        scale: pixels a staff space.
        origin: where the page's top left corner comes to lie, in pixels of the surface.
        theme: the colours.
    """
    paint_items(page.items, surface, scale, origin, theme)


def paint_items(
    items: Iterable[Primitive],
    surface: pygame.Surface,
    scale: float,
    origin: tuple[int, int] = (0, 0),
    theme: Theme = SCREEN,
    colour: Colour | None = None,
) -> None:
    """Paint primitives, all in one ``colour`` where it is given; see ``paint``."""
    brush = _Brush(surface, scale, origin)
    known: dict[tuple[Role, int | None, bool], Colour] = {}
    for item in items:
        mark = item.mark
        look = (mark.role, mark.voice, mark.faint)
        if look not in known:
            known[look] = colour or theme.colour(mark)
        brush.draw(item, known[look])


class Stencil:
    """Primitives made ready for one scale and theme, to be painted frame after frame in a fraction of a millisecond.

    Args:
        items: what to paint.
        scale: pixels a staff space.
        theme: the colours.
    """

    def __init__(self, items: Iterable[Primitive], scale: float, theme: Theme = SCREEN) -> None:
        recorder = _Recorder()
        brush = _Brush(recorder, scale, (0, 0))
        for item in items:
            brush.draw(item, theme.colour(item.mark))
        self._pieces = recorder.pieces

    def paint(self, surface: pygame.Surface, origin: tuple[int, int] = (0, 0)) -> None:
        """Paint on a surface, the page's corner at ``origin``; what lies outside its clip is skipped."""
        dx, dy = origin
        clip = surface.get_clip().move(-dx, -dy)
        seen = [(piece, (at.x + dx, at.y + dy)) for piece, at in self._pieces if clip.colliderect(at)]
        surface.blits(seen, doreturn=False)


class _Recorder:
    """Keeps what a brush would paint."""

    def __init__(self) -> None:
        self.pieces: list[tuple[pygame.Surface, pygame.Rect]] = []

    def blit(self, piece: pygame.Surface, at: tuple[int, int] | pygame.Rect) -> None:
        """Keep a picture."""
        x, y = at[0], at[1]
        self.pieces.append((piece, piece.get_rect(topleft=(x, y))))

    def fill(self, colour: Colour, area: pygame.Rect) -> None:
        """Keep a filled rectangle."""
        piece = pygame.Surface(area.size, pygame.SRCALPHA)
        piece.fill(colour)
        self.blit(piece, area)


def picture(page: Page, scale: float, theme: Theme = PRINT) -> pygame.Surface:
    """Return a page painted on its paper."""
    surface = pygame.Surface((round(page.width * scale), round(page.height * scale)))
    surface.fill(theme.paper)
    paint(page, surface, scale, theme=theme)
    return surface


def write_png(page: Page, path: Path | str, scale: float = 20.0, theme: Theme = PRINT) -> None:
    """Write a page as a picture of ``scale`` pixels a staff space.

    Raises:
        InputError: the file cannot be written.
    """
    with replacing(path) as temporary:
        pygame.image.save(picture(page, scale, theme), str(temporary))


class _Brush:
    """One surface, one scale: where primitives come to lie on its pixels."""

    def __init__(self, surface: "pygame.Surface | _Recorder", scale: float, origin: tuple[int, int]) -> None:
        self.surface = surface
        self.scale = scale
        self._pixels: dict[float, int] = {}
        self.dx, self.dy = origin
        self.dy_lines = self.dy + (0.5 if self.pixels(smufl.STAFF_LINE) % 2 else 0.0)  # middle of a line's pixels

    def pixels(self, thickness: float) -> int:
        """Return a line's thickness in whole pixels."""
        if thickness not in self._pixels:
            self._pixels[thickness] = max(1, _nearest(thickness * self.scale))
        return self._pixels[thickness]

    def draw(self, item: Primitive, colour: Colour) -> None:
        """Draw one primitive."""
        _DRAW[type(item)](self, item, colour)

    def line(self, item: Line, colour: Colour) -> None:
        thickness = self.pixels(item.thickness)
        if item.x1 == item.x2:
            is_stem = item.thickness == smufl.STEM
            left = self.stem_left(item.x1, up=item.y2 < item.y1) if is_stem else self.left(item.x1, thickness)
            one, other = self.y(item.y1), self.y(item.y2)
            top, bottom = (one, other) if one < other else (other, one)
            area = pygame.Rect(left, _nearest(top), thickness, _nearest(bottom) - _nearest(top))
        else:
            left, right = _nearest(self.dx + item.x1 * self.scale), _nearest(self.dx + item.x2 * self.scale)
            area = pygame.Rect(left, _nearest(self.y(item.y1) - thickness / 2), right - left, thickness)
        if colour.alpha == 255:
            self.surface.fill(colour, area)
        else:
            veil = pygame.Surface(area.size, pygame.SRCALPHA)
            veil.fill(colour)
            self.surface.blit(veil, area)

    def y(self, y: float) -> float:
        return self.dy_lines + y * self.scale

    def left(self, x: float, thickness: int) -> int:
        return _nearest(self.dx + x * self.scale - thickness / 2)

    def stem_left(self, middle: float, *, up: bool) -> int:
        """Return a stem's left pixel, the same distance from the pixel its head begins at in every note."""
        if not up:
            return _nearest(self.dx + (middle - smufl.STEM / 2) * self.scale)
        head = _nearest(self.dx + (middle + smufl.STEM / 2 - _HEAD_WIDTH) * self.scale)
        return head + _nearest(_HEAD_WIDTH * self.scale) - self.pixels(smufl.STEM)

    def glyph(self, item: Glyph, colour: Colour) -> None:
        x = _nearest(self.dx + item.x * self.scale)
        y, phase = self.phase(self.y(item.y))
        self.blit(_glyph_picture(item.name, item.size * self.scale, phase, colour), x, y)

    def text(self, item: Text, colour: Colour) -> None:
        x, across = self.phase(self.dx + item.x * self.scale)
        y = _nearest(self.y(item.y))
        self.blit(_text_picture(item.text, item.face, item.size * self.scale, across, colour), x, y)

    def tie(self, item: Tie, colour: Colour) -> None:
        x, across = self.phase(self.dx + item.x1 * self.scale)
        y, down = self.phase(self.y(item.y1))
        self.blit(_form_picture(_rounded(item.moved(-item.x1, -item.y1)), self.scale, across, down, colour), x, y)

    def stroke(self, item: Stroke | Plate, colour: Colour) -> None:
        """Draw a pen line or a plate from a whole pixel, so that rings and brackets share pictures."""
        left, top = (item.box.left, item.box.top) if isinstance(item, Plate) else item.points[0]
        x, y = _nearest(self.dx + left * self.scale), _nearest(self.y(top))
        self.blit(_form_picture(_rounded(item.moved(-left, -top)), self.scale, 0, 0, colour), x, y)

    def beam(self, item: Polygon, colour: Colour) -> None:
        """Draw a beam from the left pixel of its first stem to the right pixel of its last; a level one is sharp."""
        (x1, y1), (x2, y2), _, (_, inner) = item.points
        left = self.stem_left(x1 + smufl.STEM / 2, up=inner > y1)
        width = self.stem_left(x2 - smufl.STEM / 2, up=inner > y1) + self.pixels(smufl.STEM) - left
        fall, depth = ((_nearest(each * self.scale * 8) / 8) for each in (y2 - y1, inner - y1))
        y, down = self.phase(self.y(y1))
        if fall == 0:
            y, down, depth = _nearest(self.y(y1)), 0, _nearest(depth)
        outline = (("M", 0, 0), ("L", width, fall), ("L", width, fall + depth), ("L", 0, depth), ("Z",))
        self.blit(_shape_picture(outline, 1.0, 0, down, colour), left, y)

    def phase(self, at: float) -> tuple[int, int]:
        """Return the pixel a coordinate lies in, and which part of it."""
        return divmod(_nearest(at * _PHASES), _PHASES)

    def blit(self, picture: _Picture, x: int, y: int) -> None:
        surface, dx, dy = picture
        self.surface.blit(surface, (x + dx, y + dy))


_DRAW: dict[type, Callable[[_Brush, Any, Colour], None]] = {
    Line: _Brush.line,
    Glyph: _Brush.glyph,
    Text: _Brush.text,
    Polygon: _Brush.beam,
    Tie: _Brush.tie,
    Stroke: _Brush.stroke,
    Plate: _Brush.stroke,
}


def _nearest(at: float) -> int:
    """Return the nearest whole number, halves always upwards, so that moving the page by a pixel changes nothing."""
    return math.floor(at + 0.5)


def _rounded(item: Tie | Stroke | Plate) -> Tie | Stroke | Plate:
    """Return the form in 64ths of a space and without its note, so that like forms share a picture."""
    if isinstance(item, Tie):
        return Tie(_ANY, *(_in_64ths(number) for number in item[1:]))
    if isinstance(item, Plate):
        return Plate(_ANY, Box(*(_in_64ths(number) for number in item.box)), item.radius)
    return Stroke(_ANY, tuple((_in_64ths(x), _in_64ths(y)) for x, y in item.points), item.thickness, item.dash)


def _in_64ths(number: float) -> float:
    return round(number * 64) / 64


@lru_cache(maxsize=4096)
def _glyph_picture(name: str, scale: float, phase: int, colour: Colour) -> _Picture:
    return _filled(smufl.outline(name), scale, 0, phase, colour)


@lru_cache(maxsize=1024)
def _text_picture(words: str, face: Face, size: float, phase: int, colour: Colour) -> _Picture:
    return _filled(text_outline(words, face, 1.0), size, phase, 0, colour)


@lru_cache(maxsize=4096)
def _form_picture(item: Tie | Stroke | Plate, scale: float, across: int, down: int, colour: Colour) -> _Picture:
    return _filled(shape_outline(item), scale, across, down, colour)


@lru_cache(maxsize=4096)
def _shape_picture(outline: Outline, scale: float, across: int, down: int, colour: Colour) -> _Picture:
    return _filled(outline, scale, across, down, colour)


def _filled(outline: Outline, scale: float, across: int, down: int, colour: Colour) -> _Picture:
    """Return a filled outline as a surface, and where its corner lies from the outline's origin, in pixels."""
    phase = np.array([across, down]) / _PHASES
    contours = [contour * scale + phase for contour in flatten(outline)]
    if not contours:
        return pygame.Surface((0, 0)), 0, 0
    points = np.concatenate(contours)
    corner = np.floor(points.min(axis=0)).astype(int)
    width, height = (np.ceil(points.max(axis=0)).astype(int) - corner + 1).tolist()
    mask = coverage([contour - corner for contour in contours], width, height)
    pixels = np.empty((height, width, 4), np.uint8)
    pixels[..., :3] = colour[:3]
    pixels[..., 3] = mask if colour.alpha == 255 else mask.astype(np.uint16) * colour.alpha // 255
    return pygame.image.frombuffer(pixels.tobytes(), (width, height), "RGBA"), int(corner[0]), int(corner[1])
