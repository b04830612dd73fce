"""The given voices in a hand-in: where they stand, and which of their bars were changed."""

from dataclasses import dataclass

import numpy as np

from chorale.app.marking.assignment import Assignment
from chorale.app.marking.remarks import Remark, bars_in_words
from chorale.music import REST, VOICES, BoolArray, IntArray, Pitch, Score, Voice

__all__ = ["Compared", "compared", "lining_up"]

_MOST_BARS_OFF = 2  # how far a hand-in may be shifted and still be found
_CLEAR = 0.9  # the part of a voice that must agree for one slip to explain it
_INTERVALS = ("unison", "second", "third", "fourth", "fifth", "sixth", "seventh")
_DEGREES = (0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6)  # of each number of semitones; a tritone counts as a fourth


@dataclass(frozen=True, eq=False)
class Compared:
    """What became of the given notes.

    Attributes:
        fixed: (T, 4) bool over the hand-in: cells that are as they were given, or that one slip has moved.
        remarks: what differs.
    """

    fixed: BoolArray
    remarks: tuple[Remark, ...]


def lining_up(score: Score, assignment: Assignment) -> int:
    """Return how many steps later than in the assignment the given voices stand in a hand-in; 0 if that is unclear.

    Notes count wherever they begin, whatever their octave.
    """
    most = _MOST_BARS_OFF * assignment.score.meter.steps_per_bar
    agreements = {shift: _agreement(score, assignment, shift) for shift in range(-most, most + 1)}
    best = max(agreements, key=lambda shift: (agreements[shift], -abs(shift), shift))
    return best if agreements[best] >= _CLEAR and agreements[best] > agreements[0] else 0


def _agreement(score: Score, assignment: Assignment, shift: int) -> float:
    """Return the part of the given voices' notes that begin in the hand-in ``shift`` steps later on the same pitch."""
    asked = assignment.score.chorale
    voices = list(assignment.voices)
    begins = asked.onsets[:, voices]
    there = np.arange(len(asked)) + shift
    inside = (there >= 0) & (there < score.steps)
    counted = begins & inside[:, None]
    if shift < 0:  # a missing upbeat is not held against it
        begins = counted
    if not begins.any():
        return 0.0
    rows = np.clip(there, 0, max(0, score.steps - 1))
    theirs = score.chorale.pitches[rows][:, voices]
    same = (theirs % 12 == asked.pitches[:, voices] % 12) & (theirs != REST) & score.chorale.onsets[rows][:, voices]
    return float((same & counted).sum() / begins.sum())


def compared(score: Score, assignment: Assignment, lost: int = 0) -> Compared:
    """Return what became of the given and the locked notes of a hand-in that is lined up with its assignment.

    Args:
        score: the hand-in.
        assignment: what was asked.
        lost: steps at the beginning that the hand-in lacks, and that were told of.
    """
    fixed = np.zeros(score.chorale.pitches.shape, dtype=bool)
    remarks: list[Remark] = []
    for voice in VOICES:
        if voice in assignment.voices:
            remarks += _given_voice(score, assignment, voice, fixed, lost)
        elif assignment.fixed[:, voice].any():
            remarks += _changes(score, assignment, voice, fixed, lost, "locked notes of the")
    return Compared(fixed, tuple(remarks))


def _given_voice(score: Score, assignment: Assignment, voice: Voice, fixed: BoolArray, lost: int) -> list[Remark]:
    asked, theirs = _side_by_side(score, assignment, voice)
    name = voice.label.lower()
    if (theirs == REST).all():
        return [Remark("given", f"the given {name} is not there", _bars_with_notes(assignment, voice))]
    other = _elsewhere(score, assignment, voice)
    if other is not None:
        fixed[:, other] = True
        return [Remark("given", f"the given {name} stands in the {other.label.lower()}")]
    semitones = _moved_by(asked, theirs)
    if semitones:
        fixed[:, voice] = True
        return [Remark("given", f"the given {name} stands {_interval(semitones)} than it was given")]
    return _changes(score, assignment, voice, fixed, lost, "given")


def _side_by_side(score: Score, assignment: Assignment, voice: int) -> tuple[IntArray, IntArray]:
    size = min(score.steps, assignment.score.steps)
    return assignment.score.chorale.pitches[:size, voice], score.chorale.pitches[:size, voice]


def _bars_with_notes(assignment: Assignment, voice: int) -> int:
    asked = assignment.score
    return sum(bool((asked.chorale.pitches[bar.start : bar.end, voice] != REST).any()) for bar in asked.bars)


def _elsewhere(score: Score, assignment: Assignment, voice: Voice) -> Voice | None:
    """Return the other voice in which a given one stands, if it is not where it should be."""
    asked, theirs = _side_by_side(score, assignment, voice)
    sounds = asked != REST
    if not sounds.any() or (asked == theirs)[sounds].mean() >= 0.5:
        return None
    size = len(asked)
    columns = [other for other in VOICES if other != voice]
    agreeing = {other: float((asked == score.chorale.pitches[:size, other])[sounds].mean()) for other in columns}
    best = max(columns, key=lambda other: agreeing[other])
    return best if agreeing[best] >= _CLEAR else None


def _moved_by(asked: IntArray, theirs: IntArray) -> int:
    """Return the semitones by which nearly the whole voice was moved up (negative: down); 0 if it was not."""
    both = (asked != REST) & (theirs != REST)
    if not both.any():
        return 0
    distances, counts = np.unique((theirs - asked)[both], return_counts=True)
    most = int(np.argmax(counts))
    return int(distances[most]) if counts[most] >= _CLEAR * both.sum() else 0


def _interval(semitones: int) -> str:
    """Return "an octave lower", "a third higher", "two octaves and a fifth lower"."""
    octaves, rest = divmod(abs(semitones), 12)
    simple = f"a {_INTERVALS[_DEGREES[rest]]}" if rest else ""
    many = {0: "", 1: "an octave", 2: "two octaves"}.get(octaves, f"{octaves} octaves")
    size = " and ".join(part for part in (many, simple) if part)
    return f"{size} {'higher' if semitones > 0 else 'lower'}"


def _changes(
    score: Score, assignment: Assignment, voice: Voice, fixed: BoolArray, lost: int, what: str
) -> list[Remark]:
    """Return a remark on the bars in which a voice's fixed notes were changed; mark those that were not."""
    asked = assignment.score
    size = min(score.steps, asked.steps)
    held = assignment.fixed[:, voice]
    wrong = held.copy()
    same = asked.chorale.pitches[:size, voice] == score.chorale.pitches[:size, voice]
    same &= asked.chorale.onsets[:size, voice] == score.chorale.onsets[:size, voice]
    wrong[:size] &= ~same
    fixed[:size, voice] |= held[:size] & same
    wrong[:lost] = False
    wrong &= (asked.chorale.pitches[:, voice] != REST) | _sounding(score, asked.steps, voice)
    steps = np.flatnonzero(wrong)
    if not len(steps):
        return []
    bars = sorted({asked.bar_at(int(step)).number for step in steps})
    message = (
        f"{what} {voice.label.lower()} changed in {bars_in_words(bars)} ({_first(score, asked, voice, int(steps[0]))})"
    )
    return [Remark("given", message, len(bars), tuple(bars))]


def _sounding(score: Score, steps: int, voice: int) -> BoolArray:
    sounding: BoolArray = score.chorale.resized(steps).pitches[:, voice] != REST
    return sounding


def _first(score: Score, asked: Score, voice: int, step: int) -> str:
    """Name the first difference: "bar 3, beat 2: A4, given B4"."""
    theirs = _named(score.pitch_at(step, voice) if step < score.steps else None)
    ours = _named(asked.pitch_at(step, voice))
    told = f"{theirs}, given {ours}" if theirs != ours else f"{ours} in another rhythm"
    return f"{asked.place(step)}: {told}"


def _named(pitch: Pitch | None) -> str:
    return "a rest" if pitch is None else str(pitch)
