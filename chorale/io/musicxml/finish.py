"""What music21 cannot express, put right in its XML: stable ids, no date, syllables, bar rests, tempo, header."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, indent, tostring

from chorale.io.musicxml.annotate import annotate
from chorale.io.musicxml.grand_staff import joined
from chorale.io.musicxml.header import header
from chorale.io.musicxml.percussion import add_drums
from chorale.io.voices import CLOSED_NAMES
from chorale.music import STEPS_PER_QUARTER

if TYPE_CHECKING:
    from chorale.io.annotations import Annotations
    from chorale.io.musicxml.layouts import Layout
    from chorale.music import Score

__all__ = ["finished"]

_HEADER = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD MusicXML 4.0 Partwise//EN" "http://www.musicxml.org/dtds/partwise.dtd">
"""


def finished(
    root: Element, score: Score, layout: Layout, arranger: str, annotations: Annotations | None = None
) -> bytes:
    """Return the file's bytes for music21's tree of a score, which is changed in place."""
    if layout == "closed":
        joined(root, *CLOSED_NAMES)
    _rename_parts(root)
    _replace_header(root, score, arranger, annotations)
    _simplify_durations(root)
    for part in root.findall("part"):
        _finish_bars(part)
    for rest in root.iter("note"):
        _finish_bar_rest(rest)
    _finish_tempo(root, score)
    _finish_syllables(root)
    if annotations is not None:
        annotate(root, score, layout, annotations)
    add_drums(root, score)
    indent(root)
    return (_HEADER + tostring(root, encoding="unicode") + "\n").encode()


def _rename_parts(root: Element) -> None:
    """Number parts and instruments, which music21 names at random."""
    for number, (listed, part) in enumerate(zip(root.iter("score-part"), root.findall("part"), strict=True), 1):
        listed.set("id", f"P{number}")
        part.set("id", f"P{number}")
        for tag in ("score-instrument", "midi-instrument"):
            for element in listed.iter(tag):
                element.set("id", f"P{number}-I1")
    for number, group in enumerate(root.findall("part-list/part-group"), 1):
        group.set("number", str((number + 1) // 2))


def _simplify_durations(root: Element) -> None:
    """Count durations in steps, not in music21's 10080ths of a quarter."""
    unit = 1
    for element in root.iter("divisions"):
        unit = int(element.text or STEPS_PER_QUARTER) // STEPS_PER_QUARTER
        element.text = str(STEPS_PER_QUARTER)
    for element in root.iter("duration"):
        element.text = str(int(element.text or 0) // unit)


def _replace_header(root: Element, score: Score, arranger: str, annotations: Annotations | None) -> None:
    """Put our head in the place of music21's, which names itself, today and a "Music21 Fragment"."""
    for tag in ("work", "movement-number", "movement-title", "identification", "defaults", "credit"):
        for element in root.findall(tag):
            root.remove(element)
    before, after = header(score.title, score.composer, arranger, annotations)
    for index, element in enumerate([*before, *after]):
        root.insert(index, element)


def _finish_bars(part: Element) -> None:
    """Mark the pickup as such, or programs count it as bar 1."""
    for measure in part.findall("measure"):
        if measure.get("number") == "0":
            measure.set("implicit", "yes")


def _finish_bar_rest(note: Element) -> None:
    """A rest that fills its bar has no value of its own, so that it is drawn in the middle in every meter."""
    rest = note.find("rest")
    if rest is not None and rest.get("measure") == "yes":
        for tag in ("type", "dot"):
            for element in note.findall(tag):
                note.remove(element)


def _finish_tempo(root: Element, score: Score) -> None:
    """State the tempo in quarters, exactly, beside the mark that people read."""
    for direction in root.iter("direction"):
        if direction.find("direction-type/metronome") is not None:
            direction.set("placement", "above")
            for sound in direction.findall("sound"):
                sound.attrib = {"tempo": f"{score.qpm:g}"}


def _finish_syllables(root: Element) -> None:
    """Say which part of its word each syllable is; a trailing hyphen says that the word goes on."""
    inside = False
    for lyric in root.iter("lyric"):
        text, syllabic = lyric.find("text"), lyric.find("syllabic")
        if text is None or syllabic is None or text.text is None:
            continue
        goes_on = text.text.endswith("-") and len(text.text) > 1
        text.text = text.text[:-1] if goes_on else text.text
        syllabic.text = ("middle" if inside else "begin") if goes_on else ("end" if inside else "single")
        inside = goes_on
