"""Models that the person adds: a published checkpoint in, a folder that the registry knows out."""

from __future__ import annotations

import importlib
import re
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from chorale.errors import InputError
from chorale.models import registry
from chorale.models.config import write_config
from chorale.models.tensorflow import is_checkpoint, read_variables
from chorale.models.tfjs import MANIFEST, read_checkpoint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chorale.models.tfjs import Checkpoint

__all__ = ["Added", "add", "remove"]

_FAMILIES = {"doodle": "chorale.models.doodle.conversion", "magenta": "chorale.models.magenta.conversion"}
"""Kinds of the registry, and the modules that make such models of checkpoints."""
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_AT_WORK = ".adding-"
_FORSAKEN = 600
"""Seconds after which a folder of work that is still there was left by a killed process; adding takes some seconds."""


@dataclass(frozen=True)
class Added:
    """A model that was added.

    Attributes:
        name: What ``load`` and ``--model`` call it.
        description: What it is.
        folder: Where it lies.
    """

    name: str
    description: str
    folder: Path


class _Family(Protocol):
    """A module that knows one family of published checkpoints."""

    DESCRIPTION: str

    def recognizes(self, checkpoint: Checkpoint) -> bool:
        """Return whether a checkpoint is of this family."""
        ...

    def convert(self, checkpoint: Checkpoint, folder: Path) -> Mapping[str, Any]:
        """Write the model's files into a folder and return what its ``config.json`` must say.

        Raises:
            InputError: the checkpoint is not as it should be.
        """
        ...

    def try_out(self, model: Any) -> None:  # noqa: ANN401  the capability depends on the model
        """Raise ``ModelError`` if the model that was made does not work."""
        ...


def add(source: Path, name: str | None = None) -> Added:
    """Convert a checkpoint and keep it under a name; the source is not needed afterwards.

    Args:
        source: The folder of a TensorFlow.js checkpoint; or a checkpoint of TensorFlow, alone or in an archive; or a
            bundle of Magenta (.mag).
        name: Small letters, digits, - and _; None: made of the folder's name.

    Raises:
        InputError: the checkpoint is damaged or of no known family, or the name is taken or no name.
        ModelError: the converter's package is not installed, or the converted network does not run.
    """
    checkpoint = _read(source)
    chosen = _free_name(_name_from(source) if name is None else name)
    kind, family = _family(checkpoint)
    root = registry.user_folder()
    try:
        root.mkdir(parents=True, exist_ok=True)
        _clear(root)
        with tempfile.TemporaryDirectory(prefix=_AT_WORK, dir=root) as work:
            folder = Path(work) / chosen
            folder.mkdir()
            facts = {"kind": kind, "description": family.DESCRIPTION, **family.convert(checkpoint, folder)}
            write_config(folder, facts)
            family.try_out(registry.open_folder(folder))
            folder.rename(root / chosen)
    except OSError as error:
        raise InputError(f"cannot keep the model in {root}: {(error.strerror or str(error)).lower()}") from error
    return Added(chosen, facts["description"], root / chosen)


def _read(source: Path) -> Checkpoint:
    """Return the checkpoint at a path, in whichever form."""
    try:
        if not source.exists():
            raise InputError(f"{source}: no such file or folder; wanted a published model")
        native = not (source / MANIFEST).is_file() and is_checkpoint(source)
    except OSError as error:  # a name that no file can have
        raise InputError(
            f"{source!s:.80}: {(error.strerror or str(error)).lower()}; wanted a published model"
        ) from error
    return read_variables(source) if native else read_checkpoint(source)


def _clear(root: Path) -> None:
    """Remove what processes left that were killed while they added a model."""
    for work in root.glob(f"{_AT_WORK}*"):
        if time.time() - work.stat().st_mtime > _FORSAKEN:
            shutil.rmtree(work, ignore_errors=True)


def remove(name: str) -> None:
    """Forget a model that was added.

    Raises:
        InputError: there is none of that name, it came with the program, or its files cannot be removed.
    """
    if registry.is_shipped(name):
        raise InputError(f"model {name!r} belongs to Chorale; wanted one that was added")
    folder = registry.user_folder() / name
    if not _NAME.fullmatch(name) or not folder.is_dir():
        folder = registry.folder_of(name)  # says which there are
    try:
        (folder / "config.json").unlink(missing_ok=True)  # first, so that nothing half removed is ever listed
        shutil.rmtree(folder)
    except OSError as error:
        raise InputError(f"cannot remove {folder}: {(error.strerror or str(error)).lower()}") from error


def _name_from(source: Path) -> str:
    """Return a name made of a file's or a folder's, whatever that is."""
    called = source.stem if source.is_file() else source.absolute().name
    made = re.sub(r"[^a-z0-9]+", "-", called.lower()).strip("-")[:40].strip("-")
    return made or "added"


def _free_name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise InputError(f"model name {name!r:.60}: wanted up to 40 small letters, digits, - and _")
    if name in registry.available() or (registry.user_folder() / name).exists():
        raise InputError(f"there is a model {name!r} already; wanted another name (--name), or remove that one first")
    return name


def _family(checkpoint: Checkpoint) -> tuple[str, _Family]:
    """Return the kind and the converting module of a checkpoint's family."""
    families = {kind: cast("_Family", importlib.import_module(module)) for kind, module in _FAMILIES.items()}
    for kind, family in families.items():
        if family.recognizes(checkpoint):
            return kind, family
    known = "; ".join(family.DESCRIPTION for family in families.values())
    raise InputError(f"{checkpoint.folder}: {_told(checkpoint)}, of no family that can be added; wanted {known}")


def _told(checkpoint: Checkpoint) -> str:
    """Return what a strange checkpoint says of itself."""
    first = next(iter(checkpoint.weights), None)
    weights = f"{len(checkpoint.weights)} weights" + (f", the first of them {first!r:.80}" if first else "")
    kind = checkpoint.config.get("type")
    return f"a {kind!r:.40} with {weights}" if kind else weights
