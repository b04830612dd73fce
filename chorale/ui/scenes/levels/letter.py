"""Parchment: a sheet with a worn edge and a wax seal, for what Bach writes."""

import math
from functools import lru_cache
from random import Random

import pygame

from chorale.ui import draw
from chorale.ui.theme import Theme, mix
from chorale.ui.vector import Canvas, circle

__all__ = ["BROWN", "INK", "parchment", "seal"]

INK, BROWN = (46, 34, 24), (122, 88, 44)
_PAPER, _PAPER_EDGE, _STAIN = (250, 243, 224), (214, 192, 146), (206, 178, 122)
_WAX, _WAX_LIGHT, _WAX_DEEP = (158, 36, 34), (206, 78, 66), (104, 18, 22)
_STAINS = 5


@lru_cache(maxsize=8)
def parchment(size: tuple[int, int], theme: Theme) -> pygame.Surface:
    """Return a sheet of parchment: lighter in its middle, a few faint stains, a darker edge."""
    sheet = draw.plate(size, theme.px(5), _PAPER).copy()
    dice = Random(1723)  # noqa: S311  stains; the year he came to Leipzig, so that it is always the same sheet
    for _ in range(_STAINS):
        radius = dice.uniform(0.1, 0.3) * size[0]
        x, y = dice.uniform(0, size[0]), dice.uniform(0, size[1])
        for ring in range(5):
            reach = round(radius * (1 - ring / 6))
            draw.box(sheet, pygame.Rect(round(x) - reach, round(y) - reach, 2 * reach, 2 * reach), (*_STAIN, 7), reach)
    for inset in range(theme.px(14)):
        fade = round(46 * (1 - inset / theme.px(14)) ** 2)
        draw.outline(sheet, sheet.get_rect().inflate(-2 * inset, -2 * inset), (*_PAPER_EDGE, fade), theme.px(5))
    mask = draw.plate(size, theme.px(5), (255, 255, 255))
    sheet.blit(mask, (0, 0), special_flags=pygame.BLEND_RGBA_MIN)
    return sheet


@lru_cache(maxsize=8)
def seal(pixels: int) -> pygame.Surface:
    """Return a wax seal with three letters' worth of a monogram: a staff's clef drawn as two mirrored curves."""
    canvas = Canvas(48, 48, pixels / 48)
    rim = [
        (24 + (21 + 1.7 * math.sin(5 * angle) + 0.9 * math.cos(3 * angle)) * math.cos(angle),
         24 + (21 + 1.7 * math.sin(5 * angle) + 0.9 * math.cos(3 * angle)) * math.sin(angle))
        for angle in (2 * math.pi * index / 72 for index in range(72))
    ]  # fmt: skip
    canvas.fill(rim, _WAX_DEEP)
    canvas.fill([(x - 0.7, y - 1) for x, y in rim], _WAX)
    canvas.fill(circle(24, 24, 15), mix(_WAX, _WAX_DEEP, 0.45))
    canvas.fill(circle(24.6, 24.8, 14.2), mix(_WAX, _WAX_LIGHT, 0.16))
    for side in (-1, 1):
        canvas.stroke(
            f"M{24 + side * 2} 33 C{24 + side * 11} 31 {24 + side * 9} 22 {24 + side * 3} 23 "
            f"C{24 - side * 3} 24 {24 - side * 6} 15 {24 + side * 2} 15.5",
            _WAX_LIGHT,
            1.9,
        )
    canvas.stroke("M24 11.5 L24 36.5", _WAX_LIGHT, 1.5)
    return canvas.done()
