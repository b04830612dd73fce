"""Chords, keys, numerals, figures and cadences of a score."""

import numpy as np

from chorale.music import Score
from chorale.theory.harmony import Analysis, ToneKind
from chorale.theory.texture import Texture

__all__ = ["analyze"]


def analyze(score: Score) -> Analysis:
    """Return the analysis of a score."""
    texture = Texture.of(score)
    tones = np.where(texture.sounds, ToneKind.CHORD, ToneKind.SILENT).astype(np.int8)
    return Analysis(texture, (), tones, np.full(len(texture), -1), ())
