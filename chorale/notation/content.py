"""From a score to what each bar of each staff shows: heads, rests, and which voices are there.

Everything inside a bar counts its steps from the bar's start, so that equal bars are equal values and what was worked
out for one serves all (and every later version of the score that still has it).

A voice is *present* from the first bar in which it has a note to the last; elsewhere it leaves the staff to its
neighbour. Two voices present share the staff with stems up and down; one alone is written like a single melody. A staff
that is silent throughout stays blank; a staff that is silent for a bar shows one rest.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from chorale.music import REST, VOICES, Bar, Meter, Score, Voice, Written, written
from chorale.notation.staves import CLOSED, Clef, Staves, staff_of

__all__ = ["BarContent", "Head", "Rest", "StaffBar", "bar_contents"]


@dataclass(frozen=True, slots=True)
class Head:
    """One note head: a note or a tied part of one.

    Args:
        voice: 0..3.
        note: first step of the note it belongs to; negative where the note began in an earlier bar.
        start, length: steps.
        base, dots: written value (see ``chorale.music.written``).
        y: staff spaces below the staff's top line.
        alter: semitones above the letter.
        tied_in, tied_out: whether a tie arrives from the left or leaves to the right.
    """

    voice: int
    note: int
    start: int
    length: int
    base: int
    dots: int
    y: float
    alter: int
    tied_in: bool
    tied_out: bool

    @property
    def end(self) -> int:
        """The first step after the head."""
        return self.start + self.length


@dataclass(frozen=True, slots=True)
class Rest:
    """One rest; ``base`` 0 fills its bar. ``shared`` stands for both voices."""

    voice: int
    start: int
    length: int
    base: int
    dots: int
    shared: bool


@dataclass(frozen=True, slots=True)
class StaffBar:
    """One bar of one staff: heads and rests by start, whether two voices share the staff, and its clef."""

    heads: tuple[Head, ...]
    rests: tuple[Rest, ...]
    two_voices: bool
    clef: Clef


@dataclass(frozen=True, slots=True)
class BarContent:
    """One bar: its length in steps, where in a whole bar it begins (pickups begin late), staves and lyrics."""

    length: int
    offset: int
    staves: tuple[StaffBar, ...]
    lyrics: tuple[tuple[int, str], ...]


@lru_cache(maxsize=2)
def bar_contents(score: Score, staves: Staves = CLOSED) -> tuple[BarContent, ...]:
    """Return what every bar shows, in order (kept for the last scores: a report draws one a few bars at a time)."""
    clefs = [staves[staff_of(voice, staves)].clef for voice in VOICES]
    heads = [_by_bar(score, list(_heads(score, voice, clefs[voice]))) for voice in VOICES]
    spans = [(min(bars), max(bars)) if bars else None for bars in heads]
    lyrics: dict[int, list[tuple[int, str]]] = {}
    for step, syllable in score.lyrics:
        lyrics.setdefault(_bar_index(score, step), []).append((step, syllable))
    return tuple(_content(score, staves, index, bar, heads, spans, lyrics) for index, bar in enumerate(score.bars))


_Span = tuple[int, int] | None


def _content(
    score: Score,
    staves: Staves,
    index: int,
    bar: Bar,
    heads: list[dict[int, list[Head]]],
    spans: list[_Span],
    lyrics: dict[int, list[tuple[int, str]]],
) -> BarContent:
    parts = []
    for staff in staves:
        used = [voice for voice in staff.voices if spans[voice]]
        present = [voice for voice in used if (span := spans[voice]) and span[0] <= index <= span[1]]
        here = [_from_bar_start(head, bar.start) for voice in present for head in heads[voice].get(index, [])]
        rests = _rests(score, bar, present or used[:1])
        ordered = tuple(sorted(here, key=lambda head: (head.start, head.voice)))
        parts.append(StaffBar(ordered, rests, len(present) == 2, staff.clef))
    words = tuple((step - bar.start, syllable) for step, syllable in lyrics.get(index, []))
    offset = score.meter.steps_per_bar - bar.length if bar.number == 0 else 0
    return BarContent(bar.length, offset, tuple(parts), words)


def _from_bar_start(head: Head, start: int) -> Head:
    at, note = head.start - start, head.note - start
    return Head(
        head.voice, note, at, head.length, head.base, head.dots, head.y, head.alter, head.tied_in, head.tied_out
    )


def _bar_index(score: Score, step: int) -> int:
    if step < score.pickup:
        return 0
    return (step - score.pickup) // score.meter.steps_per_bar + (1 if score.pickup else 0)


def _by_bar(score: Score, heads: list[Head]) -> dict[int, list[Head]]:
    bars: dict[int, list[Head]] = {}
    for head in heads:
        bars.setdefault(_bar_index(score, head.start), []).append(head)
    return bars


def _heads(score: Score, voice: int, clef: Clef) -> Iterator[Head]:
    for note, pitch in score.notes(voice):
        pieces = written(note.start, note.length, score.meter, score.pickup)
        y = clef.y_of(pitch.place)
        for index, piece in enumerate(pieces):
            ties = (index > 0, index < len(pieces) - 1)
            yield Head(voice, note.start, piece.start, piece.length, piece.base, piece.dots, y, pitch.alter, *ties)


def _rests(score: Score, bar: Bar, voices: list[Voice]) -> tuple[Rest, ...]:
    """Return the rests of the given voices in a bar; what two voices rest together is written once."""
    pieces = [_silences(score, bar, voice, score.meter) for voice in voices]
    if len(pieces) < 2:
        return tuple(
            _rest(piece, voice, bar, shared=True)
            for voice, found in zip(voices, pieces, strict=True)
            for piece in found
        )
    both = set(pieces[0]) & set(pieces[1])
    rests = [_rest(piece, voices[0], bar, shared=True) for piece in pieces[0] if piece in both]
    for voice, found in zip(voices, pieces, strict=True):
        rests += [_rest(piece, voice, bar, shared=False) for piece in found if piece not in both]
    return tuple(sorted(rests, key=lambda rest: (rest.start, rest.voice)))


def _rest(piece: Written, voice: int, bar: Bar, *, shared: bool) -> Rest:
    return Rest(voice, piece.start - bar.start, piece.length, piece.base, piece.dots, shared)


def _silences(score: Score, bar: Bar, voice: int, meter: Meter) -> list[Written]:
    silent = (score.chorale.pitches[bar.start : bar.end, voice] == REST).tolist()
    edges = [0, *(i for i in range(1, bar.length) if silent[i] != silent[i - 1]), bar.length]
    runs = ((start, end) for start, end in pairwise(edges) if silent[start])
    return [p for start, end in runs for p in written(bar.start + start, end - start, meter, score.pickup, rest=True)]
