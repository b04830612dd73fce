"""Predicates about a line: steps, leaps, climax, compass, ends, repeats, contrary motion."""

from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from chorale.levels.goals.base import Fault, Goal, Work, predicate
from chorale.music import Note, Pitch, Voice
from chorale.music.pitch import fifth_of_name
from chorale.theory.rules.wording import generic_size, interval_name, listed, with_article

__all__ = ["begins", "climax", "compass", "contrary", "ends", "leaps", "repeats", "steps"]

SIZES = ("second", "third", "fourth", "fifth", "sixth", "seventh", "octave", "ninth", "tenth", "eleventh", "twelfth")
_DEGREES = ("1", "2", "3", "4", "5", "6", "7")


class _Move(NamedTuple):
    """From one note of a voice to the next."""

    voice: Voice
    first: Note
    second: Note
    size: int  # staff places, up positive
    name: str


def _lines(work: Work, goal: Goal) -> Iterator[tuple[Voice, list[tuple[Note, Pitch]]]]:
    for voice in goal.voices or work.level.voices:
        line = list(work.score.notes(voice))
        if line:
            yield voice, line


def _moves(voice: Voice, line: list[tuple[Note, Pitch]]) -> list[_Move]:
    found = []
    for (first, low), (second, high) in pairwise(line):
        interval = high.fifth - low.fifth, high.midi - low.midi
        found.append(_Move(voice, first, second, generic_size(*interval), interval_name(*interval)))
    return found


def _over(voice: Voice, notes: list[Note], why: str) -> Fault:
    return Fault(why, (voice,), notes[0].start, notes[-1].start, tuple((voice, note.start) for note in notes))


@predicate("steps", "Mostly by step", "voices", "least")
def steps(work: Work, goal: Goal) -> Iterator[Fault]:
    """Of the movements of a voice so many in a hundred are steps: ``least`` (60); a note repeated is no movement."""
    least = 60.0 if goal.least is None else goal.least
    for voice, line in _lines(work, goal):
        sizes = [abs(move.size) for move in _moves(voice, line) if move.size]
        share = 100 * sizes.count(1) / max(1, len(sizes))
        if len(line) > 1 and share < least:
            seen = f"{share:.0f} % of the movements are steps" if sizes else "the line does not move"
            yield _over(voice, [note for note, _ in line], f"{seen}: wanted {least:.0f} % steps or more")


@predicate("leaps", "No large leaps", "voices", "is!", words=SIZES)
def leaps(work: Work, goal: Goal) -> Iterator[Fault]:
    """No movement of a voice is wider than ``is``, such as "fifth"."""
    widest = SIZES.index(goal.wants[0]) + 1
    for voice, line in _lines(work, goal):
        for move in _moves(voice, line):
            if abs(move.size) > widest:
                why = f"a leap of {with_article(move.name)}: wanted {with_article(goal.wants[0])} at most"
                yield _over(voice, [move.first, move.second], why)


@predicate("climax", "One highest note", "voices")
def climax(work: Work, goal: Goal) -> Iterator[Fault]:
    """The highest note of a voice comes once, and is neither its first nor its last."""
    for voice, line in _lines(work, goal):
        top = max(pitch.midi for _, pitch in line)
        highest = [note for note, pitch in line if pitch.midi == top]
        if len(highest) > 1:
            yield _over(voice, highest, f"the highest note comes {len(highest)} times: wanted one summit")
        elif highest[0] in {line[0][0], line[-1][0]}:
            yield _over(voice, highest, "the highest note stands at an end of the line: wanted it within")


@predicate("compass", "The compass of the line", "voices", "is!", words=SIZES)
def compass(work: Work, goal: Goal) -> Iterator[Fault]:
    """From the lowest to the highest note of a voice is no more than ``is``, such as "octave"."""
    for voice, line in _lines(work, goal):
        (low, bottom), (high, top) = (choose(line, key=lambda each: each[1].midi) for choose in (min, max))
        if top.place - bottom.place > SIZES.index(goal.wants[0]) + 1:
            name = interval_name(top.fifth - bottom.fifth, top.midi - bottom.midi)
            notes = sorted([low, high], key=lambda note: note.start)
            yield _over(voice, notes, f"the line spans {with_article(name)}: wanted {with_article(goal.wants[0])}")


@predicate("begins", "How the line begins", "voices", "is!", words=_DEGREES)
def begins(work: Work, goal: Goal) -> Iterator[Fault]:
    """The first note of a voice is one of the degrees of ``is``: "1", "3", "5"."""
    yield from _ends(work, goal, 0)


@predicate("ends", "How the line ends", "voices", "is!", words=_DEGREES)
def ends(work: Work, goal: Goal) -> Iterator[Fault]:
    """The last note of a voice is one of the degrees of ``is``: "1", "3", "5"."""
    yield from _ends(work, goal, -1)


def _ends(work: Work, goal: Goal, which: int) -> Iterator[Fault]:
    tonic = fifth_of_name(work.score.key.tonic_name)
    for voice, line in _lines(work, goal):
        note, pitch = line[which]
        degree = str(4 * (pitch.fifth - tonic) % 7 + 1)
        if degree not in goal.wants:
            name, wanted = work.wording.note(pitch.fifth), " or ".join(goal.wants)
            yield _over(voice, [note], f"{name} is degree {degree}: wanted degree {wanted}")


@predicate("repeats", "No note stuck", "voices", "most")
def repeats(work: Work, goal: Goal) -> Iterator[Fault]:
    """A voice sings the same note at most so many times in a row: ``most`` (2)."""
    most = int(2 if goal.most is None else goal.most)
    for voice, line in _lines(work, goal):
        for _, group in groupby(line, key=lambda each: each[1].midi):
            notes = [note for note, _ in group]
            if len(notes) > most:
                yield _over(voice, notes, f"the same note {len(notes)} times in a row: wanted {most} at most")


@predicate("contrary", "Contrary motion", "voices", "least")
def contrary(work: Work, goal: Goal) -> Iterator[Fault]:
    """Of the movements of two voices (``voices``, SB) so many in a hundred are contrary: ``least`` (50)."""
    pair = goal.voices or (Voice.SOPRANO, Voice.BASS)
    least = 50.0 if goal.least is None else goal.least
    pitches = work.texture.pitches[:, list(pair)]
    moves = pitches[1:] - pitches[:-1]
    both = moves[((pitches[1:] >= 0) & (pitches[:-1] >= 0) & (moves != 0)).all(axis=1)]
    share = 100 * float((both[:, 0] * both[:, -1] < 0).mean()) if len(both) else 100.0
    if share < least:
        names = listed([voice.label.lower() for voice in pair])
        why = f"{names} move against each other {share:.0f} times in a hundred: wanted {least:.0f} or more"
        yield Fault(why, pair, 0, int(work.texture.steps[-1]))
