"""From the engraved bars to a music21 score, with every notation decision already made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chorale.io.musicxml.engraving import Head, StaffBar, bars_of

if TYPE_CHECKING:
    from chorale.io.musicxml.layouts import Layout, Staff, StaffVoice
    from chorale.music import Pitch, Score

from chorale.io.musicxml.layouts import STAVES
from chorale.music import STEPS_PER_QUARTER

__all__ = ["to_music21"]

M21 = Any  # music21 ships no types
_TYPES = {1: "whole", 2: "half", 4: "quarter", 8: "eighth", 16: "16th"}
_CHOIR = 52  # General MIDI "Choir Aahs", counted from 0
_CLEFS = {"treble": "TrebleClef", "treble8vb": "Treble8vbClef", "bass": "BassClef"}


def to_music21(score: Score, layout: Layout) -> M21:
    """Return a music21 Score that needs no further notation made for it."""
    from music21 import layout as m21_layout  # noqa: PLC0415  takes seconds to import
    from music21 import stream  # noqa: PLC0415

    result = stream.Score()
    parts = [_part(score, staff, index) for index, staff in enumerate(STAVES[layout])]
    for part in parts:
        result.insert(0, part)
    symbol, through = ("brace", True) if layout == "closed" else ("bracket", False)
    result.insert(0, m21_layout.StaffGroup(parts, symbol=symbol, barTogether=through))
    return result


def _part(score: Score, staff: Staff, index: int) -> M21:
    from music21 import stream  # noqa: PLC0415

    part = stream.Part(id=f"P{index + 1}")
    part.insert(0, _instrument(staff, index))
    bars = bars_of(score, staff)
    for number, bar in enumerate(bars):
        measure = _measure(score, bar)
        if number == 0:
            _open(measure, score, staff, with_tempo=index == 0)
        if number == len(bars) - 1:
            measure.rightBarline = "final"
        part.append(measure)
    return part


def _instrument(staff: Staff, index: int) -> M21:
    from music21 import instrument  # noqa: PLC0415

    result = instrument.Instrument(instrumentName="Choir")
    result.partId = result.instrumentId = f"P{index + 1}"
    result.partName, result.partAbbreviation = staff.name, staff.abbreviation
    result.midiProgram, result.midiChannel = _CHOIR, index
    return result


def _open(measure: M21, score: Score, staff: Staff, *, with_tempo: bool) -> None:
    """Put clef, key, meter and, on the top staff alone, the tempo at the head of a part."""
    from music21 import clef, key, meter  # noqa: PLC0415

    measure.insert(0, getattr(clef, _CLEFS[staff.clef])())
    measure.insert(0, key.Key(score.key.tonic_name.replace("b", "-"), score.key.mode))
    measure.insert(0, meter.TimeSignature(str(score.meter)))
    if with_tempo:
        measure.insert(0, _tempo(score))


def _tempo(score: Score) -> M21:
    """Return a mark that counts the meter's beats."""
    from music21 import duration, tempo  # noqa: PLC0415

    beat = duration.Duration(score.meter.steps_per_beat / STEPS_PER_QUARTER)
    rate = round(score.qpm * STEPS_PER_QUARTER / score.meter.steps_per_beat, 3)
    mark = tempo.MetronomeMark(number=int(rate) if rate == int(rate) else rate, referent=beat)
    mark.placement = "above"
    return mark


def _measure(score: Score, staff_bar: StaffBar) -> M21:
    from music21 import stream  # noqa: PLC0415

    bar = staff_bar.bar
    measure = stream.Measure(number=bar.number)
    measure.paddingLeft = 0.0
    if bar.number == 0:
        measure.paddingLeft = (score.meter.steps_per_bar - bar.length) / STEPS_PER_QUARTER
        measure.showNumber = stream.enums.ShowNumber.NEVER
    for voice, heads in staff_bar.voices:
        holder = stream.Voice(id=voice.number)
        for head in heads:
            holder.insert((head.written.start - bar.start) / STEPS_PER_QUARTER, _element(head, voice))
        measure.insert(0, holder)
    return measure


def _element(head: Head, voice: StaffVoice) -> M21:
    element = _rest(head) if head.pitch is None else _note(head, head.pitch, voice)
    if head.fermata:
        element.expressions.append(_fermata(head.fermata))
    return element


def _rest(head: Head) -> M21:
    from music21 import note  # noqa: PLC0415

    rest = note.Rest()
    rest.duration = _duration(head)
    rest.fullMeasure = head.written.is_bar_rest
    rest.style.hideObjectOnPrint = head.hidden
    return rest


def _duration(head: Head) -> M21:
    """Return the head's value; a bar rest looks whole, whatever it lasts."""
    from music21 import duration  # noqa: PLC0415

    if not head.written.is_bar_rest:
        return duration.Duration(type=_TYPES[head.written.base], dots=head.written.dots)
    value = duration.Duration(type="whole")
    value.linked = False
    value.quarterLength = head.written.length / STEPS_PER_QUARTER
    return value


def _note(head: Head, pitch: Pitch, voice: StaffVoice) -> M21:
    from music21 import note, tie  # noqa: PLC0415

    result = note.Note()
    result.pitch = _pitch(head, pitch)
    result.duration = _duration(head)
    if voice.stem and head.written.base > 1:
        result.stemDirection = voice.stem
    if head.tied_from or head.tied_to:
        kind = "continue" if head.tied_from and head.tied_to else "stop" if head.tied_from else "start"
        result.tie = tie.Tie(kind)
    for beam in head.beams:
        result.beams.append("partial", beam) if beam in {"left", "right"} else result.beams.append(beam)
    if head.lyric:
        result.lyrics = [_lyric(head)]
    return result


def _pitch(head: Head, pitch: Pitch) -> M21:
    from music21 import pitch as m21_pitch  # noqa: PLC0415

    result = m21_pitch.Pitch(step=pitch.letter, octave=pitch.octave)
    if pitch.alter or head.accidental:
        result.accidental = m21_pitch.Accidental(pitch.alter)
        result.accidental.displayStatus = head.accidental
    return result


def _lyric(head: Head) -> M21:
    """Return the syllable; ``finish`` corrects which part of its word it is."""
    from music21 import note  # noqa: PLC0415

    return note.Lyric(text=head.lyric, number=1, applyRaw=True, syllabic="single")


def _fermata(kind: str) -> M21:
    from music21 import expressions  # noqa: PLC0415

    fermata = expressions.Fermata()
    fermata.type = kind
    return fermata
