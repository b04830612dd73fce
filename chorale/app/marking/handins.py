"""The hand-ins of a class in a folder: which file is whose, which cannot be one, and which are left alone.

Students are known by the names that files and folders bear:

Moodle      "Ann Bee_12345_assignsubmission_file/tune.mxl" (or ..._file_/), and without folders
            "Ann Bee_12345_assignsubmission_file_tune.mxl"; 12345 is the participant's number
Canvas      "beeann_12345_67890_tune.mxl", "beeann_LATE_12345_67890_tune-1.mxl"; 12345 is the student's number, and
            "-1" counts later hand-ins
a folder    "Ann Bee/tune.mxl"
a file      "Ann Bee.mxl"

Where a student handed in several files, the last counts: by Canvas' count, else the newest, else by name.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from chorale import io
from chorale.errors import InputError

__all__ = ["Class", "HandIn", "find"]

_MOODLE = re.compile(r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_(?P<kind>file|onlinetext)_?(?P<rest>.*)\Z")
_CANVAS = re.compile(r"(?P<name>[^_]+)_(?:LATE_)?(?P<id>\d+)_(?P<file>\d+)_(?P<rest>.+)\Z")
_COUNTED = re.compile(r".*-(\d{1,2})\Z")
_OTHER_MUSIC = {
    **dict.fromkeys((".mscz", ".mscx"), "a MuseScore file"),
    ".sib": "a Sibelius file",
    ".dorico": "a Dorico file",
    **dict.fromkeys((".musx", ".mus"), "a Finale file"),
    ".ly": "a LilyPond file",
    ".gp": "a Guitar Pro file",
    ".cap": "a Capella file",
    **dict.fromkeys((".pdf", ".png", ".jpg", ".jpeg", ".heic", ".gif", ".tif", ".tiff"), "a picture"),
    **dict.fromkeys((".mp3", ".wav", ".m4a", ".ogg", ".flac"), "a recording"),
    **dict.fromkeys((".doc", ".docx", ".odt", ".rtf", ".pages"), "a text document"),
    **dict.fromkeys((".zip", ".rar", ".7z", ".gz"), "an archive"),
}
_MOST_FILES = 5000


@dataclass(frozen=True)
class HandIn:
    """One student's hand-in.

    Attributes:
        path: the file that counts.
        file: its path below the folder, with slashes.
        student: the name.
        id: the number that Moodle or Canvas knows the student by, or "".
        source: "moodle", "canvas" or "".
        reason: why it cannot be read whatever it holds, or "".
        notes: one line each on the student's other files.
    """

    path: Path
    file: str
    student: str
    id: str = ""
    source: str = ""
    reason: str = ""
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What tells students apart: the number, else the name."""
        return (self.source, self.id) if self.id else ("", _folded(self.student))


@dataclass(frozen=True)
class Class:
    """What a folder holds.

    Attributes:
        handins: one a student, by name.
        ignored: files that are no hand-in, as paths below the folder.
    """

    handins: tuple[HandIn, ...]
    ignored: tuple[str, ...]


def find(folder: Path, leave: Iterable[Path] = ()) -> Class:
    """Return the hand-ins in a folder and the folders in it.

    Args:
        folder: where to look; hidden files and folders are not looked at.
        leave: files and folders that are not looked at either: the assignment, the report.

    Raises:
        InputError: it is no folder, holds thousands of files, or none that could be a hand-in.
    """
    if not folder.is_dir():
        raise InputError(
            f"{folder} is {'a file' if folder.exists() else 'not there'}: wanted the folder of the hand-ins"
        )
    left = {path.resolve() for path in leave}
    handins: list[HandIn] = []
    ignored: list[str] = []
    for path in _files(folder, left):
        found = _handin(path, folder)
        if found is None:
            ignored.append(path.relative_to(folder).as_posix())
        else:
            handins.append(found)
    if not handins:
        raise InputError(f"{folder} holds no hand-in: wanted files such as {', '.join(io.READABLE[:4])}")
    return Class(tuple(_one_each(handins)), tuple(ignored))


def _files(folder: Path, left: set[Path]) -> list[Path]:
    files: list[Path] = []
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        hidden = any(part.startswith((".", "__MACOSX")) for part in relative.parts)
        if hidden or not path.is_file() or left & {path.resolve(), *(each.resolve() for each in path.parents)}:
            continue
        files.append(path)
        if len(files) > _MOST_FILES:
            raise InputError(f"{folder} holds more than {_MOST_FILES} files: wanted the folder of one class")
    return files


def _handin(path: Path, folder: Path) -> HandIn | None:
    """Return a file as a hand-in, or None for one that cannot be meant as one."""
    suffix = path.suffix.lower()
    if suffix not in io.READABLE and suffix not in _OTHER_MUSIC:
        return None
    relative = path.relative_to(folder)
    student, number, source = _whose(relative)
    reason = (
        "" if suffix in io.READABLE else f"it is {_OTHER_MUSIC[suffix]}: wanted a score as MusicXML (.musicxml, .mxl)"
    )
    return HandIn(path, relative.as_posix(), student, number, source, reason)


def _whose(relative: Path) -> tuple[str, str, str]:
    """Return the student's name, number and where the names come from."""
    for part in reversed(relative.parts):
        match = _MOODLE.match(part)
        if match:
            return _tidy(match["name"]), match["id"], "moodle"
    match = _CANVAS.match(relative.name)
    if match:
        return _tidy(match["name"]), match["id"], "canvas"
    name = relative.parts[0] if len(relative.parts) > 1 else relative.stem
    return _tidy(name), "", ""


def _tidy(name: str) -> str:
    """Return a name as people write it: no underscores, no double spaces, no control characters."""
    shown = "".join(letter if letter.isprintable() else " " for letter in unicodedata.normalize("NFC", name))
    return " ".join(shown.replace("_", " ").split()) or "?"


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _one_each(handins: Iterable[HandIn]) -> Iterator[HandIn]:
    """Yield one hand-in a student, by name: the last that can be read, with notes on the others."""
    students: dict[tuple[str, str], list[HandIn]] = {}
    for handin in handins:
        students.setdefault(handin.key, []).append(handin)
    for several in sorted(students.values(), key=lambda each: (_folded(each[0].student), each[0].key)):
        last = max(several, key=_lateness)
        notes = tuple(_note(each, last) for each in several if each is not last)
        yield HandIn(last.path, last.file, last.student, last.id, last.source, last.reason, notes)


def _lateness(handin: HandIn) -> tuple[bool, int, int, str]:
    match = _COUNTED.match(handin.path.stem) if handin.source == "canvas" else None
    return not handin.reason, int(match[1]) if match else 0, handin.path.stat().st_mtime_ns, handin.file


def _note(other: HandIn, last: HandIn) -> str:
    if other.reason:
        return f"also handed in {other.file}, which was not marked: {other.reason}"
    return f"handed in twice: {last.file} is the last and was marked, {other.file} was not"
