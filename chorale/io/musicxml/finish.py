"""A tree made into a file: one part for the closed score's staves, the head, the annotations, the bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, indent, tostring

from chorale.io.musicxml.annotate import annotate
from chorale.io.musicxml.grand_staff import joined
from chorale.io.musicxml.header import header
from chorale.io.voices import CLOSED_NAMES

if TYPE_CHECKING:
    from chorale.io.annotations import Annotations
    from chorale.io.musicxml.layouts import Layout
    from chorale.music import Score

__all__ = ["finished"]

_HEADER = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD MusicXML 4.0 Partwise//EN" "http://www.musicxml.org/dtds/partwise.dtd">
"""


def finished(root: Element, score: Score, layout: Layout, arranger: str, annotations: Annotations | None) -> bytes:
    """Return the file's bytes for the tree of a score's parts, which is changed in place."""
    if layout == "closed":
        joined(root, *CLOSED_NAMES)
    before, after = header(score.title, score.composer, arranger, annotations)
    for index, element in enumerate([*before, *after]):
        root.insert(index, element)
    if annotations is not None:
        annotate(root, score, layout, annotations)
    indent(root)
    return (_HEADER + tostring(root, encoding="unicode") + "\n").encode()
