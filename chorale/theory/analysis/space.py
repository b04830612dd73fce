"""The states of the search: every numeral in every key that a score may be in.

Conventions: K keys, N numerals (the longer vocabulary's length; the shorter is padded), C chords, S = K * N states.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from chorale.music import Key, Mode
from chorale.theory.analysis.grammar import grammar
from chorale.theory.analysis.vocabulary import VOCABULARY, Numeral
from chorale.theory.analysis.weights import Weights
from chorale.theory.harmony import Quality

__all__ = ["NEVER", "NO_TONE", "Odds", "Space", "space_of"]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
NEVER = np.float32(1e6)
NO_TONE = 999  # on the line of fifths: there is none
_HALF_CLOSE = 0.6  # of ``final``: a piece's ending on the dominant
_WIDTH = max(len(numerals) for numerals in VOCABULARY.values())


@dataclass(frozen=True, eq=False)
class Odds:
    """The costs of chord progressions, each the negative logarithm of ``Grammar``'s odds.

    Attributes:
        alone: (K, N).
        after: (K, N, N) of the second after the first.
        opening: (K, N, N) of a phrase's first after the last of the phrase before.
        closing: (K, N, N) of a phrase's last after the one before.
        final: (K, N) of the piece's last.
    """

    alone: Floats
    after: Floats
    opening: Floats
    closing: Floats
    final: Floats


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

    @cached_property
    def tones(self) -> Ints:
        """(C, 4) each chord's tones on the line of fifths, root to seventh; of three, the last is NO_TONE."""
        above = np.array([(*quality.value, NO_TONE)[:4] for quality in self.qualities])
        return np.where(above == NO_TONE, NO_TONE, above + self.roots[:, None])

    @cached_property
    def kinds(self) -> Ints:
        """(C,) 0 for three tones, 1 for an augmented sixth of four, 2 for a seventh chord."""
        return np.array([_kind(quality) for quality in self.qualities])

    @cached_property
    def diminished(self) -> NDArray[np.bool_]:
        """(C,) which chords are diminished triads."""
        return np.array([quality is Quality.DIMINISHED for quality in self.qualities])


def _kind(quality: Quality) -> int:
    if len(quality.value) == 3:
        return 0
    return 1 if quality in {Quality.GERMAN_SIXTH, Quality.FRENCH_SIXTH} else 2


@lru_cache(maxsize=16)
def space_of(keys: tuple[Key, ...], weights: Weights, table: str | None = None) -> Space:
    """Return the states of some keys; ``table`` is for ``grammar``."""
    rows = [[(key.tonic + one.root, one.quality) for one in VOCABULARY[key.mode]] for key in keys]
    pairs = sorted({pair for row in rows for pair in row}, key=lambda pair: (pair[0], pair[1].name))
    index = {pair: number for number, pair in enumerate(pairs)}
    state_of = np.full((len(keys), len(pairs)), len(keys) * _WIDTH)
    for number, row in enumerate(rows):
        state_of[number, [index[pair] for pair in row]] = number * _WIDTH + np.arange(len(row))
    chord_of = np.array([index[pair] for row in rows for pair in row + row[:1] * (_WIDTH - len(row))])
    roots, qualities = np.array([root for root, _ in pairs]), tuple(quality for _, quality in pairs)
    return Space(keys, roots, qualities, chord_of, state_of, _odds(keys, weights, table))


def _odds(keys: tuple[Key, ...], weights: Weights, table: str | None) -> Odds:
    parts = zip(*(_costs_in(key.mode, weights, table) for key in keys), strict=True)
    return Odds(*(np.stack(part) for part in parts))


@lru_cache(maxsize=4)
def _costs_in(mode: Mode, weights: Weights, table: str | None) -> tuple[Floats, ...]:
    """Return one key's rows of ``Odds``, in its order."""
    odds, diagonal = grammar(mode, table), np.arange(_WIDTH)
    alone, after = _costs(odds.alone, weights.grammar), _costs(odds.after, weights.grammar)
    opening, closing = _costs(odds.opening, weights.opening), _costs(odds.closing, weights.closing)
    numerals = VOCABULARY[mode]
    applied = np.array([[bool(one.of) and two.root == one.target for two in numerals] for one in numerals])
    closing[: len(numerals), : len(numerals)] += weights.applied_close * applied
    after[diagonal, diagonal] = weights.again
    closing[diagonal, diagonal] = weights.again + weights.evasion
    return alone, after, opening, closing, _final(numerals, weights)


def _costs(odds: NDArray[np.float64], factor: float) -> Floats:
    """Return log odds as costs, padded to the longer vocabulary."""
    more = (0, _WIDTH - len(odds))
    return np.pad(-factor * odds, [more] * odds.ndim, constant_values=NEVER).astype(np.float32)


def _final(numerals: tuple[Numeral, ...], weights: Weights) -> Floats:
    """Return (N,) the cost of a piece's last chord: none for the tonic, part of it for the dominant."""
    final = np.full(_WIDTH, weights.final, dtype=np.float32)
    for column, one in enumerate(numerals):
        if one.root in {0, 1} and not one.is_seventh:
            final[column] = weights.final * (0.0 if one.root == 0 else _HALF_CLOSE)
    return final
