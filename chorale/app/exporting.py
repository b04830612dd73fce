"""Files out, by suffix; each format's own package is loaded when it is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from chorale.errors import InputError
from chorale.models.base import Progress, Report
from chorale.music import Score
from chorale.theory import analyze

__all__ = ["SUFFIXES", "Manner", "check_suffix", "export", "left_out", "told"]


@dataclass(frozen=True)
class Manner:
    """How a score is written, for the formats that it matters to.

    Attributes:
        layout: "closed" (two staves) or "open" (four): MusicXML and pictures.
        instrument: name of the sound preset: WAV, and the programs of MIDI.
        arranger: said at the head of the page: MusicXML.
        analysis: whether numerals and cadences are written under the bass: MusicXML and pictures.

    Raises:
        InputError: the layout is neither of the two.
    """

    layout: str = "closed"
    instrument: str = "choir"
    arranger: str = ""
    analysis: bool = False

    def __post_init__(self) -> None:
        if self.layout not in {"closed", "open"}:
            raise InputError(f"layout {self.layout!r}: wanted closed or open")


Writer = Callable[[Score, Path, Manner, Report], None]


def _musicxml(score: Score, path: Path, manner: Manner, report: Report) -> None:  # noqa: ARG001  quick
    from chorale import io  # noqa: PLC0415  see the module

    annotations = io.Annotations.of(analyze(score)) if manner.analysis else None
    layout: io.Layout = "open" if manner.layout == "open" else "closed"
    io.write(score, path, layout=layout, arranger=manner.arranger, annotations=annotations)


def _midi(score: Score, path: Path, manner: Manner, report: Report) -> None:  # noqa: ARG001  quick
    from chorale import audio, io  # noqa: PLC0415  see the module

    io.write(score, path, programs=audio.load(manner.instrument).programs)


def _project(score: Score, path: Path, manner: Manner, report: Report) -> None:  # noqa: ARG001  quick
    from chorale import io  # noqa: PLC0415  see the module

    io.write_project(score, path, extra={"arranger": manner.arranger})


def _sound(score: Score, path: Path, manner: Manner, report: Report) -> None:
    from chorale import audio  # noqa: PLC0415  see the module

    audio.write_wav(score, path, audio.load(manner.instrument), report=lambda part: report(Progress(part)))


def _picture(score: Score, path: Path, manner: Manner, report: Report) -> None:  # noqa: ARG001  quick
    from chorale.notation import CLOSED, OPEN, Rows  # noqa: PLC0415  see the module
    from chorale.notation.export import export as draw  # noqa: PLC0415  see the module

    rows = Rows(analyze(score)) if manner.analysis else None
    draw(score, path, rows=rows, staves=OPEN if manner.layout == "open" else CLOSED)


_WRITERS: dict[str, Writer] = {
    **dict.fromkeys((".musicxml", ".mxl", ".xml"), _musicxml),
    **dict.fromkeys((".mid", ".midi"), _midi),
    ".wav": _sound,
    **dict.fromkeys((".svg", ".png", ".pdf"), _picture),
    ".chorale": _project,
}

SUFFIXES = tuple(_WRITERS)
"""What can be written, with the dot."""


def export(
    score: Score,
    path: Path,
    manner: Manner = Manner(),
    report: Report = lambda _: None,
) -> None:
    """Write a score in the format that the suffix names, wholly or not at all.

    Args:
        score: the score.
        path: the file to write.
        manner: how, for the formats that it matters to.
        report: hears of the progress of what takes long; may raise ``Cancelled``, and no file is written.

    Raises:
        InputError: the suffix or the instrument is unknown, or the file cannot be written.
    """
    check_suffix(path)
    _WRITERS[path.suffix.lower()](score, path, manner, report)


def left_out(score: Score, path: Path) -> str:
    """Return a line on what of a score's drums the format that the suffix names does not keep; "" for all is kept."""
    drums, writer = score.drums, _WRITERS.get(path.suffix.lower())
    if drums is None or not drums.hits.any():
        return ""
    if writer is _picture:
        return "drums are not drawn: MusicXML has them as notes, MIDI and WAV as they sound"
    if writer is _musicxml and drums.offsets[drums.hits].any():
        return "drums stand on the grid of sixteenths: MIDI keeps how early or late each is"
    return ""


def told(score: Score, path: Path) -> str:
    """Return what to say once a score is written."""
    return "; ".join(filter(None, [f"exported {path}", left_out(score, path)]))


def check_suffix(path: Path) -> None:
    """Raise InputError unless the path's suffix names a format that can be written."""
    if path.suffix.lower() not in _WRITERS:
        seen = f"suffix {path.suffix!r}" if path.suffix else "no suffix"
        raise InputError(f"{path} has {seen}: wanted one of {' '.join(SUFFIXES)}")
