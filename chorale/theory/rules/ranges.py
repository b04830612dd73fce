"""The compass of each voice."""

from collections.abc import Iterator

import numpy as np

from chorale.music import Key, Pitch, Voice
from chorale.theory.finding import Severity
from chorale.theory.rules.base import Context, Hit, rule


@rule(
    "range",
    1,
    "Out of range",
    Severity.WARNING,
    "Bach: soprano 9, alto 6, tenor 35, bass 387 times in 370 chorales; his basses go down to C2 and up to D4",
)
def out_of_range(context: Context) -> Iterator[Hit]:
    """Singers are comfortable within about an octave and a half; beyond it a note is weak, strained or not there.

    A choir's usual compass is C4-G5 for the soprano, G3-D5 for the alto, C3-G4 for the tenor and E2-C4 for the bass;
    your settings may say otherwise. Put the note into another octave, or give the voice another tone of the chord.
    """
    lines = context.lines
    lows, highs = np.array(context.profile.ranges).T
    outside = (lines.pitches < lows[lines.voices]) | (lines.pitches > highs[lines.voices])
    for row in np.flatnonzero(outside).tolist():
        low, high = context.profile.ranges[int(lines.voices[row])]
        pitch = Pitch(int(lines.fifths[row]), int(lines.pitches[row]))
        where, limit = ("below", low) if pitch.midi < low else ("above", high)
        voice = Voice(int(lines.voices[row])).label.lower()
        bound = Key(0).spell(limit)
        yield context.at_notes(row, row, f"{_named(context, pitch)} is {where} the {voice}'s {_named(context, bound)}")


def _named(context: Context, pitch: Pitch) -> str:
    return f"{context.wording.note(pitch.fifth)}{pitch.octave}"
