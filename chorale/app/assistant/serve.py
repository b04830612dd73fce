"""The assistant's own process: it answers one question after the other until nobody is there to ask."""

import contextlib
import gc
import os
import signal
from collections import OrderedDict
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection

from chorale.app.assistant.here import suggest
from chorale.app.assistant.parcels import Asked, Ended, Failed, Slice, pack, slices, slices_of_fix, unpack
from chorale.app.checking import Checked, Question, examine, question
from chorale.theory import fixes

__all__ = ["Desk", "serve"]

_NICE = 5  # the window, and what it plays, come first
_REMEMBERED = 4  # checks whose findings may be asked about


def serve(connection: Connection) -> None:
    """Answer what comes over a connection until its other end is closed, by whoever had it or by his death."""
    assert fixes, "loaded before it is needed"
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the window's to answer
    if hasattr(os, "nice"):
        os.nice(_NICE)
    gc.freeze()
    desk = Desk(connection.poll)
    with contextlib.suppress(EOFError, OSError), connection:
        while True:
            asked = unpack(connection.recv_bytes())
            if isinstance(asked, Asked):  # else it is the word to stop a search that had ended by itself
                for part in desk.answer(asked):
                    connection.send_bytes(pack(part))


class Desk:
    """Where questions are answered.

    Args:
        interrupted: whether something was said while a search runs; that can only be the word to stop.
    """

    def __init__(self, interrupted: Callable[[], bool]) -> None:
        self._interrupted = interrupted
        self._known: OrderedDict[Question, Checked] = OrderedDict()

    def answer(self, asked: Asked) -> Iterator[Slice | Ended | Failed]:
        """Yield the answer's slices, and its end."""
        try:
            yield from self._parts(asked)
        except Exception as error:  # noqa: BLE001  whatever it is: it is told, and the next question is answered
            yield Failed(_sendable(error))
        else:
            yield Ended()

    def _parts(self, asked: Asked) -> Iterator[Slice]:
        found = self._examined(asked)
        if asked.finding is None:
            yield from slices(found)
        else:
            yield from slices_of_fix(suggest(found, asked.finding, asked.fixed, self._interrupted))

    def _examined(self, asked: Asked) -> Checked:
        score, manner = asked.subject
        key = question(score, manner)
        known = self._known.get(key) or examine(score, manner)
        self._known[key] = known
        self._known.move_to_end(key)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return Checked(score, known.profile, known.analysis, known.findings, known.names)  # its locks may be others


def _sendable(error: Exception) -> Exception:
    """Return an exception that can be packed: itself, or what it says."""
    try:
        unpack(pack(error))
    except Exception:  # noqa: BLE001  exceptions may be of any make
        return RuntimeError(repr(error))
    return error
