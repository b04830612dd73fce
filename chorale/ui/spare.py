"""Work in the time that frames leave: a little after each frame that was drawn, before the next one is due.

On the window's own thread, since a thread beside it would take the interpreter from frames at moments of its own.
"""

import time
from collections.abc import Callable, Iterator

from chorale.notation.slices import advance

__all__ = ["SpareTime"]

_SLICE_SECONDS = 0.003  # of a frame's 16.7 ms; drawing takes 4 to 5, and the last slice may be a long one
_AT_LATEST = 0.05  # seconds after which work goes on though nothing was drawn


class SpareTime:
    """The time between frames.

    Args:
        clock: seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._drawn = False
        self._worked_at = float("-inf")

    def drawn(self) -> None:
        """Take note that a frame was drawn: time is left until the next."""
        self._drawn = True

    def spend_on(self, work: Iterator[object]) -> Callable[[], bool]:
        """Return a function that does a little of some work after each frame, and says whether that was all."""
        self._drawn, self._worked_at = False, self._clock()

        def go_on() -> bool:
            if not self._drawn and self._clock() - self._worked_at < _AT_LATEST:
                return False
            done = advance(work, _SLICE_SECONDS, self._clock)
            self._drawn, self._worked_at = False, self._clock()
            return done

        return go_on
