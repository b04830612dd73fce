"""The states of the search: every numeral in every key that a score may be in.

Conventions: K keys, N numerals (the longer vocabulary's length; the shorter is padded), C chords, S = K * N states.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from chorale.music import Key, Mode
from chorale.theory.analysis.grammar import Grammar, grammar
from chorale.theory.analysis.vocabulary import VOCABULARY
from chorale.theory.analysis.weights import Weights
from chorale.theory.harmony import Quality

__all__ = ["NEVER", "Odds", "Space", "space_of"]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
NEVER = np.float32(1e6)
_WIDTH = max(len(numerals) for numerals in VOCABULARY.values())


@dataclass(frozen=True, eq=False)
class Odds:
    """The costs of chord progressions, each the negative logarithm of ``Grammar``'s odds.

    Attributes:
        alone: (K, N).
        after: (K, N, N) of the second after the first.
        opening: (K, N, N) of a phrase's first after the last of the phrase before.
        ending: (K, N) of a phrase's last.
    """

    alone: Floats
    after: Floats
    opening: Floats
    ending: Floats


@dataclass(frozen=True, eq=False)
class Space:
    """The states.

    Attributes:
        keys: K keys.
        roots: (C,) of the chords, on the line of fifths.
        qualities: C qualities.
        chord_of: (S,) the chord of each state; padding repeats its key's first.
        state_of: (K, C) the state that a chord is in a key; S, one past the last, where the key does not know it.
        odds: of progressions.
    """

    keys: tuple[Key, ...]
    roots: Ints
    qualities: tuple[Quality, ...]
    chord_of: Ints
    state_of: Ints
    odds: Odds


@lru_cache(maxsize=32)
def space_of(keys: tuple[Key, ...], weights: Weights) -> Space:
    """Return the states of some keys."""
    rows = [[(key.tonic + one.root, one.quality) for one in VOCABULARY[key.mode]] for key in keys]
    pairs = sorted({pair for row in rows for pair in row}, key=lambda pair: (pair[0], pair[1].name))
    index = {pair: number for number, pair in enumerate(pairs)}
    state_of = np.full((len(keys), len(pairs)), len(keys) * _WIDTH)
    for number, row in enumerate(rows):
        state_of[number, [index[pair] for pair in row]] = number * _WIDTH + np.arange(len(row))
    chord_of = np.array([index[pair] for row in rows for pair in row + row[:1] * (_WIDTH - len(row))])
    roots, qualities = np.array([root for root, _ in pairs]), tuple(quality for _, quality in pairs)
    return Space(keys, roots, qualities, chord_of, state_of, _odds(keys, weights))


def _odds(keys: tuple[Key, ...], weights: Weights) -> Odds:
    padded: dict[Mode, Grammar] = {mode: _padded(grammar(mode)) for mode in VOCABULARY}

    def costs(part: str) -> Floats:
        odds = np.array([getattr(padded[key.mode], part) for key in keys])
        return np.where(odds <= -NEVER, NEVER, -weights.grammar * odds).astype(np.float32)

    after = costs("after")
    diagonal = np.arange(_WIDTH)
    after[:, diagonal, diagonal] = weights.again
    return Odds(costs("alone"), after, costs("opening"), costs("ending"))


def _padded(odds: Grammar) -> Grammar:
    more = _WIDTH - len(odds.alone)
    line, square = ((0, more),), ((0, more), (0, more))
    wide = [(odds.alone, line), (odds.after, square), (odds.ending, line), (odds.opening, square)]
    return Grammar(*(np.pad(part, width, constant_values=-NEVER) for part, width in wide))
