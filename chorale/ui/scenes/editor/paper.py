"""The sheet of music as pixels: laid out when the score or the width changes, painted in strips as they come in view.

Strips make the cost of a frame and of an edit depend on what is seen and not on how long the music is.
"""

import pygame

from chorale.music import Score
from chorale.notation import Options, Page, Rows, lay_out
from chorale.notation.paint import paint_items
from chorale.notation.primitives import Glyph, Line, Plate, Polygon, Primitive, Role, Stroke, Text, Tie
from chorale.ui.theme import PAGE

__all__ = ["Paper"]

_STRIP = 256  # pixels
_REACH = 3.0  # spaces that an ordinary primitive reaches above or below its own place
_TALL = 44.0  # spaces that a brace or a bar line may reach


class Paper:
    """One sheet: ``width`` pixels wide, as high as the music, ``space`` pixels a staff space."""

    def __init__(self) -> None:
        self.page: Page | None = None
        self.space = 9
        self.width = 1
        self._score: Score | None = None
        self._rows: Rows | None = None
        self._strips: dict[int, pygame.Surface] = {}
        self._buckets: list[list[Primitive]] = []

    def show(self, score: Score, width: int, space: int, rows: Rows | None = None) -> bool:
        """Take a score, a size, and what stands under the bass; return whether anything is new."""
        same_music = score is self._score and rows == self._rows
        if same_music and (width, space) == (self.width, self.space) and self.page is not None:
            return False
        resized = (width, space) != (self.width, self.space)
        self._score, self._rows, self.width, self.space = score, rows, width, space
        old = [] if resized else self._buckets
        self.page = lay_out(score, Options(width=width / space, rows=rows))
        self._buckets = self._sorted_into_strips(self.page)
        same = {i for i, (one, other) in enumerate(zip(old, self._buckets, strict=False)) if one == other}
        self._strips = {index: strip for index, strip in self._strips.items() if index in same}
        return True

    @property
    def height(self) -> int:
        """The sheet's height in pixels."""
        return 0 if self.page is None else round(self.page.height * self.space)

    @property
    def painted_height(self) -> int:
        """The height of all strips in pixels."""
        return len(self._buckets) * _STRIP

    def _sorted_into_strips(self, page: Page) -> list[list[Primitive]]:
        """Return what each strip shows, in drawing order."""
        strips: list[list[Primitive]] = [[] for _ in range(-(-round(page.height * self.space) // _STRIP))]
        per_space = self.space / _STRIP
        for item in page.items:
            top, bottom = _extent(item)
            first, last = max(0, int(top * per_space)), min(len(strips) - 1, int(bottom * per_space))
            for index in range(first, last + 1):
                strips[index].append(item)
        return strips

    def _strip(self, index: int) -> pygame.Surface:
        strip = self._strips.get(index)
        if strip is None:
            strip = pygame.Surface((self.width, _STRIP))
            strip.fill(PAGE)
            paint_items(self._buckets[index], strip, self.space, (0, -index * _STRIP))
            self._strips[index] = strip
        return strip

    def draw(self, surface: pygame.Surface, x: int, y: int, view: pygame.Rect) -> None:
        """Draw what of the sheet lies in ``view`` when its corner is at (x, y)."""
        first = max(0, (view.top - y) // _STRIP)
        last = min(len(self._buckets) - 1, (view.bottom - 1 - y) // _STRIP)
        for index in range(first, last + 1):
            surface.blit(self._strip(index), (x, y + index * _STRIP))

    def prepare(self, y: int, view: pygame.Rect) -> bool:
        """Paint one strip just outside the view, if any is not painted yet; return whether one was."""
        below = (view.bottom - y) // _STRIP + 1
        for index in (below, below + 1, (view.top - y) // _STRIP - 1):
            if 0 <= index < len(self._buckets) and index not in self._strips:
                self._strip(index)
                return True
        return False


def _extent(item: Primitive) -> tuple[float, float]:
    """Return the lowest and highest y that a primitive may touch, quickly and rather too generously."""
    if isinstance(item, Line | Tie):
        low, high = min(item.y1, item.y2), max(item.y1, item.y2)
    elif isinstance(item, Polygon | Stroke):
        low, high = min(y for _, y in item.points), max(y for _, y in item.points)
    elif isinstance(item, Plate):
        low, high = item.box.top, item.box.bottom
    elif isinstance(item, Glyph) and item.mark.role is Role.BRACE:
        return item.y - _TALL, item.y + 1
    elif isinstance(item, Text):
        return item.y - item.size, item.y + item.size
    else:
        low = high = item.y
    return low - _REACH, high + _REACH
