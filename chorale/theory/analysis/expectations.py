"""What theory expects of chord progressions, before anything is counted.

Natural logarithms of odds, up to a constant.
"""

from chorale.music.key import Mode
from chorale.theory.analysis.vocabulary import Numeral
from chorale.theory.harmony import Quality

__all__ = ["alone", "ending", "motion"]

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


def alone(numeral: Numeral, mode: Mode) -> float:
    """Return the odds of a chord: diatonic triads first, then V7, other sevenths, applied and borrowed chords."""
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


def motion(one: Numeral, two: Numeral) -> float:
    """Return how much likelier than elsewhere a chord is after another: dominants resolve, roots fall by fifths."""
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


def ending(numeral: Numeral) -> float:
    """Return the odds of a chord as a phrase's last: I and V, rarely another triad."""
    if numeral.of or numeral.is_seventh:
        return -4.0
    strong = {Quality.MAJOR: 0.0, Quality.MINOR: 0.0}
    if numeral.degree in {"I", "i", "V"}:
        return strong.get(numeral.quality, -4.0)
    return {"vi": -2.0, "VI": -2.0, "IV": -2.0, "iv": -2.5, "III": -3.0}.get(numeral.degree, -3.5)
