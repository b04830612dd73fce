"""The sheet of music as pixels: laid out when the score or the width changes, painted in strips as they come in view.

Strips make the cost of a frame and of an edit depend on what is seen and not on how long the music is. A sheet can be
made ready in another thread: what a check brings is laid out and painted where no frame waits for it.
"""

from collections.abc import Generator
from dataclasses import dataclass, field

import pygame

from chorale.music import Score
from chorale.notation import Options, Page, Rows
from chorale.notation.layout import laying_out
from chorale.notation.paint import paint_items
from chorale.notation.primitives import Glyph, Line, Plate, Polygon, Primitive, Role, Stroke, Text, Tie
from chorale.notation.slices import at_once
from chorale.ui.theme import PAGE

__all__ = ["Paper", "Sheet"]

_STRIP = 256  # pixels
_REACH = 3.0  # spaces that an ordinary primitive reaches above or below its own place
_TALL = 44.0  # spaces that a brace or a bar line may reach


@dataclass(eq=False)
class Sheet:
    """A page with its picture.

    Attributes:
        score, rows: what it shows.
        width: pixels.
        space: pixels a staff space.
        page: the page as laid out.
        buckets: what each strip shows, in drawing order.
        strips: those painted so far.
    """

    score: Score
    rows: Rows | None
    width: int
    space: int
    page: Page
    buckets: list[list[Primitive]]
    strips: dict[int, pygame.Surface] = field(default_factory=dict)

    @classmethod
    def of(cls, score: Score, rows: Rows | None, width: int, space: int, old: "Sheet | None" = None) -> "Sheet":
        """Lay a sheet out; strips that an older one has painted alike are taken over."""
        return at_once(cls.making(score, rows, width, space, old))

    @classmethod
    def making(
        cls, score: Score, rows: Rows | None, width: int, space: int, old: "Sheet | None" = None
    ) -> Generator[None, None, "Sheet"]:
        """Do the work of ``of`` in slices."""
        page = yield from laying_out(score, Options(width=width / space, rows=rows))
        yield
        sheet = cls(score, rows, width, space, page, _sorted_into_strips(page, space))
        if old is not None and (old.width, old.space) == (width, space):
            pairs = enumerate(zip(old.buckets, sheet.buckets, strict=False))
            same = {index for index, (one, other) in pairs if one == other}
            sheet.strips = {index: strip for index, strip in list(old.strips.items()) if index in same}
        return sheet

    def shows(self, score: Score, rows: Rows | None, width: int, space: int) -> bool:
        """Return whether it shows just this."""
        return score is self.score and (rows, width, space) == (self.rows, self.width, self.space)

    def strip(self, index: int) -> pygame.Surface:
        """Return a strip, painted."""
        strip = self.strips.get(index)
        if strip is None:
            strip = pygame.Surface((self.width, _STRIP))
            strip.fill(PAGE)
            paint_items(self.buckets[index], strip, self.space, (0, -index * _STRIP))
            self.strips[index] = strip
        return strip


class Paper:
    """What lies on the desk: ``width`` pixels wide, as high as the music, ``space`` pixels a staff space."""

    def __init__(self) -> None:
        self.space = 9
        self.width = 1
        self.sheet: Sheet | None = None
        self._ready: Sheet | None = None

    @property
    def page(self) -> Page | None:
        """The page as laid out."""
        return None if self.sheet is None else self.sheet.page

    def show(self, score: Score, width: int, space: int, rows: Rows | None = None) -> bool:
        """Take a score, a size, and what stands under the bass; return whether anything is new."""
        self.width, self.space = width, space
        wanted = (score, rows, width, space)
        if self.sheet is not None and self.sheet.shows(*wanted):
            return False
        ready, self._ready = self._ready, None
        self.sheet = ready if ready is not None and ready.shows(*wanted) else Sheet.of(*wanted, self.sheet)
        return True

    def prepare(self, score: Score, rows: Rows | None) -> Sheet:
        """Make a sheet of the present size ready, painted throughout; any thread may do so. Return it."""
        return at_once(self.preparing(score, rows))

    def preparing(self, score: Score, rows: Rows | None) -> Generator[None, None, Sheet]:
        """Do the work of ``prepare`` in slices."""
        ready = yield from Sheet.making(score, rows, self.width, self.space, self.sheet)
        for index in range(len(ready.buckets)):
            yield
            ready.strip(index)
        self._ready = ready
        return ready

    @property
    def height(self) -> int:
        """The sheet's height in pixels."""
        return 0 if self.page is None else round(self.page.height * self.space)

    @property
    def painted_height(self) -> int:
        """The height of all strips in pixels."""
        return 0 if self.sheet is None else len(self.sheet.buckets) * _STRIP

    def draw(self, surface: pygame.Surface, x: int, y: int, view: pygame.Rect) -> None:
        """Draw what of the sheet lies in ``view`` when its corner is at (x, y)."""
        if self.sheet is None:
            return
        first = max(0, (view.top - y) // _STRIP)
        last = min(len(self.sheet.buckets) - 1, (view.bottom - 1 - y) // _STRIP)
        for index in range(first, last + 1):
            surface.blit(self.sheet.strip(index), (x, y + index * _STRIP))


def _sorted_into_strips(page: Page, space: int) -> list[list[Primitive]]:
    """Return what each strip shows, in drawing order."""
    strips: list[list[Primitive]] = [[] for _ in range(-(-round(page.height * space) // _STRIP))]
    last, per_space = len(strips) - 1, space / _STRIP
    for item in page.items:
        kind = type(item)
        if kind is Line:  # lines and glyphs are most of a page, and this is done at every edit
            one, other = item.y1, item.y2  # type: ignore[union-attr]
            low, high = (one, other) if one < other else (other, one)
        elif kind is Glyph and item.mark.role is not Role.BRACE:
            low = high = item.y  # type: ignore[union-attr]
        else:
            low, high = _extent(item)
        first, final = int((low - _REACH) * per_space), int((high + _REACH) * per_space)
        if 0 <= first == final <= last:
            strips[first].append(item)
        else:
            for index in range(max(first, 0), min(final, last) + 1):
                strips[index].append(item)
    return strips


def _extent(item: Primitive) -> tuple[float, float]:
    """Return the lowest and highest y between which a primitive stands; it may reach a little further."""
    if isinstance(item, Line | Tie):
        return min(item.y1, item.y2), max(item.y1, item.y2)
    if isinstance(item, Polygon | Stroke):
        return min(y for _, y in item.points), max(y for _, y in item.points)
    if isinstance(item, Plate):
        return item.box.top, item.box.bottom
    if isinstance(item, Text):
        return item.y - item.size, item.y + item.size
    return (item.y - _TALL, item.y) if item.mark.role is Role.BRACE else (item.y, item.y)
