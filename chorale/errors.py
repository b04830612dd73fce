"""What can go wrong, as the caller should treat it.

    ChoraleError
    +-- InputError      the input or the call is at fault; the message says what was seen, what was wanted, where
    +-- ModelError      weights are missing, damaged or of another version
    +-- Cancelled       the person asked a long job to stop; nothing has changed

The command line answers InputError with exit status 2, ModelError with 1. Every message is one line.
"""

__all__ = ["Cancelled", "ChoraleError", "InputError", "ModelError"]


class ChoraleError(Exception):
    """Any error that Chorale raises on purpose; its message is one line meant for the user."""


class InputError(ChoraleError, ValueError):
    """The input or the call is at fault: what was seen, what was wanted and where."""


class ModelError(ChoraleError):
    """A model cannot be used: its files are missing, damaged or of another version."""


class Cancelled(ChoraleError):  # noqa: N818  it is a request that was heard, not a failure
    """A long job was asked to stop; the score is as it was."""
