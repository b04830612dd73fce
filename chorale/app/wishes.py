"""The chords that a score asks for, as the harmonizer takes them: where, which tones, whether the given notes agree."""

import numpy as np

from chorale.errors import InputError
from chorale.models.base import ChordWish
from chorale.music import BoolArray, Chorale, IntArray, Score
from chorale.theory.numerals import NamedChord, read_chord

__all__ = ["refusal", "spelled_as_asked", "wishes"]


def wishes(score: Score) -> tuple[tuple[ChordWish, ...], tuple[str, ...]]:
    """Return the chords that a score asks for, and a line for each name that is no chord's in its key."""
    asked, complaints = [], []
    for start, end, name in _spans(score):
        try:
            asked.append(_wish(start, end, read_chord(name, score.key)))
        except InputError as error:
            complaints.append(f"{score.place(start)}: {error}")
    return tuple(asked), tuple(complaints)


def _spans(score: Score) -> list[tuple[int, int, str]]:
    """Return (first step, step after the last, name) of each chord: it lasts a beat, or until the next one."""
    starts = [step for step, _ in score.chords]
    beat = score.meter.steps_per_beat
    ends = [min(step + beat, after) for step, after in zip(starts, [*starts[1:], score.steps], strict=False)]
    return [(step, end, name) for (step, name), end in zip(score.chords, ends, strict=True)]


def _wish(start: int, end: int, named: NamedChord) -> ChordWish:
    return ChordWish(start, end, named.classes, named.bass, named.name)


def refusal(score: Score, mask: BoolArray, step: int) -> str | None:
    """Return why the given notes rule out the chord that is asked for at a step, in one line, or None.

    Args:
        score: the score with its wishes.
        mask: (T, 4) True in the cells that may be written.
        step: where the chord begins.
    """
    from chorale.models.coconet.task import Task  # noqa: PLC0415  the models load when something is harmonized
    from chorale.models.coconet.wishes import granted  # noqa: PLC0415  likewise

    asked = [wish for wish in wishes(score)[0] if wish.start == step]
    told = next(iter(granted(Task(score, mask), asked).notes), None)
    return None if told is None else told.replace("was not written", "cannot be")


def spelled_as_asked(score: Score, chorale: Chorale, spelling: IntArray, mask: BoolArray) -> IntArray:
    """Return the spelling (T, 4) with the written tones of asked chords spelled as these are: a bII has no C#."""
    spelled = spelling.copy()
    for start, end, name in _spans(score):
        try:
            tones = read_chord(name, score.key).chord.tones
        except InputError:
            continue
        for tone in tones:
            cells = (chorale.pitches[start:end] % 12 == tone * 7 % 12) & mask[start:end]
            spelled[start:end] = np.where(cells, tone, spelled[start:end])
    return spelled
