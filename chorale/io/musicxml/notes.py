"""One head or rest as MusicXML."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

if TYPE_CHECKING:
    from chorale.io.musicxml.engraving import Head
    from chorale.io.musicxml.layouts import StaffVoice
    from chorale.music import Pitch

__all__ = ["note_element", "unfinished_words"]

_TYPES = {1: "whole", 2: "half", 4: "quarter", 8: "eighth", 16: "16th"}
_ACCIDENTALS = {-2: "flat-flat", -1: "flat", 0: "natural", 1: "sharp", 2: "double-sharp"}
_BEAMS = {
    "start": "begin",
    "continue": "continue",
    "stop": "end",
    "left": "backward hook",
    "right": "forward hook",
}


def unfinished_words() -> dict[str, bool]:
    """Return what ``note_element`` remembers of the words in a part: whether one goes on."""
    return {"inside": False}


def note_element(head: Head, voice: StaffVoice, words: dict[str, bool]) -> Element:
    """Return the note of a head, its children in the order that the schema wants."""
    note = Element("note", {"print-object": "no", "print-spacing": "yes"} if head.hidden else {})
    if head.pitch is None:
        SubElement(note, "rest", {"measure": "yes"} if head.written.is_bar_rest else {})
    else:
        _add_pitch(note, head, head.pitch)
    SubElement(note, "duration").text = str(head.written.length)
    for kind in _ties(head):
        SubElement(note, "tie", type=kind)
    SubElement(note, "voice").text = voice.number
    _add_look(note, head, voice)
    _add_notations(note, head)
    if head.lyric:
        _add_lyric(note, head.lyric, words)
    return note


def _add_pitch(note: Element, head: Head, pitch: Pitch) -> None:
    element = SubElement(note, "pitch")
    SubElement(element, "step").text = pitch.letter
    if pitch.alter or head.accidental:
        SubElement(element, "alter").text = str(pitch.alter)
    SubElement(element, "octave").text = str(pitch.octave)


def _ties(head: Head) -> list[str]:
    return ["stop"] * head.tied_from + ["start"] * head.tied_to


def _add_look(note: Element, head: Head, voice: StaffVoice) -> None:
    """Add value, sign, stem and beams; a rest that fills its bar has no value, so that it is drawn in the middle."""
    if not head.written.is_bar_rest:
        SubElement(note, "type").text = _TYPES[head.written.base]
        for _ in range(head.written.dots):
            SubElement(note, "dot")
    if head.pitch is not None and head.accidental:
        SubElement(note, "accidental").text = _ACCIDENTALS[head.pitch.alter]
    if head.pitch is not None and voice.stem and head.written.base > 1:
        SubElement(note, "stem").text = voice.stem
    for level, beam in enumerate(head.beams, 1):
        SubElement(note, "beam", number=str(level)).text = _BEAMS[beam]


def _add_notations(note: Element, head: Head) -> None:
    ties = _ties(head)
    if not ties and not head.fermata:
        return
    notations = SubElement(note, "notations")
    if head.fermata:
        SubElement(notations, "fermata", type=head.fermata)
    for kind in ties:
        SubElement(notations, "tied", type=kind)


def _add_lyric(note: Element, text: str, words: dict[str, bool]) -> None:
    """Add a syllable, and say which part of its word it is; a trailing hyphen says that the word goes on."""
    goes_on = text.endswith("-") and len(text) > 1
    lyric = SubElement(note, "lyric", name="1", number="1")
    inside = words["inside"]
    SubElement(lyric, "syllabic").text = (
        ("middle" if inside else "begin") if goes_on else ("end" if inside else "single")
    )
    SubElement(lyric, "text").text = text[:-1] if goes_on else text
    words["inside"] = goes_on
