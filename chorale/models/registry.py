"""Finds the models' files, checks them and loads them.

A model is a folder under ``models/`` with ``config.json``: its ``kind`` names the code that plays it, and ``files``
gives the SHA-256 of every file it needs.
"""

from __future__ import annotations

import hashlib
import importlib
import json
from functools import cache
from typing import TYPE_CHECKING, Any

from chorale import assets
from chorale.errors import InputError, ModelError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["available", "checked_config", "load"]

_KINDS = {
    "coconet": ("chorale.models.coconet.sampling", "Coconet"),
}


def available() -> tuple[str, ...]:
    """Return the names of the models in this installation, in alphabetical order."""
    folder = assets.folder("models")
    return tuple(sorted(path.parent.name for path in folder.glob("*/config.json")))


@cache
def load(name: str) -> Any:  # noqa: ANN401  the capability depends on the model
    """Return a model, its files checked; the same object every time.

    Raises:
        InputError: there is no model of that name.
        ModelError: a file of it is missing, damaged or of another version.
    """
    if name not in available():
        raise InputError(f"model {name!r}: wanted one of {', '.join(available()) or 'none, for none is installed'}")
    return open_folder(assets.folder("models") / name)


def open_folder(folder: Path) -> Any:  # noqa: ANN401
    """Return the model in a folder, its files checked.

    Raises:
        ModelError: a file is missing, damaged or of another version.
    """
    config = checked_config(folder)
    kind = config.get("kind")
    if kind not in _KINDS:
        raise ModelError(f"model {folder.name}: kind {kind!r} is unknown; wanted one of {', '.join(sorted(_KINDS))}")
    module, name = _KINDS[kind]
    return getattr(importlib.import_module(module), name)(folder, config)


def checked_config(folder: Path) -> dict[str, Any]:
    """Return a model's ``config.json`` after comparing every file with its SHA-256.

    Raises:
        ModelError: the configuration cannot be read, or a file is missing or differs.
    """
    try:
        config: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        files = dict(config["files"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"model {folder.name}: its config.json is missing or damaged") from error
    for file, wanted in files.items():
        try:
            found = hashlib.sha256((folder / file).read_bytes()).hexdigest()
        except OSError as error:
            raise ModelError(f"model {folder.name}: its file {file} is missing; install Chorale again") from error
        if found != wanted:
            raise ModelError(f"model {folder.name}: its file {file} is damaged (checksum); install Chorale again")
    return config
