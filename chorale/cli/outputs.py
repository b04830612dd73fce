"""Where results go: one file, or a folder with one file an input; never over an input."""

import os
from collections.abc import Sequence
from pathlib import Path

from chorale.app import exporting
from chorale.errors import InputError

__all__ = ["check_output", "plan"]

_FOLDER_SUFFIX = ".musicxml"


def plan(output: str, inputs: Sequence[Path]) -> list[Path]:
    """Return the file to write for each input.

    OUT is a folder if it is one, ends in a slash, has no suffix, or takes several inputs; it is made when it is
    missing. In a folder a result is named after its input; a second input of the same name gets a number.

    Raises:
        InputError: several inputs are to go into one file, or OUT has a suffix that cannot be written.
    """
    path = Path(output)
    if path.is_dir() or output.endswith(("/", "\\")) or not path.suffix:
        return _in_folder(path, inputs)
    if len(inputs) > 1:
        raise InputError(f"{len(inputs)} inputs and one output {path}: wanted a folder")
    exporting.check_suffix(path)
    return [path]


def _in_folder(folder: Path, inputs: Sequence[Path]) -> list[Path]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"cannot make the folder {folder}: {(error.strerror or str(error)).lower()}") from error
    taken: set[Path] = set()
    planned = []
    for path in inputs:
        target = _free(folder, path.stem, taken)
        taken.add(target)
        planned.append(target)
    return planned


def _free(folder: Path, stem: str, taken: set[Path]) -> Path:
    names = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 2)))
    return next(path for name in names if (path := folder / f"{name}{_FOLDER_SUFFIX}") not in taken)


def check_output(target: Path, inputs: Sequence[Path]) -> None:
    """Raise InputError, before any work is done, if the target cannot be written or is one of the inputs."""
    if any(_same(target, path) for path in inputs):
        raise InputError(f"the output {target} is the input: wanted another name")
    if target.is_dir():
        raise InputError(f"the output {target} is a folder: wanted a file")
    folder = target.absolute().parent
    if not folder.is_dir():
        raise InputError(f"cannot write {target}: there is no folder {folder}")
    if not os.access(folder, os.W_OK):
        raise InputError(f"cannot write {target}: the folder {folder} is not writable")


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one of them does not exist
        return one.absolute() == other.absolute()
