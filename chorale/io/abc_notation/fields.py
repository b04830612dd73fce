"""The values of ABC's information fields: key, meter, unit length, tempo, voice."""

import re
from fractions import Fraction

from chorale.errors import InputError
from chorale.music import STEPS_PER_QUARTER, Key, Meter
from chorale.music.pitch import fifth_of_name

__all__ = ["STEPS_PER_WHOLE", "default_unit", "key_of", "meter_of", "qpm_of", "unit_of", "voice_of"]

STEPS_PER_WHOLE = 4 * STEPS_PER_QUARTER
_KEY = re.compile(r"([A-G])([#b]?)\s*([A-Za-z]*)")
_FRACTION = re.compile(r"(\d{1,4})\s*/\s*(\d{1,4})")
_TEMPO = re.compile(r"(?:(\d{1,4})\s*/\s*(\d{1,4})\s*=\s*)?(\d{1,4}(?:\.\d{1,4})?)\s*$")
_MODES = {
    "": 0,
    "maj": 0,
    "ion": 0,
    "mix": -1,
    "dor": -2,
    "m": -3,
    "min": -3,
    "aeo": -3,
    "phr": -4,
    "loc": -5,
    "lyd": 1,
}
_PIPES = {"HP": 0, "Hp": 2}  # highland bagpipes: no signature, and its sharps written out


def key_of(text: str) -> tuple[int, Key | None]:
    """Return a K: field's sharps (flats negative) and its key, None for a church mode or no key at all.

    Unknown text is no signature: the standard asks programs to be lenient here.
    """
    text = text.strip()
    if text[:2] in _PIPES:
        return _PIPES[text[:2]], None
    match = _KEY.match(text)
    if match is None:
        return 0, None
    word = match[3].lower()
    mode = "m" if word == "m" else word[:3]
    sharps = fifth_of_name(match[1] + match[2]) + _MODES.get(mode, 0)
    if abs(sharps) > 7:
        raise InputError(f"key {text[:20]!r}: its signature has more than seven accidentals")
    if mode in {"mix", "dor", "phr", "loc", "lyd"}:
        return sharps, None
    return sharps, Key.from_signature(sharps, "minor" if _MODES.get(mode, 0) == -3 else "major")


def meter_of(text: str) -> Meter | None:
    """Return an M: field's meter, None for free meter.

    Raises:
        InputError: the meter cannot be written in sixteenths.
    """
    text = text.strip()
    if text.startswith("C|"):
        return Meter(2, 2)
    if text.startswith("C"):
        return Meter(4, 4)
    match = re.match(r"\(?([\d+\s]{1,20})\)?\s*/\s*(\d{1,4})", text)
    if match is None:
        return None
    return Meter(sum(int(figure) for figure in re.findall(r"\d+", match[1])), int(match[2]))


def default_unit(meter: Meter | None) -> Fraction:
    """Return the unit length, in steps, of a tune without an L: field: a sixteenth in short meters, else an eighth."""
    short = meter is not None and Fraction(meter.beats, meter.unit) < Fraction(3, 4)
    return Fraction(1 if short else 2)


def unit_of(text: str) -> Fraction | None:
    """Return an L: field's unit length in steps, None where it is no fraction."""
    match = _FRACTION.match(text.strip())
    if match is None:
        return Fraction(STEPS_PER_WHOLE) if text.strip() == "1" else None
    return Fraction(int(match[1]) * STEPS_PER_WHOLE, int(match[2])) if int(match[1]) and int(match[2]) else None


def qpm_of(text: str, unit: Fraction) -> float | None:
    """Return a Q: field's quarter notes a minute, None where it has only words.

    Args:
        text: such as ``1/4=84``, ``"Slow" 3/8=50`` or, in the old form, ``120``.
        unit: steps that the old form counts.
    """
    match = _TEMPO.search(re.sub(r'"[^"]*"', "", text).strip())
    if match is None:
        return None
    beat = unit if match[1] is None else Fraction(int(match[1]) * STEPS_PER_WHOLE, max(1, int(match[2])))
    qpm = float(match[3]) * float(beat) / STEPS_PER_QUARTER
    return round(qpm, 3) if qpm > 0 else None


def voice_of(text: str) -> tuple[str, str]:
    """Return a V: field's voice and its printed name, "" where it has none."""
    words = text.split()
    named = re.search(r'\b(?:name|nm)\s*=\s*(?:"([^"]*)"|(\S+))', text)
    return (words[0] if words else ""), ((named[1] or named[2] or "") if named else "")
