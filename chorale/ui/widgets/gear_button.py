"""The gold button that matters most in a room; its wheels turn while it is at work, and it stops the work then."""

import math
from collections.abc import Callable

import pygame

from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.icons import gear
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Action
from chorale.ui.widgets.button import Button

__all__ = ["GearButton"]

_GEAR_TURNS = 24  # pictures of a wheel within one tooth
_TEETH_PER_SECOND = 7.0


class GearButton(Button):
    """A plate of gold with two wheels and a word.

    Args:
        words: what it would do, asked each time it is drawn.
        fraction: how far the work is, 0..1; None while it rests.
        clock: seconds.
    """

    live = True

    def __init__(
        self,
        id: str,  # noqa: A002  the field's name
        label: str,
        action: Action,
        *,
        words: Callable[[], str],
        fraction: Callable[[], float | None],
        clock: Callable[[], float],
        keys: str = "",
        hint: str = "",
    ) -> None:
        super().__init__(id, label, action, text=label, style="gold", keys=keys, hint=hint)
        self._words, self._fraction, self._clock = words, fraction, clock

    @property
    def value(self) -> str:
        """What it would do, or how far the work is."""
        fraction = self._fraction()
        return self._shown if fraction is None else f"{fraction:.0%}"

    @property
    def tooltip(self) -> str:
        """What it would do."""
        return self.hint if self._fraction() is None else "Stop"

    @property
    def _shown(self) -> str:
        return self._words() if self._fraction() is None else "Stop"

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the plate of gold, wheels and word, and the progress along its foot."""
        plate = self.rect.copy()
        plate.height -= theme.px(3)
        if self.pressed:
            plate.y += theme.px(2)
        else:
            draw.box(surface, plate.move(0, theme.px(3)), colours.ACCENT_DEEP, theme.px(10))
        top, bottom = (colours.ACCENT_SOFT, colours.ACCENT) if not self.hot else ((248, 218, 140), (236, 190, 78))
        draw.gradient_box(surface, plate, top, bottom, theme.px(10))
        draw.outline(surface, plate, (255, 236, 190, 130), theme.px(10), theme.px(1))
        self._draw_content(surface, theme, plate)
        if self._fraction() is not None:
            self._draw_progress(surface, theme, plate)

    def _draw_content(self, surface: pygame.Surface, theme: Theme, plate: pygame.Rect) -> None:
        words = theme.text(self._shown, 21, "serif-bold", colours.ON_ACCENT)
        large, small = theme.px(32), theme.px(21)
        wheels = large + small - theme.px(3)
        x = plate.centerx - (wheels + theme.px(12) + words.get_width()) // 2
        turning = self._fraction() is not None and not theme.still
        turn = self._clock() * _TEETH_PER_SECOND if turning else 0.0
        _draw_wheels(surface, (x, plate.centery), large, small, turn)
        surface.blit(words, words.get_rect(midleft=(x + wheels + theme.px(12), plate.centery)))

    def _draw_progress(self, surface: pygame.Surface, theme: Theme, plate: pygame.Rect) -> None:
        track = pygame.Rect(plate.x + theme.px(12), plate.bottom - theme.px(8), plate.width - theme.px(24), theme.px(4))
        draw.box(surface, track, (*colours.ON_ACCENT, 70), theme.px(2))
        done = track.copy()
        done.width = round(track.width * max(0.02, self._fraction() or 0.0))
        draw.box(surface, done, colours.ON_ACCENT, theme.px(2))


def _draw_wheels(surface: pygame.Surface, at: tuple[int, int], large: int, small: int, turn: float) -> None:
    """Draw two wheels whose teeth mesh; ``turn`` counts teeth."""
    step = math.floor(turn * _GEAR_TURNS) % _GEAR_TURNS
    first = gear(large, colours.ON_ACCENT, 10, step, _GEAR_TURNS)
    back = (_GEAR_TURNS // 2 - step) % _GEAR_TURNS
    second = gear(small, (92, 66, 14), 7, back, _GEAR_TURNS)
    surface.blit(first, first.get_rect(midleft=(at[0], at[1] + large // 12)))
    surface.blit(second, second.get_rect(midleft=(at[0] + large - small // 7, at[1] - large // 4)))
