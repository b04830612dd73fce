"""The name of the program and the tabs that lead from room to room: the left end of every top bar."""

from collections.abc import Hashable
from functools import partial

import pygame

from chorale.ui import theme as colours
from chorale.ui.house import KEYS
from chorale.ui.scene import Place, Services
from chorale.ui.theme import Theme
from chorale.ui.widgets.button import Button

__all__ = ["HEIGHT", "Places"]

HEIGHT = 56
"""Of a top bar, in units."""
_KEY_OF = {place: key for key, place in KEYS.items()}


class _Tab(Button):
    """The way to a room; the one that leads to where one is stays lit."""

    def __init__(self, services: Services, place: Place, *, here: bool) -> None:
        way = partial(services.go, place)
        super().__init__(
            f"place-{place.lower()}", place, way, text=place, style="plain", keys=_KEY_OF[place], hint=f"Go to {place}"
        )
        self._here = here

    @property
    def value(self) -> str:
        """Whether one is there."""
        return "here" if self._here else ""

    def faces(self) -> tuple[colours.Colour | None, colours.Colour]:
        """Return no box and gold letters where one is."""
        if self._here:
            return None, colours.ACCENT
        box, ink = super().faces()
        return box, ink if self.hot else colours.MUTED

    def draw_content(self, surface: pygame.Surface, theme: Theme, ink: colours.Colour) -> None:
        """Draw the word, and a line under it where one is."""
        super().draw_content(surface, theme, ink)
        if self._here:
            width = theme.width(self.text, self.text_size, "semibold")
            line = pygame.Rect(0, self.rect.bottom - theme.px(5), width, theme.px(2))
            line.centerx = self.rect.centerx
            surface.fill(colours.ACCENT, line)


class Places:
    """The tabs of a room; none while the program has but one room.

    Args:
        services: Knows the rooms.
        here: The room in whose bar they stand.
    """

    def __init__(self, services: Services, here: Place) -> None:
        there = services.places if len(services.places) > 1 else ()
        self.tabs = [_Tab(services, place, here=place == here) for place in there]

    def lay_out(self, bar: pygame.Rect, theme: Theme) -> int:
        """Give the tabs their places at the left of a bar; return where they end, in pixels."""
        x = bar.x + theme.px(20) + theme.width("Chorale", 24, "serif-italic") + theme.px(16)
        height = theme.px(36)
        for tab in self.tabs:
            tab.rect = pygame.Rect(x, bar.centery - height // 2, _width(tab, theme), height)
            x = tab.rect.right
        return x + (theme.px(8) if self.tabs else theme.px(4))

    @staticmethod
    def draw_background(surface: pygame.Surface, bar: pygame.Rect, theme: Theme) -> None:
        """Draw an empty bar and the name of the program."""
        surface.fill(colours.PANEL, bar)
        surface.fill(colours.EDGE, (bar.x, bar.bottom - 1, bar.width, 1))
        logo = theme.text("Chorale", 24, "serif-italic", colours.ACCENT)
        surface.blit(logo, logo.get_rect(midleft=(bar.x + theme.px(20), bar.centery - theme.px(1))))

    @property
    def look(self) -> Hashable:
        """What the picture of the bar depends on."""
        return tuple(tab.look for tab in self.tabs)


def _width(tab: Button, theme: Theme) -> int:
    return theme.width(tab.text, tab.text_size, "semibold") + theme.px(24)
