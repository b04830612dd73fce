"""Perfect intervals that the outer voices reach together."""

from collections.abc import Iterator

import numpy as np

from chorale.music import Voice
from chorale.theory.finding import Severity
from chorale.theory.rules.base import Context, Hit, rule
from chorale.theory.rules.pairs import OUTER, PAIRS
from chorale.theory.texture import Bools

_STEP = 2  # semitones


@rule("direct-fifths", 8, "Direct fifth", Severity.WARNING, "Bach: 39 times in 370 chorales")
def direct_fifths(context: Context) -> Iterator[Hit]:
    """Soprano and bass that move in the same direction into a fifth, the soprano by a leap, make it stick out.

    The outer voices are what one hears best, and both seem to jump at the same bare interval. Let the soprano come by
    step, or let the two move towards each other. Between other voices, and where the soprano steps, it is no fault.
    """
    return _reached_together(context, context.pairs.perfect_fifths[:, OUTER], "a fifth")


@rule(
    "direct-octaves",
    8,
    "Direct octave",
    Severity.WARNING,
    "Bach: 36 times in 370 chorales, mostly where the bass leaps an octave, which is not reported",
)
def direct_octaves(context: Context) -> Iterator[Hit]:
    """Soprano and bass that move in the same direction into an octave, the soprano by a leap, sound like parallels.

    The ear fills in the leap and hears the octave come early. Let the soprano come by step, or let the two move in
    opposite directions. Between other voices, and where the soprano steps, it is no fault.
    """
    return _reached_together(context, context.pairs.octaves[:, OUTER], "an octave")


def _reached_together(context: Context, interval: Bools, text: str) -> Iterator[Hit]:
    pitches, voices = context.texture.pitches, PAIRS[OUTER]
    leaps = np.abs(np.diff(pitches[:, Voice.SOPRANO])) > _STEP
    bass_moves = np.diff(pitches[:, Voice.BASS]) % 12 != 0  # an octave leap in the bass repeats its note
    found = interval[1:] & ~interval[:-1] & context.pairs.similar[:, OUTER] & leaps & bass_moves
    for row in np.flatnonzero(found).tolist():
        notes = f"{context.sounding(row, voices)} to {context.sounding(row + 1, voices)}"
        way = "up" if pitches[row + 1, Voice.SOPRANO] > pitches[row, Voice.SOPRANO] else "down"
        yield context.at_moments(voices, row, row + 1, f"{notes}, both {way} into {text}, the soprano by a leap")
