"""A quiet switch: a word with a small lamp that is lit while it is on; for choices that are made once."""

import pygame

from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.theme import Theme
from chorale.ui.widgets.button import Toggle

__all__ = ["Lamp"]


class Lamp(Toggle):
    """A switch that does not shout: gold is left for what matters."""

    def faces(self) -> tuple[colours.Colour | None, colours.Colour]:
        """Return the colours of a button that is not down, whether it is on or off."""
        if not self.enabled:
            return colours.RAISED, colours.FAINT
        return (colours.HOVER if self.hot or self.pressed else colours.RAISED), colours.TEXT

    def draw_content(self, surface: pygame.Surface, theme: Theme, ink: colours.Colour) -> None:
        """Draw the lamp and the word, together in the middle."""
        word = theme.text(self.text, self.text_size, "semibold", ink if self.on else colours.MUTED)
        size, gap = theme.px(10), theme.px(8)
        x = self.rect.centerx - (size + gap + word.get_width()) // 2
        lamp = pygame.Rect(x, self.rect.centery - size // 2, size, size)
        if self.on:
            draw.box(surface, lamp, colours.ACCENT, size // 2)
        else:
            draw.outline(surface, lamp, colours.FAINT, size // 2, max(1, theme.px(1.5)))
        surface.blit(word, word.get_rect(midleft=(lamp.right + gap, self.rect.centery)))
