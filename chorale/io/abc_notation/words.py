"""Words under the notes: one ``w:`` line shared out over the notes of the line of music above it."""

import re
from collections.abc import Sequence
from fractions import Fraction

from chorale.io.raw import RawNote

__all__ = ["set_words"]

# A syllable, or a sign: "-" syllable break, "_" held, "*" none, "|" on to the next bar.
_WORD = re.compile(r"(?:\\-|[^\s\-_*|])+|[-_*|]|\s+")


def set_words(text: str, notes: Sequence[RawNote], bars: Sequence[Fraction]) -> None:
    """Give each note its syllable, in place.

    Args:
        text: the field's text: syllables parted by spaces or hyphens; ``_`` holds, ``*`` skips a note, ``|`` goes on to
            the next bar.
        notes: those of the line, in order.
        bars: times of the bar lines, in order.
    """
    place = 0
    latest: RawNote | None = None
    for word in _WORD.findall(text):
        if place >= len(notes) and word != "-":
            return
        if word == "-":
            if latest is not None and not latest.lyric.endswith("-"):
                latest.lyric += "-"
            elif latest is not None:
                place += 1
        elif word in {"_", "*"}:
            place += 1
        elif word == "|":
            place = _first_of_next_bar(place, notes, bars)
        elif not word.isspace():
            latest = notes[place]
            latest.lyric = word.replace("~", " ").replace("\\-", "-")
            place += 1


def _first_of_next_bar(place: int, notes: Sequence[RawNote], bars: Sequence[Fraction]) -> int:
    previous = notes[place - 1].start if place else Fraction(-1)
    line = next((bar for bar in bars if bar > previous), None)
    if line is None:
        return len(notes)
    return next((index for index in range(place, len(notes)) if notes[index].start >= line), len(notes))
