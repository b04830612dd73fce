"""Predicates about what stands on the staff: filled, kept, exact, rhythm, found."""

from collections.abc import Iterator, Sequence

import numpy as np

from chorale.levels.goals.base import Fault, Goal, Work, predicate
from chorale.levels.notation import Gap
from chorale.music import REST, VOICES, BoolArray, Pitch, Voice
from chorale.theory import check

__all__ = ["exact", "filled", "found", "kept", "rhythm"]


def _asked(goal: Goal) -> Sequence[Voice]:
    return goal.voices or VOICES


def _gaps(work: Work, goal: Goal) -> Iterator[tuple[Voice, Gap]]:
    return ((voice, gap) for voice, gap in work.level.gaps if voice in _asked(goal))


def _at(voice: Voice, gap: Gap, why: str) -> Fault:
    return Fault(why, (voice,), gap.start, gap.start, ((voice, gap.start),))


@predicate("filled", "Every gap is filled", "voices")
def filled(work: Work, goal: Goal) -> Iterator[Fault]:
    """Every gap, and every note that may be changed, sounds to its end; every level asks for it."""
    pitches = work.score.chorale.pitches
    for voice, gap in work.level.rooms:
        if voice in _asked(goal) and (pitches[gap.start : gap.start + gap.length, voice] == REST).any():
            yield Fault("a note is wanted here", (voice,), gap.start, gap.start)


@predicate("kept", "Given notes stay", "voices")
def kept(work: Work, goal: Goal) -> Iterator[Fault]:
    """What is given is as it was given; every level asks for it."""
    asked, theirs = work.level.start.chorale, work.score.chorale
    changed: BoolArray = (asked.pitches != theirs.pitches) | (asked.onsets != theirs.onsets)
    changed &= ~work.level.writable
    for voice in _asked(goal):
        steps = np.flatnonzero(changed[:, voice])
        if len(steps):
            step = int(steps[0])
            given = _named(work, work.level.start.pitch_at(step, voice))
            yield Fault(f"{given} was given here, and was changed", (voice,), step, step, ((voice, step),))


def _named(work: Work, pitch: Pitch | None) -> str:
    return "a rest" if pitch is None else f"{work.wording.note(pitch.fifth)}{pitch.octave}"


@predicate("exact", "The right notes", "voices", "is", words=("pitch", "class"))
def exact(work: Work, goal: Goal) -> Iterator[Fault]:
    """Every gap holds the solution's note, spelled as there; ``is = "class"`` takes it in any octave."""
    for voice, gap in _gaps(work, goal):
        wanted = work.level.solution.score.pitch_at(gap.start, voice)
        seen = work.score.pitch_at(gap.start, voice)
        if seen is not None and wanted is not None and not _same(seen, wanted, goal):
            yield _at(voice, gap, _comparison(work, seen, wanted))


def _same(seen: Pitch, wanted: Pitch, goal: Goal) -> bool:
    return seen.fifth == wanted.fifth and (seen.midi == wanted.midi or "class" in goal.wants)


def _comparison(work: Work, seen: Pitch, wanted: Pitch) -> str:
    """Say how a note misses the one that is wanted without naming it."""
    name = _named(work, seen)
    if seen.midi == wanted.midi:
        return f"{name} sounds right, and is spelled otherwise here"
    if seen.fifth == wanted.fifth:
        return f"{name} is the right note in another octave"
    return f"{name} is too {'high' if seen.midi > wanted.midi else 'low'}"


@predicate("rhythm", "One note a gap", "voices")
def rhythm(work: Work, goal: Goal) -> Iterator[Fault]:
    """Every gap holds one note that begins with it and lasts as long."""
    onsets = work.score.chorale.onsets
    for voice, gap in _gaps(work, goal):
        begins = np.flatnonzero(onsets[gap.start : gap.start + gap.length, voice])
        if len(begins) and begins.tolist() != [0]:
            yield _at(voice, gap, "one note is asked for here, as long as the gap")


@predicate("found", "Every error is found")
def found(work: Work, goal: Goal) -> Iterator[Fault]:  # noqa: ARG001  every predicate has these arguments
    """A note of every planted error is marked, and no note that is in order; for levels of the kind ``fix``.

    A note that another rule finds fault with is not in order either.
    """
    level, marked = work.level, set(work.answer.found)
    for error in level.errors:
        if not marked & set(error.notes):
            voices = tuple(sorted({voice for voice, _ in error.notes}))
            yield Fault(f"this was not found: {error.why}", voices, error.start, error.start, error.notes)
    faulty = {note for error in level.errors for note in error.notes}
    if marked - faulty:
        faulty |= {note for finding in check(level.start, level.profile) for note in finding.notes}
    for voice, step in sorted(marked - faulty):
        yield Fault("this note is in order", (voice,), step, step, ((voice, step),))
