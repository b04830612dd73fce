"""A teacher's sheet: own level files and folders, what is wrong with them, who plays, progress out and in."""

from collections.abc import Callable
from pathlib import Path

import pygame

from chorale.app.game import Game
from chorale.ui import theme as colours
from chorale.ui.overlays.base import Overlay
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Action, icon_picture
from chorale.ui.widgets.button import Button
from chorale.ui.widgets.field import TextField
from chorale.ui.widgets.listing import Listing, Row

__all__ = ["TeacherDeeds", "TeacherSheet"]

_BUTTON, _GAP = 40, 10
_TOLD, _LINES = 60, 3  # units, and lines, for all of the complaint that is chosen


class TeacherDeeds:
    """What the sheet's buttons do.

    Args:
        open_file: asks for a level file and opens it.
        open_folder: asks for a folder of levels and opens it.
        export: asks for a file and writes the progress.
        take: asks for a file of progress and takes what is better.
    """

    def __init__(self, open_file: Action, open_folder: Action, export: Action, take: Action) -> None:
        self.open_file, self.open_folder, self.export, self.take = open_file, open_folder, export, take


class TeacherSheet(Overlay):
    """The sheet.

    Args:
        game: the game.
        deeds: what the buttons do.
        changed: called when a file or folder was taken off the map.
        close: takes the sheet away.
    """

    def __init__(self, game: Game, deeds: TeacherDeeds, changed: Action, close: Callable[[], None]) -> None:
        super().__init__("teacher", "Own levels and progress", (760, 560), close)
        self._game, self._changed = game, changed
        self._file = _button("open-level", "Open a level", "folder", deeds.open_file)
        self._folder = _button("open-levels", "Open a folder", "folder", deeds.open_folder)
        self._export = _button("export-progress", "Export progress", "up", deeds.export)
        self._import = _button("import-progress", "Import progress", "file", deeds.take)
        self._remove = Button("remove-levels", "Take off the map", self._take_off, text="Take off the map")
        self._player = TextField(
            "player", "Who plays", lambda: game.progress.player, game.call, placeholder="Your name, for the teacher"
        )
        self._opened = Listing("opened-levels", "Own levels", chosen=lambda _: None, opened=lambda _: None,
                               empty="None yet: open a level file (.toml) or a folder of them")  # fmt: skip
        self._problems = Listing("level-problems", "What is wrong", chosen=lambda _: None, opened=lambda _: None,
                                 empty="Nothing is wrong with any level")  # fmt: skip
        self.problems: tuple[str, ...] = ()
        self.refresh()

    def refresh(self, problems: tuple[str, ...] | None = None) -> None:
        """Show what is open and what is wrong; ``problems`` where a file was tried that could not be opened."""
        self.problems = self._game.problems if problems is None else problems
        self._opened.show(
            [Row(path.name, "folder" if path.is_dir() else "file", str(path.parent)) for path in self._game.opened]
        )
        self._problems.show([Row(_short(line), "warning") for line in self.problems])
        self._remove.enabled = bool(self._game.opened)

    def _take_off(self) -> None:
        opened: tuple[Path, ...] = self._game.opened
        if 0 <= self._opened.index < len(opened):
            self._game.close(opened[self._opened.index])
            self._changed()
            self.refresh()

    def lay_out(self, theme: Theme) -> None:
        """Buttons at the head, two lists, the name at the foot."""
        inner, tall, gap = self.inner, theme.px(_BUTTON), theme.px(_GAP)
        heads = (self._file, self._folder, self._export, self._import)
        wide = (inner.width - (len(heads) - 1) * gap) // len(heads)
        for index, button in enumerate(heads):
            button.rect = pygame.Rect(inner.x + index * (wide + gap), inner.y, wide, tall)
        foot = inner.bottom - tall
        self._remove.rect = pygame.Rect(inner.right - wide, foot, wide, tall)
        self._player.rect = pygame.Rect(
            inner.x + theme.px(90), foot, self._remove.rect.x - gap - inner.x - theme.px(90), tall
        )
        top = inner.y + tall + theme.px(40)
        room = foot - theme.px(14) - top
        first = round(room * 0.36)
        self._opened.rect = pygame.Rect(inner.x, top, inner.width, first)
        below = top + first + theme.px(36)
        self._problems.rect = pygame.Rect(inner.x, below, inner.width, foot - theme.px(_TOLD + 14) - below)
        self.board.widgets = [*heads, self._opened, self._problems, self._player, self._remove, self._cross]
        if self.board.ring.widget is None:
            self.board.home = self._file
            self.board.ring.move_to(self._file)

    def draw_content(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the headings."""
        for words, listing in (("On the map", self._opened), ("What is wrong", self._problems)):
            heading = theme.text(words, 13, "semibold", colours.ACCENT)
            surface.blit(heading, heading.get_rect(bottomleft=(listing.rect.x, listing.rect.y - theme.px(6))))
        if 0 <= self._problems.index < len(self.problems):
            self._draw_told(surface, theme, self.problems[self._problems.index])
        name = theme.text("Player", 14, "sans", colours.MUTED)
        surface.blit(name, name.get_rect(midleft=(self.inner.x, self._player.rect.centery)))

    def _draw_told(self, surface: pygame.Surface, theme: Theme, line: str) -> None:
        """Draw all of the line that is chosen."""
        x, y = self._problems.rect.x + theme.px(4), self._problems.rect.bottom + theme.px(6)
        for row, words in enumerate(theme.wrapped(line, self._problems.rect.width - theme.px(8), 13)[:_LINES]):
            surface.blit(theme.text(words, 13, "sans", colours.MUTED), (x, y + row * theme.px(18)))


def _short(line: str) -> str:
    """Return a complaint with the name of its file alone, which its whole path would push out of sight."""
    path, parted, rest = line.partition(": ")
    return f"{Path(path).name}: {rest}" if parted and "/" in path else line


def _button(name: str, words: str, sign: str, action: Action) -> Button:
    return Button(name, words, action, text=words, picture=icon_picture(sign))
