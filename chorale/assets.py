"""Where the files live that ship beside the code: trained weights, sounds, levels."""

import importlib.resources
from pathlib import Path

__all__ = ["folder"]


def folder(name: str) -> Path:
    """Return the folder ``models``, ``sounds`` or ``levels`` that belongs to this installation.

    A wheel carries them inside the package under ``_data``; a checkout or an editable install has them
    beside the package.
    """
    package = Path(str(importlib.resources.files("chorale")))
    shipped = package / "_data"
    return (shipped if shipped.is_dir() else package.parent) / name
