"""A number with a minus and a plus, or a short range of them."""

from collections.abc import Callable, Hashable

import pygame

from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.icons import icon
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Picture, Widget

__all__ = ["Spinner"]

_STEPS = {
    pygame.K_UP: 1, pygame.K_RIGHT: 1, pygame.K_PLUS: 1, pygame.K_EQUALS: 1, pygame.K_KP_PLUS: 1, pygame.K_PAGEUP: 10,
    pygame.K_DOWN: -1, pygame.K_LEFT: -1, pygame.K_MINUS: -1, pygame.K_KP_MINUS: -1, pygame.K_PAGEDOWN: -10,
}  # fmt: skip
_ARM = 26  # units: the width of minus and plus


class Spinner(Widget):
    """A whole number that is stepped by clicks, wheel, arrow keys, or typed.

    Args:
        low, high: the ends.
        get, set: the present value, and what takes a new one.
        spoken: puts a value into words; these are shown.
        picture: shown before the number.
    """

    def __init__(
        self,
        id: str,  # noqa: A002  the field's name
        label: str,
        low: int,
        high: int,
        *,
        get: Callable[[], int],
        set: Callable[[int], None],  # noqa: A002  get and set belong together
        spoken: Callable[[int], str] = str,
        step: int = 1,
        picture: Picture | None = None,
        hint: str = "",
    ) -> None:
        super().__init__(id, label, hint=hint or label)
        self.low, self.high, self.step = low, high, step
        self.get, self.set, self.spoken, self.picture = get, set, spoken, picture
        self._typed = ""
        self._arm = _ARM
        self._at = (0, 0)

    @property
    def value(self) -> str:
        """The number in words."""
        return self.spoken(self.get())

    @property
    def look(self) -> Hashable:
        """What was typed so far and which arm is pointed at, too."""
        return super().look, self._typed, self._at if self.hot else None, self.picture

    def _move(self, by: int) -> None:
        value = max(self.low, min(self.high, self.get() + by * self.step))
        if value != self.get():
            self.set(value)

    def hover(self, position: tuple[int, int]) -> None:
        """Remember which arm is under the pointer."""
        self._at = position

    def release(self, position: tuple[int, int]) -> None:
        """Step down on the left arm, up on the right."""
        if self.rect.collidepoint(position):
            if position[0] < self.rect.x + self._arm:
                self._move(-1)
            elif position[0] >= self.rect.right - self._arm:
                self._move(1)

    def wheel(self, amount: float) -> bool:
        """Step."""
        self._move(1 if amount > 0 else -1)
        return True

    def key(self, event: pygame.event.Event) -> bool:
        """Step by arrows and signs; digits and Enter set a number."""
        if event.key in _STEPS:
            self._move(_STEPS[event.key])
        elif event.key in {pygame.K_RETURN, pygame.K_KP_ENTER} and self._typed:
            self.blur()
        elif event.key == pygame.K_BACKSPACE and self._typed:
            self._typed = self._typed[:-1]
        else:
            return pygame.key.name(event.key).strip("[]").isdigit()  # the digit itself arrives as text
        return True

    def type(self, text: str) -> bool:
        """Gather digits."""
        if not text.isdigit():
            return False
        self._typed = (self._typed + text)[-4:]
        return True

    def forget(self) -> None:
        """Drop what was typed so far."""
        self._typed = ""

    def blur(self) -> None:
        """Take the typed number."""
        if self._typed:
            number = max(self.low, min(self.high, int(self._typed)))
            self._typed = ""
            if number != self.get():
                self.set(number)

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw minus, number and plus in one box."""
        self._arm = theme.px(_ARM)
        draw.box(surface, self.rect, colours.RAISED, theme.px(8))
        left = pygame.Rect(self.rect.x, self.rect.y, self._arm, self.rect.height)
        right = left.move(self.rect.width - self._arm, 0)
        for name, arm, able in (("minus", left, self.get() > self.low), ("plus", right, self.get() < self.high)):
            pointed = self.hot and arm.collidepoint(self._at)
            if pointed and able:
                draw.box(surface, arm, colours.HOVER, theme.px(8))
            ink = colours.FAINT if not able else colours.TEXT if pointed else colours.MUTED
            sign = icon(name, theme.px(16), ink)
            surface.blit(sign, sign.get_rect(center=arm.center))
        self._draw_number(surface, theme)

    def _draw_number(self, surface: pygame.Surface, theme: Theme) -> None:
        shown = f"{self._typed}_" if self._typed else self.value
        parts = [] if self.picture is None else [self.picture(theme.px(18), colours.TEXT)]
        parts.append(theme.text(shown, 14, "semibold", colours.ACCENT if self._typed else colours.TEXT))
        x = self.rect.centerx - (sum(part.get_width() for part in parts) + theme.px(2) * (len(parts) - 1)) // 2
        for part in parts:
            surface.blit(part, (x, self.rect.centery - part.get_height() // 2))
            x += part.get_width() + theme.px(2)
