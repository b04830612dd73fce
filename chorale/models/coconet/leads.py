"""Given tones that lead elsewhere: a tone outside the key that rises by a semitone is the third of a dominant.

The network sees pitches, not names, and may take the C sharp of F, C sharp, D for a D flat. But what rises is a leading
tone: under it stand tones of the dominant of the tone to which it goes.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from chorale.models.coconet.codec import LOWEST, PITCHES
from chorale.models.coconet.sonorities import DOMINANT
from chorale.music import VOICES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from chorale.models.coconet.task import Task

    Array = NDArray[np.float64]

__all__ = ["leads"]

FOREIGN = 2.0  # nats a step for a tone that the dominant has not
SHORTEST = 2  # steps: shorter tones pass


def leads(task: Task) -> Array:
    """Return the costs (T, PITCHES) of what the written voices sing under given leading tones of other keys."""
    cost = np.zeros((task.score.steps, PITCHES))
    classes = np.arange(LOWEST, LOWEST + PITCHES) % 12
    for voice in VOICES:
        notes = [note for note in task.score.chorale.notes(voice) if not task.writable[note.start, voice]]
        for note, following in pairwise(notes):
            aim = (following.pitch + task.shift) % 12
            rises = following.pitch - note.pitch == 1 and following.start == note.end
            if rises and note.length >= SHORTEST and task.foreign[(aim - 1) % 12]:
                cost[note.start : note.end] += FOREIGN * ~np.isin((classes - aim) % 12, DOMINANT)
    return cost
