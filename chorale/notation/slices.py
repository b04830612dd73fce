"""Work in slices: a generator that pauses now and then, and returns what it made.

A window that may not stall takes a few slices a frame; everybody else does the work in one go.
"""

import time
from collections.abc import Callable, Generator, Iterator
from typing import TypeVar

__all__ = ["advance", "at_once"]

Made = TypeVar("Made")


def at_once(work: Generator[object, None, Made]) -> Made:
    """Do all the work, and return what it made."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            made: Made = end.value
            return made


def advance(work: Iterator[object], seconds: float, clock: Callable[[], float] = time.perf_counter) -> bool:
    """Do at least one slice, and more until so much time has passed; return whether the work is done."""
    begun = clock()
    return all(clock() - begun < seconds for _ in work)
