"""Long work in the background: progress, a cancel, and a result that arrives on the main thread.

A job runs one function in one thread. The function is given ``report`` and calls it now and then; a job that was
asked to stop raises ``Cancelled`` from that call. What it returned or raised waits until the main thread polls, so
callbacks never run anywhere else.

Threads are not daemons: the process waits for them at its end, and ``Jobs.close`` cancels what still runs, so no
thread is torn down in the middle of a write.
"""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar, cast

from chorale.errors import Cancelled
from chorale.models.base import Progress, Report

__all__ = ["Job", "Jobs"]

T = TypeVar("T")


class Job(Generic[T]):
    """One piece of work in a thread of its own; it starts at once.

    Args:
        name: what it does, for the status line: "Harmonize".
        work: the function; it gets ``report``.
        done: called by ``deliver`` on the main thread with the result.
        failed: called by ``deliver`` on the main thread with the exception, ``Cancelled`` too.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[Report], T],
        *,
        done: Callable[[T], None] = lambda _: None,
        failed: Callable[[Exception], None] = lambda _: None,
    ) -> None:
        self.name = name
        self._work, self._done, self._failed = work, done, failed
        self._progress = Progress(0.0)
        self._cancelled = threading.Event()
        self._ended = threading.Event()
        self._result: T | None = None
        self._error: Exception | None = None
        self._delivered = False
        self._thread = threading.Thread(target=self._run, name=f"job: {name}")
        self._thread.start()

    def _run(self) -> None:
        try:
            self._result = self._work(self._report)
        except Exception as error:  # noqa: BLE001  handed over to the main thread, which decides
            self._error = error
        finally:
            self._ended.set()

    def _report(self, progress: Progress) -> None:
        if self._cancelled.is_set():
            raise Cancelled(f"{self.name} was stopped")
        self._progress = progress

    @property
    def progress(self) -> Progress:
        """The latest report: fraction in 0..1 and, for a harmonization, the score as it stands."""
        return self._progress

    @property
    def finished(self) -> bool:
        """Whether the work has ended, well or not."""
        return self._ended.is_set()

    @property
    def cancelling(self) -> bool:
        """Whether it was asked to stop."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask it to stop at its next report; the result, if one still comes, is thrown away."""
        self._cancelled.set()

    def join(self, seconds: float | None = None) -> bool:
        """Wait until it has ended, at most so many seconds; return whether it has.

        It waits for an event and not for the thread: a ``Thread.join`` that Ctrl-C interrupts takes the thread for
        dead (seen with CPython 3.11), and the process would end in the middle of its work.
        """
        return self._ended.wait(seconds)

    def leave(self) -> None:
        """Wait for the thread of a job that has ended to be gone."""
        self._thread.join()

    def result(self) -> T:
        """Wait for the result and return it.

        Raises:
            Exception: what the work raised; ``Cancelled`` when it was asked to stop.
        """
        self.join()
        if self._error is not None:
            raise self._error
        if self.cancelling:
            raise Cancelled(f"{self.name} was stopped")
        return cast("T", self._result)

    def deliver(self) -> bool:
        """Call ``done`` or ``failed`` once the work has ended, the first time only; return whether it has ended."""
        if not self.finished or self._delivered:
            return self.finished
        self._delivered = True
        try:
            result = self.result()
        except Exception as error:  # noqa: BLE001  it belongs to whoever started the job
            self._failed(error)
        else:
            self._done(result)
        return True


class Jobs:
    """The jobs that run; polled once a frame."""

    def __init__(self) -> None:
        self._running: list[Job[object]] = []

    def start(
        self,
        name: str,
        work: Callable[[Report], T],
        *,
        done: Callable[[T], None] = lambda _: None,
        failed: Callable[[Exception], None] = lambda _: None,
    ) -> Job[T]:
        """Start a job and keep it until it is delivered."""
        job = Job(name, work, done=done, failed=failed)
        self._running.append(cast("Job[object]", job))
        return job

    @property
    def running(self) -> tuple[Job[object], ...]:
        """Those not yet delivered."""
        return tuple(self._running)

    def poll(self) -> None:
        """Deliver what has ended; call it on the main thread."""
        for job in self.running:
            if job.finished:
                self._running.remove(job)
                job.deliver()

    def close(self) -> None:
        """Cancel all, wait for their threads and deliver nothing more."""
        for job in self._running:
            job.cancel()
        for job in self._running:
            job.join()
            job.leave()
        self._running.clear()
