"""When the open document is autosaved: at most every few seconds, only when changed, and off the main thread."""

import contextlib
from collections.abc import Callable
from pathlib import Path

from chorale.app.autosave import Autosave
from chorale.app.document import Document, Version
from chorale.app.jobs import Job, Jobs
from chorale.errors import InputError

__all__ = ["Keeper"]


class Keeper:
    """Writes the document into this process's session.

    Args:
        sessions: the folder of all sessions.
        jobs: where the writing runs.
        complain: is told, once, when autosaving fails; it is tried on.
        clock: seconds.
    """

    def __init__(self, sessions: Path, jobs: Jobs, complain: Callable[[str], None], clock: Callable[[], float]) -> None:
        self._jobs, self._complain, self._clock = jobs, complain, clock
        self._session: Autosave | None = None
        self._writing: Job[None] | None = None
        self._kept: Version | None = None
        self._kept_at = clock()
        self._silenced = False
        try:
            self._session = Autosave(sessions)
        except InputError as error:
            complain(str(error))

    def tick(self, document: Document, seconds: float) -> None:
        """Autosave in the background, if the document changed and the last time is long enough ago."""
        due = self._clock() - self._kept_at >= seconds
        if self._session is None or not due or self._writing is not None:
            return
        if document.dirty and document.version is not self._kept:
            self._write(self._session, document)

    def _write(self, session: Autosave, document: Document) -> None:
        version, path = document.version, document.path
        self._kept, self._kept_at = version, self._clock()

        def done(_: None) -> None:
            self._writing, self._silenced = None, False

        self._writing = self._jobs.start(
            "Autosave", lambda _: session.write(version.score, path), done=done, failed=self._failed
        )

    def _failed(self, error: Exception) -> None:
        self._writing = self._kept = None
        if not self._silenced:
            self._complain(f"not autosaved: {error}")
        self._silenced = True

    def keep_now(self, document: Document) -> None:
        """Autosave at once and wait for it.

        Raises:
            InputError: it cannot be written.
        """
        if self._session is not None:
            self._settle()
            self._session.write(document.score, document.path)
            self._kept, self._kept_at = document.version, self._clock()

    def forget(self) -> None:
        """Let the autosaved score go: it is saved, or another document is open."""
        self._settle()
        self._kept = None
        if self._session is not None:
            self._session.clear()

    def _settle(self) -> None:
        if self._writing is not None:
            self._writing.join()

    def close(self, document: Document) -> None:
        """End the session; a document with notes that are not saved is left to recover the next time."""
        if self._session is None:
            return
        if document.dirty and document.score.chorale.onsets.any():
            with contextlib.suppress(InputError):  # at the very end there is nobody left to tell
                self.keep_now(document)
            self._session.leave()
        else:
            self._session.close()
        self._session = None
