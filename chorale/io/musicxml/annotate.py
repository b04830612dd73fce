"""Findings, numerals and cadences written into a finished MusicXML tree.

A finding is told by colour, by its number with a short name at the place, and by its sentence in a list at the end of
the page; numerals and cadences are lyric lines under the bass, the one thing that every program prints there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from chorale.io.musicxml.figures import write_figures
from chorale.io.musicxml.labels import COLOURS, label
from chorale.io.musicxml.numerals import write_numerals
from chorale.io.musicxml.places import PlacedNote, placed_notes, standing_at
from chorale.music import VOICES, Voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chorale.io.annotations import Annotations
    from chorale.io.musicxml.layouts import Layout
    from chorale.music import Score
    from chorale.theory import Finding

__all__ = ["annotate"]

_AFTER_STEM = ("notehead", "notehead-text", "staff", "beam", "notations", "lyric", "play", "listen")


def annotate(root: Element, score: Score, layout: Layout, annotations: Annotations) -> None:
    """Write annotations into a tree whose durations count steps; it is changed in place."""
    places = placed_notes(root, score, layout)
    _colour(places, annotations.findings)
    for number, finding in enumerate(annotations.findings, 1):
        _write_label(places, number, finding)
    write_numerals(places, annotations)
    if annotations.figures:
        write_figures(places[Voice.BASS], annotations.harmonies)


def _colour(places: dict[Voice, list[PlacedNote]], findings: Iterable[Finding]) -> None:
    """Colour the heads of every finding, those of the gravest last."""
    for finding in sorted(findings, key=lambda each: each.severity):
        for voice, start in finding.notes:
            for head in _heads_of_note(places[voice], start):
                _set_colour(head, COLOURS[finding.severity])


def _heads_of_note(notes: Sequence[PlacedNote], start: int) -> list[Element]:
    """Return the head that stands at a step and all that are tied on to it."""
    heads: list[Element] = []
    for note in notes:
        if note.start <= start < note.end or (heads and note.start > start):
            if not note.sounds or (heads and not _continues(note.element)):
                break
            heads.append(note.element)
    return heads


def _continues(element: Element) -> bool:
    return any(tie.get("type") == "stop" for tie in element.findall("tie"))


def _set_colour(note: Element, colour: str) -> None:
    """Colour the head alone: where a note is coloured, verovio colours its syllables too."""
    head = note.find("notehead")
    if head is None:
        head = Element("notehead")
        head.text = "normal"
        place = next((index for index, child in enumerate(note) if child.tag in _AFTER_STEM), len(note))
        note.insert(place, head)
    head.set("color", colour)


def _write_label(places: dict[Voice, list[PlacedNote]], number: int, finding: Finding) -> None:
    """Put a finding's number and name above the staff of the highest voice concerned."""
    for voice in (*finding.voices, *VOICES):
        note = standing_at(places[voice], finding.start)
        if note is not None:
            index = list(note.measure).index(note.element)
            note.measure.insert(index, _direction(label(number, finding), finding, note))
            return


def _direction(words: str, finding: Finding, note: PlacedNote) -> Element:
    direction = Element("direction", placement="above")
    style = {"color": COLOURS[finding.severity], "font-weight": "bold", "font-size": "9"}
    SubElement(SubElement(direction, "direction-type"), "words", style).text = words
    if finding.start > note.start:
        SubElement(direction, "offset").text = str(finding.start - note.start)
    SubElement(direction, "voice").text = note.element.findtext("voice")
    SubElement(direction, "staff").text = str(note.staff)
    return direction
