"""Where mistakes are planted: single phrases of chorales."""

from itertools import pairwise

import numpy as np

from chorale.music import REST, Chorale
from chorale.theory.phrases import phrase_ends
from tests.theory.planting.chords import in_its_key
from tests.theory.planting.reading import Reading


def phrases_of(score):
    """Yield the reading of every phrase of a score in which no voice rests."""
    for start, end in pairwise((0, *phrase_ends(score))):
        if end - start >= 2 * score.meter.steps_per_beat and not (score.chorale.pitches[start:end] == REST).any():
            yield Reading(excerpt(score, start, end))


def excerpt(score, start, end):
    """Return some steps of a score as a score; its last note carries the fermata, beats stay where they were."""
    rows = slice(start, end)
    spelling, locked = score.spelling[rows].copy(), np.zeros((end - start, 4), dtype=bool)
    return score.replace(
        chorale=Chorale(score.chorale.pitches[rows], score.chorale.onsets[rows]),
        spelling=spelling,
        locked=locked,
        pickup=(score.pickup - start) % score.meter.steps_per_bar,
        fermatas=frozenset({end - start - 1}),
        lyrics=(),
        title=f"{score.title}, {score.place(start)}",
    )


def phrases(chorales):
    """Return every phrase of some chorales (name -> Score), in a fixed order."""
    return [reading for name in sorted(chorales) for reading in phrases_of(chorales[name])]


def plain_phrases(chorales):
    """Return the phrases that surely stay in one key throughout, under the signature of that key."""
    return [plain for plain in map(in_its_key, phrases(chorales)) if plain is not None]
