"""Counts from the training pieces that the sampler needs beside the network; see ``models/coconet/manners.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from chorale.training.datasets import REST, Piece

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

__all__ = ["count"]

LARGEST = 24  # semitones; larger leaps count as this
PRIOR = 1.0  # added to every count, so that nothing is impossible
STEPS_PER_BEAT = 4


def count(pieces: Iterable[Piece]) -> dict[str, Any]:
    """Return the tables as nested lists of probabilities.

    change: (voice, place, leader moves) a voice changes pitch from one step to the next; the place is 0 on the
        beat, 1 on an off-beat eighth, 2 on an odd sixteenth, 3 while a note with a fermata goes on; the leader is
        the soprano, for the soprano the bass.
    interval: (voice, semitones -24..24) of a change, by how far it goes.
    vertical: (upper voice, semitones modulo 12) above the bass, on beats, for soprano, alto, tenor.
    strike: (voice, place, leader strikes) a voice that keeps its pitch is struck again; place 3 is the bar line.
    """
    change = np.full((4, 4, 2, 2), PRIOR)
    interval = np.full((4, 2 * LARGEST + 1), PRIOR / 10)
    vertical = np.full((3, 12), PRIOR)
    strike = np.full((4, 4, 2, 2), PRIOR)
    for piece in pieces:
        place = _places(len(piece.pitches))
        for voice in range(4):
            _count_changes(change[voice], interval[voice], piece, voice, place)
            _count_strikes(strike[voice], piece, voice, place)
        _count_vertical(vertical, piece.pitches[::STEPS_PER_BEAT])
    interval[:, LARGEST] = 0
    return {
        "change": _share(change),
        "interval": _rounded(interval / interval.sum(axis=1, keepdims=True)),
        "vertical": _rounded(vertical / vertical.sum(axis=1, keepdims=True)),
        "strike": _share(strike),
    }


def _places(steps: int) -> NDArray[np.int64]:
    return np.array([0, 2, 1, 2])[np.arange(steps) % STEPS_PER_BEAT]


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
    leader = piece.pitches[:, 0 if voice else 3]
    leads = (leader[steps] != leader[steps - 1]).astype(int)
    resting = (piece.fermata[steps] == 1) & (piece.fermata[steps - 1] == 1)
    np.add.at(change, (np.where(resting, 3, place[steps]), leads, (move != 0).astype(int)), 1)
    np.add.at(interval, np.clip(move[move != 0], -LARGEST, LARGEST) + LARGEST, 1)


def _count_strikes(strike: NDArray[np.float64], piece: Piece, voice: int, place: NDArray[np.int64]) -> None:
    """Count only where the corpus file tells onsets from holds, and not at the start of a phrase."""
    steps, move = _steps_of_both(piece.pitches, voice)
    phrase = (piece.fermata[steps - 1] == 1) & (piece.fermata[steps] == 0)
    kept = steps[(move == 0) & (piece.phase[steps] >= 0) & ~phrase]
    leads = piece.onsets[kept, 0 if voice else 3].astype(int)
    where = np.where(piece.phase[kept] == 0, 3, place[kept])
    np.add.at(strike, (where, leads, piece.onsets[kept, voice].astype(int)), 1)


def _count_vertical(vertical: NDArray[np.float64], beats: NDArray[np.int64]) -> None:
    for voice in range(3):
        both = (beats[:, voice] != REST) & (beats[:, 3] != REST)
        np.add.at(vertical[voice], (beats[both, voice] - beats[both, 3]) % 12, 1)


def _share(counts: NDArray[np.float64]) -> list[Any]:
    """Return the share of the second entry of the last axis."""
    return _rounded(counts[..., 1] / counts.sum(axis=-1))


def _rounded(table: NDArray[np.float64]) -> list[Any]:
    rounded: list[Any] = np.round(table, 6).tolist()
    return rounded
