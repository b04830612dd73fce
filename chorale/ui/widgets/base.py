"""What every widget is: an id, a label to be read out, a rectangle, and a handful of things that happen to it."""

from collections.abc import Callable, Hashable
from typing import TypeAlias

import pygame

from chorale.ui.icons import icon
from chorale.ui.theme import Theme

__all__ = ["Action", "Picture", "Widget", "icon_picture"]

Action: TypeAlias = Callable[[], None]
Picture: TypeAlias = Callable[[int, tuple[int, int, int]], pygame.Surface]
"""Draws itself as a square of so many pixels in a colour."""


class Widget:
    """Something on the desk that can be pointed at and, if focusable, operated from the keyboard.

    Args:
        id: a name unique in the window; tests and a self-voicing mode find the widget by it.
        label: what it is, in words.
        keys: its shortcut as shown in the tooltip, such as "Ctrl+S".
        hint: the tooltip's text where it says more than the label.
    """

    focusable = True
    live = False
    """Whether it moves by itself, and is drawn in every frame."""

    def __init__(self, id: str, label: str, *, keys: str = "", hint: str = "") -> None:  # noqa: A002  the field's name
        self.id = id
        self.label = label
        self.keys = keys
        self.hint = hint
        self.rect = pygame.Rect(0, 0, 0, 0)
        self.visible = True
        self.enabled = True
        self.hot = False
        self.pressed = False
        self.focused = False

    @property
    def tooltip(self) -> str:
        """What the tooltip says; "" for none."""
        return self.hint

    @property
    def value(self) -> str:
        """The present state in words, for tests and for a voice; "" where there is none."""
        return ""

    @property
    def look(self) -> Hashable:
        """All that its picture depends on besides the theme."""
        return self.value, self.hot, self.pressed, self.enabled, self.visible, self.rect.topleft, self.rect.size

    @property
    def reachable(self) -> bool:
        """Whether Tab may stop here."""
        return self.focusable and self.visible and self.enabled and self.rect.width > 0

    def contains(self, position: tuple[int, int]) -> bool:
        """Return whether the pointer is on the widget."""
        return self.visible and self.rect.collidepoint(position)

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the widget as it stands."""

    def press(self, position: tuple[int, int]) -> None:
        """The left button went down here; drags and the release come to this widget, too."""

    def drag(self, position: tuple[int, int]) -> None:
        """The pointer moved while the button is down."""

    def release(self, position: tuple[int, int]) -> None:
        """The left button went up."""

    def hover(self, position: tuple[int, int]) -> None:
        """The pointer moved over the widget."""

    def leave(self) -> None:
        """The pointer went elsewhere."""

    def alternate(self, position: tuple[int, int]) -> None:
        """The right button went down here."""

    def wheel(self, amount: float) -> bool:
        """Turn the wheel, away from the person positive; return whether it was of use."""
        del amount
        return False

    def key(self, event: pygame.event.Event) -> bool:
        """Take a key while focused; return whether it was of use."""
        del event
        return False

    def type(self, text: str) -> bool:
        """Take typed text while focused; return whether it was of use."""
        del text
        return False

    def blur(self) -> None:
        """The focus went elsewhere."""


def icon_picture(name: str) -> Picture:
    """Return the picture of one of our icons."""
    return lambda pixels, colour: icon(name, pixels, colour)
