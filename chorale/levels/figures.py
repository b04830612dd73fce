"""Figured bass as levels write it: from figures to the tones that sound over a bass note.

Figures stand from the top down, parted by slashes: ``6  6/5  4/3  7  4  9/7``. A sign before a figure alters it: ``#6``
``b7`` ``=3``; alone it stands for the third: ``#``. ``5``, or an empty place, is the plain triad. A sign means what it
says, whatever the signature: "#" a sharp, "b" a flat, "=" a natural. A dash under a bass note lets it pass: the harmony
before sounds on.
"""

import re
from typing import NamedTuple

from chorale.errors import InputError
from chorale.music import Key, Pitch

__all__ = ["HELD", "Figured", "read_figures"]

HELD = "-"
"""Under a passing bass note: what stood before sounds on."""

_FIGURE = re.compile(r"(?P<sign>##?|bb?|=|♮)?(?P<number>[2-9])?\Z")
_ALTERS = {"#": 1, "##": 2, "b": -1, "bb": -2, "=": 0, "♮": 0}
_COMPLETE: dict[tuple[int, ...], tuple[int, ...]] = {
    (): (5, 3),
    (3,): (5, 3),
    (5,): (5, 3),
    (6,): (6, 3),
    (7,): (7, 5, 3),
    (4,): (5, 4),
    (2,): (6, 4, 2),
    (9,): (9, 5, 3),
    (6, 5): (6, 5, 3),
    (4, 3): (6, 4, 3),
    (4, 2): (6, 4, 2),
    (9, 7): (9, 7, 3),
    (7, 4): (7, 5, 4),
    (9, 4): (9, 5, 4),
    (7, 3): (7, 5, 3),
    (5, 2): (5, 2),
}
"""What the players of the time read into the figures they found (C. P. E. Bach, Versuch, part two)."""


class Figured(NamedTuple):
    """What sounds over a bass note.

    Attributes:
        text: the figures as written.
        tones: all of them on the line of fifths, the bass first.
        needed: those that must sound above the bass; a triad's or a seventh chord's plain fifth may be left out.
    """

    text: str
    tones: tuple[int, ...]
    needed: tuple[int, ...]


def read_figures(text: str, bass: Pitch, key: Key) -> Figured:
    """Return what figures ask for.

    Raises:
        InputError: they are no figures.
    """
    signs = dict(_figure(part, text) for part in text.split("/") if part)
    asked = tuple(sorted(signs, reverse=True))
    numbers = sorted({*_COMPLETE.get(asked, asked), *asked}, reverse=True)
    tones = {number: _tone(bass, number, signs.get(number, ""), key) for number in numbers}
    needed = tuple(
        tone for number, tone in tones.items() if number != 5 or signs.get(5) or 3 not in tones or 6 in tones
    )
    return Figured(text, (bass.fifth, *tones.values()), needed)


def _figure(part: str, text: str) -> tuple[int, str]:
    match = _FIGURE.match(part)
    if match is None or not part:
        raise InputError(f"figures {text!r}: wanted figures such as 6, 6/5, #6 or 4/3")
    return int(match["number"] or 3), match["sign"] or ""


def _tone(bass: Pitch, number: int, sign: str, key: Key) -> int:
    place = bass.place + number - 1
    return (Pitch.at_place(place, _ALTERS[sign]) if sign else key.at_place(place)).fifth
