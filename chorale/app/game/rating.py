"""How likely a model holds a setting: each voice's written cells given the other voices.

The mean log-probability in nats a sounding cell, higher is better: the pseudo-likelihood by which the harmonizer
chooses among its own candidates (see ``chorale.models.coconet.sampling``).
"""

from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from chorale.music import REST, VOICES, BoolArray, Score

__all__ = ["Predicting", "likelihood"]

_LOWEST, _HIGHEST = 36, 81  # what the networks know


@runtime_checkable
class Predicting(Protocol):
    """A model that says how likely every pitch is in every cell."""

    def log_probs(self, pitches: NDArray[np.int64], hidden: BoolArray) -> NDArray[np.float32]:
        """Return (B, T, 4, P) log-probabilities of the pitches from 36 on, of (B, T, 4) pitches where not hidden."""


def likelihood(model: object, score: Score, writable: BoolArray) -> float | None:
    """Return nats a written cell of a score; None where the model cannot say, or a note is beyond what it knows."""
    pitches = score.chorale.pitches.astype(np.int64)
    asked = writable & (pitches != REST)
    outside = (pitches != REST) & ((pitches < _LOWEST) | (pitches > _HIGHEST))
    if not isinstance(model, Predicting) or not asked.any() or outside.any():
        return None
    hidden = np.stack([asked & (np.arange(len(VOICES)) == voice) for voice in VOICES])
    found = model.log_probs(np.repeat(pitches[None], len(VOICES), axis=0), hidden)
    chosen = np.take_along_axis(found, np.clip(pitches - _LOWEST, 0, None)[None, ..., None], axis=-1)[..., 0]
    return float(chosen[hidden].mean())
