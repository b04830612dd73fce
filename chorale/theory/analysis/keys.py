"""The keys a score may be in, and how well its tones fit each.

Conventions: K keys; keys are told apart by spelling, so D flat and C sharp are two.
"""

from dataclasses import dataclass
from functools import cache, lru_cache

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
_PARALLEL = 1.5  # fifths; how far the parallel key is
_STRETCH, _NEARLY = (
    10,
    1.5,
)  # moments; beats of foreign tones more than the best key has
_MAJOR_MIDDLE = 2  # mean place of a major scale's tones above its tonic on the line of fifths
_SCALES = {"major": frozenset(range(-1, 6)), "minor": frozenset({*range(-4, 3), 3, 5})}


@dataclass(frozen=True, eq=False)
class KeySet:
    """The keys weighed.

    Attributes:
        keys: K keys.
        change: (K, K) the cost of going from the first to the second.
        start: (K,) the cost of a piece's beginning or ending in it.
        low: the lowest place on the line of fifths that sounds.
        outside: (K, F) how strange each place, from the lowest that sounds to the highest, is to each key: 1 outside
            its scale, less on a minor key's second forms of its sixth and seventh degree.
    """

    keys: tuple[Key, ...]
    change: Floats
    start: Floats
    low: int
    outside: Floats


def key_set(score: Score, texture: Texture, beats: Floats, weights: Weights) -> KeySet:
    """Return the keys near a score's own notes that somewhere fit them."""
    keys = _near(_middle_signature(score, texture))
    low, high = int(texture.fifths.min()), int(texture.fifths.max())
    outside = _outside(keys, low, high, weights)
    fits = _fits_somewhere(texture, outside[:, texture.fifths - low] == 1.0, beats)
    fits |= np.array([abs(key.signature - score.key.signature) <= 1 for key in keys])
    keys = tuple(key for key, kept in zip(keys, fits, strict=True) if kept)
    to_minor = np.array([weights.to_minor * (key.mode == "minor") for key in keys]) / 2
    away = np.array([abs(key.signature - score.key.signature) for key in keys])
    return KeySet(
        keys,
        _changes(keys, weights),
        weights.signature * away + to_minor,
        low,
        outside[fits],
    )


@cache
def _near(middle: int) -> tuple[Key, ...]:
    reach = range(
        max(-_LARGEST_SIGNATURE, middle - _WIDTH),
        min(_LARGEST_SIGNATURE, middle + _WIDTH) + 1,
    )
    return tuple(Key.from_signature(sharps, mode) for mode in MODES for sharps in reach)


@lru_cache(maxsize=64)
def _changes(keys: tuple[Key, ...], weights: Weights) -> Floats:
    signatures, tonics = (
        np.array([key.signature for key in keys]),
        np.array([key.tonic for key in keys]),
    )
    distance = np.abs(signatures[:, None] - signatures).astype(float)
    distance = np.where(tonics[:, None] == tonics, _PARALLEL, distance)
    change: Floats = weights.key_change + weights.key_distance * distance
    change += np.array([weights.to_minor * (key.mode == "minor") for key in keys])
    np.fill_diagonal(change, 0.0)
    return change


@lru_cache(maxsize=64)
def _outside(keys: tuple[Key, ...], low: int, high: int, weights: Weights) -> Floats:
    """Return (K, F) ``KeySet.outside`` of some keys."""
    return np.array([[_strangeness(fifth - key.tonic, key, weights) for fifth in range(low, high + 1)] for key in keys])


def _strangeness(above: int, key: Key, weights: Weights) -> float:
    if key.mode == "minor" and above in {-2, 3}:
        return weights.subtonic if above == -2 else weights.raised_sixth
    return float(above not in _SCALES[key.mode])


def _fits_somewhere(texture: Texture, outside: Floats, beats: Floats) -> NDArray[np.bool_]:
    """Return (K,) which keys are nearly the best over some stretch of moments; ``outside`` is (K, M, 4)."""
    foreign = (outside * texture.sounds).sum(axis=2).T * beats[:, None]
    summed = np.concatenate([np.zeros((1, foreign.shape[1])), foreign.cumsum(axis=0)])
    size = min(_STRETCH, len(foreign))
    over = summed[size:] - summed[:-size]
    fits: NDArray[np.bool_] = (over <= over.min(axis=1, keepdims=True) + _NEARLY).any(axis=0)
    return fits


def _middle_signature(score: Score, texture: Texture) -> int:
    lengths = (texture.ends - texture.steps)[:, None] * texture.sounds
    if not lengths.sum():
        return score.key.signature
    mean = float((texture.fifths * lengths).sum() / lengths.sum()) - _MAJOR_MIDDLE
    return max(-_LARGEST_SIGNATURE, min(_LARGEST_SIGNATURE, int(np.floor(mean + 0.5))))
