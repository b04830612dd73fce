"""A list of rows that scrolls: pointer, wheel, arrows, Home and End, and finding by the first letters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pygame

from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.icons import icon
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget

__all__ = ["Listing", "Row"]

_ROW = 34


@dataclass(frozen=True)
class Row:
    """One row: its words, an icon's name, and a remark at the right."""

    text: str
    icon: str = ""
    remark: str = ""


class Listing(Widget):
    """A list.

    Args:
        chosen: called with the index when another row is pointed out.
        opened: called with the index on a click on the chosen row, a double click, or Enter.
        empty: what is said when there are no rows.
    """

    def __init__(
        self,
        id: str,  # noqa: A002  the field's name
        label: str,
        *,
        chosen: Callable[[int], None],
        opened: Callable[[int], None],
        empty: str = "",
    ) -> None:
        super().__init__(id, label)
        self._chosen, self._opened, self._empty = chosen, opened, empty
        self.rows: Sequence[Row] = ()
        self.index = -1
        self._scroll = 0
        self._height = _ROW
        self._pointed = -1
        self._typed = ""

    @property
    def value(self) -> str:
        """The chosen row's words."""
        return self.rows[self.index].text if 0 <= self.index < len(self.rows) else ""

    def show(self, rows: Sequence[Row], index: int = 0) -> None:
        """Show other rows."""
        self.rows, self._scroll, self._typed = rows, 0, ""
        self.index = min(index, len(rows) - 1)

    def row(self, index: int) -> pygame.Rect:
        """Return where a row stands on the screen."""
        return pygame.Rect(
            self.rect.x, self.rect.y + index * self._height - self._scroll, self.rect.width, self._height
        )

    def _index_at(self, position: tuple[int, int]) -> int:
        index = (position[1] - self.rect.y + self._scroll) // self._height
        return index if self.rect.collidepoint(position) and 0 <= index < len(self.rows) else -1

    def _choose(self, index: int) -> None:
        self.index = index
        top, bottom = index * self._height, (index + 1) * self._height
        self._scroll = min(max(self._scroll, bottom - self.rect.height), top)
        self._chosen(index)

    def hover(self, position: tuple[int, int]) -> None:
        """Light the row under the pointer."""
        self._pointed = self._index_at(position)

    def leave(self) -> None:
        """Light no row."""
        self._pointed = -1

    def release(self, position: tuple[int, int]) -> None:
        """Choose the row, or open it if it was chosen already."""
        index = self._index_at(position)
        if index < 0:
            return
        if index == self.index and self.focused:
            self._opened(index)
        else:
            self._choose(index)

    def wheel(self, amount: float) -> bool:
        """Scroll."""
        most = max(0, len(self.rows) * self._height - self.rect.height)
        self._scroll = max(0, min(most, self._scroll - round(amount * self._height)))
        return True

    def key(self, event: pygame.event.Event) -> bool:
        """Move by arrows, open by Enter."""
        page = max(1, self.rect.height // self._height - 1)
        moves = {pygame.K_DOWN: 1, pygame.K_UP: -1, pygame.K_PAGEDOWN: page, pygame.K_PAGEUP: -page}
        moves |= {pygame.K_HOME: -len(self.rows), pygame.K_END: len(self.rows)}
        if event.key in moves and self.rows:
            self._choose(max(0, min(len(self.rows) - 1, self.index + moves[event.key])))
            self._typed = ""
        elif event.key in {pygame.K_RETURN, pygame.K_KP_ENTER} and self.index >= 0:
            self._opened(self.index)
        else:
            return False
        return True

    def type(self, text: str) -> bool:
        """Find a row by its first letters."""
        for typed in (self._typed + text.lower(), text.lower()):
            found = [index for index, row in enumerate(self.rows) if row.text.lower().startswith(typed)]
            if found:
                self._typed = typed
                self._choose(found[0])
                return True
        return False

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the rows in sight."""
        self._height = theme.px(_ROW)
        draw.box(surface, self.rect, colours.ROOM, theme.px(8))
        clip = surface.get_clip()
        surface.set_clip(self.rect.inflate(-2, -2).clip(clip))
        if not self.rows:
            words = theme.text(self._empty, 14, "sans", colours.FAINT)
            surface.blit(words, words.get_rect(midtop=(self.rect.centerx, self.rect.y + theme.px(24))))
        first = self._scroll // self._height
        for index in range(first, min(len(self.rows), first + self.rect.height // self._height + 2)):
            self._draw_row(surface, theme, index)
        self._draw_thumb(surface, theme)
        surface.set_clip(clip)

    def _draw_row(self, surface: pygame.Surface, theme: Theme, index: int) -> None:
        row, area = self.rows[index], self.row(index).inflate(-theme.px(8), -theme.px(2))
        if index in {self.index, self._pointed}:
            draw.box(surface, area, colours.SELECTED if index == self.index else colours.RAISED, theme.px(6))
        left = area.x + theme.px(10)
        if row.icon:
            tint = colours.ACCENT if row.icon == "folder" else colours.MUTED
            picture = icon(row.icon, theme.px(18), tint)
            surface.blit(picture, picture.get_rect(midleft=(left, area.centery)))
            left += theme.px(28)
        remark = theme.text(row.remark, 12, "sans", colours.MUTED)
        surface.blit(remark, remark.get_rect(midright=(area.right - theme.px(10), area.centery)))
        room = area.right - left - theme.px(20) - remark.get_width()
        words = theme.text(theme.fitted(row.text, max(1, room), 14), 14)
        surface.blit(words, words.get_rect(midleft=(left, area.centery)))

    def _draw_thumb(self, surface: pygame.Surface, theme: Theme) -> None:
        content = len(self.rows) * self._height
        if content > self.rect.height:
            height = max(theme.px(24), self.rect.height * self.rect.height // content)
            top = self.rect.y + (self.rect.height - height) * self._scroll // max(1, content - self.rect.height)
            thumb = pygame.Rect(self.rect.right - theme.px(7), top, theme.px(4), height)
            draw.box(surface, thumb, (*colours.TEXT, 80), theme.px(2))
