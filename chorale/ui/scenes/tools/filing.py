"""Files in and out of the Studio: the browser for inputs and for MIDI files, and what is dropped on the window."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from chorale.music import Clip
from chorale.ui.overlays.files import FileBrowser, Purpose
from chorale.ui.scenes.tools.state import ToolState

__all__ = ["Filing"]

_MIDI = (".mid", ".midi")
_READS = (*_MIDI, ".chorale", ".musicxml", ".mxl", ".xml", ".abc")


class Filing:
    """The room's business with files.

    Args:
        state: of the room.
        show: shows the file browser.
        hide: takes it away.
    """

    def __init__(self, state: ToolState, show: Callable[[FileBrowser], None], hide: Callable[[], None]) -> None:
        self._state, self._show, self._hide = state, show, hide

    def browse(self, slot: int) -> None:
        """Ask for a file to begin from."""
        drums = self._state.session.wanted == "drums"
        purpose = Purpose("Begin with a clip", "Take it", _MIDI if drums else _READS)
        self._browse(purpose, partial(self.take, slot))

    def take(self, slot: int, path: Path) -> None:
        """Read a file into a slot, in the background."""
        self._state.session.read(slot, path)

    def drop(self, path: Path) -> None:
        """Take a file that was dropped on the window."""
        slot = self._state.first_empty
        if slot is None:
            self._state.complain(f"{self._state.session.tool.label} begins with nothing: wanted one of the other tools")
        else:
            self.take(slot, path)

    def save(self, clips: Sequence[Clip], name: str) -> None:
        """Ask for a name and write clips, each as a file of its own."""
        words = "Save as MIDI" if len(clips) == 1 else f"Save {len(clips)} MIDI files"
        purpose = Purpose(words, "Save", _MIDI, saving=True, name=f"{name}.mid")
        self._browse(purpose, lambda path: self._state.attempt(lambda: self._state.session.save(path, clips)))

    def _browse(self, purpose: Purpose, done: Callable[[Path], object]) -> None:
        self._state.services.files_ahead()
        settings = self._state.studio.settings
        folder = Path(settings.folder) if settings.folder else Path.home()
        self._show(FileBrowser(purpose, folder, lambda path: self._done(done, path), self._hide))

    def _done(self, done: Callable[[Path], object], path: Path) -> None:
        self._state.studio.change_settings(folder=str(path.resolve().parent))
        done(path)
