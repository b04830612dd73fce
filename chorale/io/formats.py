"""Which reader and writer a suffix means."""

from collections.abc import Callable, Sequence
from pathlib import Path

from chorale.errors import InputError
from chorale.io.abc_notation import read_abc
from chorale.io.annotations import Annotations
from chorale.io.midi import CHOIR, read_midi, write_midi
from chorale.io.musicxml import Layout, read_musicxml, write_musicxml
from chorale.io.project import read_project, write_project
from chorale.io.reading import Reading
from chorale.music import Score

__all__ = ["READABLE", "WRITABLE", "read", "write"]

_READERS: dict[str, Callable[[Path], Reading]] = {
    ".musicxml": read_musicxml,
    ".mxl": read_musicxml,
    ".xml": read_musicxml,
    ".mid": read_midi,
    ".midi": read_midi,
    ".abc": read_abc,
    ".chorale": lambda path: Reading(read_project(path).score),
}
_MUSICXML = (".musicxml", ".mxl", ".xml")
_MIDI = (".mid", ".midi")

READABLE: tuple[str, ...] = tuple(_READERS)
"""Suffixes that ``read`` knows, in lower case."""
WRITABLE: tuple[str, ...] = (*_MUSICXML, *_MIDI, ".chorale")
"""Suffixes that ``write`` knows, in lower case."""


def read(path: Path | str) -> Reading:
    """Read a score; the suffix says how.

    Raises:
        InputError: the suffix is unknown, or the file is missing, empty, damaged, hostile, too large or without notes.
    """
    source = Path(path)
    return _READERS[_known_suffix(source, READABLE)](source)


def write(
    score: Score,
    path: Path | str,
    *,
    layout: Layout = "closed",
    arranger: str = "",
    programs: Sequence[int] = CHOIR,
    annotations: Annotations | None = None,
) -> None:
    """Write a score; the suffix says how.

    Args:
        score: the music.
        path: where to; an older file there is replaced in one stroke.
        layout: MusicXML: "closed", two staves, or "open", four.
        arranger: MusicXML: such as "harmonized with Chorale"; "" for none.
        programs: MIDI: the General MIDI program of each voice, 0..127, soprano first.
        annotations: MusicXML: findings, numerals and cadences to write on the page.

    Raises:
        InputError: the suffix is unknown, the score has no steps, or the file cannot be written.
    """
    target = Path(path)
    suffix = _known_suffix(target, WRITABLE)
    if suffix in _MUSICXML:
        write_musicxml(score, target, layout=layout, arranger=arranger, annotations=annotations)
    elif suffix in _MIDI:
        write_midi(score, target, programs=programs)
    else:
        write_project(score, target)


def _known_suffix(path: Path, known: tuple[str, ...]) -> str:
    suffix = path.suffix.lower()
    if suffix not in known:
        seen = f"suffix {suffix!r}" if suffix else "no suffix"
        raise InputError(f"{path} has {seen}: wanted one of {', '.join(known)}")
    return suffix
