"""The harmonizer's task in the network's terms: what is given, what may be written, in which key, on which grid.

A melody that lies outside the soprano the network knows is moved for the time of the work, and moved back.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from chorale.errors import InputError
from chorale.models.coconet.codec import (
    HIGHEST,
    LOWEST,
    OUTSIDE,
    STEPS_PER_BEAT,
    Context,
    codes_of,
    context_planes,
)
from chorale.models.coconet.modes import Mode, mode_of
from chorale.models.coconet.sonorities import scales
from chorale.music import REST, STEPS_PER_QUARTER, VOICES, Score

if TYPE_CHECKING:
    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]

__all__ = ["RANGES", "Task", "hushed"]

RANGES = ((60, 81), (53, 74), (48, 69), (38, 64))  # where Bach's voices are at home; the bass's lowest are rare
MARGIN = 4  # steps OUTSIDE before and after, by which the network sees beginning and end
ENOUGH = 18  # semitones
UNKNOWN = -1
IN_KEY = 0.6  # if fewer of the given notes belong to the key, the key signature is not the tune's
INTERVALS = (
    "unison", "semitone", "whole tone", "minor third", "major third", "fourth", "tritone", "fifth",
    "minor sixth", "major sixth", "minor seventh", "major seventh",
)  # fmt: skip


def hushed(score: Score, writable: BoolArray) -> BoolArray:
    """Return the writable cells (T, 4) that shall rest.

    The written voices rest where all given ones do: for a beat or longer, or at the beginning or end of the piece. A
    shorter rest is a breath of the tune, and is sung through. Steps of which every cell is writable are music to
    be made up, not a rest.
    """
    given = ((score.chorale.pitches != REST) & ~writable).any(axis=1)
    silent = ~given & ~writable.all(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], silent, [False]]).astype(np.int8)))
    rests = np.zeros(score.steps, bool)
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        rests[start:end] = end - start >= score.meter.steps_per_beat or start == 0 or end == score.steps
    return writable & rests[:, None]


@dataclass(frozen=True)
class Task:
    """One score to complete.

    Attributes:
        score: As it was handed over.
        asked: (T, 4) the cells that may be written, as asked.
    """

    score: Score
    asked: BoolArray

    def __post_init__(self) -> None:
        if self.asked.shape != self.score.chorale.pitches.shape:
            wanted = self.score.chorale.pitches.shape
            raise InputError(f"the mask of writable cells has shape {self.asked.shape}: wanted {wanted}, as the score")
        if not self.writable.any():
            raise InputError("nothing to write: every voice is given or locked; wanted one that may be written")
        if not ((self.score.chorale.pitches != REST) & ~self.writable).any():
            raise InputError("nothing to harmonize: wanted at least one note that is given, such as the soprano's")

    @cached_property
    def rests(self) -> BoolArray:
        """(T, 4) the cells that shall rest."""
        return hushed(self.score, self._whole_notes)

    @cached_property
    def writable(self) -> BoolArray:
        """(T, 4) the cells that get a note."""
        return self._whole_notes & ~self.rests

    @cached_property
    def _whole_notes(self) -> BoolArray:
        """What was asked, less the beginning of notes whose end is given: such a note is given wholly."""
        kept = ~self.asked
        chorale = self.score.chorale
        held = (chorale.pitches != REST) & ~chorale.onsets
        for step in range(len(kept) - 2, -1, -1):
            kept[step] |= kept[step + 1] & held[step + 1]
        return ~kept

    @cached_property
    def shift(self) -> int:
        """Semitones by which the music is moved so that the network knows its soprano; 0 mostly."""
        soprano = self.score.chorale.pitches[:, 0].astype(np.int64)
        soprano = soprano[(soprano != REST) & ~self.writable[:, 0]]
        low, high = RANGES[0]
        if not soprano.size or (soprano.min() >= low and soprano.max() <= high):
            return 0
        shifts = sorted(range(-60, 61), key=abs)
        outside = [int(((soprano + shift < low) | (soprano + shift > high)).sum()) for shift in shifts]
        return shifts[int(np.argmin(outside))]

    @cached_property
    def pitches(self) -> IntArray:
        """(T, 4) the given notes, moved, REST elsewhere; what still lies outside the network's range, by octaves."""
        kept = np.where(self.asked & self._whole_notes, REST, self.score.chorale.pitches).astype(np.int64)
        moved = np.where(kept == REST, REST, kept + self.shift)
        return np.where(kept == REST, REST, _folded(moved))

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What the user should know, one line each."""
        lines = []
        if self.shift:
            way = "higher" if self.shift > 0 else "lower"
            lines.append(
                f"harmonized {_interval(abs(self.shift))} {way}, where the model knows the soprano, and moved back"
            )
        if self.key is not None and self.mode.name:
            lines.append(f"harmonized as {self.mode.name}, since the tune ends on {self.mode.name.split()[0]}")
        given = self.score.chorale.pitches[(self.score.chorale.pitches != REST) & ~self.writable] + self.shift
        if ((given < LOWEST) | (given > HIGHEST)).any():
            lines.append("some given notes lie outside the range of four voices and were heard an octave or more away")
        return tuple(lines)

    @cached_property
    def allowed(self) -> BoolArray:
        """(4, PITCHES) what each voice may sing: its range, and within 36..81 when moved back.

        After a small move it is its range there and back, as long as an octave and a half is left of it.
        """
        pitches = np.arange(LOWEST, HIGHEST + 1)
        back = pitches - self.shift
        low, high = (np.array(bound)[:, None] for bound in zip(*RANGES, strict=True))
        possible = (back >= LOWEST) & (back <= HIGHEST)
        inside = (pitches >= low) & (pitches <= high) & possible
        both = inside & (back >= low) & (back <= high)
        inside = np.where(both.sum(axis=1, keepdims=True) > ENOUGH, both, inside)
        return np.where(inside.any(axis=1, keepdims=True), inside, possible)

    @cached_property
    def beat(self) -> int:
        """Steps from one beat to the next, as the sweeps count: a quarter, or the dotted quarter of 6/8."""
        meter = self.score.meter
        return 6 if meter.is_compound and meter.unit == 8 else STEPS_PER_QUARTER

    @property
    def first_in_beat(self) -> int:
        """Steps from the last beat (as ``beat`` counts) to the first step."""
        return -self.score.pickup % self.beat

    @property
    def _before(self) -> int:
        return MARGIN + -self.score.pickup % STEPS_PER_BEAT

    @property
    def inside(self) -> slice:
        """Where the piece stands in ``codes`` and ``context``."""
        return slice(self._before, self._before + self.score.steps)

    def codes(self, pitches: IntArray, hidden: BoolArray) -> IntArray:
        """Return the network's codes (C, T + margins, 4) for (C, T, 4) pitches.

        Rests of all voices at either end are outside the piece: the network has seen none there, and would not know
        that the last chord is the last.
        """
        after = MARGIN + -(self._before + self.score.steps) % STEPS_PER_BEAT
        codes = np.where(self.outside[:, None], OUTSIDE, codes_of(pitches, hidden))
        return np.pad(codes, ((0, 0), (self._before, after), (0, 0)), constant_values=OUTSIDE)

    @cached_property
    def outside(self) -> BoolArray:
        """(T,) True before the first step on which anybody sings, and after the last."""
        sings = np.flatnonzero((self.writable | (self.pitches != REST)).any(axis=1))
        steps = np.arange(self.score.steps)
        silent: BoolArray = (steps < sings[0]) | (steps > sings[-1])
        return silent

    @cached_property
    def context(self) -> NDArray[np.float32]:
        """The planes (T + margins, CONTEXT): fermatas, place in the bar, key."""
        score, bar = self.score, self.score.meter.steps_per_bar
        fermata = self.under_fermata.astype(np.int64) if score.fermatas else None
        phase = np.arange(score.steps) - score.pickup
        simple = not score.meter.is_compound
        return context_planes(
            Context(
                self._around(fermata),
                self._around(phase % bar) if simple else None,
                self._around(np.full(score.steps, bar)) if simple else None,
                None if self.key is None else self.key[0],
                minor=self.key is not None and self.key[1],
            ),
            len(self.codes(self.pitches[None], self.writable[None])[0]),
        )

    def _around(self, line: IntArray | None) -> IntArray | None:
        if line is None:
            return None
        after = MARGIN + -(self._before + len(line)) % STEPS_PER_BEAT
        return np.pad(np.where(self.outside, UNKNOWN, line), (self._before, after), constant_values=UNKNOWN)

    @cached_property
    def under_fermata(self) -> BoolArray:
        """(T,) True while a note of the upmost voice that sounds there carries a fermata."""
        under = np.zeros(self.score.steps, bool)
        notes = [note for voice in (3, 2, 1, 0) for note in self.score.chorale.notes(voice)]
        for step in self.score.fermatas:
            at = [note for note in notes if note.start <= step < note.end]
            start, end = (at[-1].start, at[-1].end) if at else (step, step + 1)
            under[start:end] = True
        return under

    @cached_property
    def resting(self) -> BoolArray:
        """(T,) True where all stand still: after the first step of a note with a fermata, and of the last chord."""
        still = self.under_fermata.copy()
        still[1:] &= self.under_fermata[:-1]
        still[:1] = False
        still[self.last_chord + 1 :] = True
        return still

    @cached_property
    def last_chord(self) -> int:
        """The step on which the last chord begins: the last given note's, or the last bar line that is within it."""
        chorale, given = self.score.chorale, ~self.writable
        last = int(np.flatnonzero((chorale.onsets & given).any(axis=1))[-1])
        end = 1 + int(np.flatnonzero(((chorale.pitches != REST) & given).any(axis=1))[-1])
        bar = self.score.meter.steps_per_bar
        if end - last <= bar:
            return last
        latest = end - 2 * self.beat
        return max(last, latest - (latest - self.score.pickup) % bar)

    @cached_property
    def still_beats(self) -> BoolArray:
        """(N,) True for the beats, the first begun one among them, on which nothing that is given moves, and may."""
        moves = np.ones(self.score.steps, bool)
        moves[1:] = (self.pitches[1:] != self.pitches[:-1]).any(axis=1) | (self.pitches[1:, 0] == REST)
        moves |= self.resting
        beats = (self.first_in_beat + np.arange(self.score.steps)) // self.beat
        moved = np.zeros(int(beats[-1]) + 1, bool)
        np.logical_or.at(moved, beats, moves)
        return ~moved

    @cached_property
    def again(self) -> BoolArray:
        """(T,) True on beats on which what is given strikes a note again and goes nowhere else."""
        given = np.where(self.writable, REST, self.pitches)
        struck = np.zeros(self.score.steps, bool)
        struck[1:] = (given[1:] == given[:-1]).all(axis=1)
        struck &= ((given != REST) & self.score.chorale.onsets).any(axis=1) & ~self.resting
        beats: BoolArray = (self.first_in_beat + np.arange(self.score.steps)) % self.beat == 0
        return struck & beats

    @cached_property
    def key(self) -> tuple[int, bool] | None:
        """The tonic's pitch class, moved, and whether the mode is minor; None: the key does not fit the given notes."""
        given = self.score.chorale.pitches[(self.score.chorale.pitches != REST) & ~self.writable]
        if float(np.isin(given % 12, sorted(self.score.key.scale)).mean()) < IN_KEY:
            return None
        return (self.mode.tonic + self.shift) % 12, self.mode.minor

    @cached_property
    def foreign(self) -> BoolArray:
        """(12,) the pitch classes, moved, that are outside the key; none where no key is known."""
        classes = np.arange(12)
        if self.key is None:
            return classes < 0
        tonic, minor = self.key
        outside: BoolArray = (scales()[int(minor), tonic] >> classes & 1) == 0
        return outside

    @cached_property
    def mode(self) -> Mode:
        """The key of the given notes, which may be that of a church mode."""
        given = [
            note for voice in VOICES for note in self.score.chorale.notes(voice) if not self.writable[note.start, voice]
        ]
        return mode_of(self.score.key, given)


def _folded(pitches: IntArray) -> IntArray:
    """Return pitches moved by octaves into LOWEST..HIGHEST."""
    low = np.where(pitches < LOWEST, LOWEST + (pitches - LOWEST) % 12, pitches)
    return np.where(low > HIGHEST, HIGHEST - (HIGHEST - low) % 12, low)


def _interval(semitones: int) -> str:
    octaves, rest = divmod(semitones, 12)
    named = f"a {INTERVALS[rest]}" if rest else ""
    if not octaves:
        return named
    eights = "an octave" if octaves == 1 else f"{octaves} octaves"
    return f"{eights} and {named}" if rest else eights
