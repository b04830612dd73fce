"""The key of a whole harmonization: whether a candidate keeps the one it was given, and what calls it back.

The network drifts from minor keys into their relatives, where more of what it knows is written. A candidate that has
drifted hears the tones by which the two keys differ made dearer and cheaper, and goes on hearing them when it is at
home again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chorale.models.coconet.codec import LOWEST, PITCHES
from chorale.music import VOICES
from chorale.theory.key_finding import PROFILES, estimate_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from chorale.models.coconet.task import Task
    from chorale.music import Key, Score

    Array = NDArray[np.float64]

__all__ = ["homeward", "keeps_key", "key_heard"]

CALL = 0.5  # nats a step, for each unit of the logarithm by which the keys' profiles differ


def key_heard(score: Score) -> Key:
    """Return the key that the notes of all voices together suggest."""
    return estimate_key(note for voice in VOICES for note in score.chorale.notes(voice))


def keeps_key(heard: Key, given: Key) -> bool:
    """Return whether a key is heard as it was given."""
    return (heard.tonic_class, heard.mode) == (given.tonic_class, given.mode)


def homeward(task: Task, scores: Iterable[Score]) -> Array:
    """Return the costs (C, 1, PITCHES) that call candidates, as whole scores, back to the key; 0 for who kept it."""
    return np.stack([_call(task, key_heard(score)) for score in scores])[:, None]


def _call(task: Task, heard: Key) -> Array:
    given = task.score.key
    modal = (task.mode.tonic, task.mode.minor) == (heard.tonic_class, heard.mode == "minor")
    if task.key is None or modal or keeps_key(heard, given):
        return np.zeros(PITCHES)
    classes = (np.arange(LOWEST, LOWEST + PITCHES) - task.shift) % 12
    return CALL * (_profile(heard)[classes] - _profile(given)[classes])


def _profile(key: Key) -> Array:
    """Return the logarithm of each pitch class's weight in a key, (12,)."""
    return np.log(np.roll(PROFILES[key.mode], key.tonic_class))
