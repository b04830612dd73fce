"""The settings of the game: sounds, streak, animations."""

from collections.abc import Callable

import pygame

from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.overlays.base import Overlay
from chorale.ui.theme import Theme
from chorale.ui.widgets.button import Toggle

__all__ = ["Choice", "ChoicesSheet"]

_ROW = 66


class Choice(Toggle):
    """A switch with a line on what it does.

    Args:
        name: its id.
        label: what is switched.
        told: what that means.
        turn: switches it.
        is_on: whether it is on.
    """

    def __init__(self, name: str, label: str, told: str, turn: Callable[[], None], is_on: Callable[[], bool]) -> None:
        super().__init__(name, label, turn, is_on, hint="")
        self.told = told

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the words, and the switch at the right."""
        if self.hot:
            draw.box(surface, self.rect, colours.RAISED, theme.px(8))
        x, room = self.rect.x + theme.px(14), self.rect.width - theme.px(100)
        surface.blit(
            theme.text(theme.fitted(self.label, room, 16, "semibold"), 16, "semibold"), (x, self.rect.y + theme.px(7))
        )
        told = theme.text(theme.fitted(self.told, room, 13), 13, "sans", colours.MUTED)
        surface.blit(told, (x, self.rect.y + theme.px(31)))
        track = pygame.Rect(0, 0, theme.px(46), theme.px(26))
        track.midright = (self.rect.right - theme.px(14), self.rect.centery)
        draw.box(surface, track, colours.ACCENT if self.on else colours.LIT, track.height // 2)
        knob = pygame.Rect(0, 0, theme.px(20), theme.px(20))
        knob.center = (track.right - track.height // 2 if self.on else track.x + track.height // 2, track.centery)
        draw.box(surface, knob, (255, 255, 255), knob.width // 2)


class ChoicesSheet(Overlay):
    """The sheet.

    Args:
        choices: the switches.
        close: takes it away.
    """

    def __init__(self, choices: list[Choice], close: Callable[[], None]) -> None:
        super().__init__("choices", "The game's settings", (540, 100 + _ROW * len(choices)), close)
        self._choices = choices

    def lay_out(self, theme: Theme) -> None:
        """One row below the other."""
        inner = self.inner
        for index, choice in enumerate(self._choices):
            choice.rect = pygame.Rect(inner.x, inner.y + index * theme.px(_ROW), inner.width, theme.px(_ROW - 8))
        self.board.widgets = [*self._choices, self._cross]
        if self.board.ring.widget is None:
            self.board.home = self._choices[0]
            self.board.ring.move_to(self._choices[0])
