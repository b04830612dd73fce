"""An assistant in a process of its own.

The process is started by the first question, or ahead of it by ``warm_up``. It may die, of a lack of memory or by
somebody's hand: then another takes its place and is asked again; when the third has died, questions are answered in
this process, and the person is told so. It ends when it is closed, and by itself when this process is gone.
"""

import contextlib
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from chorale.app.assistant.here import Here, Stop
from chorale.app.assistant.parcels import Asked, Ended, Failed, Slice, checked, fix, pack, unpack
from chorale.app.checking import Checked, Manner
from chorale.app.messages import Message
from chorale.errors import Cancelled
from chorale.music import BoolArray, Score
from chorale.theory import Finding

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from chorale.theory.fixes import Fix

__all__ = ["Apart"]

_LOOK_SECONDS = 0.02  # between two looks whether a search is still wanted
_PATIENCE = 60.0  # seconds after which a process that does not answer counts as dead
_PROCESSES = 3
_STOP = "stop"
_TOLD = (
    "the helper process that checks your music keeps ending; the window checks by itself now, and may be less smooth"
)


class Apart:
    """Has it done by a process of its own.

    Args:
        tell: is told, once, when there is no such process any more.
    """

    def __init__(self, tell: Callable[[Message], None]) -> None:
        self._tell = tell
        self._asking = threading.Lock()  # one question at a time
        self._link: _Link | None = None
        self._left = _PROCESSES
        self._closed = False

    def examine(self, score: Score, manner: Manner) -> Checked:
        """Analyse and check a score.

        Raises:
            Cancelled: it was closed meanwhile.
            Exception: what the check itself raised.
        """
        answer = self._answer(Asked.about(score, manner), lambda: False)
        return Here().examine(score, manner) if answer is None else checked(score, manner, answer)

    def suggest(self, checked: Checked, finding: Finding, fixed: BoolArray | None, should_stop: Stop) -> "Fix | None":
        """Search for a fix; see ``here.suggest``.

        Raises:
            Cancelled: it was closed meanwhile.
            Exception: what the search itself raised.
        """
        asked = Asked.about(checked.score, Manner(checked.profile, checked.names), finding, fixed)
        answer = self._answer(asked, should_stop)
        return Here().suggest(checked, finding, fixed, should_stop) if answer is None else fix(answer)

    def warm_up(self) -> None:
        """Start the process; it loads what it needs while nobody waits for it."""
        with self._asking, contextlib.suppress(OSError, Cancelled):
            self._linked()

    def close(self) -> None:
        """End the process at once."""
        self._closed = True
        if (link := self._link) is not None:
            link.end()

    def _linked(self) -> "_Link":
        if self._link is None:
            self._link = _Link()
        if self._closed:
            self._link.end()
            raise Cancelled("the assistant was closed")
        return self._link

    def _answer(self, asked: Asked, should_stop: Stop) -> list[Slice] | None:
        """Return the slices of an answer; None where no process is to be had."""
        answer = self._ask(asked, should_stop)
        if isinstance(answer, Failed):
            raise answer.error
        return answer

    def _ask(self, asked: Asked, should_stop: Stop) -> list[Slice] | Failed | None:
        with self._asking:
            while self._left:
                try:
                    return self._linked().ask(asked, should_stop)
                except (EOFError, OSError):
                    self._bury()
        return None

    def _bury(self) -> None:
        """Take note that the process is gone."""
        if self._link is not None:
            self._link.end()
        if self._closed:
            raise Cancelled("the assistant was closed")
        self._link = None
        self._left -= 1
        if not self._left:
            self._tell(Message(_TOLD, "warning"))


class _Link:
    """A process that answers, and the line to it.

    Raises:
        OSError: it cannot be started.
    """

    def __init__(self) -> None:
        from multiprocessing import get_context  # noqa: PLC0415  a window that checks nothing needs none of it

        context = get_context("spawn")  # no thread of this process is copied halfway
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), name="chorale: checking", daemon=True)
        self._ending = threading.Lock()
        try:
            with _interrupts_held():
                self._process.start()
        finally:
            theirs.close()  # so that the line breaks when the process ends

    def ask(self, asked: Asked, should_stop: Stop) -> list[Slice] | Failed:
        """Return the slices of an answer, or what went wrong in it.

        Raises:
            EOFError, OSError: the process is gone, or silent for too long.
        """
        self._line.send_bytes(pack(asked))
        answer: list[Slice] = []
        while True:
            self._wait(should_stop)
            said = unpack(self._line.recv_bytes())
            if isinstance(said, Failed):
                return said
            if isinstance(said, Ended):
                return answer
            assert isinstance(said, Slice)
            answer.append(said)

    def _wait(self, should_stop: Stop) -> None:
        """Wait for the next word; say, once, when no more is wanted."""
        given_up, stopped = time.monotonic() + _PATIENCE, False
        while not self._line.poll(_LOOK_SECONDS):
            if not stopped and should_stop():
                stopped = True
                self._line.send_bytes(pack(_STOP))
            if time.monotonic() > given_up:
                raise EOFError("no answer")

    def end(self) -> None:
        """End the process at once, and leave nothing of it; any thread may do so."""
        with self._ending:
            if self._process.pid is None or self._process.exitcode is not None:
                return
            self._process.terminate()
            self._process.join(1)
            self._process.kill()  # where it would not hear
            self._process.join()


def _serve(line: "Connection") -> None:
    from chorale.app.assistant.serve import serve  # noqa: PLC0415  for the process alone: it loads the search for fixes

    serve(line)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Let no Ctrl-C reach a process that begins: it inherits from this thread that it does not hear it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
