"""Files out, by suffix; each format's own package is loaded when it is asked for."""

from collections.abc import Callable
from pathlib import Path

from chorale.errors import InputError
from chorale.music import Score

__all__ = ["SUFFIXES", "export"]

Writer = Callable[[Score, Path, str, str], None]


def _notes(score: Score, path: Path, layout: str, preset: str) -> None:  # noqa: ARG001  writers share a signature
    from chorale import io  # noqa: PLC0415  see the module

    io.write(score, path, layout="open" if layout == "open" else "closed")


def _sound(score: Score, path: Path, layout: str, preset: str) -> None:  # noqa: ARG001  writers share a signature
    from chorale import audio  # noqa: PLC0415  see the module

    audio.write_wav(score, path, preset)


def _picture(score: Score, path: Path, layout: str, preset: str) -> None:  # noqa: ARG001  writers share a signature
    from chorale import notation  # noqa: PLC0415  see the module

    notation.write(score, path, layout=layout)


_WRITERS: dict[str, Writer] = {
    **dict.fromkeys((".musicxml", ".xml", ".mxl", ".mid", ".midi", ".chorale"), _notes),
    ".wav": _sound,
    **dict.fromkeys((".svg", ".png", ".pdf"), _picture),
}

SUFFIXES = tuple(_WRITERS)
"""What can be written, with the dot."""


def export(score: Score, path: Path, *, layout: str = "closed", preset: str = "choir") -> None:
    """Write a score in the format that the suffix names, wholly or not at all.

    Args:
        score: the score.
        path: the file to write.
        layout: "closed" (two staves) or "open" (four), where the format has staves.
        preset: the instrument, where the format is sound.

    Raises:
        InputError: the suffix is unknown, or the file cannot be written.
    """
    check_suffix(path)
    _WRITERS[path.suffix.lower()](score, path, layout, preset)


def check_suffix(path: Path) -> None:
    """Raise InputError unless the path's suffix names a format that can be written."""
    if path.suffix.lower() not in _WRITERS:
        raise InputError(f"{path}: unknown suffix {path.suffix!r}; wanted one of {' '.join(SUFFIXES)}")
