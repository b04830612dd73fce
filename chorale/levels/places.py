"""Places in a score as teachers write them: "2.3" is bar 2, beat 3; "T2.3+2" the tenor, two sixteenths later."""

import re

from chorale.errors import InputError
from chorale.music import VOICES, Score, Voice

__all__ = ["read_place", "read_step", "read_voices"]

_PLACE = re.compile(r"(?P<voices>[SATB]*)(?P<bar>\d+)\.(?P<beat>\d+)(?:\+(?P<sixteenths>\d+))?\Z")
_BY_LETTER = {voice.letter: voice for voice in VOICES}


def read_place(text: str, score: Score) -> tuple[tuple[Voice, ...], int]:
    """Return the voices, none if none are named, and the step of a place.

    Raises:
        InputError: it is no place, or outside the score.
    """
    match = _PLACE.match(text.strip())
    if match is None:
        raise InputError(f"{text!r}: wanted a place such as 2.3 for bar 2, beat 3, or T2.3 for the tenor there")
    meter = score.meter
    into = (int(match["beat"]) - 1) * meter.steps_per_beat + int(match["sixteenths"] or 0)
    step = score.pickup + (int(match["bar"]) - 1) * meter.steps_per_bar + into
    if not 0 <= step < score.steps or not 0 <= into < meter.steps_per_bar:
        raise InputError(f"{text!r}: wanted a place from {_written(score, 0)} to {_written(score, score.steps - 1)}")
    return tuple(_BY_LETTER[letter] for letter in match["voices"]), step


def read_step(text: str, score: Score) -> int:
    """Return the step of a place that names no voice.

    Raises:
        InputError: it is none, or outside the score.
    """
    voices, step = read_place(text, score)
    if voices:
        raise InputError(f"{text!r}: wanted a place without a voice, such as 2.3")
    return step


def read_voices(text: str) -> tuple[Voice, ...]:
    """Return the voices of letters such as "SB".

    Raises:
        InputError: they are none.
    """
    if not text or set(text) - set(_BY_LETTER):
        raise InputError(f"{text!r}: wanted letters of S, A, T and B, such as SB")
    return tuple(voice for voice in VOICES if voice.letter in text)


def _written(score: Score, step: int) -> str:
    place = score.place(step)
    return f"{place.bar}.{place.beat}" + (f"+{place.step}" if place.step else "")
