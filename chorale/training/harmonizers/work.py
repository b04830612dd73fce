"""Long measurements in small jobs: on several processes, kept on disk, taken up again where they were stopped.

A job is a call of a function of a module with JSON arguments and a JSON result. Its result is kept in a file named by
everything it depends on: the function, the arguments, the model's files and the source that plays it. So a second run
measures only what has changed, whatever stopped the first one.
"""

from __future__ import annotations

import functools
import hashlib
import importlib
import inspect
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import platformdirs

import chorale
from chorale.app.pool import spread
from chorale.errors import InputError
from chorale.files import atomic_write
from chorale.models import registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["Job", "Workshop", "default_folder", "fingerprint", "model_fingerprint", "source_of"]

_WIDTH = 78
_PACKAGE = Path(inspect.getfile(chorale)).parent


@dataclass(frozen=True)
class Job:
    """One call: ``function(*arguments)``.

    Attributes:
        function: "module:name"; what it returns must be JSON.
        arguments: JSON values.
        depends: Whatever else the result depends on, a fingerprint.
    """

    function: str
    arguments: tuple[Any, ...]
    depends: str = ""

    @property
    def key(self) -> str:
        """The name of its result's file."""
        return fingerprint(self.function, self.arguments, self.depends)

    def __call__(self) -> Any:  # noqa: ANN401  JSON
        """Do it and return the result."""
        module, _, name = self.function.partition(":")
        return getattr(importlib.import_module(module), name)(*self.arguments)


def fingerprint(*parts: Any) -> str:  # noqa: ANN401  JSON
    """Return 32 hexadecimal digits that differ for other JSON values."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


def model_fingerprint(name: str) -> str:
    """Return what tells a model's files from others."""
    return fingerprint(registry.checked_config(registry.folder_of(name))["files"])


def source_of(*parts: str | Callable[..., Any]) -> str:
    """Return what tells source from changed source: of functions, and of files or folders of the package."""
    return fingerprint(*[_folder_source(part) if isinstance(part, str) else inspect.getsource(part) for part in parts])


@functools.cache
def _folder_source(path: str) -> str:
    where = _PACKAGE / path
    files = sorted(where.rglob("*.py")) if where.is_dir() else [where]
    return "".join(file.read_text(encoding="utf-8") for file in files)


def default_folder() -> Path:
    """Return where results are kept unless somebody says otherwise."""
    return Path(platformdirs.user_cache_dir("chorale")) / "evaluation"


@dataclass
class Workshop:
    """Does jobs, several at a time.

    Attributes:
        folder: Of the results; made when first needed.
        workers: How many processes; 1: this one.
    """

    folder: Path
    workers: int = 1

    def do(self, title: str, jobs: Sequence[Job]) -> list[Any]:
        """Return the jobs' results, in their order; those on disk are read, the others done and kept.

        Raises:
            InputError: the folder cannot be written.
            KeyboardInterrupt: Ctrl-C; what is done is kept.
        """
        found = {job: self._read(job) for job in jobs}
        missing = [job for job in found if found[job] is None]
        with _Line(title, len(found), len(found) - len(missing)) as line:
            for job, result in self._results(missing):
                self._keep(job, result)
                found[job] = result
                line.step()
        return [found[job] for job in jobs]

    def _results(self, jobs: Sequence[Job]) -> Iterator[tuple[Job, Any]]:
        if self.workers == 1 or len(jobs) < 2:
            yield from ((job, job()) for job in jobs)
            return
        yield from spread(_done, jobs, self.workers, preload=__name__)

    def _read(self, job: Job) -> Any:  # noqa: ANN401  JSON
        path = self.folder / f"{job.key}.json"
        try:
            return json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None

    def _keep(self, job: Job, result: Any) -> None:  # noqa: ANN401  JSON
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"cannot keep results in {self.folder}: {(error.strerror or '').lower()}") from error
        atomic_write(self.folder / f"{job.key}.json", json.dumps(result).encode())


def _done(job: Job) -> tuple[Job, Any]:
    return job, job()


class _Line:
    """A line of progress on standard error, where a person looks on."""

    def __init__(self, title: str, total: int, done: int) -> None:
        self.title, self.total, self.done, self.first = title, total, done, done
        self.began, self.on = time.monotonic(), sys.stderr.isatty() and total > done

    def __enter__(self) -> Self:
        self._show()
        return self

    def step(self) -> None:
        """Say that one more is done."""
        self.done += 1
        self._show()

    def __exit__(self, *_: object) -> None:
        if self.on:
            print("\r" + " " * _WIDTH + "\r", end="", file=sys.stderr, flush=True)

    def _show(self) -> None:
        if self.on:
            text = f"{self.title} {self.done}/{self.total}{self._left()}"
            print(f"\r{text[:_WIDTH]:{_WIDTH}}", end="", file=sys.stderr, flush=True)

    def _left(self) -> str:
        new = self.done - self.first
        if not new:
            return ""
        seconds = (time.monotonic() - self.began) / new * (self.total - self.done)
        return f", {seconds:.0f} s left" if seconds < 100 else f", {seconds / 60:.0f} min left"
