"""The theory card of a level: a leaf of parchment over the desk."""

from collections.abc import Callable

import pygame

from chorale.ui import draw
from chorale.ui.overlays.base import Overlay
from chorale.ui.scenes.levels.letter import BROWN, INK, parchment
from chorale.ui.theme import Theme
from chorale.ui.widgets.button import Button

__all__ = ["CardSheet"]

_SIZES = (17.0, 16.0, 15.0, 14.0, 13.0)
_WIDTH, _HEIGHT, _LEAST = 640, 540, 320
_PAD, _HEAD, _FOOT = 44, 104, 92


class CardSheet(Overlay):
    """The card.

    Args:
        title: of the level.
        text: paragraphs, parted by empty lines.
        close: takes it away.
    """

    def __init__(self, title: str, text: str, close: Callable[[], None]) -> None:
        super().__init__("card", "", (_WIDTH, _HEIGHT), close)
        self.heading = title
        self.paragraphs = [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]
        self._done = Button(
            "card-done", "To the desk", close, text="To the desk", style="gold", keys="Enter", text_size=16
        )

    @property
    def spoken(self) -> str:
        """All that is on it."""
        return "\n".join([self.heading, *self.paragraphs])

    def resize(self, size: tuple[int, int], theme: Theme) -> None:
        """Take the window's size; be as high as the text needs."""
        self.theme = theme
        width = min(theme.px(_WIDTH), size[0] - theme.px(32))
        self.rect = pygame.Rect(0, 0, width, theme.px(_HEIGHT))
        needed = self._needs(theme, _SIZES[0]) / theme.scale + _HEAD + _FOOT
        self._size = (_WIDTH, max(_LEAST, min(_HEIGHT, needed)))
        super().resize(size, theme)

    def lay_out(self, theme: Theme) -> None:
        """The button at the foot."""
        self._done.rect = pygame.Rect(0, 0, theme.px(180), theme.px(46))
        self._done.rect.midbottom = (self.rect.centerx, self.rect.bottom - theme.px(26))
        self.board.widgets = [self._done]
        if self.board.ring.widget is None:
            self.board.home = self._done
            self.board.ring.move_to(self._done)

    def lines(self, theme: Theme, size: float) -> list[str]:
        """Return the text in lines at a size of letters; an empty one between paragraphs."""
        room = self.rect.width - 2 * theme.px(_PAD)
        made: list[str] = []
        for paragraph in self.paragraphs:
            made += (
                ["", *theme.wrapped(paragraph, room, size, "serif")]
                if made
                else theme.wrapped(paragraph, room, size, "serif")
            )
        return made

    def _needs(self, theme: Theme, size: float) -> int:
        return sum(theme.px(size * 0.6 if not line else size * 1.5) for line in self.lines(theme, size))

    def size_for(self, theme: Theme) -> float | None:
        """Return the largest size of letters at which all of it fits, None where not even the least does."""
        room = self.rect.height - theme.px(_HEAD + _FOOT)
        return next((size for size in _SIZES if self._needs(theme, size) <= room), None)

    def _draw_sheet(self, surface: pygame.Surface) -> None:
        theme = self.theme
        draw.shadow(surface, self.rect, theme.px(28), 200, theme.px(6), theme.px(9))
        surface.blit(parchment(self.rect.size, theme), self.rect)
        self.draw_content(surface, theme)
        self.board.draw(surface, theme)

    def draw_content(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the heading and the text."""
        pad = theme.px(_PAD)
        over = theme.text("From Bach's notebook", 13, "serif-italic", BROWN)
        surface.blit(over, (self.rect.x + pad, self.rect.y + theme.px(26)))
        title = theme.text(theme.fitted(self.heading, self.rect.width - 2 * pad, 26, "serif"), 26, "serif", INK)
        surface.blit(title, (self.rect.x + pad, self.rect.y + theme.px(44)))
        rule = pygame.Rect(
            self.rect.x + pad, self.rect.y + theme.px(88), self.rect.width - 2 * pad, max(1, theme.px(1))
        )
        surface.fill((206, 184, 140), rule)
        size = self.size_for(theme) or _SIZES[-1]
        y = self.rect.y + theme.px(_HEAD)
        for line in self.lines(theme, size):
            if line:
                surface.blit(theme.text(line, size, "serif", INK), (self.rect.x + pad, y))
            y += theme.px(size * 1.5 if line else size * 0.6)
