"""Buttons: with a word, with a picture, or both; quiet, raised or gold; pushed once or staying down."""

from collections.abc import Callable, Hashable
from typing import Literal, TypeAlias

import pygame

from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.theme import Theme, mix
from chorale.ui.widgets.base import Action, Picture, Widget

__all__ = ["Button", "Style", "Toggle"]

Style: TypeAlias = Literal["plain", "raised", "lifted", "gold"]
_ACTIVATING = {pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE}


class Button(Widget):
    """A push button.

    Args:
        action: what it does.
        text: the word on it; "" for a picture alone.
        picture: the picture on it.
        style: "plain" has no box until pointed at, "raised" has one, "lifted" has one that shows on a raised box,
            "gold" is the one that matters most.
        picture_size: units.
    """

    def __init__(
        self,
        id: str,  # noqa: A002  the field's name
        label: str,
        action: Action,
        *,
        text: str = "",
        picture: Picture | None = None,
        style: Style = "raised",
        keys: str = "",
        hint: str | None = None,
        picture_size: float = 20,
        text_size: float = 14,
    ) -> None:
        super().__init__(id, label, keys=keys, hint=(label if hint is None and not text else hint or ""))
        self.action = action
        self.text = text
        self.picture = picture
        self.style: Style = style
        self.picture_size = picture_size
        self.text_size = text_size

    @property
    def on(self) -> bool:
        """Whether the button stays down."""
        return False

    @property
    def look(self) -> Hashable:
        """Whether it stays down, too."""
        return super().look, self.on

    def activate(self) -> None:
        """Do what the button does."""
        if self.enabled:
            self.action()

    def release(self, position: tuple[int, int]) -> None:
        """Activate, if the pointer is still on the button."""
        if self.contains(position):
            self.activate()

    def key(self, event: pygame.event.Event) -> bool:
        """Activate on Enter and Space."""
        if event.key in _ACTIVATING:
            self.activate()
            return True
        return False

    def faces(self) -> tuple[colours.Colour | None, colours.Colour]:
        """Return the box's colour, or None for none, and that of the letters."""
        resting = {"raised": colours.RAISED, "lifted": colours.HOVER}.get(self.style)
        if not self.enabled:
            return (resting if self.style == "raised" else None), colours.FAINT
        if self.on or self.style == "gold":
            lit = colours.ACCENT_SOFT if self.hot else colours.ACCENT
            return (colours.ACCENT_DEEP if self.pressed else lit), colours.ON_ACCENT
        if self.pressed or self.hot:
            lit = colours.LIT if self.style == "lifted" else colours.HOVER
            return mix(lit, colours.ROOM, 0.35 if self.pressed else 0), colours.TEXT
        return resting, colours.TEXT

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the box, then picture and word centred in it."""
        box, ink = self.faces()
        if box is not None:
            draw.box(surface, self.rect, box, theme.px(8))
        self.draw_content(surface, theme, ink)

    def draw_content(self, surface: pygame.Surface, theme: Theme, ink: colours.Colour) -> None:
        """Draw picture and word side by side, centred."""
        parts = [] if self.picture is None else [self.picture(theme.px(self.picture_size), mix(ink, ink, 0))]
        gap = theme.px(6)
        if self.text:
            room = self.rect.width - theme.px(12) - sum(part.get_width() + gap for part in parts)
            fitted = theme.fitted(self.text, max(room, 1), self.text_size, "semibold")
            parts.append(theme.text(fitted, self.text_size, "semibold", ink))
        x = self.rect.centerx - (sum(part.get_width() for part in parts) + gap * (len(parts) - 1)) // 2
        for part in parts:
            surface.blit(part, (x, self.rect.centery - part.get_height() // 2))
            x += part.get_width() + gap


class Toggle(Button):
    """A button that shows whether something is so; ``is_on`` is asked each time it is drawn."""

    def __init__(
        self,
        id: str,  # noqa: A002  the field's name
        label: str,
        action: Action,
        is_on: Callable[[], bool],
        *,
        text: str = "",
        picture: Picture | None = None,
        style: Style = "raised",
        keys: str = "",
        hint: str | None = None,
        picture_size: float = 20,
        text_size: float = 14,
    ) -> None:
        super().__init__(
            id, label, action, text=text, picture=picture, style=style, keys=keys, hint=hint,
            picture_size=picture_size, text_size=text_size,
        )  # fmt: skip
        self._is_on = is_on

    @property
    def on(self) -> bool:
        """Whether it is so."""
        return self._is_on()

    @property
    def value(self) -> str:
        """Whether it is on, in a word."""
        return "on" if self.on else "off"
