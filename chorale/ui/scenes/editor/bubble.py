"""A bubble of words beside the pointer: it comes when the hand has rested for a moment, and goes when it moves on."""

import pygame

from chorale.app.explaining import Explanation
from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.theme import Theme

__all__ = ["Bubble"]

_DELAY = 0.45  # seconds
_WIDTH = 300  # units, at most


class Bubble:
    """Says one thing at a time."""

    def __init__(self) -> None:
        self._says: Explanation | None = None
        self._at = (0, 0)
        self._since = float("-inf")

    @property
    def says(self) -> Explanation | None:
        """What it says, or will say in a moment."""
        return self._says

    def about(self, says: Explanation | None, at: tuple[int, int], now: float) -> None:
        """Say something of what is at a place of the screen, once the hand rests there; None: nothing."""
        if says != self._says:
            self._says, self._at, self._since = says, at, now

    def say(self, says: Explanation, at: tuple[int, int]) -> None:
        """Say something at once."""
        self._says, self._at, self._since = says, at, float("-inf")

    def wait(self, now: float) -> float | None:
        """Return the seconds until it comes, None where it is there or will not come."""
        rest = _DELAY - (now - self._since)
        return rest if self._says is not None and rest > 0 else None

    def draw(self, surface: pygame.Surface, theme: Theme, now: float, room: pygame.Rect) -> None:
        """Draw it, if it is time, inside ``room``."""
        if self._says is None or now - self._since < _DELAY:
            return
        pad, line = theme.px(12), theme.px(19)
        widest = theme.px(_WIDTH) - 2 * pad
        heading = theme.wrapped(self._says.heading, widest, 14, "bold")
        lines = [part for each in self._says.lines for part in theme.wrapped(each, widest, 13)]
        width = max(theme.width(part, 14, "bold") for part in heading)
        width = max([width, *(theme.width(part, 13) for part in lines)]) + 2 * pad
        sheet = pygame.Rect(0, 0, width, 2 * pad + line * (len(heading) + len(lines)) - theme.px(2))
        self._place(sheet, room, theme)
        draw.shadow(surface, sheet, theme.px(14), 160, theme.px(8), theme.px(4))
        draw.box(surface, sheet, colours.PANEL, theme.px(8))
        draw.outline(surface, sheet, colours.EDGE, theme.px(8), theme.px(1))
        y = sheet.y + pad - theme.px(3)
        for part in heading:
            surface.blit(theme.text(part, 14, "bold"), (sheet.x + pad, y))
            y += line
        for part in lines:
            surface.blit(theme.text(part, 13, "sans", colours.MUTED), (sheet.x + pad, y + theme.px(1)))
            y += line

    def _place(self, sheet: pygame.Rect, room: pygame.Rect, theme: Theme) -> None:
        """Put it under the pointer, or over it where there is no room below."""
        sheet.midtop = (self._at[0], self._at[1] + theme.px(22))
        if sheet.bottom > room.bottom - theme.px(8):
            sheet.bottom = self._at[1] - theme.px(16)
        sheet.clamp_ip(room.inflate(-theme.px(16), -theme.px(16)))
