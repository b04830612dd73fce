"""Perfect intervals in a row.

All of them compare a moment with the next one, within a phrase. A voice that rests between ends its line, and a note
that is held or repeated does not move: neither makes parallels. Where voices are crossed, the interval is reckoned from
the note that sounds lower.
"""

from collections.abc import Iterator

import numpy as np

from chorale.theory.finding import Severity
from chorale.theory.rules.base import Context, Hit, rule
from chorale.theory.rules.pairs import PAIRS
from chorale.theory.rules.wording import interval_name, with_article
from chorale.theory.texture import Bools


@rule("parallel-fifths", 5, "Parallel perfect fifths", Severity.ERROR, "Bach: 16 times (3 % of 370 chorales)")
def parallel_fifths(context: Context) -> Iterator[Hit]:
    """Two voices a perfect fifth apart that move in the same direction to another fifth give up their independence.

    The ear hears one thick line instead of two. Let one of them move the other way or stay, or give one of the two
    chords another position.
    """
    fifths = context.pairs.perfect_fifths
    return _in_a_row(context, fifths, context.pairs.similar)


@rule("parallel-octaves", 6, "Parallel octaves or unisons", Severity.ERROR, "Bach: 2 times in 370 chorales")
def parallel_octaves(context: Context) -> Iterator[Hit]:
    """Two voices an octave or a unison apart that move in the same direction to another one become a single voice.

    Four parts are left with three. Let one of the two move the other way, or double another tone in one of the chords.
    Two voices that leap by an octave together only repeat their notes, and are not meant.
    """
    octaves = context.pairs.octaves
    return _in_a_row(context, octaves, context.pairs.similar)


@rule("contrary-fifths", 7, "Fifths by contrary motion", Severity.WARNING, "Bach: 33 times in 370 chorales")
def contrary_fifths(context: Context) -> Iterator[Hit]:
    """A fifth that follows a fifth is heard as such even where the voices move apart or towards each other.

    A fifth that opens to a twelfth is the usual case. Give one of the two voices another chord tone.
    """
    fifths = context.pairs.perfect_fifths
    return _in_a_row(context, fifths, context.pairs.contrary, " by contrary motion")


@rule("contrary-octaves", 7, "Octaves by contrary motion", Severity.WARNING, "Bach: 8 times in 370 chorales")
def contrary_octaves(context: Context) -> Iterator[Hit]:
    """An octave that follows an octave or a unison is heard as such even where the voices move in opposite directions.

    It happens most easily at a close, where soprano and bass both go from the dominant's root to the tonic. Let one of
    them take another tone of the chord.
    """
    octaves = context.pairs.octaves
    return _in_a_row(context, octaves, context.pairs.contrary, " by contrary motion")


@rule(
    "unequal-fifths",
    9,
    "Diminished to perfect fifth with the bass",
    Severity.WARNING,
    "Bach: never in 370 chorales",
)
def unequal_fifths(context: Context) -> Iterator[Hit]:
    """A diminished fifth above the bass wants to close inwards to a third; moved to a perfect fifth, it cannot.

    Both of its tones pull, and the perfect fifth after it stands out almost like a parallel. Let the upper voice fall
    by a step while the bass rises. Between upper voices, and from a perfect to a diminished fifth, it is no fault.
    """
    pairs = context.pairs
    with_bass = np.array([lower == 3 for _, lower in PAIRS])
    found = pairs.diminished_fifths[:-1] & pairs.perfect_fifths[1:] & pairs.similar & with_bass
    return _hits(context, found)


def _in_a_row(context: Context, intervals: Bools, motion: Bools, how: str = "") -> Iterator[Hit]:
    """Yield where an interval follows itself by a kind of motion, unless the voices cross on the way."""
    sides = np.sign(context.pairs.distance)
    crosses = sides[1:] * sides[:-1] < 0
    return _hits(context, intervals[1:] & intervals[:-1] & motion & ~crosses, how)


def _hits(context: Context, found: Bools, how: str = "") -> Iterator[Hit]:
    for row, pair in np.argwhere(found).tolist():
        voices = PAIRS[pair]
        notes = f"{context.sounding(row, voices)} to {context.sounding(row + 1, voices)}"
        intervals = f"{_named(context, row, pair)} to {_named(context, row + 1, pair)}"
        yield context.at_moments(voices, row, row + 1, f"{notes}, {intervals}{how}")


def _named(context: Context, row: int, pair: int) -> str:
    """Return an interval's name, octaves left out: "a fifth", "a unison", "an octave"."""
    fifths, distance = int(context.pairs.fifths[row, pair]), abs(int(context.pairs.distance[row, pair]))
    return with_article(interval_name(fifths, distance % 12 or min(distance, 12)))
