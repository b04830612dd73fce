"""The sheet of music as pixels: laid out when the score or the width changes, painted system by system as it is seen.

A system that looks the same on the next page, an edit further, is the same drawn object there, wherever it stands; so
is its picture. An edit costs the systems it changed. A sheet can also be made ready ahead, in slices: what a check
brings is laid out and painted before it is shown.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pygame

from chorale.music import Score
from chorale.notation import Options, Page, Rows
from chorale.notation.layout import laying_out
from chorale.notation.paint import paint_items
from chorale.notation.primitives import Primitive, Role, box_of
from chorale.notation.slices import at_once
from chorale.ui.theme import PAGE

__all__ = ["Paper", "Patch", "Sheet"]

_SLICE = 120  # primitives painted in one go: a millisecond or two
_WHITE = 1.0  # spaces above and below what the layout takes to be a system's ink


class Patch(NamedTuple):
    """A part of a sheet that is painted in one piece: the heading, or a system.

    Args:
        what: what it shows; equal for equal pictures.
        top, bottom: pixels, from the sheet's upper edge.
        origin: the height of its own y = 0.
    """

    what: object
    top: int
    bottom: int
    origin: int


@dataclass(eq=False)
class Sheet:
    """A page with its picture.

    Attributes:
        score, rows: what it shows.
        width: pixels.
        space: pixels a staff space.
        page: the page as laid out.
        patches: what it is painted of, from top to bottom; neighbours may overlap.
        pictures: those painted so far, by what they show.
        rests: whether rests are painted.
    """

    score: Score
    rows: Rows | None
    width: int
    space: int
    page: Page
    patches: list[Patch]
    pictures: dict[object, pygame.Surface] = field(default_factory=dict)
    rests: bool = True

    @classmethod
    def of(
        cls,
        score: Score,
        rows: Rows | None,
        width: int,
        space: int,
        old: "Sheet | None" = None,
        *,
        heading: bool = True,
        rests: bool = True,
    ) -> "Sheet":
        """Lay a sheet out, with title and tempo or without; pictures that an older one has are taken over."""
        return at_once(cls.making(score, rows, width, space, old, heading=heading, rests=rests))

    @classmethod
    def making(
        cls,
        score: Score,
        rows: Rows | None,
        width: int,
        space: int,
        old: "Sheet | None" = None,
        *,
        heading: bool = True,
        rests: bool = True,
    ) -> Generator[None, None, "Sheet"]:
        """Do the work of ``of`` in slices."""
        page = yield from laying_out(score, Options(width=width / space, rows=rows, heading=heading))
        sheet = cls(score, rows, width, space, page, _patches(page, space), rests=rests)
        if old is not None and (old.width, old.space, old.rests) == (width, space, rests):
            known = dict(old.pictures)
            sheet.pictures = {patch.what: known[patch.what] for patch in sheet.patches if patch.what in known}
        return sheet

    def shows(self, score: Score, rows: Rows | None, width: int, space: int) -> bool:
        """Return whether it shows just this."""
        return score is self.score and (rows, width, space) == (self.rows, self.width, self.space)

    def picture(self, patch: Patch) -> pygame.Surface:
        """Return the picture of a patch, painted if it was not yet."""
        if patch.what not in self.pictures:
            at_once(self.painting(patch))
        return self.pictures[patch.what]

    def painting(self, patch: Patch) -> Generator[None, None, None]:
        """Paint a patch in slices, if it was not yet."""
        if patch.what in self.pictures:
            return
        picture = pygame.Surface((self.width, patch.bottom - patch.top))
        picture.fill(PAGE)
        items = self._items(patch)
        for first in range(0, len(items), _SLICE):
            yield
            some = items[first : first + _SLICE]
            paint_items(some, picture, self.space, (0, patch.origin - patch.top))
        self.pictures[patch.what] = picture

    def _items(self, patch: Patch) -> Sequence[Primitive]:
        """Return what a patch shows, about its own origin."""
        same = (system.drawn.items for system in self.page.systems if system.drawn is patch.what)
        items = next(same, self.page.heading)
        return items if self.rests else [item for item in items if not _of_rest(item)]

    def draw(self, surface: pygame.Surface, x: int, y: int, view: pygame.Rect) -> None:
        """Draw what of the sheet lies in ``view`` when its corner is at (x, y), the white between the systems too."""
        clip = surface.get_clip()
        surface.set_clip(view.clip(clip))
        surface.fill(PAGE, (view.x, view.y, max(0, x - view.x), view.height))
        end = view.top
        for patch in self.patches:
            top, bottom = y + patch.top, y + patch.bottom
            if bottom <= view.top or top >= view.bottom:
                continue
            surface.fill(PAGE, (view.x, end, view.width, max(0, top - end)))
            picture, shared = self.picture(patch), max(0, end - top)
            if shared and end > view.top:  # two systems reach into one another: of each pixel the darker is ink
                surface.blit(picture, (x, top), (0, 0, self.width, shared), special_flags=pygame.BLEND_RGB_MIN)
                surface.blit(picture, (x, end), (0, shared, self.width, max(0, bottom - end)))
            else:
                surface.blit(picture, (x, top))
            end = max(end, bottom)
        surface.fill(PAGE, (view.x, end, view.width, max(0, view.bottom - end)))
        surface.set_clip(clip)


def _of_rest(item: Primitive) -> bool:
    return item.mark.role is Role.REST or (item.mark.role is Role.DOT and item.mark.start is None)


class Paper:
    """What lies on the desk: ``width`` pixels wide, as high as the music, ``space`` pixels a staff space.

    Attributes:
        heading: whether title and tempo stand above the music.
        rests: whether rests are shown.
    """

    def __init__(self) -> None:
        self.heading = self.rests = True
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
        if ready is None or not ready.shows(*wanted):
            ready = Sheet.of(*wanted, self.sheet, heading=self.heading, rests=self.rests)
        self.sheet = ready
        return True

    def preparing(self, score: Score, rows: Rows | None) -> Generator[None, None, Sheet]:
        """Make a sheet of the present size ready, painted throughout, in slices; return it."""
        how = {"heading": self.heading, "rests": self.rests}
        ready = yield from Sheet.making(score, rows, self.width, self.space, self.sheet, **how)
        for patch in ready.patches:
            yield from ready.painting(patch)
        self._ready = ready
        return ready

    @property
    def height(self) -> int:
        """The sheet's height in pixels."""
        return 0 if self.page is None else round(self.page.height * self.space)

    @property
    def spare(self) -> int:
        """Pixels left and right of a single system together, beyond a margin as wide as its left one."""
        if self.page is None or len(self.page.systems) != 1:
            return 0
        system = self.page.systems[0]
        return max(0, self.width - round((system.left + system.right) * self.space))

    def draw(self, surface: pygame.Surface, x: int, y: int, view: pygame.Rect) -> None:
        """Draw what of the sheet lies in ``view`` when its corner is at (x, y)."""
        if self.sheet is not None:
            self.sheet.draw(surface, x, y, view)


def _patches(page: Page, space: int) -> list[Patch]:
    """Return what a page is painted of; systems stand at whole spaces, so their pictures do not depend on the place."""
    patches = []
    if page.heading:
        boxes = [box_of(item) for item in page.heading]
        top, bottom = min(box.top for box in boxes) - _WHITE, max(box.bottom for box in boxes) + _WHITE
        patches.append(Patch(page.heading, int(top * space), int(bottom * space) + 1, 0))
    for system in page.systems:
        origin = round(system.dy) * space
        top, bottom = int((system.drawn.top - _WHITE) * space) - 1, int((system.drawn.bottom + _WHITE) * space) + 1
        patches.append(Patch(system.drawn, origin + top, origin + bottom, origin))
    return patches
