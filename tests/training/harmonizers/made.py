"""A harmonizer that knows nothing, and pieces so small that what it costs can be worked out by hand."""

import numpy as np

from chorale.models.base import Harmonization
from chorale.music import Chorale
from chorale.training.datasets import UNKNOWN, Piece

REST = -1


class Ignorant:
    """A harmonizer whose network knows 46 pitches and nothing of them; it doubles the soprano an octave lower."""

    evaluable = "chorales"
    reads_context = False
    config = {"kind": "ignorant"}  # noqa: RUF012  nobody changes it

    def __init__(self):
        self.predictor, self.seen, self.harmonized = self, [], 0

    def log_probs(self, rolls, hidden):
        self.seen.append((rolls, hidden))
        return np.full((*rolls.shape, 46), -np.log(46), np.float32)

    def harmonize(self, score, writable, *, seed=0, report=None, settings=None):
        del report, settings
        self.harmonized += 1
        soprano = score.chorale.pitches[:, :1]
        rolls = np.where(writable & (soprano != REST), soprano - 12, score.chorale.pitches)
        onsets = np.repeat(score.chorale.onsets[:, :1], 4, axis=1)
        return [Harmonization(score.replace(chorale=Chorale(rolls, onsets)), seed, -1.0)]


def piece(steps=70, silent=(), name="valid 0"):
    """Return a held chord of G, the tenor silent at some steps."""
    pitches = np.tile([67, 62, 59, 43], (steps, 1))
    pitches[list(silent), 2] = REST
    unknown = np.full(steps, UNKNOWN)
    onsets = np.zeros((steps, 4), bool)
    onsets[::4] = True
    return Piece(name, pitches, onsets & (pitches != REST), unknown, unknown, unknown, 1.0)
