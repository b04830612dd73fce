"""Getting a file's bytes, within bounds, or one clear line why not."""

from pathlib import Path

from chorale.errors import InputError

__all__ = ["read_bytes", "read_text"]

_MEBIBYTE = 1 << 20


def read_bytes(path: Path, *, most: int) -> bytes:
    """Return a file's content, at most ``most`` bytes of it.

    Raises:
        InputError: the file is missing, a folder, unreadable, empty or larger than ``most``.
    """
    if path.is_dir():
        raise InputError(f"{path} is a folder: wanted a file")
    if path.exists() and not path.is_file():
        raise InputError(f"{path} is a device or a pipe: wanted an ordinary file")
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except FileNotFoundError:
        raise InputError(f"{path}: no such file") from None
    except OSError as error:
        raise InputError(f"cannot read {path}: {(error.strerror or str(error)).lower()}") from error
    if not data:
        raise InputError(f"{path} is empty: wanted a score")
    if len(data) > most:
        raise InputError(f"{path} is larger than {most // _MEBIBYTE} MiB: wanted a score, and they are small")
    return data


def read_text(path: Path, *, most: int) -> str:
    """Return a text file's content: UTF-8 with or without a mark, UTF-16 with one, else Latin-1.

    Raises:
        InputError: as ``read_bytes``, or the file is binary.
    """
    data = read_bytes(path, most=most)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data:
        raise InputError(f"{path} is a binary file: wanted text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")
