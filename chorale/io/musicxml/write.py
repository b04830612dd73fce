"""Writing MusicXML through music21: the same score gives the same bytes."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from chorale.errors import InputError
from chorale.files import atomic_write
from chorale.io.musicxml.container import pack
from chorale.io.musicxml.finish import finished
from chorale.io.musicxml.layouts import LAYOUTS, Layout
from chorale.io.musicxml.to_music21 import to_music21

if TYPE_CHECKING:
    from pathlib import Path

    from chorale.io.annotations import Annotations
    from chorale.music import Score

__all__ = ["LAYOUTS", "Layout", "musicxml", "write_musicxml"]


def write_musicxml(
    score: Score,
    path: Path,
    *,
    layout: Layout = "closed",
    arranger: str = "",
    annotations: Annotations | None = None,
) -> None:
    """Write a score as MusicXML, compressed where the suffix is ``.mxl``.

    Args:
        score: the music.
        path: where to; an older file there is replaced in one stroke.
        layout: "closed", two staves, or "open", four.
        arranger: such as "harmonized with Chorale"; "" for none.
        annotations: findings, numerals and cadences to write on the page.

    Raises:
        InputError: the score has no steps, or the file cannot be written.
    """
    data = musicxml(score, layout=layout, arranger=arranger, annotations=annotations)
    atomic_write(path, pack(data) if path.suffix.lower() == ".mxl" else data)


def musicxml(
    score: Score, *, layout: Layout = "closed", arranger: str = "", annotations: Annotations | None = None
) -> bytes:
    """Return a score as MusicXML text, UTF-8.

    Raises:
        InputError: the score has no steps, or the layout is unknown.
    """
    from music21.musicxml.m21ToXml import ScoreExporter  # noqa: PLC0415  takes seconds to import

    if layout not in LAYOUTS:
        raise InputError(f"layout {layout!r}: wanted {' or '.join(LAYOUTS)}")
    if not score.steps:
        raise InputError("the score is empty: wanted at least one bar to write")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of notation not being made, which is what we want
        root = ScoreExporter(to_music21(score, layout), makeNotation=False).parse()
    return finished(root, score, layout, arranger, annotations)
