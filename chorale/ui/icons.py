"""The program's icons: short drawings on a square of 24 units, filled or drawn with a pen.

``icon(name, pixels, colour)`` returns the picture, computed once for each size and colour.
"""

import math
from functools import lru_cache

import pygame

from chorale.ui.theme import Colour
from chorale.ui.vector import Canvas, Point, circle

__all__ = ["ICONS", "gear", "icon"]

_SIZE = 24
_PEN = 2.0

# "fill" fills the path, "pen" draws along it; several strokes make one icon.
ICONS: dict[str, tuple[tuple[str, str], ...]] = {
    "play": (("fill", "M8 4.5 L19.5 12 L8 19.5 Z"), ("pen", "M8 4.5 L19.5 12 L8 19.5 Z")),
    "pause": (("fill", "M6.5 4.5 L10 4.5 L10 19.5 L6.5 19.5 Z M14 4.5 L17.5 4.5 L17.5 19.5 L14 19.5 Z"),),
    "stop": (("fill", "M6.5 6.5 L17.5 6.5 L17.5 17.5 L6.5 17.5 Z"), ("pen", "M6.5 6.5 L17.5 6.5 L17.5 17.5 L6.5 17.5 Z")),  # noqa: E501  the data of a path
    "loop": (
        ("pen", "M5 11 C5 8 7 7 9 7 L18 7"), ("pen", "M15 4 L18.3 7 L15 10"),
        ("pen", "M19 13 C19 16 17 17 15 17 L6 17"), ("pen", "M9 14 L5.7 17 L9 20"),
    ),
    "undo": (("pen", "M8 5 L4.5 8.5 L8 12"), ("pen", "M5 8.5 L14 8.5 C17.5 8.5 19.5 11 19.5 13.5 C19.5 16.5 17.5 18.5 14 18.5 L9 18.5")),  # noqa: E501  the data of a path
    "redo": (("pen", "M16 5 L19.5 8.5 L16 12"), ("pen", "M19 8.5 L10 8.5 C6.5 8.5 4.5 11 4.5 13.5 C4.5 16.5 6.5 18.5 10 18.5 L15 18.5")),  # noqa: E501  the data of a path
    "caret": (("pen", "M7 10 L12 15 L17 10"),),
    "right": (("pen", "M10 7 L15 12 L10 17"),),
    "left": (("pen", "M14 7 L9 12 L14 17"),),
    "plus": (("pen", "M12 6.5 L12 17.5"), ("pen", "M6.5 12 L17.5 12")),
    "minus": (("pen", "M6.5 12 L17.5 12"),),
    "close": (("pen", "M7 7 L17 17"), ("pen", "M17 7 L7 17")),
    "tune": (
        ("pen", "M4 7 L13 7"), ("pen", "M19 7 L20 7"), ("fill", "M16 4 L17 4 L17 10 L15 10 L15 4 Z"),
        ("pen", "M4 17 L6 17"), ("pen", "M12 17 L20 17"), ("fill", "M9 14 L10 14 L10 20 L8 20 L8 14 Z"),
    ),
    "check": (("pen", "M5 12.5 L10 17.5 L19 7"),),
    "up": (("pen", "M12 19 L12 6"), ("pen", "M6.5 11 L12 5.5 L17.5 11")),
    "folder": (("fill", "M3 6.5 C3 5.5 3.5 5 4.5 5 L9 5 L11 7.5 L19.5 7.5 C20.5 7.5 21 8 21 9 L21 17.5 C21 18.5 20.5 19 19.5 19 L4.5 19 C3.5 19 3 18.5 3 17.5 Z"),),  # noqa: E501  the data of a path
    "file": (("pen", "M6 3.5 L14 3.5 L18.5 8 L18.5 20.5 L6 20.5 Z"), ("pen", "M13.5 4 L13.5 8.5 L18 8.5")),
    "music": (
        ("fill", "M4 18 C4 16 6 14.8 8 15 C10 15.2 10.8 17 10 18.5 C9 20.3 4 20.8 4 18 Z"),
        ("fill", "M13 16 C13 14 15 12.8 17 13 C19 13.2 19.8 15 19 16.5 C18 18.3 13 18.8 13 16 Z"),
        ("pen", "M9.7 17 L9.7 6 L18.7 4 L18.7 15"), ("fill", "M9 5.5 L19.5 3 L19.5 6.5 L9 9 Z"),
    ),
    "clock": (("pen", "M12 4 C16.5 4 20 7.5 20 12 C20 16.5 16.5 20 12 20 C7.5 20 4 16.5 4 12 C4 7.5 7.5 4 12 4 Z"), ("pen", "M12 7.5 L12 12 L15 14")),  # noqa: E501  the data of a path
    "help": (("pen", "M8.5 9 C8.5 6.5 10 5.5 12 5.5 C14 5.5 15.5 6.8 15.5 8.8 C15.5 11.5 12 11.5 12 14.3"), ("fill", "M12 16.6 C13 16.6 13.5 17.2 13.5 18.1 C13.5 19 13 19.6 12 19.6 C11 19.6 10.5 19 10.5 18.1 C10.5 17.2 11 16.6 12 16.6 Z")),  # noqa: E501  the data of a path
    "lock": (("fill", "M5.5 11 L18.5 11 L18.5 20 L5.5 20 Z"), ("pen", "M8 11 L8 8 C8 5.5 9.8 4 12 4 C14.2 4 16 5.5 16 8 L16 11")),  # noqa: E501  the data of a path
    "speaker": (
        ("fill", "M4 9.5 L8 9.5 L12.5 5.5 L12.5 18.5 L8 14.5 L4 14.5 Z"), ("pen", "M15.5 9 C17 10.5 17 13.5 15.5 15"),
        ("pen", "M18 6.5 C21 9.5 21 14.5 18 17.5"),
    ),
    "muted": (("fill", "M4 9.5 L8 9.5 L12.5 5.5 L12.5 18.5 L8 14.5 L4 14.5 Z"), ("pen", "M15.8 9.3 L20.8 14.7"), ("pen", "M20.8 9.3 L15.8 14.7")),  # noqa: E501  the data of a path
    "solo": (
        ("pen", "M4.5 16 L4.5 12 C4.5 7.5 8 4.5 12 4.5 C16 4.5 19.5 7.5 19.5 12 L19.5 16"),
        ("fill", "M3.6 13 L8 13 L8 19.5 L5.6 19.5 C4.4 19.5 3.6 18.7 3.6 17.5 Z"),
        ("fill", "M20.4 13 L16 13 L16 19.5 L18.4 19.5 C19.6 19.5 20.4 18.7 20.4 17.5 Z"),
    ),
    "dice": (("pen", "M5 5 L19 5 L19 19 L5 19 Z"),),
    "erase": (("pen", "M9 19 L4.5 14.5 L13.5 5.5 L19.5 11.5 L12 19 Z"), ("pen", "M9 10 L15 16"), ("pen", "M8 19 L20 19")),  # noqa: E501  the data of a path
    "info": (("pen", "M12 11 L12 17.5"), ("fill", "M12 5.4 C13 5.4 13.5 6 13.5 6.9 C13.5 7.8 13 8.4 12 8.4 C11 8.4 10.5 7.8 10.5 6.9 C10.5 6 11 5.4 12 5.4 Z")),  # noqa: E501  the data of a path
    "warning": (("pen", "M12 4.5 L20.5 19 L3.5 19 Z"), ("pen", "M12 10 L12 14"), ("pen", "M12 16.5 L12 16.6")),
    "error": (("pen", "M8.5 3.5 L15.5 3.5 L20.5 8.5 L20.5 15.5 L15.5 20.5 L8.5 20.5 L3.5 15.5 L3.5 8.5 Z"), ("pen", "M9 9 L15 15"), ("pen", "M15 9 L9 15")),  # noqa: E501  the data of a path
    "hint": (("pen", "M12 3.5 C17 3.5 20.5 7 20.5 12 C20.5 17 17 20.5 12 20.5 C7 20.5 3.5 17 3.5 12 C3.5 7 7 3.5 12 3.5 Z"), ("pen", "M12 11.2 L12 16.2"), ("pen", "M12 7.7 L12 7.8")),  # noqa: E501  the data of a path
    "continue": (("fill", "M1.5 8 L9.5 8 L9.5 16 L1.5 16 Z"), ("pen", "M12.8 12 L14 12"), ("pen", "M17.4 12 L22 12"), ("pen", "M18 7.3 L22.5 12 L18 16.7")),  # noqa: E501  the data of a path
    "generate": (("fill", "M10 4 C10.8 10 13 12.2 19 13 C13 13.8 10.8 16 10 22 C9.2 16 7 13.8 1 13 C7 12.2 9.2 10 10 4 Z"), ("fill", "M18.5 2 C18.9 5 19.9 6 23 6.5 C19.9 7 18.9 8 18.5 11 C18.1 8 17.1 7 14 6.5 C17.1 6 18.1 5 18.5 2 Z")),  # noqa: E501  the data of a path
    "interpolate": (("fill", "M5 8.8 C6.8 8.8 8.2 10.2 8.2 12 C8.2 13.8 6.8 15.2 5 15.2 C3.2 15.2 1.8 13.8 1.8 12 C1.8 10.2 3.2 8.8 5 8.8 Z"), ("pen", "M19 9 C20.7 9 22 10.3 22 12 C22 13.7 20.7 15 19 15 C17.3 15 16 13.7 16 12 C16 10.3 17.3 9 19 9 Z"), ("pen", "M10.6 12 L10.7 12"), ("pen", "M13.6 12 L13.7 12")),  # noqa: E501  the data of a path
    "drumify": (("pen", "M4 11 C4 8 20 8 20 11 C20 14 4 14 4 11 Z"), ("pen", "M4 11 L4 18 C4 21 20 21 20 18 L20 11"), ("pen", "M3 3 L10 9.5"), ("pen", "M21 3 L14 9.5")),  # noqa: E501  the data of a path
    "groove": (("pen", "M2.5 13 C5 4.5 8 4.5 11 12 C14 19.5 17 19.5 21.5 10"), ("fill", "M6.7 4.6 C8 4.6 9 5.6 9 6.9 C9 8.2 8 9.2 6.7 9.2 C5.4 9.2 4.4 8.2 4.4 6.9 C4.4 5.6 5.4 4.6 6.7 4.6 Z"), ("fill", "M15.6 15.2 C16.9 15.2 17.9 16.2 17.9 17.5 C17.9 18.8 16.9 19.8 15.6 19.8 C14.3 19.8 13.3 18.8 13.3 17.5 C13.3 16.2 14.3 15.2 15.6 15.2 Z")),  # noqa: E501  the data of a path
    "tap": (("fill", "M12 9 C13.7 9 15 10.3 15 12 C15 13.7 13.7 15 12 15 C10.3 15 9 13.7 9 12 C9 10.3 10.3 9 12 9 Z"), ("pen", "M7 7 C4.2 9.8 4.2 14.2 7 17"), ("pen", "M17 7 C19.8 9.8 19.8 14.2 17 17")),  # noqa: E501  the data of a path
    "keep": (("pen", "M7 4 L17 4 L17 20 L12 16 L7 20 Z"),),
    "kept": (("fill", "M7 4 L17 4 L17 20 L12 16 L7 20 Z"), ("pen", "M7 4 L17 4 L17 20 L12 16 L7 20 Z")),
    "recent": (("pen", "M4 6.5 L20 6.5"), ("pen", "M4 12 L20 12"), ("pen", "M4 17.5 L14 17.5")),
}  # fmt: skip

_PIPS: tuple[Point, ...] = ((8.7, 8.7), (12, 12), (15.3, 15.3))


@lru_cache(maxsize=512)
def icon(name: str, pixels: int, colour: Colour) -> pygame.Surface:
    """Return the icon ``name`` as a square of so many pixels."""
    canvas = Canvas(_SIZE, _SIZE, pixels / _SIZE)
    for manner, path in ICONS[name]:
        if manner == "fill":
            canvas.fill(path, colour)
        else:
            canvas.stroke(path, colour, _PEN)
    if name == "dice":
        for x, y in _PIPS:
            canvas.fill(circle(x, y, 1.5), colour)
    return canvas.done()


def _gear_points(centre: float, radius: float, teeth: int, turn: float) -> list[Point]:
    """Return a gear's outline; ``turn`` is in teeth."""
    points = []
    for tooth in range(teeth):
        for part, reach in ((-0.27, 0.76), (-0.17, 1.0), (0.17, 1.0), (0.27, 0.76)):
            angle = 2 * math.pi * (tooth + part + turn) / teeth
            points.append((centre + radius * reach * math.cos(angle), centre + radius * reach * math.sin(angle)))
    return points


@lru_cache(maxsize=256)
def gear(pixels: int, colour: Colour, teeth: int = 10, turn: int = 0, turns: int = 1) -> pygame.Surface:
    """Return a toothed wheel with a hole, ``turn`` of ``turns`` parts of a tooth on."""
    canvas = Canvas(_SIZE, _SIZE, pixels / _SIZE)
    canvas.fill(_gear_points(12, 11.4, teeth, turn / turns), colour)
    canvas.cut(circle(12, 12, 3.6))
    return canvas.done()
