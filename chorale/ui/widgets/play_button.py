"""The round button that plays and holds."""

from typing import Protocol

import pygame

from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.icons import icon
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import icon_picture
from chorale.ui.widgets.button import Button

__all__ = ["PlayButton", "Plays"]


class Plays(Protocol):
    """What plays."""

    @property
    def on(self) -> bool:
        """Whether it plays."""

    def toggle(self) -> None:
        """Play, or hold."""


class PlayButton(Button):
    """The round button."""

    def __init__(self, playing: Plays) -> None:
        super().__init__("play", "Play", playing.toggle, picture=icon_picture("play"), style="gold", keys="Space")
        self._playing = playing

    @property
    def value(self) -> str:
        """What it would do."""
        return "Pause" if self._playing.on else "Play"

    @property
    def tooltip(self) -> str:
        """What it would do."""
        return self.value

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the disc and its sign."""
        disc, ink = self.faces()
        draw.shadow(surface, self.rect, theme.px(8), 120, self.rect.width // 2, theme.px(2))
        draw.box(surface, self.rect, disc or colours.ACCENT, self.rect.width // 2)
        sign = icon("pause" if self._playing.on else "play", theme.px(24), ink)
        shift = 0 if self._playing.on else theme.px(1.4)
        surface.blit(sign, sign.get_rect(center=(self.rect.centerx + shift, self.rect.centery)))
