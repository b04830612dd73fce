"""The shelf between two sittings: kept clips in one small JSON file, their times exact.

The file is written whole or not at all. A file that cannot be read is set aside under another name and told of.
"""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from chorale.app.tools.bench import Kept
from chorale.errors import InputError
from chorale.files import atomic_write, set_aside
from chorale.music import Clip, ClipNote, Key, Meter

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["load", "save"]

_NAME = "shelf.json"
_VERSION = 1


def save(kept: tuple[Kept, ...], folder: Path) -> None:
    """Write the shelf.

    Raises:
        InputError: the file cannot be written.
    """
    plain = {"version": _VERSION, "kept": [_plain(each) for each in kept]}
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"cannot make the folder {folder}: {(error.strerror or str(error)).lower()}") from error
    atomic_write(folder / _NAME, json.dumps(plain, ensure_ascii=False, indent=1).encode())


def load(folder: Path) -> tuple[tuple[Kept, ...], str]:
    """Return the shelf, and a line on what went wrong, or ""."""
    path = folder / _NAME
    try:
        return tuple(_kept(each) for each in json.loads(path.read_bytes())["kept"]), ""
    except FileNotFoundError:
        return (), ""
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ZeroDivisionError):
        return (), _set_aside(path)


def _set_aside(path: Path) -> str:
    other = set_aside(path)
    if other is None:
        return f"the shelf in {path} cannot be read"
    return f"the shelf could not be read: it lies in {other} now"


def _plain(kept: Kept) -> dict[str, Any]:
    clip = kept.clip
    return {
        "name": kept.name,
        "seed": kept.seed,
        "title": clip.name,
        "steps": clip.steps,
        "meter": str(clip.meter),
        "qpm": clip.qpm,
        "key": None if clip.key is None else clip.key.name,
        "pickup": clip.pickup,
        "drums": clip.drums,
        "notes": [f"{note.start} {note.pitch} {note.end} {note.velocity}" for note in clip.notes],
    }


def _kept(plain: dict[str, Any]) -> Kept:
    key = plain["key"]
    clip = Clip(
        tuple(map(_note, plain["notes"])),
        int(plain["steps"]),
        Meter.parse(plain["meter"]),
        float(plain["qpm"]),
        None if key is None else Key.parse(key),
        int(plain["pickup"]),
        bool(plain["drums"]),
        str(plain["title"]),
    )
    return Kept(clip, str(plain["name"]), int(plain["seed"]))


def _note(line: str) -> ClipNote:
    start, pitch, end, velocity = line.split()
    return ClipNote(Fraction(start), int(pitch), Fraction(end), int(velocity))
