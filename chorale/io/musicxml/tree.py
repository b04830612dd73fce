"""From the engraved bars to a MusicXML tree: parts, bars, notes; durations count steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from xml.etree.ElementTree import Comment, Element, SubElement

from chorale.io.musicxml.engraving import StaffBar, bars_of
from chorale.io.musicxml.layouts import STAVES
from chorale.io.musicxml.notes import note_element, unfinished_words
from chorale.music import STEPS_PER_QUARTER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chorale.io.musicxml.layouts import Layout, Staff
    from chorale.music import Score

__all__ = ["to_tree"]

_CHOIR = 53  # General MIDI "Choir Aahs", counted from 1
_CLEFS = {"treble": ("G", "2", ""), "treble8vb": ("G", "2", "-1"), "bass": ("F", "4", "")}
_COMMENT_WIDTH = 62
_BEAT_UNITS = {1: "16th", 2: "eighth", 4: "quarter", 8: "half", 16: "whole"}  # by steps


def to_tree(score: Score, layout: Layout) -> Element:
    """Return a partwise tree with a part for every staff."""
    root = Element("score-partwise", version="4.0")
    staves = STAVES[layout]
    root.append(_part_list(staves))
    for number, staff in enumerate(staves, 1):
        root.append(_comment(f"Part {number}"))
        root.append(_part(score, staff, number))
    return root


def _part_list(staves: Sequence[Staff]) -> Element:
    """Return the parts' names and sounds, in one bracket."""
    listed = Element("part-list")
    group = SubElement(listed, "part-group", type="start", number="1")
    SubElement(group, "group-symbol").text = "bracket"
    SubElement(group, "group-barline").text = "no"
    for number, staff in enumerate(staves, 1):
        part = SubElement(listed, "score-part", id=f"P{number}")
        SubElement(part, "part-name").text = staff.name
        SubElement(part, "part-abbreviation").text = staff.abbreviation
        SubElement(SubElement(part, "score-instrument", id=f"P{number}-I1"), "instrument-name").text = "Choir"
        sound = SubElement(part, "midi-instrument", id=f"P{number}-I1")
        SubElement(sound, "midi-channel").text = str(number)
        SubElement(sound, "midi-program").text = str(_CHOIR)
    SubElement(listed, "part-group", type="stop", number="1")
    return listed


def _comment(text: str) -> Element:
    """Return a line that people find their way by."""
    return cast("Element", Comment(f" {text} ".center(_COMMENT_WIDTH, "=")))


def _part(score: Score, staff: Staff, number: int) -> Element:
    part = Element("part", id=f"P{number}")
    bars = bars_of(score, staff)
    words = unfinished_words()
    for index, bar in enumerate(bars):
        part.append(_comment(f"Measure {bar.bar.number}"))
        measure = SubElement(part, "measure", number=str(bar.bar.number), implicit="no" if bar.bar.number else "yes")
        if index == 0:
            measure.append(_attributes(score, staff))
            if number == 1:
                measure.append(_tempo(score))
        _fill(measure, bar, words)
        if index == len(bars) - 1:
            barline = SubElement(measure, "barline", location="right")
            SubElement(barline, "bar-style").text = "light-heavy"
    return part


def _attributes(score: Score, staff: Staff) -> Element:
    attributes = Element("attributes")
    SubElement(attributes, "divisions").text = str(STEPS_PER_QUARTER)
    key = SubElement(attributes, "key")
    SubElement(key, "fifths").text = str(score.key.signature)
    SubElement(key, "mode").text = score.key.mode
    time = SubElement(attributes, "time")
    SubElement(time, "beats").text = str(score.meter.beats)
    SubElement(time, "beat-type").text = str(score.meter.unit)
    sign, line, octave = _CLEFS[staff.clef]
    clef = SubElement(attributes, "clef")
    SubElement(clef, "sign").text = sign
    SubElement(clef, "line").text = line
    if octave:
        SubElement(clef, "clef-octave-change").text = octave
    return attributes


def _tempo(score: Score) -> Element:
    """Return a mark that counts the meter's beats, with the tempo in quarters, exactly, beside it."""
    beat = score.meter.steps_per_beat
    rate = round(score.qpm * STEPS_PER_QUARTER / beat, 3)
    direction = Element("direction", placement="above")
    mark = SubElement(SubElement(direction, "direction-type"), "metronome", parentheses="no")
    SubElement(mark, "beat-unit").text = _BEAT_UNITS[beat if beat in _BEAT_UNITS else beat * 2 // 3]
    if beat not in _BEAT_UNITS:
        SubElement(mark, "beat-unit-dot")
    SubElement(mark, "per-minute").text = str(int(rate) if rate == int(rate) else rate)
    SubElement(direction, "sound", tempo=f"{score.qpm:g}")
    return direction


def _fill(measure: Element, bar: StaffBar, words: dict[str, bool]) -> None:
    """Append the heads of every voice, each voice from the bar's beginning."""
    for index, (voice, heads) in enumerate(bar.voices):
        if index:
            backup = SubElement(measure, "backup")
            SubElement(backup, "duration").text = str(bar.bar.length)
        measure.extend(note_element(head, voice, words) for head in heads)
