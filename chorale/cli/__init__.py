"""The command line: ``chorale`` opens the window, ``chorale COMMAND`` does one thing and ends.

Exit status: 0 done; 2 the input or the call is at fault; 1 our fault; 130 stopped by Ctrl-C. Results go to standard
output, everything said to the person to standard error, one line each. Each command's module is loaded when it is
called, so ``chorale --help`` answers at once.
"""

import os
import sys
from collections.abc import Sequence

from chorale.cli.console import complain
from chorale.cli.parser import parse
from chorale.errors import Cancelled, ChoraleError, InputError

__all__ = ["main"]

_OURS, _THEIRS, _INTERRUPTED, _PIPE = 1, 2, 130, 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    Args:
        argv: the arguments without the program's name; None: those of this process.
    """
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")  # results alone go to standard output
    if getattr(sys, "frozen", False):
        _become_a_helper()
    try:
        arguments = parse(sys.argv[1:] if argv is None else list(argv))
        status = arguments.run(arguments)
        sys.stdout.flush()
    except SystemExit as end:  # --help and wrong calls end here
        return end.code if isinstance(end.code, int) else _THEIRS
    except BrokenPipeError:
        _give_up_stdout()
        return _PIPE
    except Exception as error:  # noqa: BLE001  the last line of defence: one line, never a traceback
        return _told(error)
    except KeyboardInterrupt:
        complain("stopped")
        return _INTERRUPTED
    return int(status)


def _become_a_helper() -> None:
    """Where one file holds Python and this program, be the helper process that the window started, if this is one."""
    from multiprocessing import freeze_support  # noqa: PLC0415  installed as usual, nobody needs it here

    freeze_support()


def _told(error: Exception) -> int:
    """Say what went wrong and return the exit status for it."""
    if isinstance(error, Cancelled):
        complain("stopped")
        return _INTERRUPTED
    if isinstance(error, ChoraleError):
        complain(str(error))
        return _THEIRS if isinstance(error, InputError) else _OURS
    if os.environ.get("CHORALE_TRACEBACK"):
        raise error
    complain(f"internal error: {error!r} (set CHORALE_TRACEBACK=1 to see where)")
    return _OURS


def _give_up_stdout() -> None:
    """Let the reader of a pipe be gone: nothing more can be said, not even when Python flushes at the end."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  open until the process ends
