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
from chorale.theory.analysis.space import NEVER, Space, space_of
from chorale.theory.analysis.weights import Weights
from chorale.theory.harmony import Quality
from chorale.theory.texture import Texture

__all__ = ["Segment", "segments"]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
_CLOSE = 6  # moments; how long before a phrase's end its last chord may begin and still count as its close


@dataclass(frozen=True)
class Segment:
    """Moments first to last (inclusive), their chord's root and quality, and the key."""

    first: int
    last: int
    root: int
    quality: Quality
    key: Key


def segments(score: Score, texture: Texture, lines: Lines, weights: Weights) -> list[Segment]:
    """Return the cheapest segmentation, in order, covering every moment."""
    search = _Search(score, texture, lines, weights)
    search.forward()
    return search.trace()


class _Search:
    """The search's tables.

    entered (M, S): the least cost of a segment's beginning at a moment in a state, less the tones foreign to its key
    in all moments before; reached (M + 1, S): of a segment's ending before a moment.
    """

    def __init__(self, score: Score, texture: Texture, lines: Lines, weights: Weights) -> None:
        beats = (texture.ends - texture.steps) / min(score.meter.steps_per_beat, 4)
        keys = key_set(score, texture, beats, weights)
        self.space: Space = space_of(keys.keys, weights)
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
        self.finish = np.repeat(keys.start.astype(np.float32), self.width) + self.space.odds.final.ravel()

    def forward(self) -> None:
        """Fill the tables."""
        for moment in range(self.count):
            self.entered[moment] = self._entered(moment)
            table = self.entered
            if self.closes[moment]:
                table = self._closing_table(moment)
            self.reached[moment + 1] = self._reach(moment, table)

    def _entered(self, moment: int, *, closing: bool = False) -> Floats:
        if not moment:
            cost = self.start
        elif closing:
            cost = self._follow(self._odds(moment, closing=True), moment)[:-1]
        else:
            cost = self._enter(self._odds(moment), moment)
        entered: Floats = cost + self.begins[moment] - self.outside[moment]
        return entered

    def _closing_table(self, last: int) -> Floats:
        """Return ``entered`` with its last rows as they are where the segment is the last of its phrase."""
        table = self.entered.copy()
        for moment in range(last, max(0, last - _CLOSE), -1):
            if self.opens[moment]:
                break
            table[moment] = self._entered(moment, closing=True)
        return table

    def _odds(self, moment: int, *, closing: bool = False) -> Floats:
        odds = self.space.odds
        if self.opens[moment]:
            return odds.opening
        return odds.closing if closing else odds.after

    def _reach(self, moment: int, entered: Floats) -> Floats:
        """Return (S,) the least cost of ending a segment with a moment."""
        longest = self.fit.shape[1]
        first = max(0, moment + 1 - longest)
        fit = self.fit[moment, longest - (moment + 1 - first) :].take(self.space.chord_of, axis=1)
        fit += entered[first : moment + 1]
        reached: Floats = fit.min(axis=0) + self.outside[moment + 1]
        return reached

    def _enter(self, odds: Floats, moment: int) -> Floats:
        """Return (S,) the least cost of beginning each state at a moment."""
        cost: Floats = self._modulate(self._follow(odds, moment), moment).min(axis=0).ravel().take(self._to_state)
        return cost

    def _follow(self, odds: Floats, moment: int) -> Floats:
        """Return (S + 1,) the least cost of each state as the next in its key; the last stands for "unknown"."""
        reached = self.reached[moment].reshape(-1, self.width, 1)
        within = (reached + odds).min(axis=1)
        return np.append(within, NEVER)

    def _modulate(self, within: Floats, moment: int) -> Floats:
        """Return (K, K, C) the cost of each chord, entered in the first key and left in the second."""
        by_chord = within.take(self.space.state_of)
        return by_chord[:, None, :] + self.change[int(self.opens[moment])][:, :, None]

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
            chord = int(self.space.chord_of[state])
            closing = bool(self.closes[end - 1])
            start = self._start(
                state,
                chord,
                end,
                self._closing_table(end - 1) if closing else self.entered,
            )
            key = self.space.keys[state // self.width]
            found.append(
                Segment(
                    start,
                    end - 1,
                    int(self.space.roots[chord]),
                    self.space.qualities[chord],
                    key,
                )
            )
            if start:
                state = self._before(state, chord, start, closes=closing and end - 1 - start < _CLOSE)
            end = start
        return found[::-1]

    def _start(self, state: int, chord: int, end: int, entered: Floats) -> int:
        """Return the first moment of the cheapest segment that ends before a moment in a state."""
        longest = self.fit.shape[1]
        first = max(0, end - longest)
        costs = self.fit[end - 1, longest - (end - first) :, chord] + entered[first:end, state]
        start: int = first + int(costs.argmin())
        return start

    def _before(self, state: int, chord: int, moment: int, *, closes: bool) -> int:
        """Return the state from which a state that begins at a moment was entered most cheaply."""
        odds = self._odds(moment, closing=closes)
        old = state // self.width
        if not closes or self.opens[moment]:
            within = self._follow(odds, moment).take(self.space.state_of[:, chord])
            old = int((within + self.change[int(self.opens[moment])][:, old]).argmin())
        second = int(self.space.state_of[old, chord]) - old * self.width
        reached = self.reached[moment, old * self.width : (old + 1) * self.width]
        before: int = old * self.width + int((reached + odds[old, :, second]).argmin())
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
    tones = np.array([(*quality.value, 0)[:4] for quality in space.qualities]) + space.roots[:, None]
    places = tones[space.chord_of] - keys.low
    inside = (places >= 0) & (places < cost.shape[1])
    owner = np.repeat(np.arange(len(cost))[:, None], 4, axis=1)[inside]
    own = cost[owner, places[inside]]
    cost[owner, places[inside]] = np.where(own == 1.0, 0.0, own)
    total = weights.out_of_key * (sounding @ cost.T)
    return np.concatenate([np.zeros((1, len(cost))), total.cumsum(axis=0)]).astype(np.float32)
