"""The moments of a level at which the player decides, and what stands there."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from chorale.levels.goals import Goal
from chorale.levels.level import Level
from chorale.levels.notation import Gap
from chorale.music import VOICES, Pitch, Voice

__all__ = ["Column", "columns_of", "rooms_of"]


@dataclass(frozen=True)
class Column:
    """A moment.

    Attributes:
        step: its first step.
        written: voices that begin a note of the player's here.
        held: voices whose note, begun before, sounds on.
        given: what the other voices sing; a voice that rests is in none of the three.
        is_end: whether a phrase ends here.
        accent: whether it is a bar's first beat, or its middle.
        loose: voices whose note is asked to be no chord tone.
        was: what stands in the written voices at the start, if anything: notes that may be changed.
    """

    step: int
    written: tuple[Voice, ...]
    held: tuple[Voice, ...]
    given: tuple[tuple[Voice, Pitch], ...]
    is_end: bool
    accent: bool
    loose: tuple[Voice, ...]
    was: tuple[tuple[Voice, Pitch], ...] = ()


def rooms_of(level: Level) -> list[tuple[Voice, Gap]]:
    """Return the notes to be written: gaps, and notes that may be changed; a beat's gaps are one where they may be."""
    ordered = sorted(level.rooms, key=lambda each: (each[0], each[1].start))
    return ordered if any(goal.check == "rhythm" for goal in level.goals) else _by_beats(level, ordered)


def _by_beats(level: Level, rooms: Iterable[tuple[Voice, Gap]]) -> list[tuple[Voice, Gap]]:
    """Return the rooms with what begins off the beat joined to what stands before it, unless a chord is asked there."""
    named = {word.start for word in (*level.chords, *level.figures)}
    joined: list[tuple[Voice, Gap]] = []
    for voice, gap in rooms:
        start, length = gap
        off = (start - level.start.pickup) % level.start.meter.steps_per_beat != 0 and start not in named
        if off and joined and joined[-1][0] == voice and sum(joined[-1][1]) == start:
            before = joined.pop()[1]
            start, length = before.start, before.length + length
        joined.append((voice, Gap(start, length)))
    return joined


def columns_of(level: Level) -> list[Column]:
    """Return the moments in order."""
    score, rooms = level.start, rooms_of(level)
    begins = {gap.start for _, gap in rooms} | {word.start for word in (*level.chords, *level.figures)}
    onsets = np.flatnonzero((score.chorale.onsets & ~level.writable).any(axis=1)).tolist()
    beats = {step for step in onsets if (step - score.pickup) % score.meter.steps_per_beat == 0}
    steps = sorted(begins | beats)
    last = {step for _, step in _ends(level, steps)}
    return [_column(level, rooms, step, is_end=step in last) for step in steps]


def _ends(level: Level, steps: list[int]) -> Iterable[tuple[int, int]]:
    """Yield (fermata, the moment under it), and the last moment."""
    for fermata in sorted(level.start.fermatas):
        before = [step for step in steps if step <= fermata]
        if before:
            yield fermata, before[-1]
    if steps:
        yield level.start.steps, steps[-1]


def _column(level: Level, rooms: list[tuple[Voice, Gap]], step: int, *, is_end: bool) -> Column:
    score, meter = level.start, level.start.meter
    written = tuple(voice for voice, gap in rooms if gap.start == step)
    held = tuple(voice for voice, gap in rooms if gap.start < step < gap.start + gap.length)
    sounding = {voice: score.pitch_at(step, voice) for voice in VOICES}
    there = [(voice, pitch) for voice, pitch in sounding.items() if pitch is not None]
    given = tuple(each for each in there if each[0] not in {*written, *held})
    into = (step - score.pickup) % meter.steps_per_bar
    accent = into == 0 or (2 * into == meter.steps_per_bar and meter.beats_per_bar % 2 == 0)
    loose = tuple(voice for goal in level.goals if _is_loose(goal) and goal.at == step for voice in goal.voices)
    return Column(
        step, written, held, given, is_end, accent, loose, tuple(each for each in there if each[0] in written)
    )


def _is_loose(goal: Goal) -> bool:
    return goal.check == "tone" and "chord tone" not in goal.wants
