"""The report's folder: what is in it that is ours, and writing only what changed.

A hidden file beside the pages remembers what was written and for which input. A file whose content would be the same
is not touched, not even its date. One that somebody has changed by hand since is kept beside the new one, with
"-edited" in its name; while its hand-in stays the same, it is left alone.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from chorale.errors import InputError
from chorale.files import atomic_write

__all__ = ["MEMORY", "Store"]

MEMORY = ".chorale-marking.json"
_FORM = 1


class Store:
    """A report's folder; it is made when the first file is written.

    Args:
        folder: where.

    Raises:
        InputError: it is a file, or holds things that are not of an earlier report.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written = 0
        self.kept_aside: list[str] = []
        memory = _memory(folder)
        self._files: dict[str, str] = dict(memory.get("files", {}))
        self.handins: dict[str, Any] = dict(memory.get("handins", {}))
        self.answers: dict[str, Any] = dict(memory.get("answers", {}))

    def holds(self, name: str) -> bool:
        """Whether a file of ours is still there."""
        return name in self._files and (self.folder / name).is_file()

    def put(self, name: str, data: bytes) -> None:
        """Write a file of the report, unless it holds just that.

        Args:
            name: its path below the folder, with slashes.
            data: what it is to hold.

        Raises:
            InputError: it cannot be written.
        """
        path = self.folder / name
        found = _digest(path)
        wanted = hashlib.sha256(data).hexdigest()
        if found != wanted:
            if found is not None and found != self._files.get(name):
                self._keep_aside(path, name)
            _make(path.parent)
            atomic_write(path, data)
            self.written += 1
        self._files[name] = wanted

    def _keep_aside(self, path: Path, name: str) -> None:
        aside = path.with_name(f"{path.stem}-edited{path.suffix}")
        path.replace(aside)
        self.kept_aside.append(f"{name} was changed by hand and is now {aside.name}")

    def prune(self, keep: Iterable[str]) -> None:
        """Remove the files that earlier runs wrote and this one did not ask for, but for those changed by hand."""
        kept = set(keep)
        for name in sorted(set(self._files) - kept):
            path = self.folder / name
            if _digest(path) == self._files.pop(name):
                path.unlink()
                _remove_if_empty(path.parent)

    def save(self) -> None:
        """Write down what is ours.

        Raises:
            InputError: it cannot be written.
        """
        memory = {"form": _FORM, "files": self._files, "handins": self.handins, "answers": self.answers}
        data = json.dumps(memory, sort_keys=True, indent=1, ensure_ascii=False).encode()
        path = self.folder / MEMORY
        if not path.is_file() or path.read_bytes() != data:
            _make(self.folder)
            atomic_write(path, data)


def _memory(folder: Path) -> Mapping[str, Any]:
    if folder.exists() and not folder.is_dir():
        raise InputError(f"the report {folder} is a file: wanted a folder, or a name for one")
    path = folder / MEMORY
    if not path.is_file():
        if folder.is_dir() and any(path.is_file() for path in folder.rglob("*")):
            raise InputError(f"the report {folder} holds other files: wanted an empty folder, or an earlier report")
        return {}
    try:
        memory = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # everything is marked anew
    whole = isinstance(memory, dict) and all(
        isinstance(memory.get(key), dict) for key in ("files", "handins", "answers")
    )
    return memory if whole and memory.get("form") == _FORM else {}


def _digest(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"cannot make the folder {folder}: {(error.strerror or str(error)).lower()}") from error


def _remove_if_empty(folder: Path) -> None:
    if not any(folder.iterdir()):
        folder.rmdir()
