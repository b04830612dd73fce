"""From music21's score to a raw piece: notes with their ties merged, key, meter, pickup, tempo, names."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from chorale.errors import InputError
from chorale.io.bar_lines import take_bars
from chorale.io.musicxml.facts import XmlFacts, composer_of, take_repeats, take_tempo
from chorale.io.musicxml.heads import Dropped, Head, merged
from chorale.io.raw import RawNote, RawPart, RawPiece, listed
from chorale.music import STEPS_PER_QUARTER, Key, Meter
from chorale.music.pitch import fifth_of_name

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["raw_piece"]

Stream = Any  # a music21 stream or element; music21 ships no types
_INSIDE_WORD = {"begin", "middle"}


def raw_piece(score: Stream, facts: XmlFacts) -> RawPiece:
    """Return what a music21 score holds.

    Args:
        score: a music21 Score; transposing instruments in it are written, not sounding.
        facts: what the XML says and music21 does not.

    Raises:
        InputError: the score has no parts, or a meter that sixteenths cannot express.
    """
    parts = [_sounding(part) for part in score.parts]
    if not parts:
        raise InputError("no parts: wanted a score with notes")
    dropped = Dropped()
    firsts = facts.first_voices if len(facts.first_voices) == len(parts) else ["1"] * len(parts)
    raw_parts = [
        RawPart(_part_name(part), merged(_heads(part, first, dropped)))
        for part, first in zip(parts, firsts, strict=True)
    ]
    piece = RawPiece(raw_parts, title=facts.title, composer=composer_of(_composer(score)))
    measures = list(parts[0].getElementsByClass("Measure"))
    piece.warnings += dropped.warnings()
    _take_meter(piece, parts[0])
    _take_key(piece, parts[0])
    take_tempo(piece, facts.tempi or _marked_tempi(score))
    if measures:
        take_bars(piece, [_steps(measure.offset) for measure in measures], _end(measures))
    take_repeats(piece, any(True for _ in score.recurse().getElementsByClass("RepeatMark")))
    return piece


def _part_name(part: Stream) -> str:
    return str(part.partName or "").replace("\r", "\n").strip()


def _composer(score: Stream) -> str:
    return str((score.metadata.composer if score.metadata else "") or "")


def _sounding(part: Stream) -> Stream:
    """Return the part at sounding pitch."""
    if any(instrument.transposition is not None for instrument in part.recurse().getElementsByClass("Instrument")):
        return part.toSoundingPitch()
    return part


def _steps(quarters: float | Fraction) -> Fraction:
    """Return exact steps of music21's quarter lengths, which are floats where a binary fraction is exact."""
    return Fraction(quarters).limit_denominator(65536) * STEPS_PER_QUARTER


def _heads(part: Stream, first_voice: str, dropped: Dropped) -> list[Head]:
    """Return the heads of a part, in order, each with whether it is tied to the one before it."""
    heads: list[Head] = []
    for measure in part.getElementsByClass("Measure"):
        voices = list(measure.voices)
        for stream in [measure, *voices]:
            name = first_voice if stream is measure else str(stream.id)
            start = measure.offset + (0 if stream is measure else stream.offset)
            for element in stream.notes:
                heads += _heads_of(element, start, name, dropped)
    heads.sort(key=lambda head: head[0].start)
    return heads


def _heads_of(element: Stream, start: Any, stream: str, dropped: Dropped) -> Iterator[Head]:  # noqa: ANN401
    """Yield the heads of a note or a chord."""
    if "Harmony" in element.classes:
        return
    heads = list(element.notes) if element.isChord else [element]
    if element.duration.isGrace:
        dropped.grace += len(heads)
        return
    fermata = any("Fermata" in expression.classes for expression in element.expressions)
    begin = _steps(start + element.offset)
    end = begin + _steps(element.duration.quarterLength)
    for head in heads:
        if not hasattr(head, "pitch"):
            dropped.unpitched += 1
        elif not 0 <= head.pitch.ps <= 127:
            dropped.out_of_range += 1
        elif end > begin:
            tie = (head.tie or element.tie).type if head.tie or element.tie else ""
            pitch = head.pitch
            note = RawNote(begin, end, round(pitch.ps), _fifth(pitch), stream, fermata, _syllable(element))
            yield note, tie in {"stop", "continue"}


def _fifth(pitch: Stream) -> int | None:
    """Return the spelling, or None for a quarter tone."""
    name = pitch.name.replace("-", "b")
    return None if set(name[1:]) - {"#", "b"} else fifth_of_name(name)


def _syllable(element: Stream) -> str:
    """Return the first verse's syllable, with a hyphen where its word goes on."""
    for lyric in element.lyrics:
        if lyric.text and lyric.number == min(other.number for other in element.lyrics):
            text = " ".join(str(lyric.text).split())
            return text + "-" if lyric.syllabic in _INSIDE_WORD else text
    return ""


def _take_meter(piece: RawPiece, part: Stream) -> None:
    signatures = list(part.recurse().getElementsByClass("TimeSignature"))
    if not signatures:
        piece.warnings.append("no time signature: read as 4/4")
        return
    first = signatures[0]
    try:
        piece.meter = Meter(first.numerator, first.denominator)
    except InputError:
        piece.warnings.append(f"meter {first.ratioString} cannot be written in sixteenths: read as 4/4")
        return
    others = [other for other in signatures[1:] if other.ratioString != first.ratioString]
    if others:
        piece.warnings.append(f"the meter changes ({_places(others)}): kept {first.ratioString} throughout")


def _places(elements: list[Stream]) -> str:
    """Return such as "bars 9, 17 and 3 more"."""
    numbers = list(dict.fromkeys(str(element.measureNumber) for element in elements))
    shown = [*numbers[:3], *([f"{len(numbers) - 3} more"] if len(numbers) > 3 else [])]
    return ("bar " if len(numbers) == 1 else "bars ") + listed(shown)


def _take_key(piece: RawPiece, part: Stream) -> None:
    signatures = list(part.recurse().getElementsByClass("KeySignature"))
    if not signatures:
        return
    first = signatures[0]
    piece.signature = max(-7, min(7, first.sharps or 0))
    mode = getattr(first, "mode", None)
    if mode in {"major", "minor"} and piece.signature == first.sharps:
        piece.key = Key.from_signature(piece.signature, mode)
    others = [other for other in signatures[1:] if other.sharps != first.sharps]
    if others:
        piece.warnings.append(f"the key signature changes ({_places(others)}): kept the first throughout")


def _marked_tempi(score: Stream) -> list[float]:
    """Return the tempi of the metronome marks, quarter notes a minute, in order."""
    marks = sorted(
        score.recurse().getElementsByClass("MetronomeMark"), key=lambda mark: mark.getOffsetInHierarchy(score)
    )
    tempi = [mark.getQuarterBPM(useNumberSounding=True) for mark in marks]
    return [round(float(tempo), 3) for tempo in tempi if tempo]


def _end(measures: list[Stream]) -> Fraction:
    return _steps(measures[-1].offset + measures[-1].highestTime)
