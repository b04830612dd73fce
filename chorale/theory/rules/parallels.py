"""Parallel perfect intervals."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from chorale.music import VOICES, Voice
from chorale.theory.finding import Severity
from chorale.theory.rules.base import Context, Hit, rule


@rule("parallel-fifths", 5, "Parallel perfect fifths", Severity.ERROR, "Bach: 16 times in 370 chorales")
def parallel_fifths(context: Context) -> Iterator[Hit]:
    """Two voices a perfect fifth apart move in the same direction to another fifth, and lose their independence."""
    texture = context.texture
    pitches, fifths, sounds = texture.pitches, texture.fifths, texture.sounds
    for upper, lower in combinations(VOICES, 2):
        moves = np.diff(pitches[:, [upper, lower]], axis=0)
        fifth = (fifths[:, upper] - fifths[:, lower] == 1) & ((pitches[:, upper] - pitches[:, lower]) % 12 == 7)
        both = (sounds[:, upper] & sounds[:, lower])[1:] & (sounds[:, upper] & sounds[:, lower])[:-1]
        found = texture.joined & both & fifth[1:] & fifth[:-1] & (np.sign(moves).prod(axis=1) > 0)
        for index in np.flatnonzero(found):
            yield _hit(context, upper, lower, int(index))


def _hit(context: Context, upper: Voice, lower: Voice, index: int) -> Hit:
    texture = context.texture
    start, end = int(texture.steps[index]), int(texture.steps[index + 1])
    notes = tuple((voice, int(texture.starts[row, voice])) for row in (index, index + 1) for voice in (upper, lower))
    message = f"{context.score.place(start)}: {upper.label.lower()} and {lower.label.lower()}, a fifth to a fifth"
    return Hit((upper, lower), start, end, notes, message)
