"""What a page shows, decided before any file format: heads, ties, beams, accidentals, fermatas, words, staff by staff.

Rhythm comes from ``chorale.music.written``, so that the page of an exported file is that of the window.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from chorale.io.musicxml.beams import beamed
from chorale.io.musicxml.layouts import Staff, StaffVoice
from chorale.music import REST, Bar, Pitch, Score, Voice, Written, written

__all__ = ["Head", "StaffBar", "bars_of"]


@dataclass(frozen=True)
class Head:
    """One head or rest as printed.

    Args:
        written: its place and value.
        pitch: None for a rest.
        tied_from, tied_to: whether a tie arrives at it, or leaves it.
        accidental: whether its accidental is printed.
        beams: a type for each beam from the first: "start", "continue", "stop", "left" or "right" (a hook).
        fermata: "upright", "inverted" or "".
        lyric: its syllable, ending in "-" inside a word.
        hidden: whether it is a rest that the other voice of the staff prints already.
    """

    written: Written
    pitch: Pitch | None = None
    tied_from: bool = False
    tied_to: bool = False
    accidental: bool = False
    beams: tuple[str, ...] = ()
    fermata: str = ""
    lyric: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class StaffBar:
    """One bar of one staff: the heads of each of its voices that is written there."""

    bar: Bar
    voices: tuple[tuple[StaffVoice, tuple[Head, ...]], ...]


def bars_of(score: Score, staff: Staff) -> list[StaffBar]:
    """Return a staff's bars in order."""
    present = [voice for voice in staff.voices if score.chorale.onsets[:, voice.voice].any()] or [staff.voices[0]]
    alone = len(present) == 1
    heads = {voice: _marked(score, staff, voice) for voice in present}
    bars = []
    for bar in score.bars:
        inside = [(replace(voice, stem="") if alone else voice, _in_bar(heads[voice], bar)) for voice in present]
        bars.append(StaffBar(bar, tuple(_finished(score, _without_double_rests(inside)))))
    return bars


def _in_bar(heads: Sequence[Head], bar: Bar) -> tuple[Head, ...]:
    first = bisect_left(heads, bar.start, key=_start)
    return tuple(heads[first : bisect_left(heads, bar.end, lo=first, key=_start)])


def _start(head: Head) -> int:
    return head.written.start


def _marked(score: Score, staff: Staff, voice: StaffVoice) -> list[Head]:
    """Return all heads of a voice with its fermatas and words."""
    heads = list(_heads(score, voice.voice))
    for step in sorted(score.fermatas):
        at = _fermata_step(score, step)
        if _bears_fermata(score, staff, voice.voice, at):
            index = _last_head_of(heads, at)
            heads[index] = replace(heads[index], fermata=voice.fermata)
    if voice.voice == Voice.SOPRANO:
        words = dict(score.lyrics)
        heads = [replace(head, lyric=words.get(head.written.start, "")) if head.pitch else head for head in heads]
    return heads


def _heads(score: Score, voice: int) -> Iterator[Head]:
    position = 0
    for note, pitch in score.notes(voice):
        yield from _rests(score, position, note.start)
        pieces = written(note.start, note.length, score.meter, score.pickup)
        for index, piece in enumerate(pieces):
            yield Head(piece, pitch, tied_from=index > 0, tied_to=index < len(pieces) - 1)
        position = note.end
    yield from _rests(score, position, score.steps)


def _rests(score: Score, start: int, end: int) -> Iterator[Head]:
    if end > start:
        yield from (Head(piece) for piece in written(start, end - start, score.meter, score.pickup, rest=True))


def _fermata_step(score: Score, step: int) -> int:
    """Return the last step of the soprano's note at ``step``: lower voices that move under it stop with it."""
    if score.pitch_at(step, Voice.SOPRANO) is None:
        return step
    pitches, onsets = score.chorale.pitches[step + 1 :, Voice.SOPRANO], score.chorale.onsets[step + 1 :, Voice.SOPRANO]
    ends = np.flatnonzero(onsets | (pitches == REST))
    return step + int(ends[0]) if ends.size else score.steps - 1


def _bears_fermata(score: Score, staff: Staff, voice: int, step: int) -> bool:
    """Whether the voice is the one of its staff that prints the fermata at ``step``: the outermost that sounds."""
    outermost = [each.voice for each in staff.voices if each.fermata == "upright"]
    outermost += [each.voice for each in reversed(staff.voices) if each.fermata == "inverted"]
    sounding = [each for each in outermost if score.pitch_at(step, each) is not None]
    return bool(sounding) and sounding[0] == voice


def _last_head_of(heads: Sequence[Head], step: int) -> int:
    index = bisect_right(heads, step, key=_start) - 1
    while heads[index].tied_to:
        index += 1
    return index


def _without_double_rests(
    voices: list[tuple[StaffVoice, tuple[Head, ...]]],
) -> list[tuple[StaffVoice, tuple[Head, ...]]]:
    """Print a rest that two voices share once; a second voice that is silent with the first for a bar is left out."""
    if len(voices) < 2:
        return voices
    (upper, high), (lower, low) = voices
    shared = {head.written for head in high if head.pitch is None}
    if all(head.pitch is None for head in (*high, *low)):
        return [voices[0]]
    kept = tuple(replace(head, hidden=head.pitch is None and head.written in shared) for head in low)
    return [(upper, high), (lower, kept)]


def _finished(
    score: Score, voices: list[tuple[StaffVoice, tuple[Head, ...]]]
) -> Iterator[tuple[StaffVoice, tuple[Head, ...]]]:
    """Yield the voices of a bar with their beams and printed accidentals."""
    printed = _printed_accidentals(score, [head for _, heads in voices for head in heads])
    for voice, heads in voices:
        beams = beamed(
            [head.written for head in heads], [head.pitch is None for head in heads], score.meter, score.pickup
        )
        yield (
            voice,
            tuple(
                replace(head, beams=beam, accidental=id(head) in printed)
                for head, beam in zip(heads, beams, strict=True)
            ),
        )


def _printed_accidentals(score: Score, heads: list[Head]) -> set[int]:
    """Return the ids of the heads whose accidental is printed, in one bar of one staff.

    An accidental holds for its staff place to the bar line, for both voices; a head tied over the bar line needs none.
    """
    in_force: dict[int, int] = {}
    printed = set()
    for head in sorted(heads, key=lambda head: head.written.start):
        if head.pitch is None or head.tied_from:
            continue
        now = in_force.get(head.pitch.place, score.key.signature_alter(head.pitch.letter))
        if head.pitch.alter != now:
            printed.add(id(head))
            in_force[head.pitch.place] = head.pitch.alter
    return printed
