"""The keys a score may be in, and how well its tones fit each.

Conventions: K keys; keys are told apart by spelling, so D flat and C sharp are two.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chorale.music import Key, Score
from chorale.music.key import MODES
from chorale.theory.analysis.weights import Weights
from chorale.theory.texture import Texture

__all__ = ["KeySet", "key_set"]

Floats = NDArray[np.float64]
_WIDTH = 5  # fifths from the middle signature to the farthest
_LARGEST_SIGNATURE = 7
_MAJOR_MIDDLE = 2  # mean place of a major scale's tones above its tonic on the line of fifths
_SCALES = {"major": frozenset(range(-1, 6)), "minor": frozenset({*range(-4, 3), 3, 5})}


@dataclass(frozen=True, eq=False)
class KeySet:
    """The keys weighed.

    Attributes:
        keys: K keys.
        change: (K, K) the cost of going from the first to the second.
        start: (K,) the cost of a piece's beginning in it.
    """

    keys: tuple[Key, ...]
    change: Floats
    start: Floats

    def foreign(self, texture: Texture, beats: Floats) -> Floats:
        """Return (M, K) how many beats' worth of tones lie outside each key's scale."""
        low, high = int(texture.fifths.min()), int(texture.fifths.max())
        line = range(low, high + 1)
        table = np.array([[fifth - key.tonic not in _SCALES[key.mode] for fifth in line] for key in self.keys])
        outside: Floats = (table[:, texture.fifths - low] & texture.sounds).sum(axis=2).T * beats[:, None]
        return outside


def key_set(score: Score, texture: Texture, weights: Weights) -> KeySet:
    """Return the keys near a score's own notes."""
    middle = _middle_signature(score, texture)
    reach = range(max(-_LARGEST_SIGNATURE, middle - _WIDTH), min(_LARGEST_SIGNATURE, middle + _WIDTH) + 1)
    keys = tuple(Key.from_signature(sharps, mode) for mode in MODES for sharps in reach)
    signatures, tonics = np.array([key.signature for key in keys]), np.array([key.tonic for key in keys])
    distance = np.abs(signatures[:, None] - signatures).astype(float)
    distance = np.where(tonics[:, None] == tonics, 1.5, distance)
    change = weights.key_change + weights.key_distance * distance
    np.fill_diagonal(change, 0.0)
    return KeySet(keys, change, weights.signature * np.abs(signatures - score.key.signature))


def _middle_signature(score: Score, texture: Texture) -> int:
    lengths = (texture.ends - texture.steps)[:, None] * texture.sounds
    if not lengths.sum():
        return score.key.signature
    mean = float((texture.fifths * lengths).sum() / lengths.sum()) - _MAJOR_MIDDLE
    return max(-_LARGEST_SIGNATURE, min(_LARGEST_SIGNATURE, round(mean)))
