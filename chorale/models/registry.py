"""Finds the models' files, checks them and loads them.

A model is a folder with ``config.json``: its ``kind`` names the code that plays it, and ``files`` gives the SHA-256 of
every file it needs. The shipped ones lie under ``models/``, those that the person added (``adding``) in the person's
data folder; no name is in both, and where it is, the shipped one counts.
"""

from __future__ import annotations

import hashlib
import importlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from chorale import assets
from chorale.errors import InputError, ModelError

__all__ = [
    "HARMONIZERS",
    "available",
    "checked_config",
    "folder_of",
    "is_shipped",
    "kind_of",
    "load",
    "open_folder",
    "user_folder",
]

_KINDS = {
    "coconet": "chorale.models.coconet.sampling",
    "doodle": "chorale.models.doodle",
    "magenta": "chorale.models.magenta",
    "melody_rnn": "chorale.models.melody_rnn.sampling",
    "drum_rnn": "chorale.models.drum_rnn.sampling",
    "melody_vae": "chorale.models.melody_vae.sampling",
    "drum_vae": "chorale.models.drum_vae.sampling",
    "groove_vae": "chorale.models.groove_vae.sampling",
    "tap_vae": "chorale.models.tap_vae.sampling",
}  # each module has ``open_model(folder, config)``


HARMONIZERS = frozenset({"coconet", "doodle"})
"""The kinds that harmonize."""


def user_folder() -> Path:
    """Return the folder of the models that the person added; it may not exist yet."""
    import platformdirs  # noqa: PLC0415  only needed once a name is looked up

    return Path(platformdirs.user_data_dir("chorale", appauthor=False)) / "models"


def available() -> tuple[str, ...]:
    """Return the names of the models, shipped and added, in alphabetical order."""
    found = [path.parent.name for root in _roots() for path in root.glob("*/config.json")]
    return tuple(sorted({name for name in found if not name.startswith(".")}))  # a dot: not wholly added yet


def folder_of(name: str) -> Path:
    """Return the folder of a model.

    Raises:
        InputError: there is no model of that name.
    """
    if name not in available():
        raise InputError(f"model {name!r}: wanted one of {', '.join(available()) or 'none, for none is installed'}")
    return next(root / name for root in _roots() if (root / name / "config.json").is_file())


def kind_of(name: str) -> str:
    """Return a model's kind, or "" where its configuration cannot be read.

    Raises:
        InputError: there is no model of that name.
    """
    try:
        return str(json.loads((folder_of(name) / "config.json").read_text(encoding="utf-8")).get("kind", ""))
    except (OSError, ValueError, AttributeError):
        return ""


def is_shipped(name: str) -> bool:
    """Return whether a model came with the program."""
    return (assets.folder("models") / name / "config.json").is_file()


def load(name: str) -> Any:  # noqa: ANN401  the capability depends on the model
    """Return a model, its files checked; the same object every time.

    Raises:
        InputError: there is no model of that name.
        ModelError: a file of it is missing, damaged or of another version.
    """
    folder = folder_of(name)
    return _opened(folder, (folder / "config.json").stat().st_mtime_ns)


@cache
def _opened(folder: Path, changed: int) -> Any:  # noqa: ANN401
    del changed  # a model that was removed and added anew is another one
    return open_folder(folder)


def _roots() -> tuple[Path, Path]:
    return assets.folder("models"), user_folder()


def open_folder(folder: Path) -> Any:  # noqa: ANN401
    """Return the model in a folder, its files checked.

    Raises:
        ModelError: a file is missing, damaged or of another version.
    """
    config = checked_config(folder)
    kind = config.get("kind")
    if kind not in _KINDS:
        raise ModelError(f"model {folder.name}: kind {kind!r} is unknown; wanted one of {', '.join(sorted(_KINDS))}")
    module = importlib.import_module(_KINDS[kind])
    try:
        return module.open_model(folder, config)
    except (KeyError, TypeError, ValueError) as error:  # a field that the kind needs is not there, or is nonsense
        raise ModelError(f"model {folder.name}: its config.json is missing or damaged") from error


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
    cure = "remove it and add it again" if folder.parent == user_folder() else "install Chorale again"
    for file, wanted in files.items():
        try:
            found = hashlib.sha256((folder / file).read_bytes()).hexdigest()
        except OSError as error:
            raise ModelError(f"model {folder.name}: its file {file} is missing; {cure}") from error
        if found != wanted:
            raise ModelError(f"model {folder.name}: its file {file} is damaged (checksum); {cure}")
    return config
