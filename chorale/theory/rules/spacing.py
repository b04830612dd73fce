"""How far apart and in what order the voices stand."""

from collections.abc import Iterator

import numpy as np

from chorale.theory.finding import Severity
from chorale.theory.rules.base import Context, Hit, rule, runs
from chorale.theory.rules.pairs import ADJACENT, PAIRS
from chorale.theory.rules.wording import interval_name, with_article
from chorale.theory.texture import Bools

_OCTAVE, _TWELFTH = 12, 19  # semitones


@rule(
    "spacing",
    2,
    "Upper voices too far apart",
    Severity.WARNING,
    "Bach: soprano and alto 143 times (15 % of 370 chorales), alto and tenor 334 times (33 %)",
)
def upper_voices_apart(context: Context) -> Iterator[Hit]:
    """Soprano and alto, and alto and tenor, stay within an octave of each other, so that they sound as one choir.

    A wider gap leaves a hole in the middle of the chord. Move an inner voice to a nearer octave of its note, or
    exchange the notes of two inner voices.
    """
    for pair in ADJACENT[:2]:
        yield from _too_far(context, pair, _OCTAVE)


@rule(
    "spacing-bass",
    2,
    "Tenor and bass too far apart",
    Severity.WARNING,
    "Bach: 312 times (36 % of 370 chorales)",
)
def bass_apart(context: Context) -> Iterator[Hit]:
    """The bass may stand further off than the other voices, but not much more than a twelfth below the tenor.

    Beyond that it loses touch with the choir above it. Take the bass an octave up, or the tenor down.
    """
    yield from _too_far(context, ADJACENT[2], _TWELFTH)


def _too_far(context: Context, pair: int, limit: int) -> Iterator[Hit]:
    pairs = context.pairs
    wide = pairs.both[:, pair] & (pairs.distance[:, pair] > limit)
    for first, last in _stretches(context, wide):
        most = first + int(np.argmax(pairs.distance[first : last + 1, pair]))
        interval = with_article(interval_name(int(pairs.fifths[most, pair]), int(pairs.distance[most, pair])))
        yield context.at_moments(PAIRS[pair], first, last, f"{context.sounding(most, PAIRS[pair])}, {interval} apart")


@rule(
    "crossing",
    3,
    "Crossed voices",
    Severity.WARNING,
    "Bach: soprano and alto 78, alto and tenor 455, tenor and bass 251 moments in 370 chorales",
)
def crossed_voices(context: Context) -> Iterator[Hit]:
    """A voice that sings above its upper or below its lower neighbour blurs which line is which.

    Listeners follow the highest note as the melody and the lowest as the bass. Exchange the notes of the two voices,
    unless each line is clearly the better for the crossing.
    """
    for pair in ADJACENT:
        for first, last in _stretches(context, context.pairs.both[:, pair] & (context.pairs.distance[:, pair] < 0)):
            upper, lower = PAIRS[pair]
            text = (
                f"{context.sounding(first, PAIRS[pair])}, the {lower.label.lower()} is above the {upper.label.lower()}"
            )
            yield context.at_moments(PAIRS[pair], first, last, text)


@rule("overlap", 4, "Overlapping voices", Severity.HINT, "Bach: 1481 times (82 % of 370 chorales)")
def overlapping_voices(context: Context) -> Iterator[Hit]:
    """A voice that moves past the note its neighbour has just left makes the ear take the two lines for one.

    Above all two voices that leap the same way do it. Let the voices move by smaller steps or towards each other. It is
    a weak fault: where a chord merely changes its position, nobody minds.
    """
    pitches, pairs = context.texture.pitches, context.pairs
    for pair in ADJACENT:
        upper, lower = PAIRS[pair]
        uncrossed = pairs.linked[:, pair] & (pairs.distance[1:, pair] >= 0) & (pairs.distance[:-1, pair] >= 0)
        passed_up = uncrossed & (pitches[1:, lower] > pitches[:-1, upper])
        passed_down = uncrossed & (pitches[1:, upper] < pitches[:-1, lower])
        for row in np.flatnonzero(passed_up | passed_down).tolist():
            mover, other = (lower, upper) if passed_up[row] else (upper, lower)
            new, old = context.sounding(row + 1, [mover]), context.sounding(row, [other])
            way = "above" if passed_up[row] else "below"
            text = f"the {mover.label.lower()}'s {new} is {way} the {other.label.lower()}'s {old} just before"
            yield context.at_moments(PAIRS[pair], row, row + 1, text)


def _stretches(context: Context, flags: Bools) -> list[tuple[int, int]]:
    """Return the first and last row of every stretch of True, parted at phrase ends."""
    ends = np.flatnonzero(~context.texture.joined)
    parts = [(first, last, [int(end) for end in ends if first <= end < last]) for first, last in runs(flags)]
    return [
        pair
        for first, last, inside in parts
        for pair in zip([first, *(end + 1 for end in inside)], [*inside, last], strict=True)
    ]
