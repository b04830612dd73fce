"""The cheapest way through a score: segments, each one chord in one key (a semi-Markov Viterbi search).

Conventions: M moments, K keys, N numerals, C chords, S = K * N states, L longest segment in moments; all costs.

Forward, only the least costs are kept; which choices made them is found again on the way back, for the states on the
best path alone. A chord entered in one key may be left in another: that is the pivot of a modulation, and it is
counted to the new key.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from chorale.music import Key, Score
from chorale.theory.analysis.fit import stretch_costs
from chorale.theory.analysis.keys import KeySet, key_set
from chorale.theory.analysis.lines import Lines
from chorale.theory.analysis.space import NEVER, NO_TONE, Space, space_of
from chorale.theory.analysis.weights import Weights
from chorale.theory.harmony import Quality
from chorale.theory.texture import Texture

__all__ = ["Segment", "segments"]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
_CLOSE = 5  # moments; how long before a phrase's end its last chord may begin and still count as its close


@dataclass(frozen=True)
class Segment:
    """Moments first to last (inclusive), their chord's root and quality, and the key."""

    first: int
    last: int
    root: int
    quality: Quality
    key: Key


def segments(score: Score, texture: Texture, lines: Lines, weights: Weights, table: str | None = None) -> list[Segment]:
    """Return the cheapest segmentation, in order, covering every moment; ``table`` is for ``grammar``."""
    search = _Search(score, texture, lines, weights, table)
    search.forward()
    return search.trace()


class _Search:
    """The search's tables.

    entered (M, S): the least cost of a segment's beginning at a moment in a state, less the tones foreign to its key
    in all moments before; reached (M + 1, S): of a segment's ending before a moment; closed: the last rows of
    ``entered`` anew, for the segments that end with a phrase, by its last moment.
    """

    def __init__(self, score: Score, texture: Texture, lines: Lines, weights: Weights, table: str | None) -> None:
        beats = (texture.ends - texture.steps) / min(score.meter.steps_per_beat, 4)
        keys = key_set(score, texture, beats, weights)
        self.space: Space = space_of(keys.keys, weights, table)
        self.count, self.width = len(texture), self.space.odds.alone.shape[1]
        self.fit: Floats = stretch_costs(texture, lines, self.space, weights, beats)  # (M, L, C), by last moment
        self.begins = np.array(weights.off_beat, dtype=np.float32)[lines.strength]
        self.outside = _outside(keys, self.space, texture, beats, weights)
        opens = np.concatenate([[True], texture.phrases[1:] != texture.phrases[:-1]])
        self.opens, self.closes = opens, np.append(opens[1:], True)
        relieved = (keys.change * weights.phrase_relief).astype(np.float32)
        self.change = (keys.change.astype(np.float32), relieved)
        self.start = (self.space.odds.alone + keys.start[:, None].astype(np.float32)).ravel()
        self.entered = np.zeros((self.count, len(self.start)), dtype=np.float32)
        self.reached = np.zeros((self.count + 1, len(self.start)), dtype=np.float32)
        self.within = np.full(len(self.start) + 1, NEVER, dtype=np.float32)  # the last stands for "unknown"
        self.closed: dict[int, Floats] = {}
        self.finish = np.repeat(keys.start.astype(np.float32), self.width) + self.space.odds.final.ravel()

    def forward(self) -> None:
        """Fill the tables."""
        for moment in range(self.count):
            cost = self._enter(moment) if moment else self.start
            self.entered[moment] = cost + self.begins[moment] - self.outside[moment]
            if self.closes[moment]:
                self.closed[moment] = self._close(moment)
            fit = self._fit(moment)[:, self.space.chord_of]
            fit += self._entered(moment)
            self.reached[moment + 1] = fit.min(axis=0) + self.outside[moment + 1]

    def _enter(self, moment: int) -> Floats:
        """Return (S,) the least cost of beginning each state at a moment."""
        odds = self.space.odds.opening if self.opens[moment] else self.space.odds.after
        self.within[:-1] = self._follow(odds, moment)
        by_chord = self.within.take(self.space.state_of)  # (K, C)
        change = self.change[int(self.opens[moment])]
        cost: Floats = (by_chord[:, None, :] + change[:, :, None]).min(axis=0).ravel().take(self._to_state)
        return cost

    def _follow(self, odds: Floats, moment: int) -> Floats:
        """Return (S,) the least cost of each state as the next in its key."""
        followed: Floats = (self.reached[moment].reshape(-1, self.width, 1) + odds).min(axis=1).ravel()
        return followed

    def _close(self, last: int) -> Floats:
        """Return (n, S): the last n rows of ``entered`` where the segment that begins there is its phrase's last."""
        first = last
        while last - first < _CLOSE and not self.opens[first]:
            first -= 1
        closing, after = self.space.odds.closing, range(first + 1, last + 1)
        rows = [self._follow(closing, moment) + self.begins[moment] - self.outside[moment] for moment in after]
        return np.array(rows, dtype=np.float32).reshape(-1, len(self.start))

    def _fit(self, last: int) -> Floats:
        """Return (n, C) the cost of each chord from each of the n moments before, to the last."""
        longest = self.fit.shape[1]
        return self.fit[last, max(0, longest - last - 1) :]

    def _entered(self, last: int) -> Floats:
        """Return (n, S): the rows of ``entered`` from which a segment may reach its last moment."""
        entered = self.entered[max(0, last + 1 - self.fit.shape[1]) : last + 1]
        closed = self.closed.get(last)
        return entered if closed is None else np.concatenate([entered[: len(entered) - len(closed)], closed])

    @cached_property
    def _to_state(self) -> Ints:
        """(S,) where each state's key and chord stand in a flat (K, C) table."""
        rows = np.arange(len(self.space.keys)).repeat(self.width)
        places: Ints = rows * len(self.space.roots) + self.space.chord_of
        return places

    def trace(self) -> list[Segment]:
        """Return the segments of the cheapest way, once the tables are filled."""
        state, end = int((self.reached[self.count] + self.finish).argmin()), self.count
        found: list[Segment] = []
        while end:
            last, chord = end - 1, int(self.space.chord_of[state])
            costs = self._fit(last)[:, chord] + self._entered(last)[:, state]
            start = end - len(costs) + int(costs.argmin())
            root, quality = int(self.space.roots[chord]), self.space.qualities[chord]
            found.append(Segment(start, last, root, quality, self.space.keys[state // self.width]))
            if start:
                closes = last in self.closed and end - start <= len(self.closed[last])
                state = self._before_close(state, start) if closes else self._before(state, chord, start)
            end = start
        return found[::-1]

    def _before(self, state: int, chord: int, moment: int) -> int:
        """Return the state from which a state that begins at a moment was entered most cheaply."""
        odds = self.space.odds.opening if self.opens[moment] else self.space.odds.after
        rows = np.arange(len(self.space.keys))
        columns = self.space.state_of[:, chord] - rows * self.width
        known = (columns >= 0) & (columns < self.width)
        way = self.reached[moment].reshape(-1, self.width) + odds[rows, :, np.where(known, columns, 0)]
        way += np.where(known, self.change[int(self.opens[moment])][:, state // self.width], NEVER)[:, None]
        before: int = int(way.argmin())
        return before

    def _before_close(self, state: int, moment: int) -> int:
        """Return the same for a phrase's last segment, which stays in its key."""
        key, column = divmod(state, self.width)
        reached = self.reached[moment, key * self.width : (key + 1) * self.width]
        before: int = key * self.width + int((reached + self.space.odds.closing[key, :, column]).argmin())
        return before


def _outside(
    keys: KeySet,
    space: Space,
    texture: Texture,
    beats: NDArray[np.float64],
    weights: Weights,
) -> Floats:
    """Return (M + 1, S) what the tones outside each state's key cost, before each moment; its chord's own are free."""
    sounding = np.zeros((len(texture), keys.outside.shape[1]))
    rows, voices = np.nonzero(texture.sounds)
    np.add.at(sounding, (rows, texture.fifths[rows, voices] - keys.low), beats[rows])
    cost = np.repeat(keys.outside, len(space.odds.alone[0]), axis=0)  # (S, line)
    tones = np.where(space.tones == NO_TONE, space.roots[:, None], space.tones)
    places = tones[space.chord_of] - keys.low
    inside = (places >= 0) & (places < cost.shape[1])
    owner = np.repeat(np.arange(len(cost))[:, None], 4, axis=1)[inside]
    own = cost[owner, places[inside]]
    cost[owner, places[inside]] = np.where(own == 1.0, 0.0, own)
    total = weights.out_of_key * (sounding @ cost.T)
    return np.concatenate([np.zeros((1, len(cost))), total.cumsum(axis=0)]).astype(np.float32)
