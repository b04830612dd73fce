"""Work survives a crash, a kill and a power cut: each session autosaves into a folder of its own.

Layout of the sessions folder
    <id>/lock            held open and locked by its process for as long as it lives; holds the process id
    <id>/document.chorale   the score as last autosaved, written whole or not at all
    <id>/about.json      version, title, the project file it belongs to, when it was autosaved (seconds since 1970)

A session whose lock nobody holds has ended. The system lets go of the lock however the process ends, so a process
id that was given out again deceives nobody. An ended session with a document in it can be recovered; one without is
swept away.
"""

import json
import os
import shutil
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from chorale.errors import InputError
from chorale.files import atomic_write
from chorale.music import Score

__all__ = ["Autosave", "Recoverable", "recoverable", "sessions_folder"]

_VERSION = 1
_YOUNG_SECONDS = 60
_LOCK, _DOCUMENT, _ABOUT = "lock", "document.chorale", "about.json"


@dataclass(frozen=True)
class Recoverable:
    """A document that a session left behind.

    Attributes:
        folder: of the ended session.
        title: of the score; "" if it had none.
        path: the project file it belongs to, or None.
        saved_at: when it was autosaved, seconds since 1970.
    """

    folder: Path
    title: str
    path: Path | None
    saved_at: float

    def read(self) -> Score:
        """Return the score.

        Raises:
            InputError: its file is damaged.
        """
        from chorale import io  # noqa: PLC0415  the readers load when a file is read

        return io.read(self.folder / _DOCUMENT).score

    def discard(self) -> None:
        """Throw it away."""
        shutil.rmtree(self.folder, ignore_errors=True)


def sessions_folder() -> Path:
    """Return the folder that this system keeps such state in; it may not exist yet."""
    import platformdirs  # noqa: PLC0415  only the window and doctor need it

    return Path(platformdirs.user_state_dir("chorale", appauthor=False)) / "sessions"


class Autosave:
    """This process's session.

    Args:
        sessions: the folder of all sessions.

    Raises:
        InputError: the folder cannot be made.
    """

    def __init__(self, sessions: Path) -> None:
        self.folder = sessions / f"{time.strftime('%Y%m%d-%H%M%S')}-{uuid.uuid4().hex[:8]}"
        try:
            self.folder.mkdir(parents=True)
            self._lock: IO[str] | None = (self.folder / _LOCK).open("w", encoding="utf-8")
            self._lock.write(str(os.getpid()))
            self._lock.flush()
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise InputError(f"cannot autosave in {sessions}: {reason}") from error
        _lock(self._lock, wait=True)

    def write(self, score: Score, path: Path | None) -> None:
        """Autosave a score; safe to call from another thread than the last call, one at a time.

        Raises:
            InputError: the disk is full or the folder has gone.
        """
        from chorale import io  # noqa: PLC0415  the writers load when a file is written

        io.write(score, self.folder / _DOCUMENT)
        about = {
            "version": _VERSION,
            "title": score.title,
            "path": None if path is None else str(path),
            "saved_at": time.time(),
        }
        atomic_write(self.folder / _ABOUT, json.dumps(about).encode("utf-8"))

    def clear(self) -> None:
        """Forget the autosaved score: it is saved, or was let go."""
        for name in (_ABOUT, _DOCUMENT):
            (self.folder / name).unlink(missing_ok=True)

    def leave(self) -> None:
        """End the session and leave what it holds to be recovered."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def close(self) -> None:
        """End the session well: nothing is left to recover."""
        self.leave()
        shutil.rmtree(self.folder, ignore_errors=True)


def recoverable(sessions: Path) -> list[Recoverable]:
    """Return what ended sessions left behind, newest first; sweep away those that left nothing."""
    found = []
    for folder in sorted(sessions.glob("*/")) if sessions.is_dir() else []:
        if _is_alive(folder):
            continue
        left = _left_in(folder)
        if left is None and time.time() - folder.stat().st_mtime < _YOUNG_SECONDS:
            continue  # perhaps a session that is just beginning
        if left is None:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            found.append(left)
    return sorted(found, key=lambda each: each.saved_at, reverse=True)


def _left_in(folder: Path) -> Recoverable | None:
    document = folder / _DOCUMENT
    if not document.is_file():
        return None
    try:
        about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
        path = about["path"]
        return Recoverable(folder, str(about["title"]), None if path is None else Path(path), float(about["saved_at"]))
    except (OSError, ValueError, KeyError, TypeError):  # killed between the two writes: the score itself is whole
        return Recoverable(folder, "", None, document.stat().st_mtime)


def _is_alive(folder: Path) -> bool:
    try:
        with (folder / _LOCK).open("r+", encoding="utf-8") as lock:
            return not _lock(lock, wait=False)
    except OSError:
        return False


def _lock(file: IO[str], *, wait: bool) -> bool:
    """Lock an open file for this process; return False if another holds it and we do not wait."""
    file.seek(0)
    try:
        if os.name == "nt":  # pragma: no cover  the other system's call
            import msvcrt  # noqa: PLC0415  exists there only

            mode = msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK  # type: ignore[attr-defined,unused-ignore]
            msvcrt.locking(file.fileno(), mode, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl  # noqa: PLC0415  exists on POSIX systems only

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        return False
    return True
