"""Drums in MusicXML: a part of unpitched notes under the voices, written on the grid of sixteenths; and out of it.

Lines and heads are those that drummers read (Norman Weinberg, Guide to Standardized Drumset Notation, 1998): kick in
the first space, snare in the third, cymbals as crosses above. A hit lasts to the next one, or to the end of its beat.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

import numpy as np

from chorale.io.musicxml.beams import beamed
from chorale.music import PIECES, STEPS_PER_QUARTER, Bar, DrumPattern, Piece, Score, Written, written

__all__ = ["add_drums", "without_drums"]

_PLACES = {
    Piece.KICK: ("F4", "normal"),
    Piece.SNARE: ("C5", "normal"),
    Piece.CLOSED_HAT: ("G5", "x"),
    Piece.OPEN_HAT: ("G5", "circle-x"),
    Piece.LOW_TOM: ("A4", "normal"),
    Piece.MID_TOM: ("D5", "normal"),
    Piece.HIGH_TOM: ("E5", "normal"),
    Piece.CRASH: ("A5", "x"),
    Piece.RIDE: ("F5", "x"),
}
_TYPES = {1: "whole", 2: "half", 4: "quarter", 8: "eighth", 16: "16th"}
_BEAMS = {"start": "begin", "continue": "continue", "stop": "end", "left": "backward hook", "right": "forward hook"}
_CHANNEL, _FORTE = 10, 90  # MIDI's for percussion; the velocity that MusicXML calls 100 percent


@dataclass(frozen=True)
class _Event:
    """One head or rest: its value, and which pieces are struck."""

    written: Written
    pieces: tuple[Piece, ...] = ()


def add_drums(root: Element, score: Score) -> None:
    """Add a score's drums to its tree as the last part."""
    drums, listing = score.drums, root.find("part-list")
    if drums is None or listing is None:
        return
    name = f"P{len(root.findall('part')) + 1}"
    used = [piece for piece in PIECES if drums.hits[:, piece].any()]
    _list_part(listing, name, used)
    part = SubElement(root, "part", id=name)
    for index, bar in enumerate(score.bars):
        measure = SubElement(part, "measure", number=str(bar.number), implicit="no" if bar.number else "yes")
        if index == 0:
            _open(measure, score)
        events = list(_events(score, drums, bar))
        rests = [not event.pieces for event in events]
        beams = beamed([event.written for event in events], rests, score.meter, score.pickup)
        for event, beam in zip(events, beams, strict=True):
            _write(measure, name, drums, event, beam)
        if index == len(score.bars) - 1:
            _text(SubElement(measure, "barline", location="right"), "bar-style", "light-heavy")


def _list_part(listing: Element, name: str, pieces: list[Piece]) -> None:
    part = SubElement(listing, "score-part", id=name)
    _text(part, "part-name", "Drums")
    _text(part, "part-abbreviation", "Dr.")
    for piece in pieces:
        _text(SubElement(part, "score-instrument", id=f"{name}-I{piece.key}"), "instrument-name", piece.label)
    for piece in pieces:
        played = SubElement(part, "midi-instrument", id=f"{name}-I{piece.key}")
        _text(played, "midi-channel", _CHANNEL)
        _text(played, "midi-unpitched", piece.key + 1)


def _open(measure: Element, score: Score) -> None:
    attributes = SubElement(measure, "attributes")
    _text(attributes, "divisions", STEPS_PER_QUARTER)
    _text(SubElement(attributes, "key"), "fifths", 0)
    time = SubElement(attributes, "time")
    _text(time, "beats", score.meter.beats)
    _text(time, "beat-type", score.meter.unit)
    _text(SubElement(attributes, "clef"), "sign", "percussion")


def _events(score: Score, drums: DrumPattern, bar: Bar) -> Iterator[_Event]:
    """Yield what is written in a bar, in order."""
    struck = [step for step in range(bar.start, bar.end) if drums.hits[step].any()]
    at = bar.start
    for step, after in pairwise([*struck, bar.end]):
        yield from _rests(score, at, step)
        end = min(after, _end_of_beat(score, bar, step))
        head = written(step, end - step, score.meter, score.pickup)[0]
        yield _Event(head, tuple(Piece(piece) for piece in np.flatnonzero(drums.hits[step]).tolist()))
        at = step + head.length
    yield from _rests(score, at, bar.end)


def _rests(score: Score, start: int, end: int) -> Iterator[_Event]:
    if end > start:
        yield from map(_Event, written(start, end - start, score.meter, score.pickup, rest=True))


def _end_of_beat(score: Score, bar: Bar, step: int) -> int:
    """Return where the beat of a step ends; a long beat counts as quarters."""
    beat = score.meter.steps_per_beat
    size = beat if beat in {2, 4, 6} else min(beat, STEPS_PER_QUARTER)
    into = (step - score.pickup) % size
    return min(bar.end, step - into + size)


def _write(measure: Element, part: str, drums: DrumPattern, event: _Event, beams: tuple[str, ...]) -> None:
    """Write a rest, or the pieces that are struck as a chord; the first note carries the beams."""
    if not event.pieces:
        _note(measure, event.written)
    for index, piece in enumerate(event.pieces):
        loud = int(drums.velocities[event.written.start, piece])
        note = _note(measure, event.written, piece=piece, part=part, chorded=index > 0)
        note.set("dynamics", f"{100 * loud / _FORTE:.1f}")
        for level, beam in enumerate(() if index else beams, 1):
            _text(note, "beam", _BEAMS[beam]).set("number", str(level))


def _note(
    measure: Element, value: Written, *, piece: Piece | None = None, part: str = "", chorded: bool = False
) -> Element:
    note = SubElement(measure, "note")
    if chorded:
        SubElement(note, "chord")
    if piece is None:
        SubElement(note, "rest", {"measure": "yes"} if value.is_bar_rest else {})
    else:
        place = SubElement(note, "unpitched")
        _text(place, "display-step", _PLACES[piece][0][0])
        _text(place, "display-octave", _PLACES[piece][0][1])
    _text(note, "duration", value.length)
    if piece is not None:
        SubElement(note, "instrument", id=f"{part}-I{piece.key}")
    _text(note, "voice", 1)
    if not value.is_bar_rest:
        _text(note, "type", _TYPES[value.base])
        for _ in range(value.dots):
            SubElement(note, "dot")
    if piece is not None:
        _text(note, "stem", "up")
        if _PLACES[piece][1] != "normal":
            _text(note, "notehead", _PLACES[piece][1])
    return note


def _text(parent: Element, tag: str, text: object) -> Element:
    element = SubElement(parent, tag)
    element.text = str(text)
    return element


def without_drums(root: Element) -> int:
    """Take the parts that have unpitched notes alone out of a tree; return how many notes they had."""
    taken = 0
    parts = root.findall("part")
    silent = [part for part in parts if part.find(".//unpitched") is not None and part.find(".//pitch") is None]
    if len(silent) == len(parts):
        return 0
    for part in silent:
        taken += sum(1 for _ in part.iter("unpitched"))
        root.remove(part)
        for listed in root.findall("part-list/score-part"):
            if listed.get("id") == part.get("id"):
                root.find("part-list").remove(listed)  # type: ignore[union-attr]  # it was just searched
    return taken
