"""From a score to what each bar of each staff shows: heads, rests, and which voices are there.

Everything inside a bar counts its steps from the bar's start, so that equal bars are equal values and what was worked
out for one serves all (and every later version of the score that still has it). What decides how a bar looks is taken
from the score as bytes (``_Cells``), which costs microseconds; only a bar that was never seen is worked out.

A voice is *present* from the first bar in which it has a note to the last; elsewhere it leaves the staff to its
neighbour. Two voices present share the staff with stems up and down; one alone is written like a single melody. A staff
that is silent throughout stays blank; a staff that is silent for a bar shows one rest.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from chorale.music import REST, VOICES, Meter, Pitch, Score, Voice, Written, written
from chorale.notation.staves import CLOSED, Clef, Staff, Staves

if TYPE_CHECKING:
    from numpy.typing import NDArray

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
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((self.length, self.offset, self.staves, self.lyrics)))

    def __hash__(self) -> int:
        return self._hash  # asked for at every layout, of every bar


class _Cells(NamedTuple):
    """All of a score that decides what one bar shows.

    Args:
        length, offset: as in ``BarContent``.
        rows: the bar's rows of the score's pitches, onsets and spelling.
        carried: for each voice the note that goes on from the bar before: its start from here, and its spelling; or
            None.
        goes_on: for each voice whether its last note goes on in the next bar.
        present: for each staff the voices that are written on it.
        silent: for each staff the voice whose rests stand for it where none is present.
        lyrics: (step in the bar, syllable).
    """

    length: int
    offset: int
    rows: tuple[bytes, ...]
    carried: tuple[tuple[int, int] | None, ...]
    goes_on: tuple[bool, ...]
    present: tuple[tuple[Voice, ...], ...]
    silent: tuple[tuple[Voice, ...], ...]
    lyrics: tuple[tuple[int, str], ...]


@lru_cache(maxsize=2)
def bar_contents(score: Score, staves: Staves = CLOSED) -> tuple[BarContent, ...]:
    """Return what every bar shows, in order (kept for the last scores: a report draws one a few bars at a time)."""
    return tuple(_content(cells, score.meter, staves) for cells in _cells(score, staves))


def _cells(score: Score, staves: Staves) -> Iterator[_Cells]:
    """Yield what decides how each bar looks."""
    grids = (score.chorale.pitches, score.chorale.onsets, score.spelling)
    arrays = [(grid.tobytes(), len(VOICES) * grid.itemsize) for grid in grids]
    carried = _carried(score)
    goes_on = [*(tuple(each is not None for each in notes) for notes in carried[1:]), (False,) * len(VOICES)]
    spans = [_span(score, voice) for voice in VOICES]
    used = [tuple(voice for voice in staff.voices if spans[voice]) for staff in staves]
    silent, present = tuple(voices[:1] for voices in used), _present(tuple(used), tuple(spans), len(score.bars))
    lyrics: dict[int, list[tuple[int, str]]] = {}
    for step, syllable in score.lyrics:
        lyrics.setdefault(_bar_index(score, step), []).append((step, syllable))
    for index, bar in enumerate(score.bars):
        yield _Cells(
            bar.length,
            score.meter.steps_per_bar - bar.length if bar.number == 0 else 0,
            tuple(data[bar.start * size : bar.end * size] for data, size in arrays),
            carried[index],
            goes_on[index],
            present[index],
            silent,
            tuple((step - bar.start, syllable) for step, syllable in lyrics.get(index, ())),
        )


_Span = tuple[int, int] | None
_Carried = tuple[int, int] | None


def _span(score: Score, voice: int) -> _Span:
    """Return the first and the last bar in which a voice sounds, or None."""
    sounding = np.flatnonzero(score.chorale.pitches[:, voice] != REST)
    return (_bar_index(score, int(sounding[0])), _bar_index(score, int(sounding[-1]))) if len(sounding) else None


_Voices = tuple[tuple[Voice, ...], ...]


@lru_cache(maxsize=8)
def _present(used: _Voices, spans: tuple[_Span, ...], bars: int) -> list[_Voices]:
    """Return for each bar the voices that are written on each staff."""

    def within(index: int, span: _Span) -> bool:
        return span is not None and span[0] <= index <= span[1]

    return [
        tuple(tuple(voice for voice in voices if within(index, spans[voice])) for voices in used)
        for index in range(bars)
    ]


def _bar_index(score: Score, step: int) -> int:
    if step < score.pickup:
        return 0
    return (step - score.pickup) // score.meter.steps_per_bar + (1 if score.pickup else 0)


def _carried(score: Score) -> list[tuple[_Carried, ...]]:
    """Return for each bar and voice the start (from the bar's) and the spelling of the note held over into it."""
    onsets = score.chorale.onsets
    bars = [bar.start for bar in score.bars]
    begins = np.maximum.accumulate(np.where(onsets, np.arange(score.steps)[:, None], 0), axis=0)[bars]
    held = (score.chorale.pitches != REST)[bars] & ~onsets[bars]
    fifths = np.take_along_axis(score.spelling, begins, axis=0)
    return [
        tuple((start - bar, fifth) if over else None for start, fifth, over in zip(*rows, strict=True))
        for bar, *rows in zip(bars, begins.tolist(), fifths.tolist(), held.tolist(), strict=True)
    ]


class _Line(NamedTuple):
    """One voice of one bar: whether each step sounds, and its notes or parts of notes."""

    sounds: list[bool]
    parts: tuple["_Part", ...]


class _Part(NamedTuple):
    """A note, or what of it lies in the bar; ``note`` is the first step of the whole note."""

    start: int
    end: int
    note: int
    pitch: Pitch
    arrives: bool
    leaves: bool


@lru_cache(maxsize=4096)
def _content(cells: _Cells, meter: Meter, staves: Staves) -> BarContent:
    """Return what a bar shows; equal bars are worked out once."""
    kinds = zip(cells.rows, (np.int16, np.bool_, np.int16), strict=True)
    rows: list[NDArray[Any]] = [np.frombuffer(data, kind).reshape(cells.length, len(VOICES)) for data, kind in kinds]
    lines = [_line(cells, voice, *(grid[:, voice].tolist() for grid in rows)) for voice in VOICES]
    parts = [
        _staff_bar(cells, meter, staff, lines, present or silent, shared=len(present) == 2)
        for staff, present, silent in zip(staves, cells.present, cells.silent, strict=True)
    ]
    return BarContent(cells.length, cells.offset, tuple(parts), cells.lyrics)


def _line(cells: _Cells, voice: int, pitches: list[int], onsets: list[bool], spelling: list[int]) -> _Line:
    """Return one voice of a bar."""
    sounds = [pitch != REST for pitch in pitches]
    starts = [step for step in range(cells.length) if onsets[step] or (step == 0 and sounds[0])]
    found = []
    for start in starts:
        end = next((s for s in range(start + 1, cells.length) if onsets[s] or not sounds[s]), cells.length)
        carried = cells.carried[voice] if start == 0 else None
        note, fifth = carried or (start, spelling[start])
        leaves = end == cells.length and cells.goes_on[voice]
        found.append(_Part(start, end, note, Pitch(fifth, pitches[start]), carried is not None, leaves))
    return _Line(sounds, tuple(found))


def _staff_bar(
    cells: _Cells, meter: Meter, staff: Staff, lines: list[_Line], voices: tuple[Voice, ...], *, shared: bool
) -> StaffBar:
    """Return one staff of a bar, with the voices that are written on it."""
    heads = [head for voice in voices for head in _heads(cells, meter, staff.clef, voice, lines[voice])]
    rests = [_silences(cells, meter, lines[voice].sounds) for voice in voices]
    ordered = tuple(sorted(heads, key=lambda head: (head.start, head.voice)))
    return StaffBar(ordered, _rests(voices, rests), shared, staff.clef)


def _heads(cells: _Cells, meter: Meter, clef: Clef, voice: int, line: _Line) -> Iterator[Head]:
    for part in line.parts:
        pieces = written(cells.offset + part.start, part.end - part.start, meter)
        y, alter = clef.y_of(part.pitch.place), part.pitch.alter
        for index, piece in enumerate(pieces):
            ties = (part.arrives or index > 0, part.leaves or index < len(pieces) - 1)
            yield Head(
                voice, part.note, piece.start - cells.offset, piece.length, piece.base, piece.dots, y, alter, *ties
            )


def _rests(voices: tuple[Voice, ...], pieces: list[list[Written]]) -> tuple[Rest, ...]:
    """Return the rests of the given voices in a bar; what two voices rest together is written once."""
    if len(pieces) < 2:
        return tuple(
            _rest(piece, voice, shared=True) for voice, found in zip(voices, pieces, strict=True) for piece in found
        )
    both = set(pieces[0]) & set(pieces[1])
    rests = [_rest(piece, voices[0], shared=True) for piece in pieces[0] if piece in both]
    for voice, found in zip(voices, pieces, strict=True):
        rests += [_rest(piece, voice, shared=False) for piece in found if piece not in both]
    return tuple(sorted(rests, key=lambda rest: (rest.start, rest.voice)))


def _rest(piece: Written, voice: int, *, shared: bool) -> Rest:
    return Rest(voice, piece.start, piece.length, piece.base, piece.dots, shared)


def _silences(cells: _Cells, meter: Meter, sounds: list[bool]) -> list[Written]:
    """Return the rests of one voice, their steps counted from the bar's start."""
    found = []
    for start in (step for step in range(cells.length) if not sounds[step] and (step == 0 or sounds[step - 1])):
        end = next((step for step in range(start, cells.length) if sounds[step]), cells.length)
        pieces = written(cells.offset + start, end - start, meter, rest=True)
        found += [replace(piece, start=piece.start - cells.offset) for piece in pieces]
    return found
