"""Drum patterns of up to four bars as the variational networks read and write them. numpy only.

A step has nine hits, nine velocities and nine offsets. Numbers are scaled to about -1..1: velocities 1..127 from end
to end, offsets -0.5..0.5 steps likewise. Where there is no hit all are zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chorale.errors import InputError
from chorale.models.sequences.beats import BARS, BEATS, STEPS, STEPS_PER_BEAT
from chorale.music import PIECES, DrumPattern

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from chorale.models.base import Surroundings

    FloatArray = NDArray[np.float32]

__all__ = ["NUMBERS", "SEEN", "beats_of", "check_meter", "filled", "inside", "numbers_of", "pattern_of", "tempo_of"]

NUMBERS = 2 * len(PIECES)
SEEN = 8
"""Events before a step that the head sees: half a bar."""
_VELOCITY_CENTRE, _VELOCITY_REACH = 64.0, 63.0
_OFFSET_REACH = 0.5
_TEMPO_CENTRE, _TEMPO_REACH = 110.0, 50.0  # quarters a minute of the Groove dataset


def check_meter(surroundings: Surroundings) -> None:
    """Raise InputError unless the meter is one that the drum models know: bars of 16 steps, or two of 8 for one."""
    meter = surroundings.meter
    if meter.is_compound or meter.steps_per_bar not in {8, 16}:
        raise InputError(f"meter {meter}: wanted 4/4, 2/2 or 2/4, which the drum models know")


def filled(pattern: DrumPattern) -> DrumPattern:
    """Return a pattern of at most four bars, lengthened to four with silence.

    Raises:
        ValueError: it is longer.
    """
    if len(pattern) > STEPS:
        raise ValueError(f"{len(pattern)} steps: wanted at most {STEPS}")
    return pattern if len(pattern) == STEPS else pattern.cut(0, STEPS)


def numbers_of(pattern: DrumPattern) -> FloatArray:
    """Return (T, NUMBERS): scaled velocities, then scaled offsets."""
    velocities = np.where(pattern.hits, (pattern.velocities - _VELOCITY_CENTRE) / _VELOCITY_REACH, 0)
    return np.concatenate([velocities, pattern.offsets / _OFFSET_REACH], axis=1).astype(np.float32)


def pattern_of(hits: NDArray[np.bool_], numbers: FloatArray) -> DrumPattern:
    """Return the pattern of hits (T, 9) and scaled numbers (T, NUMBERS); the inverse of ``numbers_of``."""
    velocities, offsets = np.split(numbers, 2, axis=1)
    loud = np.clip(np.round(velocities * _VELOCITY_REACH + _VELOCITY_CENTRE), 1, 127)
    late = np.clip(offsets * _OFFSET_REACH, -_OFFSET_REACH, _OFFSET_REACH)
    return DrumPattern(hits, loud.astype(np.int16), late.astype(np.float32))


def beats_of(*cells: NDArray[np.generic]) -> FloatArray:
    """Return cells (64, N) side by side, packed by beats: (16, 4 N)."""
    steps = np.concatenate([np.asarray(each, np.float32) for each in cells], axis=1)
    return steps.reshape(BEATS, STEPS_PER_BEAT * steps.shape[1])


def inside(steps: int) -> FloatArray:
    """Return (64, 1), 1 in the bars that so many steps reach: the networks have only seen whole ones."""
    bar = STEPS // BARS
    return (np.arange(STEPS) < -(-steps // bar) * bar).astype(np.float32)[:, None]


def tempo_of(qpm: float) -> FloatArray:
    """Return (64, 1), the tempo, scaled."""
    return np.full((STEPS, 1), (qpm - _TEMPO_CENTRE) / _TEMPO_REACH, np.float32)
