"""Chords, keys, numerals, figures and cadences of a score.

analysis = analyze(score)
analysis.at(step).numeral      # "V6/5"

Method: every chord of every near-by key is weighed against every stretch of moments; the cheapest way through the piece
in chords and keys is found with the odds of chord progressions; tones, numerals, figures and cadences are read off.

lines           how each tone is approached and left
vocabulary      the chords a key knows; expectations, grammar, progressions.txt: how they follow one another
keys, space     the keys weighed, and all chords in them
fit             how well each chord fits each stretch
decode          the search
excursions      what is no modulation after all
harmonies       chords with bass, numeral (naming) and figured bass (figures)
tones           non-chord tones by their kinds
cadences        the kind of each close
six_four        what licenses a six-four chord
weights         the numbers
"""

import numpy as np

from chorale.music import Score
from chorale.theory.analysis.cadences import cadences
from chorale.theory.analysis.decode import Segment, segments
from chorale.theory.analysis.excursions import without_excursions
from chorale.theory.analysis.harmonies import harmonies_of
from chorale.theory.analysis.lines import lines_of
from chorale.theory.analysis.six_four import SixFour, six_four
from chorale.theory.analysis.tones import tone_kinds
from chorale.theory.analysis.weights import WEIGHTS
from chorale.theory.harmony import Analysis, Harmony
from chorale.theory.texture import Bools, Ints, Texture

__all__ = ["SixFour", "analyze", "six_four"]


def analyze(score: Score) -> Analysis:
    """Return the analysis of a score; one of a bare melody, or of nothing, has no harmonies."""
    texture = Texture.of(score)
    if not (texture.sounds.sum(axis=1) > 1).any():
        return _without_harmonies(texture)
    lines = lines_of(score, texture)
    found = without_excursions(segments(score, texture, lines, WEIGHTS), texture, score.key)
    heard = [segment for segment in found if _sounds(texture, segment)]
    harmonies = tuple(harmonies_of(score, texture, lines, heard))
    index = _harmony_index(texture, harmonies)
    tones = tone_kinds(texture, lines, _belongs(texture, harmonies, index), index)
    return Analysis(texture, harmonies, tones, index, cadences(texture, harmonies))


def _without_harmonies(texture: Texture) -> Analysis:
    tones = np.where(texture.sounds, 0, -1).astype(np.int8)
    return Analysis(texture, (), tones, np.full(len(texture), -1), ())


def _sounds(texture: Texture, segment: Segment) -> bool:
    """Whether two voices or more sound together somewhere in it."""
    return bool((texture.sounds[segment.first : segment.last + 1].sum(axis=1) > 1).any())


def _harmony_index(texture: Texture, harmonies: tuple[Harmony, ...]) -> Ints:
    starts = np.array([harmony.start for harmony in harmonies], dtype=np.int64)
    ends = np.array([harmony.end for harmony in harmonies], dtype=np.int64)
    index: Ints = np.searchsorted(starts, texture.steps, side="right") - 1
    inside = (index >= 0) & (texture.steps < ends[np.maximum(index, 0)]) if len(starts) else index >= 0
    return np.where(inside, index, -1)


def _belongs(texture: Texture, harmonies: tuple[Harmony, ...], index: Ints) -> Bools:
    """Return (M, 4) whether each tone sounds like one of its chord's; all do where there is no harmony."""
    table = np.zeros((len(harmonies) + 1, 12), dtype=bool)
    table[-1] = True
    for row, harmony in enumerate(harmonies):
        table[row, np.array(harmony.chord.tones) % 12] = True
    belongs: Bools = table[index[:, None], texture.fifths % 12]
    return belongs
