"""The sheet that lists the keys; it is made from the key map itself, so it cannot be out of date."""

from collections.abc import Callable, Sequence
from typing import Protocol

import pygame

from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.overlays.base import Overlay
from chorale.ui.theme import Theme

__all__ = ["Help", "Listed"]

_LINE = 25
_GROUP = 1.6  # lines that a heading takes with the space below its group
_WIDTH, _HEIGHT, _HEAD = 1060, 640, 84


class Listed(Protocol):
    """What the sheet shows of a command."""

    @property
    def group(self) -> str:
        """Its heading."""

    @property
    def label(self) -> str:
        """What it does."""

    @property
    def shown(self) -> str:
        """Its keys."""


class Help(Overlay):
    """The keys, by what they are for, in columns."""

    def __init__(self, commands: Sequence[Listed], close: Callable[[], None]) -> None:
        self._groups: dict[str, list[Listed]] = {}
        for command in commands:
            if not command.group:
                continue
            self._groups.setdefault(command.group, []).append(command)
        super().__init__("help", "Keys", (_WIDTH, min(_HEIGHT, _HEAD + self._lines() * _LINE)), close)

    def key(self, event: pygame.event.Event) -> None:
        """Close on the keys that open it, too."""
        if (
            event.key in {pygame.K_ESCAPE, pygame.K_F1, pygame.K_RETURN, pygame.K_SPACE}
            or getattr(event, "unicode", "") == "?"
        ):
            self.close()

    def _columns(self) -> list[list[str]]:
        """Return the headings of each of three columns, filled so that they are about as long as one another."""
        total = sum(len(group) + 2 for group in self._groups.values())
        columns: list[list[str]] = [[]]
        used = 0
        for name, group in self._groups.items():
            if used + len(group) / 2 > total / 3 * len(columns) and len(columns) < 3:
                columns.append([])
            columns[-1].append(name)
            used += len(group) + 2
        return columns

    def _lines(self) -> float:
        """Return how many lines the longest column has."""
        return max(sum(len(self._groups[name]) + _GROUP for name in names) for names in self._columns())

    def draw_content(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the columns."""
        inner = self.inner
        gap = theme.px(28)
        width = (inner.width - 2 * gap) // 3
        columns = self._columns()
        height = min(theme.px(_LINE), int(inner.height / self._lines()))
        for index, names in enumerate(columns):
            x, y = inner.x + index * (width + gap), inner.y
            for name in names:
                y = self._draw_group(surface, theme, name, pygame.Rect(x, y, width, height))

    def _draw_group(self, surface: pygame.Surface, theme: Theme, name: str, row: pygame.Rect) -> int:
        heading = theme.text(name, 14, "bold", colours.ACCENT)
        surface.blit(heading, heading.get_rect(midleft=(row.x, row.centery)))
        for command in self._groups[name]:
            row = row.move(0, row.height)
            keys = theme.text(command.shown, 12, "semibold", colours.TEXT)
            plate = keys.get_rect(midright=(row.right - theme.px(7), row.centery)).inflate(theme.px(12), theme.px(2))
            draw.box(surface, plate, colours.RAISED, theme.px(5))
            surface.blit(keys, keys.get_rect(center=plate.center))
            room = plate.left - row.x - theme.px(8)
            words = theme.text(theme.fitted(command.label, room, 13), 13, "sans", colours.MUTED)
            surface.blit(words, words.get_rect(midleft=(row.x, row.centery)))
        return row.bottom + row.height * 6 // 10
