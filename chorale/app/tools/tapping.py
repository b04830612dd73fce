"""Tapping: keys struck in time to a metronome become a clip, with the time between the beats kept.

    plan = Plan(Kind.DRUMS, bars=2, qpm=100)
    take = Take(plan)
    play(plan.clicks(take))             # the count-in, then the bars; drums go round and are added to
    take.press(36, at)                  # steps since the count-in began, as the ear hears it
    take.release(36, later)
    take.clip(strength=0.5)             # half way to the grid

Conventions
    * Times are steps, fractions included, from the first click; the recorded bars begin ``plan.lead`` steps later.
    * A key reaches us later than it was struck. What is known of that, ``Take.latency`` in seconds, is taken off; taps
      during the count-in are not recorded but tell how late the person's keys are (``Take.lateness``).
    * The last half step before the first bar, or before the next pass, belongs to its first step: nobody waits for a
      downbeat to have passed.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from statistics import median

from chorale.errors import InputError
from chorale.music import Clip, ClipNote, Meter, seconds_per_step

__all__ = ["ACCENTED", "GRIDS", "KINDS", "TAP", "USUAL", "Kind", "Plan", "Struck", "Take"]

TAP = 60
"""The pitch of a tap that means nothing but its time."""
USUAL, ACCENTED = 84, 120
"""Velocities of a key, and of one with Shift: computer keyboards do not feel how hard they are struck."""
GRIDS = {"1/16": Fraction(1), "1/8": Fraction(2), "1/8 triplets": Fraction(4, 3)}
"""Grids to draw taps to, in steps."""
_HIGH_BLOCK, _LOW_BLOCK = 76, 77  # wood blocks of General MIDI's kit
_CLICK_VELOCITIES = (118, 84)  # at a bar line, at a beat
_EARLIEST = 0.5  # steps before the first bar
_FINE = 120  # parts of a step that times are rounded to
_SHORTEST = Fraction(1, 4)  # steps that a note lasts at least
_TAPS_TO_TELL = 3  # in the count-in, before they tell anything
_NEAR_BEAT = 0.3  # of a beat: further off is no tap along with the click
_HIT = Fraction(1, 2)  # steps that a drum's note is held


class Kind(StrEnum):
    """What is tapped."""

    RHYTHM = "Rhythm"
    DRUMS = "Drums"
    MELODY = "Melody"


KINDS = {
    "melody": (Kind.MELODY,),
    "drums": (Kind.DRUMS,),
    "anything": (Kind.RHYTHM, Kind.DRUMS, Kind.MELODY),
}
"""What may be tapped where a tool wants one of these."""


@dataclass(frozen=True)
class Plan:
    """What is going to be recorded.

    Attributes:
        kind: A rhythm, pieces of the kit, or a melody. Drums are recorded round and round, each pass adding to what
            is there; the others once.
        meter, qpm: Of the metronome.
        bars: How many are recorded.
        count_in: Bars of clicks before them.
        clicking: Whether the metronome goes on while it records.

    Raises:
        InputError: a number of bars is out of range.
    """

    kind: Kind = Kind.RHYTHM
    meter: Meter = Meter(4, 4)  # noqa: RUF009  Meter is immutable
    qpm: float = 100.0
    bars: int = 2
    count_in: int = 1
    clicking: bool = True

    def __post_init__(self) -> None:
        if not 1 <= self.bars <= 16 or not 0 <= self.count_in <= 2:
            raise InputError(f"{self.bars} bars after {self.count_in} to count in: wanted 1 to 16 after 0 to 2")

    @property
    def steps(self) -> int:
        """Length of what is recorded."""
        return self.bars * self.meter.steps_per_bar

    @property
    def lead(self) -> int:
        """Length of the count-in, in steps."""
        return self.count_in * self.meter.steps_per_bar

    @property
    def loops(self) -> bool:
        """Whether it goes round."""
        return self.kind is Kind.DRUMS

    @property
    def step_seconds(self) -> float:
        """How long a step lasts."""
        return seconds_per_step(self.qpm)

    def beat_at(self, at: float) -> int | None:
        """Return what to count at a time within the count-in, 1, 2, 3, ...; None after it."""
        beat = self.meter.steps_per_beat
        return None if at >= self.lead else int(at % self.meter.steps_per_bar // beat) + 1

    def clicks(self, take: Take | None = None) -> Clip:
        """Return the metronome, with the drums that were recorded so far under it."""
        end = self.lead + (self.steps if self.clicking else 0)
        bar = self.meter.steps_per_bar
        blocks = [_block(step, on_bar=step % bar == 0) for step in range(0, end, self.meter.steps_per_beat)]
        drums = take.clip().notes if take is not None and self.kind is Kind.DRUMS else ()
        notes = (*blocks, *(note.moved(self.lead) for note in drums))
        return Clip(notes, self.lead + self.steps, meter=self.meter, qpm=self.qpm, drums=True)


def _block(step: int, *, on_bar: bool) -> ClipNote:
    key, velocity = (_HIGH_BLOCK, _CLICK_VELOCITIES[0]) if on_bar else (_LOW_BLOCK, _CLICK_VELOCITIES[1])
    return ClipNote(Fraction(step), key, step + _HIT, velocity)


@dataclass
class Struck:
    """A key that was struck: when, counted from the first recorded bar, and how hard.

    Attributes:
        pitch: MIDI number; of drums the key of the kit.
        start: Steps; may lie a little before 0.
        end: When it was let go; None while it is held.
        velocity: 1..127.
    """

    pitch: int
    start: float
    end: float | None
    velocity: int


class Take:
    """What was struck so far.

    Args:
        plan: What is recorded.
        latency: Seconds that keys come late.

    Attributes:
        struck: All strokes, in the order they came.
    """

    def __init__(self, plan: Plan, latency: float = 0.0) -> None:
        self.plan, self.latency = plan, latency
        self.struck: list[Struck] = []
        self._counted: list[float] = []  # seconds that taps of the count-in came after their beats

    # Recording --------------------------------------------------------------------------------------------------

    def press(self, pitch: int, at: float, velocity: int = USUAL) -> bool:
        """Take a key that went down; return whether it is recorded."""
        start = self._compensated(at) - self.plan.lead
        if start < -_EARLIEST:
            self._take_counted(at)
            return False
        if start >= self.plan.steps:
            return False
        if self.plan.loops and start > self.plan.steps - _EARLIEST:
            start = 0.0  # the next pass has begun, a little early
        self.release(pitch, at)
        self.struck.append(Struck(pitch, max(0.0, start), None, velocity))
        return True

    def release(self, pitch: int, at: float) -> None:
        """Take a key that went up; one that was held over the end of a pass ends there."""
        end = self._compensated(at) - self.plan.lead
        for stroke in self.struck:
            if stroke.pitch == pitch and stroke.end is None:
                stroke.end = end if end > stroke.start else float(self.plan.steps)

    def finish(self, at: float | None = None) -> None:
        """End all notes that are held, where the recording stopped or at its end."""
        for stroke in self.struck:
            if stroke.end is None:
                self.release(stroke.pitch, self.plan.lead + self.plan.steps if at is None else at)

    def _compensated(self, at: float) -> float:
        return at - self.latency / self.plan.step_seconds

    def _take_counted(self, at: float) -> None:
        beat = self.plan.meter.steps_per_beat
        late = at - round(at / beat) * beat
        if abs(late) <= _NEAR_BEAT * beat:
            self._counted.append(late * self.plan.step_seconds)

    @property
    def lateness(self) -> float | None:
        """Seconds that the person's keys come late, by their taps along with the count-in; None: too few to tell."""
        return median(self._counted) if len(self._counted) >= _TAPS_TO_TELL else None

    # What it makes ----------------------------------------------------------------------------------------------

    def clip(self, strength: float = 0.0, grid: Fraction = GRIDS["1/16"], at: float | None = None) -> Clip:
        """Return what was tapped.

        Args:
            strength: 0 leaves it as it was played, 1 puts it on the grid.
            grid: In steps.
            at: The time it is now: keys that are held have sounded until then; None: they sound to the end.
        """
        plan = self.plan
        now = plan.steps if at is None else self._compensated(at) - plan.lead
        notes = sorted(self._note(stroke, strength, grid, now) for stroke in self.struck)
        if plan.kind is Kind.DRUMS:
            notes = [dataclasses.replace(note, end=note.start + _HIT) for note in _without_doubles(notes)]
        else:
            notes = _one_at_a_time(notes)
        drums = plan.kind is Kind.DRUMS
        return Clip(
            tuple(notes), plan.steps, meter=plan.meter, qpm=plan.qpm, drums=drums, name=f"Tapped {plan.kind.lower()}"
        )

    def _note(self, stroke: Struck, strength: float, grid: Fraction, now: float) -> ClipNote:
        start = _drawn(stroke.start, strength, grid) % self.plan.steps
        held = _fine((now if stroke.end is None else stroke.end) - stroke.start)
        length = max(_SHORTEST, held + strength_of(strength) * (max(grid, round(held / grid) * grid) - held))
        return ClipNote(start, stroke.pitch, min(start + length, Fraction(self.plan.steps)), stroke.velocity)


def strength_of(strength: float) -> Fraction:
    """Return a strength as a fraction with a small denominator."""
    return Fraction(round(min(max(strength, 0.0), 1.0) * 100), 100)


def _fine(steps: float) -> Fraction:
    return Fraction(round(steps * _FINE), _FINE)


def _drawn(start: float, strength: float, grid: Fraction) -> Fraction:
    """Return a time drawn to the grid, no finer than the parts of a step."""
    exact = _fine(start)
    place = round(exact / grid) * grid
    return _fine(float(exact + strength_of(strength) * (place - exact)))


def _without_doubles(notes: list[ClipNote]) -> list[ClipNote]:
    """Return hits of which no piece has two in one step: the later pass replaces nothing, the louder stays."""
    kept: dict[tuple[int, int], ClipNote] = {}
    for note in notes:
        cell = note.step, note.pitch
        if cell not in kept or note.velocity > kept[cell].velocity:
            kept[cell] = note
    return sorted(kept.values())


def _one_at_a_time(notes: list[ClipNote]) -> list[ClipNote]:
    """Return a line: a note ends where the next begins; of two that begin together the last struck stays."""
    single = list({note.start: note for note in notes}.values())
    ended = [dataclasses.replace(note, end=min(note.end, after.start)) for note, after in pairwise(single)]
    return ended + single[-1:]
