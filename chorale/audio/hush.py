"""Keeps the sound libraries' own lines off standard error while a device is looked for.

ALSA writes them from C, straight to file descriptor 2, on every machine without a sound card; what is missing we say
ourselves, in one line.
"""

import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import IO

__all__ = ["hushed"]

_STDERR = 2
_NOISE = b"ALSA lib "
_ONE_AT_A_TIME = threading.Lock()


@contextmanager
def hushed() -> Iterator[None]:
    """Hold back what is written to descriptor 2; afterwards everything but ALSA's lines is written after all.

    The descriptor is the whole process's: what other threads write meanwhile only comes a moment later.
    """
    with ExitStack() as stack:
        stack.enter_context(_ONE_AT_A_TIME)
        try:
            held = stack.enter_context(tempfile.TemporaryFile())
            kept = os.dup(_STDERR)
        except OSError:  # no folder for temporary files, or a process without standard error: nothing is held back
            yield
            return
        os.dup2(held.fileno(), _STDERR)
        try:
            yield
        finally:
            os.dup2(kept, _STDERR)
            os.close(kept)
            _write_late(held)


def _write_late(held: IO[bytes]) -> None:
    held.seek(0)
    told = b"".join(line for line in held if not line.startswith(_NOISE))
    if told:
        os.write(_STDERR, told)
