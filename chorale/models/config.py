"""Writes a model's ``config.json``; ``registry.checked_config`` reads it."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from chorale.files import atomic_write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["write_config"]


def write_config(folder: Path, facts: Mapping[str, Any]) -> None:
    """Write ``config.json`` with the facts and the SHA-256 of the files that stand beside it.

    Raises:
        InputError: it cannot be written.
    """
    files = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.suffix in {".onnx", ".json"} and path.name != "config.json"
    }
    text = json.dumps({**facts, "files": files}, indent=2, ensure_ascii=False) + "\n"
    atomic_write(folder / "config.json", text.encode())
