"""The organ's case: wood, cornices, gilded shades above the pipes, and a plaque for the name of each world."""

from functools import lru_cache

import pygame

from chorale.ui import draw
from chorale.ui.scenes.levels.pipes import FILLED, heights
from chorale.ui.theme import Colour, Theme, mix
from chorale.ui.vector import Canvas, circle

__all__ = ["HEAD", "SILL", "WOOD", "case", "draw_plaque", "room_for_pipes"]

WOOD, WOOD_LIGHT, WOOD_DEEP = (84, 56, 42), (124, 86, 60), (46, 30, 26)
_TITLES = (15.5, 14.0, 12.5)  # sizes of letters
_INSIDE = (24, 18, 22)
_GILT, _GILT_LIGHT, _GILT_DEEP = (205, 158, 62), (244, 212, 130), (128, 88, 28)
_PARCHMENT, _PARCHMENT_EDGE = (247, 238, 214), (196, 172, 124)
SILL, HEAD = 56, 30
"""Units of a case below and above the pipes."""
_GRAIN = 7  # units between two lines of the grain


def room_for_pipes(height: float) -> float:
    """Return the height that a case leaves its pipes, in the same unit as its own: a unit of the theme."""
    return height - SILL - HEAD


@lru_cache(maxsize=32)
def case(size: tuple[int, int], unit: float, form: int, crown: int) -> pygame.Surface:
    """Return the case of one group of pipes.

    Args:
        size: pixels.
        unit: pixels a unit.
        form: as for ``pipes.heights``.
        crown: 0 for a plain cornice, 1 for a crowned one.
    """
    canvas = Canvas(size[0] / unit, size[1] / unit, unit)
    width, height = size[0] / unit, size[1] / unit
    _draw_inside(canvas, width, height)
    _draw_shades(canvas, width, height, form)
    _draw_posts(canvas, width, height)
    _draw_cornice(canvas, width, crown)
    _draw_sill(canvas, width, height)
    return canvas.done()


def _band(canvas: Canvas, box: tuple[float, float, float, float], top: Colour, foot: Colour) -> None:
    """Fill a box (left, top, right, bottom) from one colour to another downwards."""
    left, high, right, low = box
    steps = max(2, round((low - high) / 1.5))
    for step in range(steps):
        y = high + (low - high) * step / steps
        edge = high + (low - high) * (step + 1) / steps + 0.3
        canvas.fill(
            [(left, y), (right, y), (right, min(low, edge)), (left, min(low, edge))], mix(top, foot, step / steps)
        )


def _draw_inside(canvas: Canvas, width: float, height: float) -> None:
    _band(canvas, (4, 20, width - 4, height - 20), mix(_INSIDE, (0, 0, 0), 0.35), mix(_INSIDE, WOOD, 0.25))


def _draw_posts(canvas: Canvas, width: float, height: float) -> None:
    for left in (0.0, width - 10):
        for strip in range(10):
            lit = (0.2, 0.7, 0.9, 0.75, 0.55, 0.4, 0.3, 0.2, 0.1, 0.0)[strip]
            x = left + strip
            canvas.fill(
                [(x, 16), (x + 1.2, 16), (x + 1.2, height - 10), (x, height - 10)], mix(WOOD_DEEP, WOOD_LIGHT, lit)
            )
        for y in (34, height - 62):
            canvas.fill([(left + 1, y), (left + 9, y), (left + 9, y + 3), (left + 1, y + 3)], _GILT)
            canvas.fill([(left + 1, y), (left + 9, y), (left + 9, y + 1), (left + 1, y + 1)], _GILT_LIGHT)


def _draw_cornice(canvas: Canvas, width: float, crown: int) -> None:
    _band(canvas, (0, 14, width, 26), WOOD_LIGHT, WOOD_DEEP)
    canvas.fill([(0, 14), (width, 14), (width, 16), (0, 16)], _GILT)
    canvas.fill([(0, 14), (width, 14), (width, 14.7), (0, 14.7)], _GILT_LIGHT)
    for index in range(int((width - 16) // 9)):
        x = (width - int((width - 16) // 9) * 9) / 2 + index * 9 + 4.5
        canvas.fill(circle(x, 20.6, 1.7), mix(WOOD_DEEP, _GILT_DEEP, 0.6))
        canvas.fill(circle(x, 20.2, 1.1), _GILT_DEEP)
    if crown:
        _draw_crown(canvas, width / 2)


def _draw_crown(canvas: Canvas, x: float) -> None:
    """Draw two scrolls that lean on a shell."""
    for side in (-1, 1):
        canvas.stroke(f"M{x + side * 58} 13 C{x + side * 40} 13 {x + side * 34} 2 {x + side * 16} 5", _GILT_DEEP, 3.4)
        canvas.stroke(f"M{x + side * 58} 12.4 C{x + side * 40} 12.4 {x + side * 34} 1.6 {x + side * 16} 4.6", _GILT, 2)
        canvas.fill(circle(x + side * 57, 11, 2.6), _GILT)
    canvas.fill(f"M{x - 14} 14 C{x - 16} 2 {x - 6} -1 {x} 1.5 C{x + 6} -1 {x + 16} 2 {x + 14} 14 Z", _GILT)
    for lean in (-9, -4.5, 0, 4.5, 9):
        canvas.stroke(f"M{x + lean * 0.35} 14 Q{x + lean * 0.8} 8 {x + lean} 3.5", _GILT_DEEP, 0.9)


def _draw_shades(canvas: Canvas, width: float, height: float, form: int) -> None:
    """Draw the carved shade that hangs above the pipes, deepest where these are shortest."""
    left, right = 10.0, width - 10
    tall, shapes = room_for_pipes(height), heights(3, form)
    deep = [tall * (1 - FILLED * share) - (0 if form == 0 else 7) for share in shapes]
    middle = (left + right) / 2
    low = [24.0 + each for each in deep]
    near, far = (left * 2 + middle) / 3, (right * 2 + middle) / 3
    bow = 0 if form == 0 else 4
    edge = f"M{left} 24 L{left} {low[0]} C{near} {low[0] + bow} {middle - 30} {low[1] + (0 if form == 0 else bow / 2)} "
    edge += f"{middle} {low[1]} C{middle + 30} {low[1] - (0 if form == 0 else bow / 2)} {far} {low[2] - bow} "
    edge += f"{right} {low[2]} L{right} 24 Z"
    canvas.fill(edge, mix(WOOD_DEEP, (0, 0, 0), 0.25))
    line = edge[edge.index("L") + 1 : edge.rindex("L")]
    canvas.stroke("M" + line, _GILT_DEEP, 2.6)
    canvas.stroke("M" + line, _GILT, 1.3)
    for share in (0.08, 0.2, 0.8, 0.92):
        x = left + (right - left) * share
        one, other, part = (deep[0], deep[1], 2 * share) if share < 0.5 else (deep[1], deep[2], 2 * share - 1)
        hang = 24 + one + (other - one) * part
        _draw_leaf(canvas, x, hang - 9, 1 if share < 0.5 else -1, max(0.35, (hang - 24) / 52))


def _draw_leaf(canvas: Canvas, x: float, y: float, side: int, size: float) -> None:
    reach = 17 * size
    out, up = x + side * reach, y - reach
    path = f"M{x} {y} C{out} {y} {out} {up - 0.3 * reach} {x + side * reach * 0.35} {up - 0.15 * reach} "
    path += f"C{x} {up} {x + side * reach * 0.1} {y - reach * 0.5} {x + side * reach * 0.5} {y - reach * 0.6}"
    canvas.stroke(path, _GILT_DEEP, 1.6)


def _draw_sill(canvas: Canvas, width: float, height: float) -> None:
    """Draw the wood on which the pipes stand, with its gilded edge."""
    top = height - 56
    _band(canvas, (0, top, width, top + 9), WOOD_LIGHT, WOOD)
    canvas.fill([(0, top), (width, top), (width, top + 1.2), (0, top + 1.2)], mix(WOOD_LIGHT, _GILT_LIGHT, 0.4))
    _band(canvas, (0, top + 9, width, height), mix(WOOD, WOOD_DEEP, 0.35), WOOD_DEEP)
    for index in range(int((height - top - 12) // _GRAIN)):
        y = top + 13 + index * _GRAIN
        wave = 1.6 if index % 2 else -1.2
        canvas.stroke(
            f"M3 {y} C{width * 0.3} {y + wave} {width * 0.6} {y - wave} {width - 3} {y + wave / 2}",
            mix(WOOD_DEEP, WOOD, 0.4),
            0.7,
        )


def draw_plaque(
    surface: pygame.Surface, rect: pygame.Rect, theme: Theme, words: tuple[str, str, str], *, lit: bool
) -> None:
    """Draw a world's plaque of parchment.

    Args:
        surface: where to draw.
        rect: its place.
        theme: sizes.
        words: number, title, and what is won of it.
        lit: whether the world is open.
    """
    paper = _PARCHMENT if lit else mix(_PARCHMENT, (70, 60, 66), 0.62)
    ink = (58, 40, 22) if lit else (36, 30, 36)
    draw.shadow(surface, rect, theme.px(4), 120, theme.px(4), theme.px(2))
    draw.box(surface, rect, paper, theme.px(4))
    draw.outline(surface, rect.inflate(-theme.px(4), -theme.px(4)), mix(_PARCHMENT_EDGE, paper, 0.3), theme.px(3), 1)
    number, title, won = words
    pad = theme.px(10)
    count = theme.text(won, 12.5, "semibold", mix(ink, paper, 0.2))
    mark = theme.text(number, 17, "serif-italic", (150, 84, 22) if lit else ink)
    room = rect.width - 2 * pad - mark.get_width() - count.get_width() - theme.px(18)
    size = next((each for each in _TITLES if theme.width(title, each, "serif-bold") <= room), _TITLES[-1])
    name = theme.text(theme.fitted(title, room, size, "serif-bold"), size, "serif-bold", ink)
    surface.blit(mark, mark.get_rect(midleft=(rect.x + pad, rect.centery)))
    surface.blit(name, name.get_rect(midleft=(rect.x + pad + mark.get_width() + theme.px(8), rect.centery)))
    surface.blit(count, count.get_rect(midright=(rect.right - pad, rect.centery)))
