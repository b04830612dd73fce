"""What one voice's movements cost beside the other three: the transition costs of the voice sweeps.

Shapes: C candidates, T steps (whole beats), N = T / L beats of L steps, S states (pitches, then silence).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from chorale.models.coconet import obligations
from chorale.models.coconet.ground import NO_KEY, Ground
from chorale.models.coconet.suspensions import add_suspensions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from chorale.models.coconet.manners import Manners

    Array = NDArray[np.float64]
    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]

__all__ = ["Lines", "beat_costs", "company", "places", "step_costs"]

PARALLEL = 16.0  # a fifth to a fifth, an octave or unison to one: never, if there is another way
PARALLEL_BEATS = 12.0  # the same from beat to beat, with other notes between
HIDDEN_FIFTH, HIDDEN_OCTAVE = 4.5, 8.0  # outer voices in the same direction into one, the soprano leaping
HIDDEN_STEPWISE = 0.5  # the same with the soprano going by step, as Bach does every third bar
REST = -1
UNEQUAL = 5.0  # a diminished fifth over the bass that moves on to a perfect one
COMPANIES = 3
RESTING = 4  # the place, in the table of changes, of steps that a fermata holds
TRITONE, OCTAVE = 6, 12
BASS = 3
AGAIN = 2.5  # a bass that stays from beat to beat under a note that is struck again: the network takes it for held
STEP = 2  # semitones; anything larger is a leap


class Lines:
    """The other voices as the redrawn one sees them.

    Args:
        pitches: (C, T, 4).
        voice: The redrawn one; what it sings now is ignored.
        states: (S,) its states.
        beat: L.
        resting: (T,) True where a note with a fermata goes on.
        ground: What the harmony stands on; None: not known.
        again: (T,) True on the beats on which what is given strikes its note again; None: on none.
    """

    def __init__(
        self,
        pitches: IntArray,
        voice: int,
        states: IntArray,
        beat: int,
        resting: BoolArray,
        ground: Ground | None = None,
        again: BoolArray | None = None,
    ) -> None:
        self.voice, self.states, self.beat = voice, states, beat
        self.pitches, self.resting = pitches, resting
        self.ground = ground or Ground.unknown(*pitches.shape[:2])
        self.again = np.zeros_like(resting) if again is None else again
        self.others = [other for other in range(4) if other != voice]

    @cached_property
    def perfect(self) -> BoolArray:
        """(C, T, 3, 2, S): the state makes a fifth, an octave or unison, with the other voice."""
        line = self.pitches[..., self.others, None]
        apart = np.abs(self.states - line)
        sounds = (line != REST) & (self.states != REST)
        return np.stack([sounds & (apart % 12 == 7), sounds & (apart % 12 == 0)], axis=3)

    @cached_property
    def moves(self) -> Array:
        """(S, S): 1 where the voice goes from a pitch to another one."""
        sings = self.states != REST
        different = self.states[:, None] != self.states[None, :]
        both: BoolArray = sings[:, None] & sings[None, :] & different
        return both.astype(np.float64)

    def chord_costs(self, manners: Manners) -> Array:
        """Return the costs (C, T, S) of the states as chords; silence costs nothing."""
        tones = self.states[:-1]
        cost = manners.chords(self.voice, tones, self.pitches)
        cost += manners.harmony(self.voice, tones, self.pitches, places(self.pitches.shape[1], self.beat))
        cost = np.pad(cost, ((0, 0), (0, 0), (0, 1))) + obligations.doubling_costs(self)
        cost += obligations.clash_costs(self)
        obligations.add_six_fours(cost, self)
        return cost


def places(steps: int, beat: int) -> IntArray:
    """Return the place of each step in its beat: 0 on it, 1 an off-beat eighth, 2 the sixteenth after it, 3 later ones.

    Bach moves on a later sixteenth ten times as often as on the first.
    """
    into = np.arange(steps) % beat
    return np.where(into % 2 == 1, np.where(into == 1, 2, 3), np.where(into == 0, 0, 1))


def company(moved: BoolArray, voice: int) -> IntArray:
    """Return (...) who moves beside a voice, of (..., 4): 0 nobody, 1 others but not the leader, 2 the leader.

    The leader is the soprano, for the soprano the bass.
    """
    leader = 0 if voice else 3
    anyone = np.delete(moved, voice, axis=-1).any(axis=-1)
    return np.where(moved[..., leader], 2, anyone.astype(np.int64))


def step_costs(lines: Lines, manners: Manners) -> Array:
    """Return the costs (C, T, S, S) to come to each step from the one before; the first step's mean nothing."""
    steps = lines.pitches.shape[1]
    moved = np.zeros(lines.pitches.shape, bool)
    moved[:, 1:] = lines.pitches[:, 1:] != lines.pitches[:, :-1]
    keys, key = np.unique(lines.ground.numbers(), return_inverse=True)
    size = len(lines.states)
    table = np.zeros((len(keys), RESTING + 1, COMPANIES, size, size))  # to and from silence is free
    for number, name in enumerate(keys.tolist()):
        table[number, ..., :-1, :-1] = manners.moves(lines.voice, lines.states[:-1], _key(name))
    cost = table[key, np.where(lines.resting, RESTING, places(steps, lines.beat)), company(moved, lines.voice)]
    _forbid_parallels(cost[:, 1:], lines, 1, PARALLEL)
    if lines.voice in (0, 3):
        _add_hidden(cost[:, 1:], lines)
    _forbid_unequal(cost[:, 1:], lines)
    obligations.add_obligations(cost, lines)
    add_suspensions(cost, lines, manners.liberty)
    return cost


def _key(number: int) -> tuple[int, bool] | None:
    return None if number == NO_KEY else (number % 12, number >= 12)


def beat_costs(lines: Lines) -> Array:
    """Return the costs (C, N, S, S) to come to each beat from the one before; the first beat's mean nothing."""
    count, steps = lines.pitches.shape[:2]
    size = len(lines.states)
    cost = np.zeros((count, steps // lines.beat, size, size))
    _forbid_parallels(cost[:, 1:], lines, lines.beat, PARALLEL_BEATS)
    obligations.add_beat_relations(cost, lines)
    if lines.voice == BASS:
        cost += obligations.six_four_leaps(lines)
        cost[:, lines.again[:: lines.beat]] += AGAIN * _stays(lines.states)
    return cost


def _stays(states: IntArray) -> BoolArray:
    """Return (S, S) which movements keep the note, if in another octave."""
    sings = states != REST
    same = (states[:, None] - states[None, :]) % OCTAVE == 0
    stays: BoolArray = same & sings[:, None] & sings[None, :]
    return stays


def _forbid_parallels(cost: Array, lines: Lines, stride: int, weight: float) -> None:
    """Add the weight for each other voice that moves in parallel fifths or octaves with a movement."""
    sung = lines.pitches[:, ::stride, lines.others]
    moved = ((sung[:, 1:] != sung[:, :-1]) & (sung[:, 1:] != REST) & (sung[:, :-1] != REST))[..., None, None]
    perfect = lines.perfect[:, ::stride]
    before, after = perfect[:, :-1] & moved, perfect[:, 1:]
    rows = np.nonzero(before.any(axis=(2, 3, 4)) & after.any(axis=(2, 3, 4)))
    shape = (len(rows[0]), before.shape[2] * before.shape[3], before.shape[4])
    one, two = (which[rows].reshape(shape).astype(float) for which in (before, after))
    cost[rows] += weight * np.matmul(one.swapaxes(-1, -2), two) * lines.moves


def _forbid_unequal(cost: Array, lines: Lines) -> None:
    """Add what it costs to move with the bass from a diminished fifth to a perfect one."""
    own = np.sign(lines.states[None, :] - lines.states[:, None]) * lines.moves
    for number, other in enumerate(lines.others):
        if BASS not in (lines.voice, other):
            continue
        line = lines.pitches[..., other]
        apart = (lines.states - line[..., None]) * (1 if lines.voice < other else -1)
        diminished = (apart[:, :-1] % 12 == TRITONE) & (lines.states >= 0)
        sounds = (line[:, 1:] != REST) & (line[:, :-1] != REST)
        way = np.where(sounds, np.sign(np.diff(line, axis=1)), 0)
        rows = np.nonzero((way != 0) & diminished.any(axis=-1))
        together = own == way[rows][:, None, None]
        fifth = lines.perfect[:, 1:, number, 0][rows]
        cost[rows] += UNEQUAL * (diminished[rows][:, :, None] & fifth[:, None, :] & together)


def _add_hidden(cost: Array, lines: Lines) -> None:
    """Add what it costs outer voices to go together into a perfect interval."""
    other = 3 if lines.voice == 0 else 0
    line = lines.pitches[..., other]
    sounds = (line[:, 1:] != REST) & (line[:, :-1] != REST)
    move: IntArray = np.where(sounds, line[:, 1:] - line[:, :-1], 0)
    rows = np.nonzero(move)
    own = (lines.states[None, :] - lines.states[:, None]) * lines.moves
    moved = move[rows][:, None, None]
    together = np.sign(own) * np.sign(moved) > 0
    leaps = np.abs(own if lines.voice == 0 else moved) > STEP
    perfect = lines.perfect[:, 1:, lines.others.index(other)][rows]
    into = (perfect[:, 0] | perfect[:, 1])[:, None]
    leapt = np.where(perfect[:, 1], HIDDEN_OCTAVE, HIDDEN_FIFTH)[:, None]
    cost[rows] += np.where(leaps, leapt, HIDDEN_STEPWISE) * (together & into)
