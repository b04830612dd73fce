"""A line of text that can be edited: caret, selection, clipboard."""

from collections.abc import Callable, Hashable

import pygame

from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.theme import Face, Theme
from chorale.ui.widgets.base import Widget

__all__ = ["TextField"]


class TextField(Widget):
    """A text field that looks like plain text until it is used.

    Args:
        get: the text when it is not being edited.
        commit: called with the new text on Enter or when the focus leaves.
        placeholder: shown faintly while empty.
        quiet: without a box until pointed at, centred (for the title).
        follow: called with the text at each change, where something follows it.
    """

    def __init__(
        self,
        id: str,  # noqa: A002  the field's name
        label: str,
        get: Callable[[], str],
        commit: Callable[[str], None],
        *,
        placeholder: str = "",
        quiet: bool = False,
        follow: Callable[[str], None] | None = None,
        size: float = 14,
        face: Face = "sans",
        hint: str = "",
    ) -> None:
        super().__init__(id, label, hint=hint)
        self.get, self.commit, self.follow = get, commit, follow
        self.placeholder, self.quiet, self.size, self.face = placeholder, quiet, size, face
        self.editing = False
        self.text = ""
        self.caret = 0
        self.anchor = 0
        self.done: Callable[[], None] = lambda: None

    @property
    def value(self) -> str:
        """The text."""
        return self.text if self.editing else self.get()

    @property
    def look(self) -> Hashable:
        """Caret and selection, too."""
        return super().look, self.editing, self.caret, self.anchor

    def begin(self) -> None:
        """Start editing with everything selected."""
        self.editing = True
        self.text = self.get()
        self.anchor, self.caret = 0, len(self.text)

    def finish(self, *, keep: bool = True) -> None:
        """Stop editing; the text is handed on where it is kept and changed."""
        if not self.editing:
            return
        self.editing = False
        if keep and self.text != self.get():
            self.commit(self.text)
        self.done()

    def blur(self) -> None:
        """Keep the text."""
        self.finish()

    def press(self, position: tuple[int, int]) -> None:
        """Begin, or put the caret where the pointer is."""
        if self.editing:
            self.anchor = self.caret = self._index_at(position[0])
        else:
            self.begin()

    def drag(self, position: tuple[int, int]) -> None:
        """Select up to the pointer."""
        if self.anchor != 0 or self.caret != len(self.text):
            self.caret = self._index_at(position[0])

    def _index_at(self, x: int) -> int:
        theme, left = self._placed
        spans = [
            abs(left + theme.width(self.text[:index], self.size, self.face) - x) for index in range(len(self.text) + 1)
        ]
        return spans.index(min(spans))

    _placed: tuple[Theme, int] = (Theme(), 0)

    def type(self, text: str) -> bool:
        """Put typed text in place of what is selected."""
        if not self.editing:
            return False
        self._replace(text)
        return True

    def _replace(self, text: str) -> None:
        low, high = sorted((self.anchor, self.caret))
        self.text = self.text[:low] + "".join(letter for letter in text if letter.isprintable()) + self.text[high:]
        self.anchor = self.caret = min(low + len(text), len(self.text))
        if self.follow is not None:
            self.follow(self.text)

    def key(self, event: pygame.event.Event) -> bool:
        """Edit; Enter keeps the text, Escape does not."""
        if not self.editing:
            if event.key in {pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_F2, pygame.K_SPACE}:
                self.begin()
                return True
            return False
        if event.key in {pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_ESCAPE}:
            self.finish(keep=event.key != pygame.K_ESCAPE)
        elif event.mod & pygame.KMOD_CTRL:
            self._clipboard(event.key)
        else:
            self._edit(event.key, extend=bool(event.mod & pygame.KMOD_SHIFT))
        return bool(event.key != pygame.K_TAB)

    def _edit(self, key: int, *, extend: bool) -> None:
        moves = {
            pygame.K_LEFT: self.caret - 1,
            pygame.K_RIGHT: self.caret + 1,
            pygame.K_HOME: 0,
            pygame.K_END: len(self.text),
        }
        if key in moves:
            self.caret = max(0, min(len(self.text), moves[key]))
            self.anchor = self.anchor if extend else self.caret
        elif key in {pygame.K_BACKSPACE, pygame.K_DELETE}:
            if self.caret == self.anchor:
                self.anchor = max(0, min(len(self.text), self.caret + (-1 if key == pygame.K_BACKSPACE else 1)))
            self._replace("")

    def _clipboard(self, key: int) -> None:
        low, high = sorted((self.anchor, self.caret))
        if key == pygame.K_a:
            self.anchor, self.caret = 0, len(self.text)
        elif key == pygame.K_v:
            self._replace(pygame.scrap.get_text())
        elif key in {pygame.K_c, pygame.K_x} and low != high:
            pygame.scrap.put_text(self.text[low:high])
            if key == pygame.K_x:
                self._replace("")

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw box, text, selection and caret."""
        if self.editing or self.hot or not self.quiet:
            draw.box(surface, self.rect, colours.ROOM if self.editing else colours.RAISED, theme.px(8))
        if self.editing:
            draw.outline(surface, self.rect, colours.ACCENT, theme.px(8), theme.px(1))
        shown, colour = (self.value, colours.TEXT) if self.value or self.editing else (self.placeholder, colours.FAINT)
        room = self.rect.width - theme.px(16)
        text = theme.text(
            shown if self.editing else theme.fitted(shown, room, self.size, self.face), self.size, self.face, colour
        )
        left = self.rect.x + theme.px(8)
        if self.quiet:
            left = max(left, self.rect.centerx - text.get_width() // 2)
        elif self.editing:
            left -= max(0, theme.width(self.text[: self.caret], self.size, self.face) - room)
        self._placed = (theme, left)
        clip = surface.get_clip()
        surface.set_clip(self.rect.inflate(-theme.px(6), 0).clip(clip))
        if self.editing:
            self._draw_selection(surface, theme, left)
        surface.blit(text, (left, self.rect.centery - text.get_height() // 2))
        surface.set_clip(clip)

    def _draw_selection(self, surface: pygame.Surface, theme: Theme, left: int) -> None:
        low, high = sorted((self.anchor, self.caret))
        start, end, caret = (
            left + theme.width(self.text[:index], self.size, self.face) for index in (low, high, self.caret)
        )
        height = theme.px(self.size * 1.5)
        top = self.rect.centery - height // 2
        if high > low:
            surface.fill(colours.mix(colours.ACCENT_DEEP, colours.ROOM, 0.4), (start, top, end - start, height))
        surface.fill(colours.ACCENT, (caret, top, theme.px(1.5), height))
