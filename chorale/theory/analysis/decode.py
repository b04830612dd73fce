"""The cheapest way through a score: segments, each one chord in one key (a semi-Markov Viterbi search).

Conventions: M moments, K keys, N numerals (the longer vocabulary's length; the shorter is padded), C chords.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from chorale.music import Key, Score
from chorale.music.key import Mode
from chorale.theory.analysis.fit import LONGEST, ChordSet, stretch_costs
from chorale.theory.analysis.grammar import Grammar, grammar
from chorale.theory.analysis.keys import KeySet, key_set
from chorale.theory.analysis.lines import Lines
from chorale.theory.analysis.vocabulary import VOCABULARY
from chorale.theory.analysis.weights import Weights
from chorale.theory.harmony import Quality
from chorale.theory.texture import Texture

__all__ = ["Segment", "segments"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_NEVER = 1e6


@dataclass(frozen=True)
class Segment:
    """Moments first to last (inclusive), their chord's root and quality, and the key."""

    first: int
    last: int
    root: int
    quality: Quality
    key: Key


@dataclass(frozen=True, eq=False)
class _Space:
    """The states: every numeral in every key."""

    keys: KeySet

    @cached_property
    def chords(self) -> ChordSet:
        pairs = sorted({pair for row in self._pairs for pair in row}, key=lambda pair: (pair[0], pair[1].name))
        return ChordSet(np.array([root for root, _ in pairs]), tuple(quality for _, quality in pairs))

    @cached_property
    def _pairs(self) -> list[list[tuple[int, Quality]]]:
        return [[(key.tonic + one.root, one.quality) for one in VOCABULARY[key.mode]] for key in self.keys.keys]

    @cached_property
    def chord_of(self) -> Ints:
        """(K, N) the chord of each state; padding repeats the first."""
        index = {
            pair: number
            for number, pair in enumerate(zip(self.chords.roots.tolist(), self.chords.qualities, strict=True))
        }
        width = max(len(row) for row in self._pairs)
        return np.array([[index[pair] for pair in row + row[:1] * (width - len(row))] for row in self._pairs])

    @cached_property
    def state_of(self) -> Ints:
        """(K, C) the numeral of each chord in each key; -1 where the key does not know it."""
        states = np.full((len(self._pairs), len(self.chords.roots)), -1)
        for row, pairs in enumerate(self._pairs):
            states[row, self.chord_of[row, : len(pairs)]] = np.arange(len(pairs))
        return states


@lru_cache(maxsize=1)
def _padded() -> dict[Mode, Grammar]:
    width = max(len(numerals) for numerals in VOCABULARY.values())
    padded: dict[Mode, Grammar] = {}
    for mode, numerals in VOCABULARY.items():
        more = (0, width - len(numerals))
        odds = grammar(mode)
        padded[mode] = Grammar(
            np.pad(odds.alone, more, constant_values=-_NEVER),
            np.pad(odds.after, (more, more), constant_values=-_NEVER),
            np.pad(odds.ending, more, constant_values=-_NEVER),
            np.pad(odds.opening, (more, more), constant_values=-_NEVER),
        )
    return padded


def segments(score: Score, texture: Texture, lines: Lines, weights: Weights) -> list[Segment]:
    """Return the cheapest segmentation, in order, covering every moment."""
    space = _Space(key_set(score, texture, weights))
    search = _Search(score, texture, lines, space, weights)
    return search.best()


class _Search:
    def __init__(self, score: Score, texture: Texture, lines: Lines, space: _Space, weights: Weights) -> None:
        self.space, self.weights, self.texture = space, weights, texture
        self.count = len(texture)
        beats = (texture.ends - texture.steps) / min(score.meter.steps_per_beat, 4)
        costs = stretch_costs(score, texture, lines, space.chords, weights)
        start = np.array(weights.off_beat)[lines.strength]
        self.costs = costs + start[None, :, None]
        self._forbid_crossing()
        outside = weights.out_of_key * space.keys.foreign(texture, beats)
        self.outside = np.concatenate([np.zeros((1, outside.shape[1])), outside.cumsum(axis=0)])
        padded = _padded()
        modes = [key.mode for key in space.keys.keys]
        g = weights.grammar
        self.alone = -g * np.array([padded[mode].alone for mode in modes])
        self.after = -g * np.array([padded[mode].after for mode in modes])
        diagonal = np.arange(self.after.shape[1])
        self.after[:, diagonal, diagonal] = weights.again
        self.ending = -g * np.array([padded[mode].ending for mode in modes])
        self.opening = -g * np.array([padded[mode].opening for mode in modes])

    def _forbid_crossing(self) -> None:
        phrases = self.texture.phrases
        for more in range(1, min(LONGEST, self.count)):
            crosses = phrases[more:] != phrases[: self.count - more]
            self.costs[more, : self.count - more][crosses] = _NEVER

    def best(self) -> list[Segment]:
        shape = self.space.chord_of.shape
        entered = np.zeros((self.count, *shape))
        origin = np.full((self.count, *shape), -1)
        reached = np.zeros((self.count + 1, *shape))
        lengths = np.zeros((self.count + 1, *shape), dtype=np.int64)
        phrases = self.texture.phrases
        for moment in range(self.count):
            if moment == 0:
                entered[0] = self.alone + self.space.keys.start[:, None]
            else:
                opens = phrases[moment] != phrases[moment - 1]
                entered[moment], origin[moment] = self._enter(reached[moment], opens=bool(opens))
            reached[moment + 1], lengths[moment + 1] = self._reach(entered, moment)
        return self._trace(reached, lengths, origin)

    def _reach(self, entered: Floats, moment: int) -> tuple[Floats, Ints]:
        """Return the cost of every state whose segment ends with a moment, and the segment's length."""
        most = min(LONGEST, moment + 1)
        back = np.arange(most)
        starts = moment - back
        costs = self.costs[back, starts][:, self.space.chord_of] + entered[starts]
        costs += (self.outside[moment + 1] - self.outside[starts])[:, :, None]
        length = costs.argmin(axis=0)
        best = np.take_along_axis(costs, length[None], axis=0)[0]
        if moment + 1 == self.count or self.texture.phrases[moment + 1] != self.texture.phrases[moment]:
            best = best + self.ending
        return best, length + 1

    def _enter(self, reached: Floats, *, opens: bool) -> tuple[Floats, Ints]:
        """Return the cost of beginning each state at a boundary, and the flat state before."""
        odds = self.opening if opens else self.after
        keys, width = reached.shape
        via = reached[:, :, None] + odds
        source = via.argmin(axis=1)  # (K, N)
        within = np.take_along_axis(via, source[:, None], axis=1)[:, 0]
        flat = source + np.arange(keys)[:, None] * width
        change = self.space.keys.change * (self.weights.phrase_relief if opens else 1.0)
        return self._modulate(within, flat, change)

    def _modulate(self, within: Floats, flat: Ints, change: Floats) -> tuple[Floats, Ints]:
        """A chord entered in one key may be left in another."""
        state_of, chord_of = self.space.state_of, self.space.chord_of
        rows = np.arange(len(within))[:, None]
        by_chord = np.where(state_of >= 0, within[rows, np.maximum(state_of, 0)], _NEVER)  # (K, C)
        via = by_chord[:, None, :] + change[:, :, None]  # (K from, K to, C)
        source = via.argmin(axis=0)  # (K to, C)
        best = np.take_along_axis(via, source[None], axis=0)[0]
        chosen = np.take_along_axis(source, chord_of, axis=1)  # (K to, N)
        cost = np.take_along_axis(best, chord_of, axis=1)
        cost = np.where(self.alone >= _NEVER / 2, _NEVER, cost)
        state = state_of[chosen, chord_of]
        return cost, flat[chosen, np.maximum(state, 0)]

    def _trace(self, reached: Floats, lengths: Ints, origin: Ints) -> list[Segment]:
        keys, chords = self.space.keys.keys, self.space.chords
        width = reached.shape[2]
        state = int(reached[self.count].argmin())
        end, found = self.count, []
        while end > 0:
            row, column = divmod(state, width)
            length = int(lengths[end, row, column])
            chord = int(self.space.chord_of[row, column])
            start = end - length
            found.append(Segment(start, end - 1, int(chords.roots[chord]), chords.qualities[chord], keys[row]))
            state, end = int(origin[start].flat[state]), start
        return found[::-1]
