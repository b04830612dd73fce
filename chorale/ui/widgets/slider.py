"""A slider: a line, the part that is reached, and a knob."""

from collections.abc import Callable, Hashable

import pygame

from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget

__all__ = ["Slider"]


class Slider(Widget):
    """A value between two ends.

    Args:
        low, high: the ends.
        step: what an arrow key moves; Page keys move five times as much.
        get: the present value.
        set: called with the new value while it is dragged.
        colour: of the part that is reached.
        knob: the knob's radius, units.
        spoken: puts a value into words.
    """

    def __init__(
        self,
        id: str,  # noqa: A002  the field's name
        label: str,
        low: float,
        high: float,
        *,
        step: float,
        get: Callable[[], float],
        set: Callable[[float], None],  # noqa: A002  get and set belong together
        colour: colours.Colour = colours.ACCENT,
        knob: float = 8,
        spoken: Callable[[float], str] = "{:.0%}".format,
        keys: str = "",
        hint: str = "",
    ) -> None:
        super().__init__(id, label, keys=keys, hint=hint)
        self.low, self.high, self.step = low, high, step
        self.get, self.set = get, set
        self.colour, self.knob, self.spoken = colour, knob, spoken

    @property
    def value(self) -> str:
        """The value in words."""
        return self.spoken(self.get())

    @property
    def tooltip(self) -> str:
        """The hint and the value."""
        return f"{self.hint or self.label}: {self.value}"

    @property
    def look(self) -> Hashable:
        """The exact value, too."""
        return super().look, self.share

    @property
    def share(self) -> float:
        """How far along the line the value is, 0..1."""
        span = self.high - self.low
        return max(0.0, min(1.0, (self.get() - self.low) / span)) if span > 0 else 0.0

    def _move(self, value: float) -> None:
        self.set(max(self.low, min(self.high, value)))

    def press(self, position: tuple[int, int]) -> None:
        """Take the value under the pointer."""
        self.drag(position)

    def drag(self, position: tuple[int, int]) -> None:
        """Take the value under the pointer."""
        inset = self.rect.height // 2
        width = max(1, self.rect.width - 2 * inset)
        self._move(self.low + (position[0] - self.rect.x - inset) / width * (self.high - self.low))

    def wheel(self, amount: float) -> bool:
        """Move by a step."""
        self._move(self.get() + amount * self.step)
        return True

    def key(self, event: pygame.event.Event) -> bool:
        """Move by arrows, Page keys, Home and End."""
        steps = {
            pygame.K_RIGHT: 1,
            pygame.K_UP: 1,
            pygame.K_LEFT: -1,
            pygame.K_DOWN: -1,
            pygame.K_PAGEUP: 5,
            pygame.K_PAGEDOWN: -5,
        }
        if event.key in steps:
            self._move(self.get() + steps[event.key] * self.step)
        elif event.key in {pygame.K_HOME, pygame.K_END}:
            self._move(self.low if event.key == pygame.K_HOME else self.high)
        else:
            return False
        return True

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw line, reached part and knob."""
        inset = self.rect.height // 2
        thick = max(2, theme.px(4))
        line = pygame.Rect(
            self.rect.x + inset, self.rect.centery - thick // 2, max(2, self.rect.width - 2 * inset), thick
        )
        draw.box(surface, line, colours.EDGE, thick // 2)
        reached = line.copy()
        reached.width = round(line.width * self.share)
        whole = draw.plate(line.size, thick // 2, self.colour if self.enabled else colours.FAINT)
        surface.blit(whole, line, (0, 0, *reached.size))
        size = 2 * theme.px(self.knob + (1 if self.hot or self.pressed else 0))
        knob = pygame.Rect(0, 0, size, size)
        knob.center = (reached.right, line.centery)
        draw.box(surface, knob, colours.TEXT if self.enabled else colours.FAINT, size // 2)
