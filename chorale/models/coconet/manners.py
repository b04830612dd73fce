"""Bach's manners as costs: how often a voice moves, how far, from which degree, into which chords.

The network knows one cell at a time; these costs speak of movements, so that a line can be drawn as a whole.
A cost is in nats. The tables are counted in the training pieces; the weights were set on validation pieces, until
changes of pitch and steps of the bass came as often as in Bach.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["CHORDS", "Manners", "chord_numbers"]

BASS = 3
LARGEST = 24  # semitones in the interval table
INTERVAL_WEIGHT = (1.0, 0.6, 0.6, 1.8)  # by voice: the network hears chords better than it hears a bass line
CHORD_WEIGHT = (0.25, 0.1, 0.1, 0.1)  # by place: on the beat, on off-beat eighths, on odd sixteenths
USUAL = 4.5  # nats: all chords that are at least as frequent cost nothing, for the network knows how usual they are
COLOURS = {(3, 6, 9): 3.0, (2, 6, 9): 2.0, (4, 7, 10): 0.7, (4, 10): 0.7, (3, 9): 0.7}
"""Nats off a beat of chords, as semitones above the bass: voice by voice, sevenths and diminished chords come too
seldom, since no voice alone can go from a plain chord to one of these."""
COLOUR_PLACE = (0.5, 0.25, 0.125, 0.125)  # shares of them: on the beat, on off-beat eighths, on odd sixteenths
TURN_WEIGHT = (0.5, 2.0, 2.0, 0.2, 0.2)  # by the first movement's kind: steps are where cells drawn alone go wrong
MELODY_WEIGHT = 0.4  # set by ear: chromatic steps come half as often as in Bach
LIVELINESS = (-0.5, 0.13, -0.6, 0.02, -1.5)  # off a change's cost, by place: brings the rates of changes to Bach's
PLAIN = ((3.0, 3.0, 0.0), (10.0, 10.0, 4.0), (10.0, 10.0, 4.0), (10.0, 10.0, 4.0), (4.0, 4.0, 4.0))
"""Nats that ornament -1 adds to a change, by place and company: note against note."""
ORNATE = (0.4, 4.5, 0.4, 0.7, 0.0)  # nats that ornament 1 takes off, by place: eighths flow
STANDSTILL = 2.0  # nats off a change on a beat on which nobody else moves: long notes are filled, as Bach fills them
LEAP = 3.0  # over an octave
CROSSING = 0.1  # a nudge: Bach crosses voices in one phrase of four
SPACING = 0.5  # for any space wider than these
NEIGHBOUR_SPACE = (12, 12, 19)  # semitones between neighbouring voices, from the top
CHORDS = 2**11  # sets of intervals above the bass
OCTAVE = 12
NEVER = 30.0  # nats for what the tables say never happens


@dataclass(frozen=True)
class Manners:
    """The tables; see ``chorale.training.statistics`` for their axes.

    Attributes:
        change: (4, 5, 3) probability that a voice changes pitch.
        interval: (4, 5, 49) probability of each interval of a change.
        turn: (4, KINDS, KINDS) nats in favour of a movement's kind after another's.
        melody: (2, 2, 12, 25) nats in favour of an interval from a degree of the key.
        chord: (4, CHORDS) probability of each chord.
        close: (2, 2, 12, 12, 12) probability of the bass before a close and on it.
        approach: (2, SETS) probability of what sounds before a close, seen from the bass of the close.
        landing: (2, 12, 12) probability that a tone above the bass of a close sounds there.
        first_bass: (2, 12) probability of the bass with which a piece begins.
        first_tones: (2, 12, 12) probability that a tone above that bass sounds there.
        strike: (4, 5, 2) probability that a repeated pitch is struck again.
        key: The piece's (tonic's pitch class, minor); None: not known, and closes cost nothing.
        ornament: -1 note against note, 0 as lively as the tables, 1 ornate.
    """

    change: Array
    interval: Array
    turn: Array
    melody: Array
    chord: Array
    close: Array
    approach: Array
    landing: Array
    first_bass: Array
    first_tones: Array
    strike: Array
    key: tuple[int, bool] | None = None
    ornament: float = 0.0

    @classmethod
    def read(cls, path: Path) -> Manners:
        """Return the tables of a JSON file."""
        tables = {name: np.array(table) for name, table in json.loads(path.read_text(encoding="utf-8")).items()}
        movements = tables["change"], tables["interval"], tables["turn"], tables["melody"]
        closing = tables["close"], tables["approach"], tables["landing"]
        opening = tables["first_bass"], tables["first_tones"]
        return cls(*movements, tables["chord"], *closing, *opening, tables["strike"])

    def moves(self, voice: int, pitches: NDArray[np.int64], key: tuple[int, bool] | None) -> Array:
        """Return the costs (5, 3, N, N) to go from a pitch to a pitch in a key, by place and company."""
        semitones = pitches[None, :] - pitches[:, None]
        far = np.clip(semitones, -LARGEST, LARGEST) + LARGEST
        interval = self.interval[voice]
        usual = -(interval * _log(interval)).sum(axis=1)[:, None, None]  # so that the weight sets no rate
        distance = -INTERVAL_WEIGHT[voice] * (_log(interval[:, far]) + usual)
        distance += LEAP * (np.abs(semitones) > OCTAVE) + self._unmelodic(voice, pitches, semitones, key)
        changes = self.change[voice][:, :, None, None]
        distance = (distance - np.array(LIVELINESS)[:, None, None])[:, None] + self._stillness
        distance[0, 0] -= STANDSTILL * self.liberty
        return np.where(semitones == 0, -_log(1 - changes), -_log(changes) + distance)

    def turns(self, voice: int) -> Array:
        """Return the costs (KINDS, KINDS) of two movements of a voice in a row; see ``turns``."""
        return cast("Array", -self.liberty * np.array(TURN_WEIGHT)[:, None] * self.turn[voice])

    def distance(self, voice: int, pitches: NDArray[np.int64]) -> Array:
        """Return the costs (N, N) of the interval from a pitch to a pitch on a beat; staying costs nothing."""
        semitones = np.clip(pitches[None, :] - pitches[:, None], -LARGEST, LARGEST)
        return np.where(semitones == 0, 0.0, -_log(self.interval[voice, 0, semitones + LARGEST]))

    def closing(self, pitches: NDArray[np.int64], soprano: int, *, final: bool) -> Array:
        """Return the costs (N, N) of basses before and on a close on which the soprano sings a pitch."""
        if self.key is None:
            return np.zeros((len(pitches), len(pitches)))
        tonic, minor = self.key
        table = self.close[int(final), int(minor), (soprano - tonic) % 12]
        degrees = (pitches - tonic) % 12
        return -_log(table[degrees[:, None], degrees])

    @property
    def liberty(self) -> float:
        """How much of what moves between chords is wanted: 0 note against note, 1 from Bach's liveliness on."""
        return 1 + min(0.0, self.ornament)

    @property
    def _stillness(self) -> Array:
        """(5, 3, 1, 1) what a change costs besides, by how ornate it shall be."""
        plain, ornate = np.array(PLAIN), -np.array(ORNATE)[:, None] + np.zeros(3)
        cost: Array = self.ornament**2 * plain if self.ornament < 0 else self.ornament * ornate
        return cost[..., None, None]

    def _unmelodic(
        self, voice: int, pitches: NDArray[np.int64], semitones: NDArray[np.int64], key: tuple[int, bool] | None
    ) -> Array:
        """Return the costs (N, N) of intervals that are rarer from their degree of the key than from others."""
        if key is None:
            return np.zeros(semitones.shape)
        tonic, minor = key
        table = self.melody[int(minor), int(voice == BASS)]
        lift = table[(pitches[:, None] - tonic) % 12, np.clip(semitones, -OCTAVE, OCTAVE) + OCTAVE]
        return cast("Array", -MELODY_WEIGHT * lift)

    def chords(self, voice: int, pitches: NDArray[np.int64], others: NDArray[np.int64]) -> Array:
        """Return the costs (..., N) of pitches of a voice beside the others (..., 4), wherever there is no beat."""
        cost = np.zeros((*others.shape[:-1], len(pitches)))
        for other in range(4):
            if other != voice:
                sounds = others[..., other, None] >= 0
                cost += sounds * _beside(voice, other, pitches - others[..., other, None])
        return cost

    @cached_property
    def _chord_costs(self) -> Array:
        """(4, CHORDS) what chords cost, by place in the beat."""
        rare = np.maximum(-_log(self.chord) - USUAL, 0.0)
        return np.array(CHORD_WEIGHT)[:, None] * rare - np.array(COLOUR_PLACE)[:, None] * _colours()

    def harmony(
        self, voice: int, pitches: NDArray[np.int64], others: NDArray[np.int64], place: NDArray[np.int64]
    ) -> Array:
        """Return the further costs (C, T, N) of chords, beside others (C, T, 4), by place (T,) in the beat."""
        sung = [pitches if part == voice else others[..., part, None] for part in range(4)]
        cost = self._chord_costs[place[:, None], _numbers(sung)]
        full = np.all(np.delete(others, voice, axis=-1) >= 0, axis=-1, keepdims=True)
        return cast("Array", np.where(full, cost, 0.0))


def _colours() -> Array:
    """Return the nats (CHORDS,) off chords for their colour."""
    off = np.zeros(CHORDS)
    for chord, nats in COLOURS.items():
        off[sum(1 << above - 1 for above in chord)] = nats
    return off


def chord_numbers(chords: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the numbers (...) of chords (..., 4), highest voice first, all sounding: sets of intervals."""
    return _numbers([chords[..., voice] for voice in range(4)])


def _numbers(voices: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    sounds = [1 << (upper - voices[BASS]) % 12 for upper in voices[:BASS]]
    return cast("NDArray[np.int64]", (sounds[0] | sounds[1] | sounds[2]) >> 1)


def _beside(voice: int, other: int, above: NDArray[np.int64]) -> Array:
    """Return the cost of sounding ``above`` semitones over another voice: crossing, too wide a space."""
    gap = above if voice < other else -above
    crossing = CROSSING * (gap < 0)
    if abs(voice - other) > 1:
        return cast("Array", crossing)
    return cast("Array", crossing + SPACING * (gap > NEIGHBOUR_SPACE[min(voice, other)]))


def _log(probability: Array) -> Array:
    return cast("Array", np.log(np.maximum(probability, np.exp(-NEVER))))
