"""What stands where results will be: the tool's name, what it does, and one button that gives something to hear."""

from collections.abc import Hashable

import pygame

from chorale.ui import theme as colours
from chorale.ui.icons import icon
from chorale.ui.scenes.tools.state import ToolState
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Action, Widget, icon_picture
from chorale.ui.widgets.button import Button

__all__ = ["Invitation"]


class Invitation:
    """The words and the button.

    Args:
        state: of the room.
        begin: fills what is empty with examples and sets the tool to work.
    """

    def __init__(self, state: ToolState, begin: Action) -> None:
        self._state = state
        self.button = Button(
            "try", "Try an example", begin, text="Try an example", picture=icon_picture("play"), style="raised",
            keys="Ctrl+E", hint="Hear at once what it does", picture_size=16,
        )  # fmt: skip
        self._lines: list[str] = []
        self._room = pygame.Rect(0, 0, 1, 1)

    @property
    def shown(self) -> bool:
        """Whether there is nothing else to show."""
        return not self._state.session.bench.results

    @property
    def widgets(self) -> list[Widget]:
        """The button, while it is shown."""
        return [self.button] if self.shown else []

    @property
    def look(self) -> Hashable:
        """Which tool it speaks of."""
        return self.shown, self._state.session.tool.name, self._state.session.making is not None

    def update(self) -> None:
        """Name the button after what it would do."""
        session = self._state.session
        full = all(source is not None for source in session.bench.inputs)
        word = session.tool.verb if full and session.tool.slots else "Try an example"
        self.button.text = self.button.label = word if session.tool.slots else "Give me some ideas"
        self.button.enabled = session.making is None

    def lay_out(self, room: pygame.Rect, theme: Theme) -> None:
        """In the middle."""
        self._room = room
        width = min(room.width - theme.px(64), theme.px(520))
        self._lines = theme.wrapped(self._state.session.tool.line, width, 18, "serif")
        height = theme.px(44)
        wide = theme.px(220)
        bottom = self._top(theme) + self._height(theme)
        self.button.rect = pygame.Rect(room.centerx - wide // 2, bottom - height, wide, height)

    def _height(self, theme: Theme) -> int:
        return theme.px(46 + 48 + 10) + len(self._lines) * theme.px(26) + theme.px(22 + 44)

    def _top(self, theme: Theme) -> int:
        return max(self._room.y + theme.px(4), self._room.centery - self._height(theme) // 2)

    def draw_cards(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw picture, name and line."""
        if not self.shown:
            return
        tool, y = self._state.session.tool, self._top(theme)
        picture = icon(tool.name, theme.px(46), colours.mix(colours.ACCENT, colours.ROOM, 0.15))
        surface.blit(picture, picture.get_rect(midtop=(self._room.centerx, y)))
        y += theme.px(46 + 6)
        name = theme.text(tool.label, 36, "serif", colours.TEXT)
        surface.blit(name, name.get_rect(midtop=(self._room.centerx, y)))
        y += theme.px(48 + 4)
        for line in self._lines:
            words = theme.text(line, 18, "serif", colours.MUTED)
            surface.blit(words, words.get_rect(midtop=(self._room.centerx, y)))
            y += theme.px(26)
