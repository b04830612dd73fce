"""Chords that are wanted: which pitches each voice may sing at their places.

On the beats of a wish all written voices sing tones of its chord, the bass its bass tone; between the beats other
tones cost a little, so that voices may pass. A wish that the given notes contradict on every beat is not written, and
that is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chorale.models.coconet.codec import LOWEST, PITCHES
from chorale.music import VOICES, Voice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from chorale.models.base import ChordWish
    from chorale.models.coconet.task import Task

    Array = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]

__all__ = ["FORBIDDEN", "Wishes", "granted"]

FORBIDDEN = 40.0  # nats: never, whatever else speaks for it
PASSING = 1.5  # nats for a tone outside the chord between its beats


@dataclass(frozen=True)
class Wishes:
    """The wishes that can be granted.

    Attributes:
        cost: (T, 4, PITCHES) nats for each pitch of each voice.
        classes: (T, 12) the pitch classes of the chord wanted on this beat; none where none is.
        notes: One line for each wish that cannot be granted.
    """

    cost: Array
    classes: BoolArray
    notes: tuple[str, ...]

    @property
    def possible(self) -> BoolArray:
        """(T, 4, PITCHES) what is not forbidden."""
        return self.cost < FORBIDDEN


def granted(task: Task, chords: Sequence[ChordWish]) -> Wishes:
    """Return what chords that are wanted mean for a task's cells, in the pitches at which the network hears it."""
    cost = np.zeros((task.score.steps, 4, PITCHES))
    classes = np.zeros((task.score.steps, 12), bool)
    notes = []
    for wish in chords:
        beats = list(_beats(task, wish))
        refusals = {beat: _refusal(task, wish, beat) for beat in beats}
        kept = [beat for beat in beats if refusals[beat] is None]
        if not kept:
            notes.append(_skipped(task, wish, next(iter(refusals.values()), None)))
            continue
        _grant(task, wish, kept, cost, classes)
    return Wishes(cost, classes, tuple(notes))


def _skipped(task: Task, wish: ChordWish, why: str | None) -> str:
    name = wish.name or "chord"
    if why is None:
        return f"{name} was not written: its place is outside the music"
    return f"{name} at {task.score.place(wish.start)} was not written: {why}"


def _beats(task: Task, wish: ChordWish) -> Iterator[int]:
    """Yield the steps at which the chord is stated: its first, and the beats in it."""
    for step in range(max(0, wish.start), min(wish.end, task.score.steps)):
        if step == wish.start or (step + task.first_in_beat) % task.beat == 0:
            yield step


def _refusal(task: Task, wish: ChordWish, step: int) -> str | None:
    """Return why the given notes rule a chord out at a step, or None."""
    for voice in VOICES:
        pitch = task.score.pitch_at(step, voice)
        if task.writable[step, voice] or pitch is None:
            continue
        misplaced = voice == Voice.BASS and wish.bass is not None and pitch.midi % 12 != wish.bass
        if misplaced or pitch.midi % 12 not in wish.classes:
            return f"the {voice.name.lower()} has {pitch.name} there"
    return None


def _grant(task: Task, wish: ChordWish, beats: list[int], cost: Array, classes: BoolArray) -> None:
    """Add one wish to the costs: forbidding on the beats, mild between them."""
    tones = (np.arange(LOWEST, LOWEST + PITCHES) - task.shift) % 12
    outside = ~np.isin(tones, sorted(wish.classes))
    inside = slice(max(0, wish.start), min(wish.end, task.score.steps))
    cost[inside] += PASSING * outside
    cost[beats] = np.where(outside, FORBIDDEN, 0.0)
    if wish.bass is not None:
        cost[beats, Voice.BASS] = np.where(tones == wish.bass, 0.0, FORBIDDEN)
    classes[np.ix_(beats, [(tone + task.shift) % 12 for tone in wish.classes])] = True
