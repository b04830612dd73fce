"""The first light: what the network would write at a glance, shown while the answer is being sampled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chorale.models.coconet.codec import LOWEST, PITCHES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from chorale.models.coconet.task import Task

    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]

__all__ = ["sketch"]

_NEVER = -1e4  # nats for a pitch that may not be sung


def sketch(task: Task, log_probs: NDArray[np.float32], possible: BoolArray) -> IntArray:
    """Return pitches (T, 4): in the writable cells each voice's likeliest pitch of each beat, note against note.

    Args:
        task: What to write.
        log_probs: (T, 4, P) of all cells, all writable ones hidden.
        possible: (T, 4, PITCHES) what may be sung.
    """
    beats = (task.first_in_beat + np.arange(task.score.steps)) // task.beat
    heard = np.zeros((int(beats[-1]) + 1, 4, PITCHES))
    np.add.at(heard, beats, np.where(possible, log_probs[..., :PITCHES], _NEVER))
    likeliest: IntArray = np.where(task.writable, LOWEST + heard.argmax(axis=-1)[beats], task.pitches)
    return likeliest
