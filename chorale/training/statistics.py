"""Counts from the training pieces that the sampler needs beside the network; see ``models/coconet/manners.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np

from chorale.models.coconet.manners import CHORDS, chord_numbers
from chorale.models.coconet.movement import company
from chorale.models.coconet.sonorities import SETS, in_key, set_of
from chorale.models.coconet.turns import KINDS, kinds_of
from chorale.training.batches import key_of
from chorale.training.datasets import REST, Piece

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

__all__ = ["count", "count_turns"]

LARGEST = 24  # semitones; larger leaps count as this
PRIOR = 1.0  # added to every count, so that nothing is impossible
PRIOR_CHORD = 0.05  # of each of the two thousand sets, few of which are chords
LEANING = 10.0  # counts' worth of the wider distribution, for what was seen too seldom
OCTAVE, BASS = 12, 3
RESTING = BAR_LINE = 4  # the fifth place
STEPS_PER_BEAT = 4


def count(pieces: Iterable[Piece]) -> dict[str, Any]:
    """Return the tables as nested lists of probabilities.

    change: (voice, place, company) a voice changes pitch from one step to the next; the place is 0 on the beat, 1 on
        an off-beat eighth, 2 on the sixteenth after the beat, 3 on the last one, 4 while a note with a fermata goes
        on; the company is 0 if no other voice moves there, 1 if one does but not the leader, 2 if the leader does; the
        leader is the soprano, for the soprano the bass.
    interval: (voice, place, semitones -24..24) of a change, by how far it goes.
    turn: (voice, kind, kind) how much more often a movement from a beat into its last sixteenth, by its kind (see
        ``turns``), is followed by one of a kind into the next beat than if they had nothing to do with each other, the
        logarithm of the ratio.
    melody: (minor, bass, degree in semitones above the tonic, semitones -12..12) how much more often a voice that
        leaves that degree goes so far than it does from any degree, the logarithm of the ratio.
    chord: (place 0..3, set of intervals above the bass) of four sounding voices; bit i of the set's number stands
        for i + 1 semitones above the bass, modulo the octave.
    close: (final, minor, soprano, bass before, bass) of pairs of bass notes, one on the beat before a close and one on
        it, all in semitones above the tonic, modulo the octave, given the soprano's there; closes are the beginnings
        of notes under a fermata, and the final one.
    approach: (place, set of pitch classes in semitones above a close's bass) of what sounds before the close; place 0
        is the beat before it, 1 the last moment.
    landing: (minor, bass of a close in semitones above the tonic, semitones above that bass) how often this tone, in
        whatever octave, sounds on the close.
    first_bass: (minor, bass in semitones above the tonic) of the first step on which four voices sound.
    first_tones: (minor, that bass, semitones above it) how often this tone, in whatever octave, sounds over it.
    strike: (voice, place, leader strikes) a voice that keeps its pitch is struck again; place 4 is the bar line.
    """
    change = np.full((4, 5, 3, 2), PRIOR)
    interval = np.zeros((4, 5, 2 * LARGEST + 1))
    turn = np.full((4, KINDS, KINDS), PRIOR)
    melody = np.zeros((2, 2, 12, 2 * OCTAVE + 1))
    chord = np.full((4, CHORDS), PRIOR_CHORD)
    strike = np.full((4, 5, 2, 2), PRIOR)
    close = np.zeros((2, 2, 12, 12, 12))
    approach = np.full((2, SETS), PRIOR_CHORD)
    landing = np.full((2, 12, 12, 2), PRIOR)
    first_bass, first_tones = np.zeros((2, 12)), np.zeros((2, 12, 12))
    for piece in pieces:
        place = _places(len(piece.pitches))
        for voice in range(4):
            _count_changes(change[voice], interval[voice], piece, voice, place)
            count_turns(turn[voice], piece.pitches[:, voice])
            _count_melody(melody, piece, voice)
            _count_strikes(strike[voice], piece, voice, place)
        _count_closes(close, landing, piece)
        _count_approaches(approach, piece)
        _count_opening(first_bass, first_tones, piece)
        np.add.at(chord, (place[_full(piece)], chord_numbers(piece.pitches[_full(piece)])), 1)
    return {
        "change": _share(change),
        "interval": _rounded(_intervals(interval)),
        "turn": _rounded(_dependence(turn)),
        "melody": _rounded(_lift(melody)),
        "chord": _rounded(chord / chord.sum(axis=1, keepdims=True)),
        "close": _rounded(_closes(close)),
        "approach": _rounded(approach / approach.sum(axis=1, keepdims=True)),
        "landing": _share(landing),
        "first_bass": _rounded((first_bass + PRIOR) / (first_bass + PRIOR).sum(axis=-1, keepdims=True)),
        "first_tones": _rounded(_over_first(first_bass, first_tones)),
        "strike": _share(strike),
    }


def _places(steps: int) -> NDArray[np.int64]:
    return np.array([0, 2, 1, 3])[np.arange(steps) % STEPS_PER_BEAT]


def _steps_of_both(pitches: NDArray[np.int64], voice: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the steps at which the voice sounds, as it did the step before, and its moves there."""
    line = pitches[:, voice]
    both = 1 + np.flatnonzero((line[1:] != REST) & (line[:-1] != REST))
    return both, line[both] - line[both - 1]


def _count_changes(
    change: NDArray[np.float64],
    interval: NDArray[np.float64],
    piece: Piece,
    voice: int,
    place: NDArray[np.int64],
) -> None:
    steps, move = _steps_of_both(piece.pitches, voice)
    leads = company(piece.pitches[steps] != piece.pitches[steps - 1], voice)
    resting = (piece.fermata[steps] == 1) & (piece.fermata[steps - 1] == 1)
    np.add.at(change, (np.where(resting, RESTING, place[steps]), leads, (move != 0).astype(int)), 1)
    where = np.where(resting, RESTING, place[steps])[move != 0]
    np.add.at(interval, (where, np.clip(move[move != 0], -LARGEST, LARGEST) + LARGEST), 1)


def count_turns(turn: NDArray[np.float64], line: NDArray[np.int64]) -> None:
    """Count into turn (KINDS, KINDS) how a line (T,) goes from each beat to its last sixteenth and on."""
    beats = np.arange(0, len(line) - STEPS_PER_BEAT, STEPS_PER_BEAT)
    sung = line[beats[:, None] + [0, STEPS_PER_BEAT - 1, STEPS_PER_BEAT]]
    into, onward = kinds_of(np.diff(sung[(sung != REST).all(axis=1)], axis=1)).T
    np.add.at(turn, (into, onward), 1)


def _count_melody(melody: NDArray[np.float64], piece: Piece, voice: int) -> None:
    """Count only where the key is known, and moves of an octave at most."""
    found = key_of(piece)
    if found is None:
        return
    tonic, minor = found
    steps, move = _steps_of_both(piece.pitches, voice)
    kept = (move != 0) & (np.abs(move) <= OCTAVE)
    left = (piece.pitches[steps - 1, voice][kept] - tonic) % 12
    np.add.at(melody[int(minor), int(voice == BASS)], (left, move[kept] + OCTAVE), 1)


def _count_closes(close: NDArray[np.float64], landing: NDArray[np.float64], piece: Piece) -> None:
    """Count the closes on beats, where the key is known."""
    found = key_of(piece)
    if found is None:
        return
    tonic, minor = found
    for step in _closing_steps(piece):
        sung = np.array([piece.pitches[step, 0], *piece.pitches[[step - STEPS_PER_BEAT, step], BASS]])
        if (sung != REST).all():
            close[int(step == _last_onset(piece)), int(minor), *((sung - tonic) % 12)] += 1
            sounds = np.isin(np.arange(12), (piece.pitches[step] - sung[-1]) % 12)
            landing[int(minor), (sung[-1] - tonic) % 12, np.arange(12), sounds.astype(int)] += 1


def _count_approaches(approach: NDArray[np.float64], piece: Piece) -> None:
    for step in _closing_steps(piece):
        before = piece.pitches[[step - STEPS_PER_BEAT, step - 1]]
        bass = piece.pitches[step, BASS]
        if (before != REST).all() and bass != REST:
            sets = np.bitwise_or.reduce(set_of(before), axis=-1)
            approach[[0, 1], in_key(sets, bass % 12)] += 1


def _count_opening(first_bass: NDArray[np.float64], first_tones: NDArray[np.float64], piece: Piece) -> None:
    """Count the first chord where the key is known."""
    found = key_of(piece)
    if found is None:
        return
    tonic, minor = found
    chord = piece.pitches[_full(piece)[0]]
    bass = int(chord[BASS] - tonic) % 12
    first_bass[int(minor), bass] += 1
    first_tones[int(minor), bass, np.unique((chord - chord[BASS]) % 12)] += 1


def _closing_steps(piece: Piece) -> list[int]:
    """Return the beats, not the first, on which notes with a fermata or the last note begin."""
    starts = 1 + np.flatnonzero((piece.fermata[1:] == 1) & (piece.fermata[:-1] == 0))
    steps = sorted({*starts.tolist(), _last_onset(piece)})
    return [step for step in steps if step >= STEPS_PER_BEAT and step % STEPS_PER_BEAT == 0]


def _last_onset(piece: Piece) -> int:
    return int(np.flatnonzero(piece.onsets.any(axis=1))[-1])


def _count_strikes(strike: NDArray[np.float64], piece: Piece, voice: int, place: NDArray[np.int64]) -> None:
    """Count only where the corpus file tells onsets from holds, and not at the start of a phrase."""
    steps, move = _steps_of_both(piece.pitches, voice)
    phrase = (piece.fermata[steps - 1] == 1) & (piece.fermata[steps] == 0)
    kept = steps[(move == 0) & (piece.phase[steps] >= 0) & ~phrase]
    leads = piece.onsets[kept, 0 if voice else 3].astype(int)
    where = np.where(piece.phase[kept] == 0, BAR_LINE, place[kept])
    np.add.at(strike, (where, leads, piece.onsets[kept, voice].astype(int)), 1)


def _full(piece: Piece) -> NDArray[np.int64]:
    """Return the steps on which four voices sound."""
    return np.flatnonzero((piece.pitches != REST).all(axis=1))


def _intervals(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the shares of intervals (voice, place, semitones); rare places lean on the voice's other places."""
    overall = counts.sum(axis=1, keepdims=True) + PRIOR / 10
    overall[..., LARGEST] = 0
    leaning = counts + LEANING * overall / overall.sum(axis=-1, keepdims=True)
    return cast("NDArray[np.float64]", leaning / leaning.sum(axis=-1, keepdims=True))


def _lift(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the logarithm of each degree's share of an interval over that interval's share from all degrees."""
    overall = counts.sum(axis=2, keepdims=True) + PRIOR
    overall /= overall.sum(axis=-1, keepdims=True)
    leaning = counts + LEANING * overall
    return cast("NDArray[np.float64]", np.log(leaning / leaning.sum(axis=-1, keepdims=True) / overall))


def _dependence(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the logarithm of pairs' (..., A, B) shares over what they would be if A and B were independent."""
    joint = counts / counts.sum(axis=(-2, -1), keepdims=True)
    alone = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    return cast("NDArray[np.float64]", np.log(joint / alone))


def _closes(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the shares of pairs of bass notes under each soprano degree.

    What was seen seldom leans on the pairs under any soprano, times how often that soprano stands over the last bass.
    """
    pairs = counts.sum(axis=2, keepdims=True) + PRIOR / 10
    over = counts.sum(axis=(0, 3), keepdims=True) + PRIOR / 10
    wider = pairs * over / over.sum(axis=2, keepdims=True)
    leaning = counts + LEANING * wider / wider.sum(axis=(3, 4), keepdims=True)
    return cast("NDArray[np.float64]", leaning / leaning.sum(axis=(3, 4), keepdims=True))


def _over_first(first_bass: NDArray[np.float64], first_tones: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the shares of tones over each bass; over rare ones they lean on those over any bass, in both modes."""
    overall = (first_tones.sum(axis=(0, 1)) + PRIOR) / (first_bass.sum() + 2 * PRIOR)
    return cast("NDArray[np.float64]", (first_tones + LEANING * overall) / (first_bass[..., None] + LEANING))


def _share(counts: NDArray[np.float64]) -> list[Any]:
    """Return the share of the second entry of the last axis."""
    return _rounded(counts[..., 1] / counts.sum(axis=-1))


def _rounded(table: NDArray[np.float64]) -> list[Any]:
    rounded: list[Any] = np.round(table, 6).tolist()
    return rounded
