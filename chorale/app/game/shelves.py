"""The worlds that ship, and a teacher's files and folders beside them."""

from pathlib import Path

from chorale.errors import InputError
from chorale.levels.worlds import Worlds, load

__all__ = ["Shelves"]


class Shelves:
    """All worlds.

    Args:
        shipped: those that ship.
        paths: a teacher's files and folders, opened before.
    """

    def __init__(self, shipped: Worlds, paths: tuple[str, ...] = ()) -> None:
        self._shipped = shipped
        self._own = {Path(path): load(Path(path)) for path in paths}
        self.worlds = self._gathered()

    def _gathered(self) -> Worlds:
        gathered = self._shipped
        for own in self._own.values():
            gathered = gathered + own
        return gathered

    @property
    def paths(self) -> tuple[Path, ...]:
        """A teacher's files and folders."""
        return tuple(self._own)

    def open(self, path: Path) -> tuple[str, ...]:
        """Put a level file or a folder of them beside the others, or read it anew; return what is wrong with it.

        Raises:
            InputError: there is no such file or folder, or no level in it can be read.
        """
        path = path.resolve()
        if not path.exists():
            raise InputError(f"{path}: no such file or folder: wanted a level file or a folder of them")
        found = load(path)
        if not found.worlds:
            raise InputError(found.problems[0])
        self._own[path] = found
        self.worlds = self._gathered()
        return found.problems

    def close(self, path: Path) -> None:
        """Take a teacher's file or folder away."""
        self._own.pop(path.resolve(), None)
        self.worlds = self._gathered()
