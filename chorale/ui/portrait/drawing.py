"""Johann Sebastian Bach, drawn: a bust in a small frame of 240 x 176 coordinates.

The picture is made of layers, each computed once for a size and a pose and then kept: backdrop and coat, head with
wig, features of the face, and the conducting arm. A pose is a handful of small whole numbers, so that few
different layers exist and an animated portrait costs a few blits a frame.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pygame

from chorale.ui import draw
from chorale.ui.theme import Colour, mix
from chorale.ui.vector import Canvas, Point, circle

__all__ = ["HEIGHT", "WIDTH", "Pose", "picture"]

WIDTH, HEIGHT = 240, 176

_SKIN, _SKIN_SHADE, _SKIN_LIGHT, _BLUSH = (236, 190, 152), (205, 148, 112), (248, 212, 178), (222, 120, 92, 70)
_WIG, _WIG_SHADE, _WIG_DEEP, _WIG_LIGHT = (226, 220, 208), (190, 182, 170), (140, 131, 124), (246, 243, 235)
_COAT, _COAT_LIGHT, _COAT_DEEP = (52, 44, 66), (72, 62, 90), (36, 30, 46)
_LINEN, _LINEN_SHADE = (248, 245, 236), (208, 202, 196)
_GOLD, _BROW, _LIP, _LINE = (227, 178, 60), (104, 88, 78), (176, 82, 72), (120, 74, 56)
_PIVOT: Point = (120, 138)  # the neck, about which the head tilts


@dataclass(frozen=True)
class Pose:
    """How he looks; all numbers whole.

    Attributes:
        tilt: of the head, degrees to his left.
        nod: how far the head is lowered, coordinates.
        brow: -3 (knitted) .. 3 (raised).
        lid: 0 (open) .. 3 (closed).
        squint: 0 .. 2, cheeks lifted by a smile.
        mouth: -3 (down) .. 3 (a broad smile).
        lips: 0 (closed) .. 2 (open, singing along).
        gaze: -2 (towards the page) .. 2.
        arm: the conducting arm's angle in steps of four degrees, or None while it rests.
        breath: 0 .. 2, how far the shoulders are lifted.
    """

    tilt: int = 0
    nod: int = 0
    brow: int = 0
    lid: int = 0
    squint: int = 0
    mouth: int = 1
    lips: int = 0
    gaze: int = 0
    arm: int | None = None
    breath: int = 0


@lru_cache(maxsize=4)
def _backdrop(size: tuple[int, int], radius: int) -> pygame.Surface:
    """Return the dark, warm ground of an old painting, lit from the upper left."""
    surface = draw.plate(size, radius, (58, 44, 40)).copy()
    x = np.linspace(-1, 1, size[0], dtype=np.float32)[:, None]
    y = np.linspace(-1, 1, size[1], dtype=np.float32)[None, :]
    light = np.clip(1 - np.hypot((x + 0.25) * 0.85, (y + 0.25) * 0.8), 0, 1)[:, :, None] ** 1.3
    low, high = np.array((38, 31, 37), dtype=np.float32), np.array((124, 88, 62), dtype=np.float32)
    pygame.surfarray.pixels3d(surface)[:] = np.rint(low + (high - low) * light).astype(np.uint8)
    return surface


@lru_cache(maxsize=4)
def _coat(pixels: float) -> pygame.Surface:
    canvas = Canvas(WIDTH, HEIGHT + 8, pixels)
    canvas.fill("M26 184 C28 156 50 146 78 138 L162 138 C190 146 212 156 214 184 Z", _COAT)
    canvas.fill("M26 184 C28 156 50 146 78 138 L92 140 C66 150 46 160 44 184 Z", _COAT_LIGHT)
    canvas.fill("M188 184 C186 164 176 152 160 142 L172 142 C198 150 212 160 214 184 Z", _COAT_DEEP)
    canvas.fill("M84 138 C88 158 96 172 106 184 L96 184 C84 174 76 158 72 143 Z", _COAT_DEEP)
    canvas.fill("M156 138 C152 158 144 172 134 184 L144 184 C156 174 164 158 168 143 Z", _COAT_DEEP)
    for x, y in ((84, 166), (91, 178), (156, 166), (149, 178)):
        canvas.fill(circle(x, y, 3), (160, 120, 40))
        canvas.fill(circle(x - 0.5, y - 0.6, 2.2), _GOLD)
    _draw_jabot(canvas)
    return canvas.done()


def _draw_jabot(canvas: Canvas) -> None:
    """Draw the linen at the throat: a band, then three ruffles."""
    canvas.fill("M98 132 C104 142 136 142 142 132 L144 144 C134 152 106 152 96 144 Z", _LINEN)
    canvas.fill("M97 142 C106 150 134 150 143 142 L144 145 C134 153 106 153 96 145 Z", _LINEN_SHADE)
    for top, half in ((146, 17), (156, 15), (167, 13)):
        points = f"M{120 - half * 0.6} {top} L{120 + half * 0.6} {top}"
        ruffle = (
            f"{points} C{120 + half} {top + 4} {120 + half} {top + 12} {120 + half * 0.7} {top + 15}"
            f" C{120 + half * 0.4} {top + 11} {120 + half * 0.2} {top + 19} 120 {top + 16}"
            f" C{120 - half * 0.2} {top + 19} {120 - half * 0.4} {top + 11} {120 - half * 0.7} {top + 15}"
            f" C{120 - half} {top + 12} {120 - half} {top + 4} {120 - half * 0.6} {top} Z"
        )
        canvas.fill(ruffle, _LINEN)
        canvas.stroke(f"M{120 - half * 0.35} {top + 3} L{120 - half * 0.45} {top + 12}", _LINEN_SHADE, 1.2)
        canvas.stroke(f"M{120 + half * 0.35} {top + 3} L{120 + half * 0.45} {top + 12}", _LINEN_SHADE, 1.2)
        canvas.stroke(f"M120 {top + 2} L120 {top + 14}", _LINEN_SHADE, 1.2)


def _curl(canvas: Canvas, x: float, y: float, radius: float, side: int) -> None:
    """Draw one roll of the wig: a ball, lit from the left, and the spiral of its hair."""
    canvas.fill(circle(x, y, radius, squash=0.9), _WIG_DEEP)
    canvas.fill(circle(x - 0.5, y - 0.8, radius * 0.92, squash=0.88), _WIG_SHADE if side > 0 else _WIG)
    canvas.fill(
        circle(x - radius * 0.18, y - radius * 0.22, radius * 0.66, squash=0.85), _WIG if side > 0 else _WIG_LIGHT
    )
    turns = [(angle / 10, radius * (0.62 - 0.011 * angle)) for angle in range(0, 46, 2)]
    spiral = [(x + side * reach * math.cos(a + 0.8), y + 0.86 * reach * math.sin(a + 0.8)) for a, reach in turns]
    canvas.stroke(spiral, _WIG_DEEP if side > 0 else _WIG_SHADE, 1.1)


_LEFT_CURLS = (
    (77, 62, 12),
    (70, 79, 13),
    (67, 98, 13.5),
    (69, 117, 13),
    (76, 134, 12.5),
    (88, 120, 9.5),
    (84, 100, 9),
    (87, 142, 9.5),
)
_LOCKS = (
    "M120 15 C104 16 90 28 84 52", "M116 17 C104 24 97 34 93 50", "M122 15 C137 16 150 28 156 52", "M124 17 C136 24 143 34 147 50",  # noqa: E501  the data of a path
    "M119 17 C112 24 107 32 104 43", "M121 17 C128 24 133 32 136 43",
)  # fmt: skip


def _draw_wig_behind(canvas: Canvas) -> None:
    canvas.fill(
        "M120 10 C84 8 64 40 64 74 C56 96 56 128 72 146 L168 146 C184 128 184 96 176 74 C176 40 156 8 120 10 Z",
        _WIG_DEEP,
    )
    canvas.fill(
        "M120 12 C88 10 69 38 68 72 C62 98 64 124 80 140 L160 140 C176 124 178 98 172 72 C171 38 152 10 120 12 Z",
        _WIG_SHADE,
    )


def _draw_wig(canvas: Canvas) -> None:
    """Draw the wig over the forehead: two swept halves, their locks, then the rolls down both sides."""
    left = "M120 13 C92 11 70 34 68 68 C70 78 80 80 90 74 C90 58 100 47 120 41 Z"
    right = "M120 13 C148 11 170 34 172 68 C170 78 160 80 150 74 C150 58 140 47 120 41 Z"
    canvas.fill(right, _WIG)
    canvas.fill(left, _WIG_LIGHT)
    canvas.fill(
        "M120 41 C137 45 149 56 150 74 C160 80 170 78 172 68 C168 74 158 72 155 64 C150 52 138 42 120 38 Z", _WIG_SHADE
    )
    canvas.fill("M120 41 C103 45 91 56 90 74 C86 76 82 77 79 76 C84 60 98 44 120 38 Z", _WIG)
    for index, lock in enumerate(_LOCKS):
        canvas.stroke(lock, _WIG_SHADE if index in {0, 1, 4} else mix(_WIG_SHADE, _WIG_DEEP, 0.35), 1.2)
    canvas.stroke("M120 13 L120 40", _WIG_SHADE, 1.4)
    for x, y, radius in _LEFT_CURLS:
        _curl(canvas, x, y, radius, -1)
        _curl(canvas, WIDTH - x, y, radius, 1)


def _draw_face(canvas: Canvas) -> None:
    canvas.fill("M100 120 C100 136 106 146 120 148 C134 146 140 136 140 120 Z", _SKIN_SHADE)
    face = (
        "M91 68 C88 92 86 108 95 120 C102 131 111 137 120 137 C129 137 138 131 145 120"
        " C154 108 152 92 149 68 C148 48 136 38 120 38 C104 38 92 48 91 68 Z"
    )
    canvas.fill(face, _SKIN)
    canvas.fill(
        "M149 68 C152 92 154 108 145 120 C138 131 129 137 120 137 C132 131 138 120 141 106 C145 88 143 70 138 54 C143 56 148 60 149 68 Z",  # noqa: E501  the data of a path
        (*_SKIN_SHADE, 105),
    )
    canvas.fill(
        "M104 129 C110 135 130 135 136 129 C133 136 127 140 120 140 C113 140 107 136 104 129 Z", (*_SKIN_SHADE, 150)
    )
    canvas.fill("M98 56 C102 47 112 44 120 44 C114 49 106 53 101 63 Z", (*_SKIN_LIGHT, 190))
    canvas.fill(circle(101, 100, 9.5, squash=0.8), _BLUSH)
    canvas.fill(circle(139, 100, 9.5, squash=0.8), _BLUSH)


@lru_cache(maxsize=24)
def _head(pixels: float, tilt: int) -> pygame.Surface:
    canvas = Canvas(WIDTH, HEIGHT, pixels).turned(tilt, _PIVOT)
    _draw_wig_behind(canvas)
    _draw_face(canvas)
    _draw_wig(canvas)
    return canvas.done()


def _draw_nose(canvas: Canvas) -> None:
    canvas.fill("M122 74 C126 84 131 94 131 100 C130 106 124 107 120 107 C124 98 121 86 122 74 Z", (*_SKIN_SHADE, 170))
    canvas.fill("M117 78 C116 88 114 95 115 101 C117 103 119 102 120 98 C121 90 119 84 119 77 Z", (*_SKIN_LIGHT, 210))
    canvas.stroke("M110 102 C110 107 115 106 117 108 C119 109 122 109 124 108 C126 106 131 107 131 101", (*_LINE,), 1.5)


def _draw_eye(canvas: Canvas, x: float, pose: Pose, side: int) -> None:
    """Draw an eye: white, iris, light, then lids; closed ones are a curve."""
    y = 80.0
    if pose.lid >= 3:
        bend = -4 if pose.squint else 3.2
        canvas.stroke(f"M{x - 7} {y + 1} Q{x} {y + 1 + bend} {x + 7} {y + 1}", _LINE, 2)
        return
    canvas.fill(f"M{x - 8} {y} Q{x} {y - 8} {x + 8} {y} Q{x} {y + 7} {x - 8} {y} Z", (250, 247, 240))
    iris = x + pose.gaze * 1.3
    canvas.fill(circle(iris, y - 0.2, 3.5), (86, 58, 42))
    canvas.fill(circle(iris, y - 0.2, 1.8), (24, 18, 16))
    canvas.fill(circle(iris - 1.1, y - 1.4, 1.05), (255, 255, 255))
    drop = 2.6 * pose.lid
    canvas.fill(
        f"M{x - 9} {y} Q{x} {y - 11} {x + 9} {y} L{x + 8} {y} Q{x} {y - 8 + 2 * drop} {x - 8} {y} Z", _SKIN_SHADE
    )
    canvas.stroke(f"M{x - 8.4} {y + 0.3} Q{x} {y - 8.2 + 2 * drop} {x + 8.4} {y + 0.3}", _LINE, 1.7)
    lift = 1.9 * pose.squint
    canvas.fill(f"M{x - 8} {y + 1} Q{x} {y + 7.5 - 2 * lift} {x + 8} {y + 1} Q{x} {y + 10} {x - 8} {y + 1} Z", _SKIN)
    canvas.stroke(f"M{x - 6.5} {y + 2.2} Q{x} {y + 7.5 - 2 * lift} {x + 6.5} {y + 2.2}", (*_SKIN_SHADE,), 1)
    canvas.stroke(
        f"M{x - 5 * side - 3} {y + 10} Q{x - side} {y + 12} {x + 5} {y + 9.5}", mix(_SKIN, _SKIN_SHADE, 0.7), 1.1
    )


def _draw_brow(canvas: Canvas, x: float, pose: Pose, side: int) -> None:
    """Draw a brow; its inner end falls when he frowns and rises with the rest when he is surprised."""
    rise = -1.5 * max(pose.brow, 0)
    inner_y, outer_y = 69 + rise - 2.1 * min(pose.brow, 0), 69.5 + rise * 0.6 + 0.4 * min(pose.brow, 0)
    inner, outer = x - side * 8.5, x + side * 10
    middle = (inner_y + outer_y) / 2 - 4 + 0.6 * -min(pose.brow, 0)
    path = f"M{inner} {inner_y} Q{x} {middle - 2.4} {outer} {outer_y} Q{x} {middle + 2.6} {inner} {inner_y + 3.4} Z"
    canvas.fill(path, _BROW)
    if pose.brow < -1:
        canvas.stroke(f"M{120 + side * 3} 70 L{120 + side * 2.4} 76", _SKIN_SHADE, 1.3)


def _draw_mouth(canvas: Canvas, pose: Pose) -> None:
    corner, half = 117 - 1.5 * pose.mouth, 11 + 1.3 * max(pose.mouth, 0)
    left, right = 120 - half, 120 + half
    middle = 117 + 1.1 * pose.mouth
    if pose.lips or pose.mouth >= 3:
        depth = 4 + 3 * pose.lips
        canvas.fill(
            f"M{left} {corner} Q120 {middle - 1} {right} {corner} Q120 {middle + depth * 1.9} {left} {corner} Z",
            (96, 36, 36),
        )
        canvas.fill(
            f"M{left + 3} {corner + 0.6} Q120 {middle} {right - 3} {corner + 0.6} Q120 {middle + 3.4} {left + 3} {corner + 0.6} Z",  # noqa: E501  the data of a path
            (246, 240, 230),
        )
        canvas.stroke(f"M{left} {corner} Q120 {middle + depth * 1.9} {right} {corner}", _LIP, 2)
    canvas.fill(
        f"M{left} {corner} Q{114} {middle - 4.2} 120 {middle - 2.2} Q126 {middle - 4.2} {right} {corner} Q120 {middle + 0.8} {left} {corner} Z",  # noqa: E501  the data of a path
        _LIP,
    )
    if not pose.lips and pose.mouth < 3:
        canvas.fill(
            f"M{left + 4} {corner + 0.4} Q120 {middle + 7.6} {right - 4} {corner + 0.4} Q120 {middle + 1} {left + 4} {corner + 0.4} Z",  # noqa: E501  the data of a path
            (198, 104, 90),
        )
        canvas.stroke(f"M{left} {corner} Q120 {middle + 1} {right} {corner}", (122, 50, 46), 1.5)
    for end, side in ((left, -1), (right, 1)):
        canvas.stroke(
            f"M{end + side} {corner - 1.5} Q{end + side * 2.2} {corner} {end + side * 1.2} {corner + 2}",
            _SKIN_SHADE,
            1.2,
        )
    if pose.mouth > 0:
        canvas.stroke(f"M108 104 Q{103 - pose.mouth} 110 {left - 3} {corner - 1}", (*_SKIN_SHADE,), 1.1)
        canvas.stroke(f"M132 104 Q{137 + pose.mouth} 110 {right + 3} {corner - 1}", (*_SKIN_SHADE,), 1.1)


@lru_cache(maxsize=128)
def _features(pixels: float, pose: Pose) -> pygame.Surface:
    canvas = Canvas(WIDTH, HEIGHT, pixels).turned(pose.tilt, _PIVOT)
    _draw_mouth(canvas, pose)
    _draw_nose(canvas)
    for x, side in ((105, -1), (135, 1)):
        _draw_eye(canvas, x, pose, side)
        _draw_brow(canvas, x, pose, side)
    return canvas.done()


@lru_cache(maxsize=48)
def _arm(pixels: float, steps: int) -> pygame.Surface:
    """Return sleeve, cuff, hand and baton, raised by ``steps`` of four degrees about the elbow."""
    canvas = Canvas(WIDTH, HEIGHT, pixels).turned(4 * steps, (214, 182))
    canvas.stroke("M199 116 L166 72", (250, 246, 236), 2.4)
    canvas.stroke("M199 116 L193 108", (150, 100, 60), 4)
    canvas.fill("M188 138 C192 132 206 130 214 136 L238 190 L196 190 Z", _COAT)
    canvas.fill("M188 138 C190 135 194 133 198 132 L214 190 L196 190 Z", _COAT_LIGHT)
    canvas.fill(
        "M184 136 C186 126 196 126 200 130 C204 124 214 126 216 136 C212 144 206 140 202 145 C196 142 190 146 184 136 Z",  # noqa: E501  the data of a path
        _LINEN,
    )
    canvas.stroke("M192 130 L193 139 M202 130 L202 140 M210 131 L209 138", _LINEN_SHADE, 1.2)
    canvas.fill(
        "M190 128 C186 118 190 108 198 108 C206 107 211 114 210 122 C210 127 208 130 204 131 C198 133 193 132 190 128 Z",  # noqa: E501  the data of a path
        _SKIN,
    )
    canvas.fill(
        "M206 110 C211 114 211 122 209 127 C206 131 200 132 196 131 C204 128 207 119 206 110 Z", (*_SKIN_SHADE, 150)
    )
    for y in (113, 118, 123):
        canvas.stroke(f"M191 {y} Q195 {y - 1} 199 {y + 2}", _SKIN_SHADE, 1.2)
    canvas.stroke("M193 110 Q198 106 203 110", _SKIN_LIGHT, 2)
    return canvas.done()


@lru_cache(maxsize=40)
def picture(size: tuple[int, int], radius: int, pose: Pose, frame: Colour = _GOLD) -> pygame.Surface:
    """Return the framed portrait, ``size`` pixels of the drawing's own proportions."""
    pixels = size[0] / WIDTH
    surface = _backdrop(size, radius).copy()
    lift = -round(pose.breath * 0.7 * pixels)
    nod = lift + round(pose.nod * pixels)
    surface.blit(_coat(pixels), (0, lift))
    surface.blit(_head(pixels, pose.tilt), (0, nod))
    face = Pose(pose.tilt, 0, pose.brow, pose.lid, pose.squint, pose.mouth, pose.lips, pose.gaze)
    surface.blit(_features(pixels, face), (0, nod))
    if pose.arm is not None:
        surface.blit(_arm(pixels, pose.arm), (0, 0))
    _round_off(surface, radius)
    draw.outline(surface, surface.get_rect(), mix(frame, (70, 50, 30), 0.35), radius, max(1, round(1.6 * pixels)))
    return surface


def _round_off(surface: pygame.Surface, radius: int) -> None:
    """Cut what was drawn over the rounded corners."""
    mask = draw.plate(surface.get_size(), radius, (255, 255, 255))
    surface.blit(mask, (0, 0), special_flags=pygame.BLEND_RGBA_MIN)
