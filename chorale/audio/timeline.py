"""When a step sounds: the map between steps and seconds, fermatas and breaths included.

Conventions: a *step* may be a fraction; seconds count from the start of the score at its written tempo times
``speed``. Rendering and the playhead use the same map, so what is seen is what is heard.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chorale.errors import InputError
from chorale.music import REST, Clip, Score, seconds_per_step

__all__ = ["HOLD", "Route", "TimeMap"]

HOLD = 1.5
"""A note under a fermata lasts this many times as long."""
_BREATH_BEATS = 0.5
_LONGEST_BREATH_SECONDS = 0.35


@dataclass(frozen=True, eq=False)
class TimeMap:
    """Steps to seconds and back.

    Attributes:
        starts: (T + 1,) seconds at which each step begins; the last is the end of the score.
        breaths: (T,) seconds of silence at the end of each step, the breath after a fermata; 0 for most.
        speed: times the written tempo.
    """

    starts: NDArray[np.float64]
    breaths: NDArray[np.float64]
    speed: float = 1.0

    @classmethod
    def of(cls, score: Score | Clip, *, speed: float = 1.0, fermatas: bool = True) -> "TimeMap":
        """Return the map of a score or a clip, ``speed`` times its tempo, holding a score's fermatas or not."""
        step = seconds_per_step(score.qpm) / speed
        lengths = np.full(score.steps, step)
        breaths = np.zeros(score.steps)
        if fermatas and isinstance(score, Score):
            breath = min(_BREATH_BEATS * score.meter.steps_per_beat * step, _LONGEST_BREATH_SECONDS)
            for start, stop in _held_spans(score):
                lengths[start:stop] *= HOLD
                breaths[stop - 1] = breath
        lengths += breaths
        return cls(np.concatenate([[0.0], np.cumsum(lengths)]), breaths, speed)

    @property
    def steps(self) -> int:
        """Length in steps."""
        return len(self.breaths)

    @property
    def seconds(self) -> float:
        """Length in seconds, without the last note's ringing."""
        return float(self.starts[-1])

    def seconds_at(self, step: float) -> float:
        """Return when a step, or a point within one, is reached; held to the score's ends."""
        held = min(max(float(step), 0.0), float(self.steps))
        whole = min(int(held), max(0, self.steps - 1))
        after = min(whole + 1, self.steps)
        return float(self.starts[whole] + (held - whole) * (self.starts[after] - self.starts[whole]))

    def step_at(self, seconds: float) -> float:
        """Return the step, with its fraction, that is reached at a time; held to the score's ends."""
        if seconds >= self.seconds:
            return float(self.steps)
        whole = max(0, int(np.searchsorted(self.starts, seconds, side="right")) - 1)
        length = self.starts[whole + 1] - self.starts[whole]
        return whole + max(0.0, seconds - float(self.starts[whole])) / float(length)

    def release_at(self, step: int) -> float:
        """Return when a note that ends before ``step`` is let go: earlier by the breath, if one is taken there."""
        return float(self.starts[step] - (self.breaths[step - 1] if step else 0.0))


def _held_spans(score: Score) -> list[tuple[int, int]]:
    """Return the disjoint spans of steps that fermatas lengthen: from each to the end of the highest note there."""
    spans: list[tuple[int, int]] = []
    for step in sorted(score.fermatas):
        if step < score.steps and (not spans or step >= spans[-1][1]):
            spans.append((step, _note_end(score, step)))
    return spans


def _note_end(score: Score, step: int) -> int:
    sounding = np.flatnonzero(score.chorale.pitches[step] != REST)
    if not len(sounding):
        return min(step + score.meter.steps_per_beat, score.steps)
    voice = int(sounding[0])
    column, onsets = score.chorale.pitches[:, voice], score.chorale.onsets[:, voice]
    breaks = np.flatnonzero((column[step + 1 :] == REST) | onsets[step + 1 :])
    return step + 1 + int(breaks[0]) if len(breaks) else score.steps


@dataclass(frozen=True)
class Route:
    """The way playback takes through a score: from a step to the end, or round a loop.

    Args:
        times: the map.
        origin: the step it starts from.
        loop: (first step, step after the last), or None. It is entered when its end is passed from before;
            a route that starts beyond it goes to the end of the score.

    Raises:
        InputError: the loop is empty or leaves the score.
    """

    times: TimeMap
    origin: float = 0.0
    loop: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        if self.loop is not None and not 0 <= self.loop[0] < self.loop[1] <= self.times.steps:
            raise InputError(
                f"loop {self.loop}: wanted two steps from 0 to {self.times.steps}, the first before the second"
            )

    @property
    def loops(self) -> bool:
        """Whether the route never ends."""
        return self.loop is not None and self.origin < self.loop[1]

    @property
    def seconds(self) -> float:
        """How long it takes, without the last note's ringing; infinite round a loop."""
        return float("inf") if self.loops else self.times.seconds - self.times.seconds_at(self.origin)

    def step_after(self, elapsed: float) -> float:
        """Return the step reached ``elapsed`` seconds after the start; the start before that."""
        at = self.times.seconds_at(self.origin) + max(0.0, elapsed)
        if self.loop is not None and self.loops:
            first, last = (self.times.seconds_at(step) for step in self.loop)
            at = first + (at - first) % (last - first) if at >= last else at
        return self.times.step_at(at)

    def stretches(self) -> Iterator[tuple[float, float, float]]:
        """Yield the stretches of score that are crossed, in order; without end round a loop.

        Yields:
            (seconds since the start of the route, score seconds from, score seconds to).
        """
        at = self.times.seconds_at(self.origin)
        if self.loop is None or not self.loops:
            yield 0.0, at, self.times.seconds
            return
        first, last = (self.times.seconds_at(step) for step in self.loop)
        yield 0.0, at, last
        elapsed = last - at
        while True:
            yield elapsed, first, last
            elapsed += last - first
