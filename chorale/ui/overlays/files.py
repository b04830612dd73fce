"""The file browser: opens files, and names those to be written. All of it can be done from the keyboard."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pygame

from chorale.ui import theme as colours
from chorale.ui.overlays.base import Overlay
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import icon_picture
from chorale.ui.widgets.button import Button
from chorale.ui.widgets.field import TextField
from chorale.ui.widgets.listing import Listing, Row

__all__ = ["FileBrowser", "Purpose"]


@dataclass(frozen=True)
class Purpose:
    """What the browser is for.

    Attributes:
        title: at the head of the sheet.
        word: on the button.
        suffixes: of the files shown, with the dot; the first is given to a name without one.
        saving: whether a name is asked for.
        name: the name proposed.
        folders: whether it is a folder that is wanted, the one that is shown.
    """

    title: str
    word: str
    suffixes: tuple[str, ...]
    saving: bool = False
    name: str = ""
    folders: bool = False


@dataclass(frozen=True)
class _Entry:
    path: Path
    is_folder: bool


class FileBrowser(Overlay):
    """Shows a folder.

    Args:
        purpose: what it is for.
        folder: where to begin.
        done: called with the chosen path.
        close: takes the sheet away.
        recent: files to offer at the side.
    """

    def __init__(
        self,
        purpose: Purpose,
        folder: Path,
        done: Callable[[Path], None],
        close: Callable[[], None],
        recent: Sequence[Path] = (),
    ) -> None:
        super().__init__("files", purpose.title, (860, 560), close)
        self._purpose, self._done = purpose, done
        self._entries: list[_Entry] = []
        self._trouble = ""
        self._name = purpose.name
        self._list = Listing("files-list", "Files", chosen=self._chose, opened=self._opened, empty="No such files here")
        self._places = Listing("files-places", "Places", chosen=self._go_to_place, opened=self._go_to_place)
        self._up = Button("files-up", "Parent folder", self._go_up, picture=icon_picture("up"), keys="Backspace")
        self._path = TextField(
            "files-path", "Folder", lambda: str(self.folder), self._typed_folder, hint="Type a folder or a file"
        )
        self._field = TextField(
            "files-name",
            "File name",
            lambda: self._name,
            self._set_name,
            follow=self._set_name,
            placeholder="File name",
        )
        self._accept = Button("files-accept", purpose.word, self._finish, text=purpose.word, style="gold", keys="Enter")
        self._cancel = Button("files-cancel", "Cancel", close, text="Cancel", keys="Esc")
        self._targets: list[tuple[str, Path, str]] = _places(recent)
        self._places.show([Row(label, icon) for label, _, icon in self._targets], -1)
        self.folder = Path.home()
        self.go(folder if folder.is_dir() else Path.home())

    # Folders ----------------------------------------------------------------------------------------------------

    def go(self, folder: Path, select: str = "") -> None:
        """Show a folder."""
        try:
            entries = _listed(folder, self._purpose.suffixes)
        except OSError as error:
            self._trouble = f"{folder}: {(error.strerror or str(error)).lower()}"
            return
        self.folder, self._entries, self._trouble = folder, entries, ""
        rows = [
            Row(entry.path.name, "folder" if entry.is_folder else _icon(entry.path), _size(entry)) for entry in entries
        ]
        names = [entry.path.name for entry in entries]
        self._list.show(rows, names.index(select) if select in names else 0)

    def _go_up(self) -> None:
        self.go(self.folder.parent, self.folder.name)

    def _go_to_place(self, index: int) -> None:
        path = self._targets[index][1]
        if path.is_dir():
            self.go(path)
        elif not self._purpose.saving:
            self._hand_over(path)

    def _typed_folder(self, text: str) -> None:
        path = Path(text).expanduser()
        if path.is_file() and not self._purpose.saving:
            self._hand_over(path)
        else:
            self.go(path if path.is_absolute() else self.folder / path)

    # Files ------------------------------------------------------------------------------------------------------

    def _set_name(self, name: str) -> None:
        self._name = name

    def _chose(self, index: int) -> None:
        entry = self._entries[index]
        if not entry.is_folder and self._purpose.saving:
            self._name = entry.path.name

    def _opened(self, index: int) -> None:
        entry = self._entries[index]
        if entry.is_folder:
            self.go(entry.path)
        elif not self._purpose.folders:
            self._name = entry.path.name
            self._finish()

    def _finish(self) -> None:
        self._field.finish()
        if self._purpose.folders:
            self._hand_over(self.folder)
        elif self._purpose.saving:
            name = self._name.strip()
            if name:
                self._hand_over(self._with_suffix(self.folder / name))
        elif 0 <= self._list.index < len(self._entries):
            entry = self._entries[self._list.index]
            if entry.is_folder:
                self.go(entry.path)
            else:
                self._hand_over(entry.path)

    def _with_suffix(self, path: Path) -> Path:
        return (
            path
            if path.suffix.lower() in self._purpose.suffixes
            else path.with_name(path.name + self._purpose.suffixes[0])
        )

    def _hand_over(self, path: Path) -> None:
        self.close()
        self._done(path)

    # Widgets ----------------------------------------------------------------------------------------------------

    def lay_out(self, theme: Theme) -> None:
        """Places at the left, the folder at the right, name and buttons at the foot."""
        inner, gap, row = self.inner, theme.px(12), theme.px(36)
        side = theme.px(190)
        foot = pygame.Rect(inner.x, inner.bottom - row, inner.width, row)
        self._up.rect = pygame.Rect(inner.x + side + gap, inner.y, row, row)
        self._path.rect = pygame.Rect(
            self._up.rect.right + theme.px(8), inner.y, inner.right - self._up.rect.right - theme.px(8), row
        )
        top = inner.y + row + gap
        self._places.rect = pygame.Rect(inner.x, inner.y, side, foot.top - gap - inner.y)
        self._list.rect = pygame.Rect(inner.x + side + gap, top, inner.width - side - gap, foot.top - gap - top)
        button = theme.px(120)
        self._accept.rect = pygame.Rect(foot.right - button, foot.y, button, row)
        self._cancel.rect = self._accept.rect.move(-button - theme.px(8), 0)
        self._field.rect = pygame.Rect(self._list.rect.x, foot.y, self._cancel.rect.x - gap - self._list.rect.x, row)
        self._field.visible = self._purpose.saving
        self.board.widgets = [
            self._list,
            self._field,
            self._accept,
            self._cancel,
            self._places,
            self._up,
            self._path,
            self._cross,
        ]
        if self.board.ring.widget is None:
            self.board.home = self._list
            self.board.ring.move_to(self._field if self._purpose.saving else self._list, shown=True)
            if self._purpose.saving:
                self._field.begin()

    def handle(self, event: pygame.event.Event) -> None:
        """Take an event; Enter in the name's field ends the matter, a click in a list gives it the keyboard."""
        entering = event.type == pygame.KEYDOWN and event.key in {pygame.K_RETURN, pygame.K_KP_ENTER}
        if entering and self._field.editing:
            self._finish()
            return
        super().handle(event)
        if event.type == pygame.MOUSEBUTTONDOWN and self._list.contains(event.pos):
            self.board.ring.move_to(self._list)

    def key(self, event: pygame.event.Event) -> None:
        """Backspace goes up, Escape closes."""
        if event.key == pygame.K_BACKSPACE or (event.key == pygame.K_UP and event.mod & pygame.KMOD_ALT):
            self._go_up()
        else:
            super().key(event)

    def draw_content(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw what went wrong, where something did."""
        if self._trouble:
            words = theme.text(theme.fitted(self._trouble, self._list.rect.width, 13), 13, "sans", colours.DANGER)
            surface.blit(words, (self._list.rect.x, self.rect.y + theme.px(26)))
        elif not self._purpose.saving:
            words = theme.text("Reads " + "  ".join(self._purpose.suffixes), 12, "sans", colours.FAINT)
            surface.blit(words, words.get_rect(midleft=(self._list.rect.x, self._accept.rect.centery)))


def _listed(folder: Path, suffixes: tuple[str, ...]) -> list[_Entry]:
    """Return a folder's folders and the files with the given suffixes, by name; hidden ones are left out."""
    folders, files = [], []
    with os.scandir(folder) as found:
        for item in found:
            if item.name.startswith("."):
                continue
            if item.is_dir():
                folders.append(_Entry(folder / item.name, is_folder=True))
            elif Path(item.name).suffix.lower() in suffixes:
                files.append(_Entry(folder / item.name, is_folder=False))
    return sorted(folders, key=_by_name) + sorted(files, key=_by_name)


def _by_name(entry: _Entry) -> str:
    return entry.path.name.casefold()


def _icon(path: Path) -> str:
    return "music" if path.suffix.lower() == ".chorale" else "file"


def _size(entry: _Entry) -> str:
    if entry.is_folder:
        return ""
    try:
        size = entry.path.stat().st_size
    except OSError:
        return ""
    return f"{size} B" if size < 1024 else f"{size / 1024:.0f} kB" if size < 1024**2 else f"{size / 1024**2:.1f} MB"


def _places(recent: Sequence[Path]) -> list[tuple[str, Path, str]]:
    """Return (label, path, icon) of the places at the side."""
    home = Path.home()
    standard = [
        ("Home", home),
        ("Desktop", home / "Desktop"),
        ("Documents", home / "Documents"),
        ("Music", home / "Music"),
        ("Downloads", home / "Downloads"),
    ]
    places = [(label, path, "folder") for label, path in standard if path.is_dir()]
    places.append(("This computer", Path(home.anchor), "folder"))
    return places + [(path.name, path, "clock") for path in recent if path.is_file()]
