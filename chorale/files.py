"""Writing files so that a kill, a crash or a full disk never leaves a broken one behind."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chorale.errors import InputError

__all__ = ["atomic_write", "replacing", "set_aside"]


@contextmanager
def replacing(path: Path | str) -> Iterator[Path]:
    """Give a temporary path beside ``path``; when the block ends well, it takes the place of ``path``.

    When the block raises, ``path`` is as it was and the temporary file is gone. The temporary name keeps the
    suffix, since writers choose the format by it.

    Raises:
        InputError: the folder is missing or not writable, or the disk is full.
    """
    target = Path(path)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.stem[:40]}-", suffix=target.suffix, dir=target.parent)
        os.close(handle)
    except OSError as error:
        raise InputError(f"cannot write {target}: {_reason(error)}") from error
    temporary = Path(name)
    try:
        yield temporary
        _sync(temporary)
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(target)
    except OSError as error:
        raise InputError(f"cannot write {target}: {_reason(error)}") from error
    finally:
        temporary.unlink(missing_ok=True)


def atomic_write(path: Path | str, data: bytes) -> None:
    """Write ``data`` to ``path``, wholly or not at all.

    Raises:
        InputError: the folder is missing or not writable, or the disk is full.
    """
    with replacing(path) as temporary:
        temporary.write_bytes(data)


def set_aside(path: Path) -> Path | None:
    """Give a damaged file another name beside it, so that a new one can be written; None where that cannot be done.

    What was set aside before keeps its name.
    """
    names = (path.with_suffix(f".damaged{number or ''}{path.suffix}") for number in range(100))
    free = next((name for name in names if not name.exists()), None)
    if free is None:
        return None
    try:
        return path.replace(free)
    except OSError:
        return None


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _umask() -> int:
    """Return the process's file mode mask, which can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
