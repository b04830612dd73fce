"""The board: all widgets of a scene, and which of them pointer and keyboard speak to.

Events go to an open menu first, then to the widget that was pressed, then to the one under the pointer (the last in
the list is on top), keys to the focused one. What no widget wants, the scene may use.
"""

import pygame

from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.focus import Ring
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget
from chorale.ui.widgets.menu import Dropdown, Menu

__all__ = ["Board"]

_TOOLTIP_DELAY = 0.55


class Board:
    """Widgets, the focus ring, the open menu and the tooltip.

    Attributes:
        widgets: all of them, in the order of Tab; later ones lie on top.
        loose: those that no panel draws; None: all.
        home: the widget that has the keyboard when no other took it.
    """

    def __init__(self) -> None:
        self.widgets: list[Widget] = []
        self.loose: list[Widget] | None = None
        self.ring = Ring()
        self.home: Widget | None = None
        self.menu: Menu | None = None
        self.pointer = (-1, -1)
        self.theme = Theme()
        self.area = pygame.Rect(0, 0, 1, 1)
        self._hot: Widget | None = None
        self._captured: Widget | None = None
        self._still_since = 0.0
        self.now = 0.0

    def find(self, id: str) -> Widget:  # noqa: A002  the field's name
        """Return the widget with this id.

        Raises:
            KeyError: there is none.
        """
        for widget in [*self.widgets, *([self.menu] if self.menu else [])]:
            if widget.id == id:
                return widget
        raise KeyError(id)

    def go_home(self) -> None:
        """Give the keyboard back to the page."""
        self.ring.move_to(self.home)

    # Menus ------------------------------------------------------------------------------------------------------

    def open_dropdown(self, dropdown: Dropdown) -> None:
        """Open a dropdown's menu under it."""
        entries = dropdown.entries()
        if self.menu is not None and self.menu.id == f"{dropdown.id}-menu":
            self.close_menu()
        elif entries:
            self.menu = Menu(
                f"{dropdown.id}-menu", dropdown.label, entries, dropdown.rect, self.area, self.theme, self.close_menu
            )

    def close_menu(self) -> None:
        """Close the open menu."""
        self.menu = None

    # Events -----------------------------------------------------------------------------------------------------

    def handle(self, event: pygame.event.Event) -> bool:
        """Give an event to the widget it is for; return whether it was of use."""
        if event.type == pygame.MOUSEMOTION:
            return self._move(event.pos)
        if event.type == pygame.MOUSEBUTTONDOWN:
            return event.button in {1, 3} and self._press(event.pos, event.button)
        if event.type == pygame.MOUSEBUTTONUP:
            return event.button == 1 and self._release(event.pos)
        takers = {pygame.MOUSEWHEEL: self._wheel, pygame.KEYDOWN: self._key, pygame.TEXTINPUT: self._text}
        return event.type in takers and takers[event.type](event)

    def _wheel(self, event: pygame.event.Event) -> bool:
        target = self._under(self.pointer)
        return target is not None and target.wheel(getattr(event, "precise_y", event.y) or event.y)

    def _text(self, event: pygame.event.Event) -> bool:
        return self.menu is None and self.ring.widget is not None and self.ring.widget.type(event.text)

    def _under(self, position: tuple[int, int]) -> Widget | None:
        if self.menu is not None:
            return self.menu if self.menu.contains(position) else None
        return next((widget for widget in reversed(self.widgets) if widget.contains(position)), None)

    def _move(self, position: tuple[int, int]) -> bool:
        if position != self.pointer:
            self._still_since = self.now
        self.pointer = position
        if self._captured is not None:
            self._captured.drag(position)
            return True
        self._set_hot(self._under(position))
        if self._hot is not None:
            self._hot.hover(position)
        return self._hot is not None

    def _set_hot(self, widget: Widget | None) -> None:
        if widget is self._hot:
            return
        if self._hot is not None:
            self._hot.hot = False
            self._hot.leave()
        self._hot = widget
        self._still_since = self.now
        if widget is not None:
            widget.hot = True

    def _press(self, position: tuple[int, int], button: int) -> bool:
        self._move(position)
        target = self._under(position)
        if self.menu is not None and target is None:
            self.close_menu()
            return True
        if target is None or not target.enabled:
            self.go_home()
            return False
        if target is not self.ring.widget:
            self._focus_by_pointer(target)
        if button == 3:
            target.alternate(position)
        else:
            self._captured, target.pressed = target, True
            target.press(position)
        return True

    def _focus_by_pointer(self, target: Widget) -> None:
        """Only what is typed into takes the keyboard from the page by a click."""
        if target is not self.menu:
            self.ring.move_to(target if hasattr(target, "begin") or target is self.home else self.home)

    def _release(self, position: tuple[int, int]) -> bool:
        captured, self._captured = self._captured, None
        if captured is None:
            return False
        captured.pressed = False
        captured.release(position)
        self._move(position)
        return True

    def _key(self, event: pygame.event.Event) -> bool:
        if self.menu is not None:
            return self.menu.key(event)
        if event.key == pygame.K_TAB and not event.mod & (pygame.KMOD_CTRL | pygame.KMOD_ALT):
            return self.ring.walk(self.widgets, back=bool(event.mod & pygame.KMOD_SHIFT)) is not None
        focused = self.ring.widget
        if focused is None or not focused.reachable:
            return False
        if focused.key(event):
            return True
        if event.key == pygame.K_ESCAPE and focused is not self.home:
            self.go_home()
            return True
        return False

    @property
    def typing(self) -> bool:
        """Whether keys are text at present."""
        return bool(getattr(self.ring.widget, "editing", False))

    # Drawing ----------------------------------------------------------------------------------------------------

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the widgets that no panel draws, the ring, the menu and the tooltip."""
        self.theme = theme
        for widget in self.widgets if self.loose is None else self.loose:
            if widget.visible:
                widget.draw(surface, theme)
        self.ring.draw(surface, theme)
        if self.menu is not None:
            self.menu.draw(surface, theme)
        elif self._tooltip_due(0):
            self._draw_tooltip(surface, theme)

    def _tooltip_due(self, after: float) -> bool:
        waited = self.now + after - self._still_since >= _TOOLTIP_DELAY
        hot = self._hot if self._hot in self.widgets else None  # a widget that went from under the pointer says no more
        return waited and hot is not None and hot.visible and bool(hot.tooltip) and self._captured is None

    def next_change(self) -> float | None:
        """Return the seconds until the tooltip comes up, None where none will."""
        if self._tooltip_due(60) and not self._tooltip_due(0):
            return max(0.0, _TOOLTIP_DELAY - (self.now - self._still_since)) + 0.005
        return None

    def _draw_tooltip(self, surface: pygame.Surface, theme: Theme) -> None:
        widget = self._hot
        assert widget is not None
        words, keys = theme.text(widget.tooltip, 13), theme.text(widget.keys, 12, "semibold", colours.ACCENT_SOFT)
        gap = theme.px(10) if widget.keys else 0
        width = words.get_width() + gap + (keys.get_width() if widget.keys else 0) + theme.px(20)
        sheet = pygame.Rect(0, 0, width, theme.px(30))
        self._place_tooltip(sheet, widget.rect, theme)
        draw.shadow(surface, sheet, theme.px(10), 150, theme.px(6), theme.px(3))
        draw.box(surface, sheet, colours.mix(colours.ROOM, (0, 0, 0), 0.35), theme.px(6))
        surface.blit(words, words.get_rect(midleft=(sheet.x + theme.px(10), sheet.centery)))
        if widget.keys:
            surface.blit(keys, keys.get_rect(midright=(sheet.right - theme.px(10), sheet.centery)))

    def _place_tooltip(self, sheet: pygame.Rect, at: pygame.Rect, theme: Theme) -> None:
        """Put the tooltip under the widget; beside one at the left edge, above one at the foot."""
        if at.right < self.area.width // 5 and at.height < theme.px(80) and at.top > theme.px(56):
            sheet.midleft = (at.right + theme.px(10), at.centery)
        else:
            sheet.midtop = (at.centerx, at.bottom + theme.px(8))
            if sheet.bottom > self.area.bottom:
                sheet.midbottom = (at.centerx, at.top - theme.px(8))
        sheet.clamp_ip(self.area.inflate(-theme.px(8), -theme.px(8)))
