"""The focus ring: which widget the keyboard speaks to, and how Tab walks from one to the next."""

from collections.abc import Sequence

import pygame

from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget

__all__ = ["Ring"]


class Ring:
    """Keeps the focused widget; the ring is drawn only once the keyboard has moved it."""

    def __init__(self) -> None:
        self.widget: Widget | None = None
        self.shown = False

    def move_to(self, widget: Widget | None, *, shown: bool = False) -> None:
        """Give the focus to a widget, or to none."""
        self.shown = shown and widget is not None
        if widget is self.widget:
            return
        if self.widget is not None:
            self.widget.focused = False
            self.widget.blur()
        self.widget = widget
        if widget is not None:
            widget.focused = True

    def walk(self, widgets: Sequence[Widget], *, back: bool = False) -> Widget | None:
        """Go on to the next widget that can be reached, around the ring; return it."""
        order = [widget for widget in widgets if widget.reachable]
        if not order:
            return None
        if self.widget in order:
            index = (order.index(self.widget) + (-1 if back else 1)) % len(order)
        else:
            index = len(order) - 1 if back else 0
        self.move_to(order[index], shown=True)
        return order[index]

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the ring around the focused widget."""
        if self.shown and self.widget is not None and self.widget.reachable:
            around = self.widget.rect.inflate(theme.px(6), theme.px(6))
            draw.outline(surface, around, colours.TEXT, theme.px(11), max(2, theme.px(2)))
