"""Files as the person meets them: new, open, tunes, save, export, recovery, and what is told about each."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from chorale.ui.overlays.files import FileBrowser, Purpose
from chorale.ui.scenes.editor.state import State
from chorale.ui.widgets.base import icon_picture
from chorale.ui.widgets.menu import Entry
from chorale.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from chorale.app.autosave import Recoverable
    from chorale.app.document import Document
    from chorale.app.jobs import Job

__all__ = ["EXPORTS", "Filing"]

_READS = (".chorale", ".musicxml", ".mxl", ".xml", ".mid", ".midi", ".abc")
EXPORTS = (
    ("MusicXML", ".musicxml"), ("MusicXML, compressed", ".mxl"), ("MIDI", ".mid"), ("Sound (WAV)", ".wav"),
    ("Page (PDF)", ".pdf"), ("Picture (PNG)", ".png"), ("Drawing (SVG)", ".svg"),
)  # fmt: skip
_WATCH = 0.05  # seconds between looks at a running job
_PATIENCE = 0.15  # seconds after which opening is worth a word


class Filing:
    """The file menu's business.

    Args:
        state: the editor's state.
        show: shows the file browser.
        hide: takes it away.
        opened: called after another document was opened.
    """

    def __init__(
        self, state: State, show: Callable[[FileBrowser], None], hide: Callable[[], None], opened: Callable[[], None]
    ) -> None:
        self._state, self._show, self._hide, self._opened = state, show, hide, opened
        self.left_behind: list[Recoverable] = []
        self._exporting: list[Job[None]] = []
        self._leaving: Document | None = None  # what is open while a file is being opened
        self._toast: Toast | None = None
        self._toast_due = 0.0

    # Documents --------------------------------------------------------------------------------------------------

    def _replace(self, action: Callable[[], object]) -> bool:
        """Do what replaces the document; what was open stays within reach of a word."""
        state = self._state
        before, was_dirty = state.studio.document, state.studio.document.dirty
        if not state.attempt(action):
            return False
        self._end_opening()
        self._replaced(before, was_dirty=was_dirty)
        return True

    def _replaced(self, before: "Document", *, was_dirty: bool) -> None:
        self._opened()
        if was_dirty and before.score.chorale.onsets.any():
            self._state.say(
                "The score before was not saved", "info", "Bring it back", lambda: self._bring_back(before.score)
            )

    def _bring_back(self, score: object) -> None:
        self._state.edit("Bring back", lambda _: score)  # type: ignore[arg-type, return-value]
        self._opened()

    def new(self) -> None:
        """Begin an empty score."""
        self._replace(self._state.studio.new)

    def open(self) -> None:
        """Ask for a file and open it."""
        self._browse(Purpose("Open", "Open", _READS), self.open_file)

    def open_file(self, path: Path) -> None:
        """Open a file in the background; what is open stays until it has been read."""
        state = self._state
        self._end_opening()
        state.studio.open_job(path)
        self._leaving = state.studio.document
        self._toast = Toast(f"Opening {path.name}…", "busy", "Cancel", self.cancel_open, lasting=True)
        self._toast_due = state.now + _PATIENCE

    @property
    def opening(self) -> bool:
        """Whether a file is being opened."""
        return self._leaving is not None

    def cancel_open(self) -> None:
        """Give up the file that is being opened."""
        if self.opening:
            self._state.studio.cancel_open()
            self._end_opening()
            self._state.say("The file was not opened; nothing has changed")

    def _end_opening(self) -> None:
        self._leaving = None
        if self._toast is not None:
            self._state.toasts.dismiss(self._toast)
            self._toast = None

    def _watch_opening(self) -> float | None:
        """Notice that a file was opened, or that it could not be; say meanwhile that it takes a while."""
        state, before = self._state, self._leaving
        if before is None:
            return None
        if state.studio.opening is None:
            self._end_opening()
            if state.studio.document is not before:
                self._replaced(before, was_dirty=before.dirty)
            return 0.0
        if self._toast is not None and state.now >= self._toast_due:
            state.toasts.say(self._toast, state.now)
            self._toast_due = float("inf")
        return _WATCH

    def open_tune(self, name: str) -> None:
        """Begin with one of our tunes."""
        self._replace(lambda: self._state.studio.new_from_tune(name))

    def save(self) -> None:
        """Save, asking for a name the first time."""
        if self._state.studio.document.path is None:
            self.save_as()
        else:
            self._save_to(None)

    def save_as(self) -> None:
        """Ask for a name and save."""
        self._browse(
            Purpose("Save as", "Save", (".chorale",), saving=True, name=f"{self._file_name()}.chorale"), self._save_to
        )

    def _save_to(self, path: Path | None) -> None:
        state = self._state
        if state.attempt(lambda: state.studio.save(path)):
            saved = state.studio.document.path
            state.say(f"Saved {saved.name if saved else ''}", "good")

    def export(self, suffix: str = ".musicxml") -> None:
        """Ask for a name and write another format."""
        others = tuple(each for _, each in EXPORTS if each != suffix)
        purpose = Purpose("Export", "Export", (suffix, *others), saving=True, name=self._file_name() + suffix)
        self._browse(purpose, self._export_to)

    def _export_to(self, path: Path) -> None:
        state = self._state
        jobs: list[Job[None]] = []
        if state.attempt(lambda: jobs.append(state.studio.export_job(path))):
            state.say(f"Exporting {path.name}")
            self._exporting = [*self._exporting, *jobs]

    def update(self) -> float | None:
        """Return the seconds until the next look at what runs in the background, None while nothing does."""
        waits = (self._watch_opening(), self._watch_exports())
        return min((wait for wait in waits if wait is not None), default=None)

    def _watch_exports(self) -> float | None:
        running = [job for job in self._exporting if not job.finished]
        if len(running) < len(self._exporting):
            self._exporting = running
            return 0.0
        return _WATCH if running else None

    def _file_name(self) -> str:
        name = self._state.studio.document.path.stem if self._state.studio.document.path else self._state.studio.name
        return (
            "".join(letter if letter.isalnum() or letter in " -_'()" else "-" for letter in name).strip() or "Untitled"
        )

    def _browse(self, purpose: Purpose, done: Callable[[Path], None]) -> None:
        self._state.services.files_ahead()
        settings = self._state.studio.settings
        folder = Path(settings.folder) if settings.folder else Path.home()
        recent = [] if purpose.saving else [Path(each) for each in settings.recent[:6]]
        self._show(FileBrowser(purpose, folder, done, self._hide, recent))

    # Recovery ---------------------------------------------------------------------------------------------------

    def look_for_lost(self) -> None:
        """Find what crashed or killed sessions left behind."""
        self.left_behind = self._state.studio.recoverable()

    def recover(self) -> None:
        """Open the newest of it."""
        item = self.left_behind.pop(0)
        if self._replace(lambda: self._state.studio.recover(item)):
            self._state.say(f"Brought back {item.title or 'an untitled score'}", "good")

    def discard(self) -> None:
        """Throw the newest of it away."""
        self.left_behind.pop(0).discard()

    # Menus ------------------------------------------------------------------------------------------------------

    def file_menu(
        self, open_tunes: Callable[[], None], recent: Callable[[], None], leave: Callable[[], None]
    ) -> list[Entry]:
        """Return the file menu."""
        entries = [
            Entry("New", self.new, "Ctrl+N", icon_picture("file")),
            Entry("Open…", self.open, "Ctrl+O", icon_picture("folder")),
            Entry("Open a tune", open_tunes, "Ctrl+T", icon_picture("music")),
        ]
        if self._recent():
            entries.append(Entry("Open recent", recent, picture=icon_picture("clock")))
        entries += [
            Entry("Save", self.save, "Ctrl+S", icon_picture("check")),
            Entry("Save as…", self.save_as, "Ctrl+Shift+S"),
        ]
        entries.append(Entry("Export", heading=True))
        for label, suffix in EXPORTS:
            keys = "Ctrl+E" if suffix == ".musicxml" else ""
            entries.append(Entry(f"{label}…", partial(self.export, suffix), keys))
        return [*entries, Entry("", heading=True), Entry("Quit", leave, "Ctrl+Q", icon_picture("close"))]

    def _recent(self) -> list[Path]:
        return [path for path in map(Path, self._state.studio.settings.recent) if path.is_file()]

    def recent_menu(self) -> list[Entry]:
        """Return the menu of recent files."""
        return [
            Entry(path.name, partial(self.open_file, path), picture=icon_picture("clock")) for path in self._recent()
        ]

    def tunes_menu(self) -> list[Entry]:
        """Return the menu of our tunes."""
        from chorale.levels import tunes  # noqa: PLC0415  reads files; not before it is asked for

        found = tunes.load_all()
        entries = [
            Entry(score.title, partial(self.open_tune, name), picture=icon_picture("music"))
            for name, score in found.items()
        ]
        return entries or [Entry("No tunes found", enabled=False)]
