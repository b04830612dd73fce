"""Redraws one whole voice exactly, given the other three: forward filtering, backward sampling.

Drawing cells one by one cannot keep the rules of movement: each cell is right and the line is not. Here the line
is a chain. Its state is (pitch on the last beat, pitch now): movements are judged from step to step and, as the ear
does, from beat to beat. The weight of a line is

    network's log-probability of each cell x EVIDENCE  -  costs of movements and chords (``manners``, parallels)

and it is drawn in proportion to exp(weight / temperature) with no approximation. One beat is one matrix: from the
pitch on this beat to the pitch on the next, the steps between summed out. So all beats, and all candidates, are
multiplied at once, and only a chain of small vectors is left to walk.

Shapes: C candidates, N beats of L steps, S states of a voice (its pitches, then silence).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, cast

import numpy as np

from chorale.models.coconet.codec import LOWEST, PITCHES
from chorale.models.coconet.ground import Ground
from chorale.models.coconet.movement import Lines, beat_costs, step_costs
from chorale.models.coconet.turns import TURNING, Turns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from chorale.models.coconet.manners import Manners

    Array = NDArray[np.float64]
    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]

__all__ = ["Voice", "redraw"]

EVIDENCE = 0.75  # set on validation pieces: less lets chance in, more makes stiff lines
FLOOR = -12.0  # nats: no cell is so improbable that it outweighs the rules
REST = -1
TINY = 1e-60  # keeps every movement possible, whatever is locked
BLOCK, AHEAD = 64, 8  # beats drawn at once, and how far the filter looks beyond them
STAGGER = 16  # beats by which the voices' blocks begin apart, so that no two have their borders together


@dataclass(frozen=True)
class Voice:
    """The voice to redraw.

    Attributes:
        number: Soprano 0 to bass 3.
        low: Its lowest pitch.
        high: Its highest pitch.
        free: (T,) True where it may be written; elsewhere it keeps its pitch or rests.
        resting: (T,) True where a note with a fermata goes on.
        again: (T,) True on the beats on which what is given strikes its note again; None: on none.
        unwanted: (C or 1, T, PITCHES) further costs of its pitches; None: there are none.
        ground: What the harmony of each candidate stands on, as far as known.
        formulas: Steps on beats, and the costs (PITCHES, PITCHES) to come there from the beat before.
    """

    number: int
    low: int
    high: int
    free: BoolArray
    resting: BoolArray
    again: BoolArray | None = None
    unwanted: Array | None = None
    ground: Ground | None = None
    formulas: Sequence[tuple[int, Array]] = ()


def redraw(
    pitches: IntArray,
    log_probs: NDArray[np.float32],
    voice: Voice,
    manners: Manners,
    *,
    beat: int,
    first: int,
    temperature: float,
    rng: np.random.Generator,
) -> IntArray:
    """Return the pitches (C, T, 4) with one voice drawn anew.

    Args:
        pitches: (C, T, 4) what all voices sing now.
        log_probs: (C, T, classes) of this voice, seen with this voice hidden.
        voice: Which one, and where.
        manners: The costs.
        beat: Steps in a beat.
        first: Steps from the last beat to the first step of the piece.
        temperature: 1 draws from the weights as they are.
        rng: The source of chance.
    """
    states = _states(voice, pitches)
    padded, evidence, fixed = _in_whole_beats(pitches, _evidence(log_probs, voice, states), voice, beat, first)
    around = (first, padded.shape[1] - first - pitches.shape[1])
    resting = np.pad(voice.resting, around)
    again = np.zeros_like(resting) if voice.again is None else np.pad(voice.again, around)
    ground = (voice.ground or Ground.unknown(*pitches.shape[:2])).padded(*around)
    beats = padded.shape[1] // beat
    formulas = _formulas(voice, states, beats, beat, first)
    drawn = padded.copy()
    start: IntArray | None = None
    begins = [0, *range(BLOCK - STAGGER * voice.number, beats - 1, BLOCK)]
    for begin, end in pairwise([*begins, beats]):
        stop = min(beats, end + AHEAD + 1)
        span = slice(begin * beat, stop * beat)
        lines = Lines(drawn[:, span], voice.number, states, beat, resting[span], ground.between(span), again[span])
        kernel = _Beats(lines, evidence[:, span], fixed[:, span], manners, formulas[begin:stop], temperature)
        line = kernel.draw(start, rng)
        kept = line if stop == beats else line[:, : (end - begin) * beat + 1]
        drawn[:, begin * beat : begin * beat + kept.shape[1], voice.number] = states[kept]
        start = kept[:, -1]
        if stop == beats:
            break
    return drawn[:, first : first + pitches.shape[1]]


def _states(voice: Voice, pitches: IntArray) -> IntArray:
    """Return the pitches of the states: the voice's range, wide enough for what is fixed, and silence last."""
    held = pitches[:, ~voice.free, voice.number]
    held = held[held != REST]
    low = min(voice.low, int(held.min())) if held.size else voice.low
    high = max(voice.high, int(held.max())) if held.size else voice.high
    return np.append(np.arange(low, high + 1), REST)


def _formulas(voice: Voice, states: IntArray, beats: int, beat: int, first: int) -> Array:
    """Return the costs (N, S, S) of the voice's formulas."""
    cost = np.zeros((beats, len(states), len(states)))
    known = np.flatnonzero((states >= LOWEST) & (states < LOWEST + PITCHES))
    index = states[known] - LOWEST
    for step, formula in voice.formulas:
        cost[(first + step) // beat, known[:, None], known] = formula[index[:, None], index]
    return cost


def _in_whole_beats(
    pitches: IntArray, evidence: Array, voice: Voice, beat: int, first: int
) -> tuple[IntArray, Array, BoolArray]:
    """Return pitches, evidence and what is fixed, with rests around them up to whole beats, and one more."""
    after = -(first + pitches.shape[1]) % beat + beat
    around = ((0, 0), (first, after), (0, 0))
    padded = np.pad(pitches, around, constant_values=REST)
    held = np.pad(~voice.free[None], ((0, 0), (first, after)), constant_values=True)
    fixed = np.broadcast_to(held, padded.shape[:2])
    return padded, np.pad(evidence, around), fixed


class _Beats:
    """The chain of beats of one block."""

    def __init__(
        self,
        lines: Lines,
        evidence: Array,
        fixed: BoolArray,
        manners: Manners,
        formulas: Array,
        temperature: float,
    ) -> None:
        states, sung = lines.states, lines.pitches[..., lines.voice]
        weight = evidence - lines.chord_costs(manners)
        weight = np.where(fixed[..., None], _only(sung, states), weight) / temperature
        emit = np.exp(weight - weight.max(axis=-1, keepdims=True))
        shape = (len(sung), sung.shape[1] // lines.beat, lines.beat, len(states))
        self.emit = emit.reshape(shape)
        go = step_costs(lines, manners)
        go /= -temperature
        np.exp(go, out=go)
        go += TINY
        self.go = go.reshape(*shape, len(states))
        self.leap = np.exp(-(beat_costs(lines) + formulas) / temperature) + TINY
        self.turns = Turns.of(states, manners.turns(lines.voice), temperature)
        self.turning = min(TURNING, lines.beat)
        self._sum_out()

    def _sum_out(self) -> None:
        """Make one matrix a beat, keeping the partial products for the way back."""
        beat = self.go.shape[2]
        inner = self.go[:, :-1, 1] * self.emit[:, :-1, 1, None]
        self.partial = [_scaled(inner)]
        for step in range(2, beat):
            inner = self._onward(self.go[:, :-1, step], step) * self.emit[:, :-1, step, None]
            self.partial.append(_scaled(inner))
        # `go` of a step leads into it, so the step from the beat's end to the next beat is the next beat's first
        kernel = self._onward(self.go[:, 1:, 0], beat) * self.leap[:, 1:] * self.emit[:, 1:, 0, None]
        self.kernel = _scaled(kernel)

    def _onward(self, go: Array, step: int) -> Array:
        """Return the weights (C, N, S, S) from each beat to a step after it, given the movements into that step."""
        return self.turns.product(self.partial[-1], go) if step == self.turning else np.matmul(self.partial[-1], go)

    def draw(self, start: IntArray | None, rng: np.random.Generator) -> IntArray:
        """Return the states (C, steps up to the last beat inclusive) of a line drawn from the weights.

        Args:
            start: (C,) the state on the first beat; None: open.
            rng: The source of chance.
        """
        on_beats = self._draw_beats(start, rng)
        count, beats, beat, _ = self.emit.shape
        line = np.empty((count, beats, beat), np.int64)
        line[:, :, 0] = on_beats
        after = self.go[:, 1:, 0]
        here, there = on_beats[:, :-1], on_beats[:, 1:]
        for step in range(beat - 1, 0, -1):
            reach = np.take_along_axis(self.partial[step - 1], here[..., None, None], axis=2)[:, :, 0]
            onward = np.take_along_axis(after, there[..., None, None], axis=3)[..., 0]
            if step + 1 == self.turning:
                onward = onward * self.turns.between(here, there)
            there = _choose(reach * onward, rng)
            line[:, :-1, step] = there
            after = self.go[:, :-1, step]
        return line.reshape(count, -1)[:, : (beats - 1) * beat + 1]

    def _draw_beats(self, start: IntArray | None, rng: np.random.Generator) -> IntArray:
        count, beats, _, size = self.emit.shape
        forward = np.empty((count, beats, size))
        forward[:, 0] = self.emit[:, 0, 0] if start is None else np.eye(size)[start]
        for number in range(1, beats):
            forward[:, number] = _scaled(np.matmul(forward[:, number - 1, None], self.kernel[:, number - 1]))[:, 0]
        states = np.empty((count, beats), np.int64)
        states[:, -1] = _choose(forward[:, -1], rng)
        for number in range(beats - 2, -1, -1):
            into = np.take_along_axis(self.kernel[:, number], states[:, number + 1, None, None], axis=2)[..., 0]
            states[:, number] = _choose(forward[:, number] * into, rng)
        return states


def _evidence(log_probs: NDArray[np.float32], voice: Voice, states: IntArray) -> Array:
    """Return what the network says of each state, (C, T, S), and the wishes; silence is never written."""
    known = (states >= LOWEST) & (states < LOWEST + PITCHES)
    index = np.where(known, states - LOWEST, 0)
    weight = EVIDENCE * np.where(known, np.maximum(log_probs[..., index], FLOOR), FLOOR)
    if voice.unwanted is not None:
        weight = weight - voice.unwanted[..., index]
    weight[..., -1] = -np.inf
    return cast("Array", weight.astype(np.float64))


def _only(line: IntArray, states: IntArray) -> Array:
    """Return weights that allow one state a step: the one that is sung there."""
    return cast("Array", np.where(line[..., None] == states, 0.0, -np.inf))


def _scaled(weights: Array) -> Array:
    """Return matrices scaled so that the largest entry is one."""
    return cast("Array", weights / weights.max(axis=(-2, -1), keepdims=True))


def _choose(weights: Array, rng: np.random.Generator) -> IntArray:
    """Return an index drawn in proportion to the weights of the last axis."""
    total = np.cumsum(weights, axis=-1)
    target = rng.random(total.shape[:-1]) * total[..., -1]
    return cast("IntArray", np.minimum((total <= target[..., None]).sum(axis=-1), weights.shape[-1] - 1))
