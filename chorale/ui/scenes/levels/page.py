"""A page of the room: its bar, its board, and what every page does with events and time."""

from collections.abc import Hashable, Sequence

import pygame

from chorale.ui import theme as colours
from chorale.ui.places import HEIGHT, Places
from chorale.ui.scene import Place
from chorale.ui.scenes.editor.keys import KeyMap
from chorale.ui.scenes.levels.hall import Hall
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget
from chorale.ui.widgets.board import Board
from chorale.ui.widgets.button import Button
from chorale.ui.widgets.panel import Panel

__all__ = ["HEIGHT", "Bar", "Page"]

_BUTTON = 36  # units high


class Bar(Panel):
    """The bar at the head: the rooms, the ways of this page, its title, and what it offers.

    Args:
        hall: the room's things.
        ways: buttons after the rooms.
        offers: buttons at the right end.
    """

    def __init__(self, hall: Hall, ways: Sequence[Button] = (), offers: Sequence[Button] = ()) -> None:
        super().__init__()
        self.places = Places(hall.services, Place.LEVELS)
        self.ways, self.offers = list(ways), list(offers)
        self.title, self.remark = "", ""
        self._middle = pygame.Rect(0, 0, 1, 1)

    @property
    def widgets(self) -> list[Widget]:
        """In the order of Tab."""
        return [*self.places.tabs, *self.ways, *self.offers]

    @property
    def look(self) -> Hashable:
        """The title, too."""
        return self.title, self.remark

    def lay_out(self, rect: pygame.Rect, theme: Theme) -> None:
        """Rooms and ways at the left, offers at the right, the title in the middle of what is between."""
        self.rect = rect
        top, gap = rect.centery - theme.px(_BUTTON) // 2, theme.px(8)
        x = self.places.lay_out(rect, theme) + theme.px(4)
        for button in self.ways:
            button.rect = pygame.Rect(x, top, _width(button, theme), theme.px(_BUTTON))
            x = button.rect.right + gap
        right = rect.right - theme.px(16)
        for button in reversed(self.offers):
            width = _width(button, theme)
            button.rect = pygame.Rect(right - width, top, width, theme.px(_BUTTON))
            right -= width + gap
        self._middle = pygame.Rect(x + gap, rect.y, max(1, right - x - 2 * gap), rect.height)

    def draw_background(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the bar and its title."""
        self.places.draw_background(surface, self.rect, theme)
        room, words = self._middle, (self.title, self.remark)
        title = theme.text(theme.fitted(words[0], room.width, 18, "serif"), 18, "serif", colours.TEXT)
        rest = room.width - title.get_width() - theme.px(14)
        remark = theme.text(theme.fitted(words[1], max(rest, 1), 13), 13, "sans", colours.MUTED) if words[1] else None
        if remark is not None and rest < theme.width(words[1], 13):
            remark = None
        width = title.get_width() + (0 if remark is None else theme.px(14) + remark.get_width())
        left = max(room.x, min(self.rect.centerx - width // 2, room.right - width))
        at = title.get_rect(midleft=(left, room.centery - theme.px(1)))
        surface.blit(title, at)
        if remark is not None:
            surface.blit(remark, remark.get_rect(midleft=(at.right + theme.px(14), room.centery)))


def _width(button: Button, theme: Theme) -> int:
    words = theme.width(button.text, button.text_size, "semibold") if button.text else 0
    sign = theme.px(button.picture_size) if button.picture is not None else 0
    between = theme.px(6) if words and sign else 0
    return max(theme.px(_BUTTON), words + sign + between + theme.px(24 if words else 16))


class Page:
    """What fills the room.

    Args:
        hall: the room's things.
        ways: buttons after the rooms in the bar.
        offers: buttons at the bar's right end.
    """

    def __init__(self, hall: Hall, ways: Sequence[Button] = (), offers: Sequence[Button] = ()) -> None:
        self.hall = hall
        self.board = Board()
        self.keys = KeyMap()
        self.bar = Bar(hall, ways, offers)
        self.rect = pygame.Rect(0, 0, 1, 1)
        self.size = (1, 1)

    # What a page says of itself ---------------------------------------------------------------------------------

    @property
    def widgets(self) -> list[Widget]:
        """What lies under the bar, in the order of Tab."""
        return []

    @property
    def loose(self) -> list[Widget]:
        """Those of them that no panel draws."""
        return []

    def enter(self) -> None:
        """The page is shown now."""

    def leave(self) -> None:
        """Another page is shown."""

    def let_go(self) -> None:
        """Something that was waited for will not come."""

    def lay_out(self, theme: Theme) -> None:
        """Give everything its place in ``rect``."""

    def draw_page(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw what lies under the bar."""

    def pass_time(self, now: float) -> float | None:
        """Let time pass; return the seconds until something moves, None where nothing will."""
        del now
        return None

    # The scene --------------------------------------------------------------------------------------------------

    def resize(self, size: tuple[int, int], theme: Theme) -> None:
        """Take the window's size."""
        self.size = size
        top = theme.px(HEIGHT)
        self.rect = pygame.Rect(0, top, size[0], size[1] - top)
        self.board.theme, self.board.area = theme, pygame.Rect(0, 0, *size)
        self.board.close_menu()
        self.bar.lay_out(pygame.Rect(0, 0, size[0], top), theme)
        self.lay_out(theme)
        self.gather()

    def gather(self) -> None:
        """List the widgets in the order of Tab; later ones lie on top."""
        cards = self.hall.toasts.cards
        self.board.widgets = [*self.widgets, *self.bar.widgets, *cards]
        self.board.loose = [*self.loose, *cards]

    def handle(self, event: pygame.event.Event) -> bool:
        """Take an event: a widget's, or a key of the page; return whether it was of use."""
        if self.board.handle(event):
            return True
        return event.type == pygame.KEYDOWN and not self.board.typing and self.keys.global_key(event)

    def update(self, now: float) -> float | None:
        """Let time pass."""
        self.board.now = now
        waits = (self.pass_time(now), self.board.next_change())
        self.gather()
        return min((wait for wait in waits if wait is not None), default=None)

    def draw(self, surface: pygame.Surface) -> None:
        """Draw bar, page and widgets."""
        theme = self.hall.theme
        self.draw_page(surface, theme)
        self.bar.draw(surface, theme)
        self.board.draw(surface, theme)
