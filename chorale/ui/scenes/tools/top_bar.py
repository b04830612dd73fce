"""The bar at the top: the rooms, undo and redo, what the tool does, help."""

from collections.abc import Hashable

import pygame

from chorale.ui import theme as colours
from chorale.ui.places import HEIGHT, Places
from chorale.ui.scene import Place
from chorale.ui.scenes.tools.state import ToolState
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Action, Widget, icon_picture
from chorale.ui.widgets.button import Button
from chorale.ui.widgets.panel import Panel

__all__ = ["HEIGHT", "TopBar"]


class TopBar(Panel):
    """The bar's widgets and their places."""

    def __init__(self, state: ToolState, show_help: Action) -> None:
        super().__init__()
        self._state = state
        self.places = Places(state.services, Place.STUDIO)
        self.undo = Button("undo", "Undo", self._undo, picture=icon_picture("undo"), style="plain", keys="Ctrl+Z")
        self.redo = Button("redo", "Redo", self._redo, picture=icon_picture("redo"), style="plain", keys="Ctrl+Y")
        self.help = Button("help", "Keys and help", show_help, picture=icon_picture("help"), keys="?")
        self.changed: Action = lambda: None
        self._room = pygame.Rect(0, 0, 1, 1)

    @property
    def widgets(self) -> list[Widget]:
        """In the order of Tab."""
        return [*self.places.tabs, self.undo, self.redo, self.help]

    def _undo(self) -> None:
        if self._state.session.undo() is None:
            self._state.say("Nothing to undo")
        self.changed()

    def _redo(self) -> None:
        if self._state.session.redo() is None:
            self._state.say("Nothing to redo")
        self.changed()

    @property
    def look(self) -> Hashable:
        """Which tool it speaks of."""
        return self._state.session.tool.name, bool(self._state.session.bench.results)

    def lay_out(self, rect: pygame.Rect, theme: Theme) -> None:
        """Rooms and undo at the left, help at the right."""
        self.rect = rect
        height = theme.px(36)
        top = rect.centery - height // 2
        x = self.places.lay_out(rect, theme)
        for button in (self.undo, self.redo):
            button.rect = pygame.Rect(x, top, height, height)
            x += height
        self.help.rect = pygame.Rect(rect.right - theme.px(16) - height, top, height, height)
        self._room = pygame.Rect(x + theme.px(20), top, self.help.rect.x - x - theme.px(40), height)

    def update(self) -> None:
        """Show what can be undone."""
        session = self._state.session
        for button, label in ((self.undo, session.undo_label), (self.redo, session.redo_label)):
            button.enabled = label is not None
            button.hint = f"{button.label} {label[:1].lower() + label[1:]}" if label else button.label

    def draw_background(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the bar, and once there are results what the tool does; before that it stands where they will be."""
        self.places.draw_background(surface, self.rect, theme)
        session = self._state.session
        if session.bench.results:
            line = theme.fitted(session.tool.line, self._room.width, 14, "serif-italic")
            words = theme.text(line, 14, "serif-italic", colours.MUTED)
            surface.blit(words, words.get_rect(midright=(self._room.right, self._room.centery)))
