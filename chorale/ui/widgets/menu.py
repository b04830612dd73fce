"""Menus: a list of entries that opens at a widget, and the dropdown that opens one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pygame

from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.icons import icon
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Action, Picture, Widget
from chorale.ui.widgets.button import Button

__all__ = ["Dropdown", "Entry", "Menu"]

_ROW = 34
_HEADING = 28
_LINE = 13
_PAD = 6


def _nothing() -> None:
    """Do nothing: what a heading does."""


@dataclass(frozen=True)
class Entry:
    """One line of a menu: words, what it does, its shortcut; a heading or a choice that holds at present."""

    label: str
    action: Action = _nothing
    keys: str = ""
    picture: Picture | None = None
    chosen: bool = False
    heading: bool = False
    enabled: bool = True

    @property
    def selectable(self) -> bool:
        """Whether it can be chosen."""
        return self.enabled and not self.heading


class Menu(Widget):
    """An open menu; ``close`` is called when it has done its work.

    Args:
        entries: its lines.
        anchor: the rectangle it hangs under, or stands upon where there is no room below.
        room: the rectangle it must stay in.
        close: takes it away.
        width: least width in units.
    """

    def __init__(
        self,
        id: str,  # noqa: A002  the field's name
        label: str,
        entries: Sequence[Entry],
        anchor: pygame.Rect,
        room: pygame.Rect,
        theme: Theme,
        close: Action,
        *,
        width: float = 120,
    ) -> None:
        super().__init__(id, label)
        self.entries = list(entries)
        self.close = close
        self._theme = theme
        self._scroll = 0
        chosen = [index for index, entry in enumerate(self.entries) if entry.chosen]
        self.index = chosen[0] if chosen else -1
        self._pointed = False
        self.rect = self._placed(anchor, room, width)
        self._show_index()

    @property
    def value(self) -> str:
        """The entry that would be chosen."""
        return self.entries[self.index].label if self.index >= 0 else ""

    def _height(self, entry: Entry) -> int:
        return self._theme.px((_HEADING if entry.label else _LINE) if entry.heading else _ROW)

    @property
    def _content(self) -> int:
        return sum(map(self._height, self.entries)) + 2 * self._theme.px(_PAD)

    def _placed(self, anchor: pygame.Rect, room: pygame.Rect, least: float) -> pygame.Rect:
        theme = self._theme
        words = max(
            theme.width(entry.label, 14) + (theme.width(entry.keys, 12) + theme.px(28) if entry.keys else 0)
            for entry in self.entries
        )
        width = max(theme.px(least), anchor.width, words + theme.px(64))
        below, above = room.bottom - anchor.bottom - theme.px(8), anchor.top - room.top - theme.px(8)
        height = min(self._content, max(below, above))
        top = anchor.bottom + theme.px(4) if below >= height else anchor.top - theme.px(4) - height
        left = max(room.left + theme.px(8), min(anchor.left, room.right - width - theme.px(8)))
        return pygame.Rect(left, top, width, height)

    def row(self, index: int) -> pygame.Rect:
        """Return where an entry stands on the screen."""
        top = self.rect.y + self._theme.px(_PAD) + sum(map(self._height, self.entries[:index])) - self._scroll
        return pygame.Rect(
            self.rect.x + self._theme.px(4), top, self.rect.width - self._theme.px(8), self._height(self.entries[index])
        )

    def _index_at(self, position: tuple[int, int]) -> int:
        rows = range(len(self.entries)) if self.rect.collidepoint(position) else range(0)
        return next((row for row in rows if self.row(row).collidepoint(position) and self.entries[row].selectable), -1)

    def hover(self, position: tuple[int, int]) -> None:
        """Light the entry under the pointer."""
        self.index = self._index_at(position)

    def drag(self, position: tuple[int, int]) -> None:
        """Light the entry under the pointer."""
        self.index = self._index_at(position)

    def release(self, position: tuple[int, int]) -> None:
        """Choose the entry under the pointer."""
        self.choose(self._index_at(position))

    def choose(self, index: int) -> None:
        """Close and do what the entry does."""
        if index >= 0 and self.entries[index].selectable:
            self.close()
            self.entries[index].action()

    def wheel(self, amount: float) -> bool:
        """Scroll a menu that is longer than its room."""
        self._scroll = max(
            0, min(self._content - self.rect.height, self._scroll - round(amount * self._theme.px(_ROW)))
        )
        return True

    def key(self, event: pygame.event.Event) -> bool:
        """Move by arrows, choose by Enter, leave by Escape, find by the first letter."""
        if event.key in {pygame.K_DOWN, pygame.K_UP}:
            self._step(1 if event.key == pygame.K_DOWN else -1)
        elif event.key in {pygame.K_HOME, pygame.K_END}:
            self.index = -1 if event.key == pygame.K_HOME else len(self.entries)
            self._step(1 if event.key == pygame.K_HOME else -1)
        elif event.key in {pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE}:
            self.choose(self.index)
        elif event.key in {pygame.K_ESCAPE, pygame.K_TAB}:
            self.close()
        else:
            self._find(pygame.key.name(event.key))
        return True

    def _step(self, by: int) -> None:
        able = [index for index, entry in enumerate(self.entries) if entry.selectable]
        further = [index for index in (able if by > 0 else able[::-1]) if (index - self.index) * by > 0]
        self.index = further[0] if further else (able[0] if by > 0 else able[-1])
        self._show_index()

    def _find(self, letter: str) -> None:
        order = [*range(self.index + 1, len(self.entries)), *range(self.index + 1)]
        found = [
            row for row in order if self.entries[row].selectable and self.entries[row].label.lower().startswith(letter)
        ]
        if found:
            self.index = found[0]
            self._show_index()

    def _show_index(self) -> None:
        if self.index < 0:
            return
        row = self.row(self.index)
        self._scroll += max(0, row.bottom - self.rect.bottom + self._theme.px(_PAD))
        self._scroll -= max(0, self.rect.top + self._theme.px(_PAD) - row.top)

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the sheet and its lines."""
        draw.shadow(surface, self.rect, theme.px(18), 170, theme.px(8), theme.px(6))
        draw.box(surface, self.rect, colours.PANEL, theme.px(8))
        draw.outline(surface, self.rect, colours.EDGE, theme.px(8), theme.px(1))
        clip = surface.get_clip()
        surface.set_clip(self.rect.inflate(0, -theme.px(4)).clip(clip))
        for index, entry in enumerate(self.entries):
            row = self.row(index)
            if row.colliderect(self.rect):
                (self._draw_heading if entry.heading else self._draw_entry)(surface, theme, index, row)
        surface.set_clip(clip)

    def _draw_heading(self, surface: pygame.Surface, theme: Theme, index: int, row: pygame.Rect) -> None:
        if not self.entries[index].label:
            surface.fill(colours.EDGE, (row.x + theme.px(12), row.centery, row.width - theme.px(24), 1))
        words = theme.text(self.entries[index].label.upper(), 11, "semibold", colours.FAINT)
        surface.blit(words, (row.x + theme.px(12), row.bottom - words.get_height() - theme.px(3)))

    def _draw_entry(self, surface: pygame.Surface, theme: Theme, index: int, row: pygame.Rect) -> None:
        entry = self.entries[index]
        if index == self.index:
            draw.box(surface, row, colours.HOVER, theme.px(6))
        ink = colours.TEXT if entry.enabled else colours.FAINT
        mark = icon("check", theme.px(16), colours.ACCENT) if entry.chosen else None
        if mark is None and entry.picture is not None:
            mark = entry.picture(theme.px(18), colours.MUTED)
        if mark is not None:
            surface.blit(mark, mark.get_rect(center=(row.x + theme.px(18), row.centery)))
        keys = theme.text(entry.keys, 12, "sans", colours.FAINT)
        surface.blit(keys, keys.get_rect(midright=(row.right - theme.px(12), row.centery)))
        room = row.width - theme.px(52) - (keys.get_width() + theme.px(16) if entry.keys else 0)
        words = theme.text(theme.fitted(entry.label, room, 14), 14, "sans", ink)
        surface.blit(words, words.get_rect(midleft=(row.x + theme.px(36), row.centery)))


class Dropdown(Button):
    """A button that shows the present choice and opens a menu of the others.

    Args:
        shown: the present choice in words.
        entries: the menu's lines, asked when it opens.
        open_menu: opens a menu under this widget.
    """

    def __init__(
        self,
        id: str,  # noqa: A002  the field's name
        label: str,
        shown: Callable[[], str],
        entries: Callable[[], Sequence[Entry]],
        open_menu: Callable[["Dropdown"], None],
        *,
        hint: str = "",
        keys: str = "",
        picture: Picture | None = None,
    ) -> None:
        super().__init__(id, label, lambda: open_menu(self), keys=keys, hint=hint or label, picture=picture)
        self.shown = shown
        self.entries = entries

    @property
    def value(self) -> str:
        """The present choice."""
        return self.shown()

    def key(self, event: pygame.event.Event) -> bool:
        """Open on Enter, Space and the down arrow."""
        if event.key == pygame.K_DOWN:
            self.activate()
            return True
        return super().key(event)

    def draw_content(self, surface: pygame.Surface, theme: Theme, ink: colours.Colour) -> None:
        """Draw the choice and a small arrow."""
        arrow = icon("caret", theme.px(16), colours.MUTED)
        surface.blit(arrow, arrow.get_rect(midright=(self.rect.right - theme.px(6), self.rect.centery)))
        left = self.rect.x + theme.px(12)
        if self.picture is not None:
            picture = self.picture(theme.px(18), colours.MUTED)
            surface.blit(picture, picture.get_rect(midleft=(self.rect.x + theme.px(8), self.rect.centery)))
            left = self.rect.x + theme.px(32)
        room = max(1, self.rect.right - theme.px(24) - left)
        words = theme.text(theme.fitted(self.shown(), room, 14, "semibold"), 14, "semibold", ink)
        surface.blit(words, (left, self.rect.centery - words.get_height() // 2))
