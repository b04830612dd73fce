"""The first chord: mostly the tonic, wherever the tune lets it be.

The network does not hear how much it matters with which chord a piece begins: under nine of ten tunes that begin on a
tone of the tonic triad Bach sets the tonic, drawn cell by cell it would be six. So a table tells what the first chord
stands on, and which tones sound over that bass; what the given voices sing decides together with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np

from chorale.models.coconet.closes import draw
from chorale.models.coconet.codec import LOWEST, PITCHES
from chorale.music import REST, Voice

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from chorale.models.coconet.manners import Manners
    from chorale.models.coconet.task import Task

    Array = NDArray[np.float64]
    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]

__all__ = ["Opening", "first_bass", "opening_costs", "opening_of"]

PLANNED, WEIGHT = 0.7, 0.45  # of the tables' nats, for the plan and, as costs of the whole chord, in the sweeps
NETWORK, FLOOR = 0.7, -12.0  # of what the network says of the bass before anything else is written
SUNG = np.arange(LOWEST, LOWEST + PITCHES)


class Opening(NamedTuple):
    """Where a piece begins: the first step that sounds, and the step after the first half beat."""

    start: int
    stop: int


def opening_of(task: Task) -> Opening | None:
    """Return the opening of a task in a known key; None where the bass does not sing at once."""
    sounds = task.writable | (task.pitches != REST)
    start = int(np.argmax(sounds.any(axis=1)))
    if task.key is None or not sounds[start, Voice.BASS]:
        return None
    return Opening(start, min(start + max(1, task.beat // 2), task.score.steps))


def first_bass(
    opening: Opening,
    task: Task,
    heard: NDArray[np.float32],
    possible: BoolArray,
    manners: Manners,
    temperature: float,
    rng: np.random.Generator,
) -> IntArray:
    """Return the bass (C,) with which candidates begin, drawn before anything else of the first chord is written.

    Args:
        opening: Where.
        task: In a key.
        heard: (C, PITCHES) what the network says of that bass.
        possible: (PITCHES,) what may be sung.
        manners: The tables, in that key.
        temperature: Of the draw.
        rng: The source of chance.
    """
    given = task.pitches[opening.start, : Voice.BASS]
    weight = NETWORK * np.maximum(heard, FLOOR) - PLANNED * _standing(manners, given)
    return LOWEST + draw(np.where(possible, weight, -np.inf), temperature, rng)


def opening_costs(opening: Opening, manners: Manners, pitches: IntArray, voice: int) -> Array:
    """Return the costs (C, T, PITCHES) of a voice's pitches as tones of the first chord.

    Args:
        opening: Where.
        manners: The tables, in a key.
        pitches: (C, T, 4) what all voices sing now.
        voice: Which of them is redrawn.
    """
    cost = np.zeros((*pitches.shape[:2], PITCHES))
    sung = pitches[:, opening.start]
    if voice == Voice.BASS:
        chord = _standing(manners, sung[:, : Voice.BASS])
    else:
        chord = _sounding(manners, SUNG, sung[:, Voice.BASS, None])
    cost[:, opening.start : opening.stop] = WEIGHT / (opening.stop - opening.start) * chord[:, None]
    return cost


def _standing(manners: Manners, above: IntArray) -> Array:
    """Return the costs (..., PITCHES) of basses under other tones (..., 3), REST for none."""
    tonic, minor = _key(manners)
    usual = -np.log(manners.first_bass[int(minor), (SUNG - tonic) % 12])
    return cast("Array", usual + _sounding(manners, above[..., None], SUNG).sum(axis=-2))


def _sounding(manners: Manners, tone: IntArray, bass: IntArray) -> Array:
    """Return the costs of tones over basses, of the shape of both together; nothing where one of them rests."""
    tonic, minor = _key(manners)
    cost = -np.log(manners.first_tones[int(minor), (bass - tonic) % 12, (tone - bass) % 12])
    return np.where((tone == REST) | (bass == REST), 0.0, cost)


def _key(manners: Manners) -> tuple[int, bool]:
    if manners.key is None:
        raise ValueError("openings are judged in a key")
    return manners.key
