"""Jobs on every core, their results as they come; stopped by Ctrl-C without a trace."""

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_all_start_methods, get_context
from typing import Any, TypeVar

from chorale.errors import ChoraleError

__all__ = ["spread"]

J = TypeVar("J")
R = TypeVar("R")


def spread(
    do: Callable[[J], R],
    jobs: Sequence[J],
    workers: int,
    *,
    preload: str,
    begin: Callable[..., None] | None = None,
    arguments: tuple[Any, ...] = (),
) -> Iterator[R]:
    """Yield what comes of some jobs, in the order in which they end.

    Args:
        do: does one job, in a process of its own.
        jobs: what to do; the longest first.
        workers: how many processes.
        preload: the module that holds ``do``.
        begin: prepares a process, with ``arguments``.
        arguments: what ``begin`` is given.

    Raises:
        ChoraleError: a worker process died.
    """
    # a server that forks: quick, and no thread of this process is copied halfway; Windows has none
    context = get_context("forkserver" if "forkserver" in get_all_start_methods() else "spawn")
    if context.get_start_method() == "forkserver":
        context.set_forkserver_preload([preload])
    pool = ProcessPoolExecutor(min(workers, len(jobs)), context, _begin, (begin, arguments))
    try:
        with _interrupts_held():
            futures = [pool.submit(do, job) for job in jobs]
        for future in as_completed(futures):
            yield future.result()
    except BrokenProcessPool as error:
        raise ChoraleError("a worker process died, for lack of memory perhaps: try again with --workers 1") from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin(begin: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    """Prepare a worker process: Ctrl-C is its parent's to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if begin is not None:
        begin(*arguments)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Let Ctrl-C wait until the workers are on their way; they inherit that they do not hear it.

    A process that is interrupted while it starts dies with a traceback, and so does one whose parent is.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "pthread_sigmask"):
        yield  # a thread hears no signal, and Windows has no mask
        return
    heard: list[int] = []
    answer = signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # of this thread, and of what it starts
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, answer)
    if heard:
        raise KeyboardInterrupt
