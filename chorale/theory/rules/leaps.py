"""Intervals within one voice."""

from collections.abc import Iterator

import numpy as np

from chorale.music import Voice
from chorale.theory.finding import Severity
from chorale.theory.rules.base import Context, Hit, rule
from chorale.theory.rules.wording import interval_name, with_article
from chorale.theory.texture import Bools

_THIRD, _SIXTH, _SEVENTH, _OCTAVE = 2, 5, 6, 7  # staff places
_AUGMENTED = 6  # places on the line of fifths, from an augmented fourth on


@rule(
    "augmented-interval",
    10,
    "Melodic augmented interval",
    Severity.ERROR,
    "Bach: never a second, 6 times a fourth in 370 chorales",
)
def augmented_interval(context: Context) -> Iterator[Hit]:
    """An augmented second or fourth inside one voice is hard to sing and breaks the line.

    It comes about mostly in minor, between the sixth degree and the raised seventh. Go down from the sixth degree
    instead, raise the sixth too, or take the diminished interval the other way round. A chromatic semitone is no fault.
    """
    lines = context.lines
    return _leaps(context, (lines.turns >= _AUGMENTED) & (lines.sizes != 0))


@rule(
    "diminished-leap",
    11,
    "Diminished leap not answered",
    Severity.WARNING,
    "Bach: diminished fourths 91, diminished fifths 265 times in 370 chorales, answered or not",
)
def diminished_leap(context: Context) -> Iterator[Hit]:
    """After a diminished fourth, fifth or seventh a voice turns back by step, into the space it has leapt over.

    The note it lands on pulls inwards: from B up to F, the F falls to E. Go on by step against the leap, or choose a
    smaller interval.
    """
    lines = context.lines
    diminished = (lines.turns <= -_AUGMENTED) & (np.abs(lines.sizes) >= _THIRD)
    return _leaps(context, diminished, "not answered by a step back")


@rule(
    "leap-seventh",
    12,
    "Leap of a seventh",
    Severity.ERROR,
    "Bach: soprano 2, inner voices 6, bass 43 times in 370 chorales",
)
def leap_seventh(context: Context) -> Iterator[Hit]:
    """A seventh in one voice is hard to sing, and its two notes do not belong together.

    Take the step the other way instead and let an octave go. A diminished seventh that turns back by step is judged as
    a diminished leap.
    """
    lines = context.lines
    return _leaps(context, (np.abs(lines.sizes) == _SEVENTH) & (np.abs(lines.turns) < _AUGMENTED))


@rule(
    "leap-over-octave",
    12,
    "Leap over an octave",
    Severity.ERROR,
    "Bach: 6 times in 368 chorales; leaps of a whole octave in the bass 604 times",
)
def leap_over_octave(context: Context) -> Iterator[Hit]:
    """No voice leaps by more than an octave: such a line falls apart into two, and singers miss it.

    Put the second note into the nearer octave.
    """
    return _leaps(context, np.abs(context.lines.sizes) > _OCTAVE)


@rule("leap-sixth", 12, "Leap of a sixth", Severity.WARNING, "Bach: 171 times (32 % of 368 chorales)")
def leap_sixth(context: Context) -> Iterator[Hit]:
    """The upper voices sing mostly steps and thirds; a sixth is much for them.

    Exchange the notes of two upper voices, or take the chord tone on the other side. In a melody of its own a minor
    sixth upwards, turned back by step, can be fine; the bass may leap a sixth.
    """
    lines = context.lines
    return _leaps(context, (np.abs(lines.sizes) == _SIXTH) & (lines.voices[:-1] != Voice.BASS))


@rule("leap-unanswered", 13, "Large leap not turned back", Severity.HINT, "Bach: 150 times (28 % of 368 chorales)")
def leap_unanswered(context: Context) -> Iterator[Hit]:
    """After a leap of a sixth or more a line keeps its balance by a step in the other direction.

    Go back by step after the leap, or reach the same note by two smaller leaps. The bass, which leaps an octave to sing
    the same note again, is free to go on as it likes.
    """
    lines = context.lines
    large = (np.abs(lines.sizes) >= _SIXTH) & ~((lines.voices[:-1] == Voice.BASS) & (np.abs(lines.sizes) == _OCTAVE))
    return _leaps(context, large, "not turned back by step")


def _turns_back(context: Context, row: int) -> bool:
    """Whether a leap is followed by a step back, repetitions passed over, or by nothing."""
    lines = context.lines
    after = lines.onward(row + 1)
    return after is None or bool(lines.sizes[after[0]] == -np.sign(lines.sizes[row]))


def _leaps(context: Context, found: Bools, unless_turned_back: str = "") -> Iterator[Hit]:
    """Yield the intervals that are marked; where a fault is named, only those that are not turned back by step."""
    lines = context.lines
    for row in np.flatnonzero(found & lines.joined).tolist():
        if unless_turned_back and _turns_back(context, row):
            continue
        across = int(lines.fifths[row + 1] - lines.fifths[row])
        name = with_article(interval_name(across, int(lines.moves[row])))
        way = "up" if lines.moves[row] > 0 else "down"
        text = f"{context.note(row)} to {context.note(row + 1)}, {name} {way}"
        yield context.at_notes(row, row + 1, f"{text}, {unless_turned_back}" if unless_turned_back else text)
