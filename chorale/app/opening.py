"""Files in, whatever their kind: what is read of one, and the remarks on it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from chorale.app.jobs import Job, Jobs
from chorale.app.messages import Message
from chorale.errors import Cancelled, ChoraleError
from chorale.models.base import Progress, Report
from chorale.music import Score

__all__ = ["Opened", "Opening", "Reader", "in_turn", "messages", "read"]

_TOLD = 3  # remarks shown one by one


@dataclass(frozen=True)
class Opened:
    """What a file held.

    Attributes:
        score: its music.
        path: the file to save back to: a project's own; None for the other formats.
        arranger: who wrote the lower voices, where the project knows.
        warnings: a line for each thing that could not be kept.
    """

    score: Score
    path: Path | None = None
    arranger: str = ""
    warnings: tuple[str, ...] = ()


Reader = Callable[[Path], Opened]


def read(path: Path) -> Opened:
    """Read a project, a tune of ours or any format that ``chorale.io`` knows.

    Raises:
        InputError: it cannot be read.
    """
    kinds = {".chorale": _project, ".toml": _tune}
    return kinds.get(path.suffix.lower(), _foreign)(path)


def _project(path: Path) -> Opened:
    from chorale import io  # noqa: PLC0415  the readers load when a file is read

    project = io.read_project(path)
    arranger = project.extra.get("arranger")
    return Opened(project.score, path, arranger if isinstance(arranger, str) else "")


def _tune(path: Path) -> Opened:
    from chorale.levels import tunes  # noqa: PLC0415  reads files; not before one is asked for

    return Opened(tunes.read(path).score)


def _foreign(path: Path) -> Opened:
    from chorale import io  # noqa: PLC0415  the readers load when a file is read

    reading = io.read(path)
    return Opened(reading.score, warnings=tuple(reading.warnings))


_ONE_AT_A_TIME = threading.Lock()


def in_turn(reader: Reader, path: Path, report: Report) -> Opened:
    """Read a file once no other is being read; one that was cancelled in the meantime is not read at all.

    Raises:
        Cancelled: from ``report``.
        InputError: it cannot be read.
    """
    with _ONE_AT_A_TIME:
        report(Progress(0.0))
        return reader(path)


def messages(opened: Opened, path: Path) -> list[Message]:
    """Return what to tell of a file that was opened: the first remarks on it, or that all went well."""
    lines = opened.warnings
    told = [Message(line, "warning") for line in lines[:_TOLD]]
    if len(lines) > _TOLD:
        told.append(Message(f"and {len(lines) - _TOLD} more remarks on {path.name}", "warning"))
    return told or [Message(f"opened {path.name}", "good")]


class Opening:
    """Opens files in the background, one at a time: another one is given up for the next.

    Args:
        jobs: where the reading runs.
        read: reads a file of any kind.
        take: takes what was read, and where from.
        tell: takes what there is to tell the person.
    """

    def __init__(
        self, jobs: Jobs, read: Reader, take: Callable[[Opened, Path], None], tell: Callable[[Message], None]
    ) -> None:
        self._jobs, self._read, self._take, self._tell = jobs, read, take, tell
        self.job: Job[Opened] | None = None

    def start(self, path: Path) -> Job[Opened]:
        """Begin to open a file."""
        self.cancel()
        self.job = self._jobs.start(
            f"Open {path.name}",
            lambda report: in_turn(self._read, path, report),
            done=lambda opened: self._deliver(opened, path),
            failed=lambda error: self._fail(error, path),
        )
        return self.job

    def cancel(self) -> None:
        """Give up the file that is being opened, if one is."""
        if self.job is not None:
            self.job.cancel()
            self.job = None

    def _deliver(self, opened: Opened, path: Path) -> None:
        self.job = None
        self._take(opened, path)
        for message in messages(opened, path):
            self._tell(message)

    def _fail(self, error: Exception, path: Path) -> None:
        if not isinstance(error, Cancelled):
            self.job = None
            text = str(error) if isinstance(error, ChoraleError) else f"cannot open {path.name}: {error!r}"
            self._tell(Message(text, "error"))
