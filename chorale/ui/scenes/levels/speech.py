"""What Bach says: words on a strip of parchment, with a corner that points at him."""

from collections.abc import Hashable

import pygame

from chorale.ui import draw
from chorale.ui.scenes.levels.letter import BROWN, INK
from chorale.ui.scenes.levels.thumb import draw_thumb
from chorale.ui.theme import Theme, mix
from chorale.ui.vector import Canvas
from chorale.ui.widgets.base import Widget

__all__ = ["SIZES", "Speech"]

_PAPER, _EDGE = (250, 243, 224), (206, 184, 140)
SIZES = (15.5, 14.5, 13.5, 12.5)
_LARGE = 19.0
_PAD, _CORNER = 12, 9


class Speech(Widget):
    """The strip; its words are set smaller where they are many, and scroll where they are too many.

    Args:
        beside: whether Bach is at the left of it, and not above.
        large: whether its words may be large.
    """

    def __init__(self, *, beside: bool = False, large: bool = False) -> None:
        super().__init__("speech", "Bach says")
        self._beside = beside
        self._sizes = (_LARGE, 17.0, *SIZES) if large else SIZES
        self.heading, self.words = "", ""
        self._scroll = 0

    @property
    def value(self) -> str:
        """What he says."""
        return f"{self.heading}: {self.words}" if self.heading else self.words

    @property
    def look(self) -> Hashable:
        """Where it is scrolled to, too."""
        return super().look, self._scroll

    def say(self, words: str, heading: str = "") -> None:
        """Say something else."""
        if (words, heading) != (self.words, self.heading):
            self.words, self.heading, self._scroll = words, heading, 0

    def lines(self, theme: Theme, width: int, size: float) -> list[str]:
        """Return the words in lines that fit a width in pixels."""
        return theme.wrapped(self.words, width - 2 * theme.px(_PAD), size, "serif")

    def needs(self, theme: Theme, width: int, size: float = SIZES[0]) -> int:
        """Return the height in pixels that the words take."""
        head = theme.px(20) if self.heading else 0
        return head + len(self.lines(theme, width, size)) * theme.px(size + 5.5) + 2 * theme.px(_PAD)

    def fits(self, theme: Theme) -> bool:
        """Return whether all of it is seen without scrolling, if in small letters."""
        return self.needs(theme, self.rect.width, SIZES[-1]) <= self.rect.height

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the strip and the words."""
        draw.shadow(surface, self.rect, theme.px(8), 110, theme.px(6), theme.px(3))
        tip = _tip(theme.px(_CORNER))
        if self._beside:
            tip = pygame.transform.rotate(tip, 90)
            surface.blit(tip, tip.get_rect(midright=(self.rect.x + theme.px(1), self.rect.centery)))
        else:
            surface.blit(tip, tip.get_rect(midbottom=(self.rect.x + theme.px(56), self.rect.y + theme.px(1))))
        draw.box(surface, self.rect, _PAPER, theme.px(6))
        draw.outline(surface, self.rect, mix(_EDGE, _PAPER, 0.3), theme.px(6), max(1, theme.px(1)))
        width, pad = self.rect.width, theme.px(_PAD)
        size = next((each for each in self._sizes if self.needs(theme, width, each) <= self.rect.height), SIZES[-1])
        self._scroll = max(0, min(self._scroll, self.needs(theme, width, size) - self.rect.height))
        clip = surface.get_clip()
        surface.set_clip(self.rect.inflate(0, -theme.px(6)).clip(clip))
        spare = max(0, self.rect.height - self.needs(theme, width, size)) // 2 if self._beside else 0
        y = self.rect.y + pad + spare - self._scroll
        if self.heading:
            surface.blit(
                theme.text(theme.fitted(self.heading, width - 2 * pad, 13, "semibold"), 13, "semibold", BROWN),
                (self.rect.x + pad, y - theme.px(2)),
            )
            y += theme.px(20)
        for line in self.lines(theme, width, size):
            surface.blit(theme.text(line, size, "serif", INK), (self.rect.x + pad, y))
            y += theme.px(size + 5.5)
        surface.set_clip(clip)
        draw_thumb(surface, theme, self.rect, self.needs(theme, width, size), self._scroll)

    def wheel(self, amount: float) -> bool:
        """Scroll."""
        self._scroll = max(0, round(self._scroll - amount * 30))
        return True

    def key(self, event: pygame.event.Event) -> bool:
        """Scroll by arrow keys."""
        if event.key not in {pygame.K_UP, pygame.K_DOWN}:
            return False
        return self.wheel(1 if event.key == pygame.K_UP else -1)


def _tip(height: int) -> pygame.Surface:
    canvas = Canvas(2 * height, height)
    canvas.fill([(0, height), (height * 0.7, 0), (2 * height, height)], _PAPER)
    return canvas.done()
