"""The shelf between two sittings: kept clips in one small JSON file, their times exact.

The file is written whole or not at all. A file that cannot be read is set aside under another name and told of.
"""

from __future__ import annotations

import contextlib
import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from chorale.app.messages import Message
from chorale.app.tools.bench import Kept
from chorale.errors import InputError
from chorale.files import atomic_write, set_aside
from chorale.music import Clip, ClipNote, Key, Meter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from chorale.app.jobs import Jobs

__all__ = ["Keeper", "load", "save"]

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


class Keeper:
    """Keeps the shelf in its file, in the background, whenever it has changed.

    Args:
        folder: Of the file; None: nothing is kept.
        jobs: Where the writing runs.
        tell: Takes what there is to tell the person.
    """

    def __init__(self, folder: Path | None, jobs: Jobs, tell: Callable[[Message], None]) -> None:
        self._folder, self._jobs, self._tell = folder, jobs, tell
        self._stored: tuple[Kept, ...] = ()  # as the file has it, or as it could not be written
        self._writing = False

    def load(self) -> tuple[Kept, ...]:
        """Return the shelf."""
        if self._folder is not None:
            self._stored, complaint = load(self._folder)
            if complaint:
                self._tell(Message(complaint, "warning"))
        return self._stored

    def tick(self, kept: tuple[Kept, ...]) -> None:
        """Begin to write the shelf if it has changed; call it once a frame."""
        folder = self._folder
        if folder is None or kept is self._stored or self._writing:
            return
        self._writing = True

        def ended(error: Exception | None = None) -> None:
            self._stored, self._writing = kept, False
            if error is not None:
                self._tell(Message(f"the shelf is not kept: {error}", "warning"))

        self._jobs.start("Keep the shelf", lambda _: save(kept, folder), done=lambda _: ended(), failed=ended)

    def close(self, kept: tuple[Kept, ...]) -> None:
        """Write the shelf if it has changed, and wait for it."""
        if self._folder is not None and kept is not self._stored:
            with contextlib.suppress(InputError):  # there is nobody left to tell
                save(kept, self._folder)


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
