"""How probable a chord is in a key, and after another.

Natural logarithms of probabilities; N numerals of a mode's vocabulary.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from chorale.music.key import Mode
from chorale.theory.analysis.vocabulary import VOCABULARY, Numeral
from chorale.theory.harmony import Quality

__all__ = ["Grammar", "grammar"]

Floats = NDArray[np.float64]

_COMMON: dict[str, float] = {
    "I": 0.0,
    "i": 0.0,
    "V": -0.2,
    "IV": -1.2,
    "iv": -1.2,
    "vi": -1.3,
    "ii": -1.6,
    "iio": -1.8,
    "iii": -2.8,
    "viio": -1.8,
    "VI": -1.8,
    "III": -1.8,
    "VII": -1.8,
    "v": -2.4,
    "iiø": -1.7,
    "viiø": -3.0,
    "V+": -6.0,
}


@dataclass(frozen=True, eq=False)
class Grammar:
    """The odds of chords in one mode.

    Attributes:
        alone: (N,) of a numeral.
        after: (N, N) of the second, after the first.
        ending: (N,) of a numeral at a phrase's end.
        opening: (N, N) of a phrase's first, after the last of the phrase before.
    """

    alone: Floats
    after: Floats
    ending: Floats
    opening: Floats


@lru_cache(maxsize=2)
def grammar(mode: Mode) -> Grammar:
    """Return a mode's grammar."""
    numerals = VOCABULARY[mode]
    alone = np.array([_alone(one, mode) for one in numerals])
    after = np.array(
        [[odds + _motion(one, two) for two, odds in zip(numerals, alone, strict=True)] for one in numerals]
    )
    ending = np.array([_ending(one) for one in numerals])
    opening = np.tile(_normal(alone), (len(numerals), 1))
    return Grammar(_normal(alone), _normal(after), ending, opening)


def _normal(odds: Floats) -> Floats:
    normal: Floats = odds - np.log(np.exp(odds).sum(axis=-1, keepdims=True))
    return normal


def _alone(numeral: Numeral, mode: Mode) -> float:
    if numeral.of:
        return {"V": -2.8, "III": -2.8, "IV": -3.3}.get(numeral.of, -3.6) - (0.3 if numeral.is_seventh else 0.0)
    odds = _COMMON.get(numeral.degree, -5.5)
    if mode == "major" and numeral.degree in {"i", "iio", "iv", "v", "iiø"}:
        odds = -5.5
    if mode == "minor" and numeral.degree in {"I", "ii", "IV"}:
        odds = -3.5
    if numeral.is_seventh and numeral.degree != "iiø":
        odds -= 0.7 if numeral.degree in {"V", "viio", "viiø"} else 1.5
    return odds


def _motion(one: Numeral, two: Numeral) -> float:
    if one.of:
        if two.of == one.of and two.is_dominant:
            return 0.5
        return 2.5 if two.root == one.target else -1.5
    down = {-1: 0.7, 5: 0.3, -3: 0.2, 2: 0.2}.get(two.root - one.root, 0.0)
    if one.root == two.root:
        return 0.3
    if one.is_dominant:
        return {"I": 1.2, "i": 1.2, "vi": 0.3, "VI": 0.3, "V": 1.0, "viio": 0.3}.get(two.degree, -1.0)
    if one.degree in {"It", "Ger", "Fr"}:
        return 3.0 if two.root in {0, 1} else -2.0
    return down


def _ending(numeral: Numeral) -> float:
    if numeral.of or numeral.is_seventh:
        return -4.0
    strong = {Quality.MAJOR: 0.0, Quality.MINOR: 0.0}
    if numeral.degree in {"I", "i", "V"}:
        return strong.get(numeral.quality, -4.0)
    return {"vi": -2.0, "VI": -2.0, "IV": -2.0, "iv": -2.5, "III": -3.0}.get(numeral.degree, -3.5)
