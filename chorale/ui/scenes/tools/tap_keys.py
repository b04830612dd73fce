"""Which keys of the computer strike what: the home row a kit, two rows a piano, any key a rhythm.

Keys are taken by where they lie, not by what is printed on them, so the piano is a piano on every keyboard; the
letters that are shown are an American keyboard's until a key was struck, and that key's own from then on.
"""

import pygame

from chorale.app.tools.tapping import TAP, Kind
from chorale.music import PIECES, Piece

__all__ = ["HIGHEST", "LOWEST", "KeyNames", "key_of", "struck_by"]

LOWEST, HIGHEST = 60, 88
"""Of the piano, before it is moved by octaves."""
_HOME = "asdfghjkl"
_LOWER = ("zsxdcvgbhnjm,l.;/", 60)
_UPPER = ("q2w3er5t6y7ui9o0p", 72)
_NAMED = {",": "comma", ".": "period", ";": "semicolon", "/": "slash", " ": "space"}
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789,.;/ "


def _scancode(letter: str) -> int:
    name = _NAMED.get(letter, letter)
    return int(getattr(pygame, f"KSCAN_{name.upper()}"))


_BY_PLACE = {_scancode(letter): letter for letter in _LETTERS}
_BY_CODE = {ord(letter): letter for letter in _LETTERS}
_PIANO = {letter: low + n for letters, low in (_LOWER, _UPPER) for n, letter in enumerate(letters)}
_KIT = {letter: piece.key for letter, piece in zip(_HOME, PIECES, strict=True)} | {" ": Piece.KICK.key}


def key_of(event: pygame.event.Event) -> str | None:
    """Return the American letter at the place of a key; None for a key that strikes nothing."""
    return _BY_PLACE.get(getattr(event, "scancode", 0)) or _BY_CODE.get(event.key)


def struck_by(kind: Kind, letter: str, octave: int = 0) -> int | None:
    """Return the pitch that a key strikes, the piano so many octaves higher; None where it strikes nothing."""
    if kind is Kind.RHYTHM:
        return TAP if letter.isalpha() or letter == " " else None
    if kind is Kind.DRUMS:
        return _KIT.get(letter)
    pitch = _PIANO.get(letter)
    return None if pitch is None else pitch + 12 * octave


class KeyNames:
    """What is printed on the keys, as far as is known."""

    def __init__(self) -> None:
        self._seen: dict[str, str] = {}

    def learn(self, letter: str, event: pygame.event.Event) -> None:
        """Remember what a key that was struck is called."""
        name = pygame.key.name(event.key)
        if len(name) == 1:
            self._seen[letter] = name.upper()

    def of(self, kind: Kind, pitch: int, octave: int = 0) -> str:
        """Return the name of the key that strikes a pitch; "" where there is none."""
        table = _KIT if kind is Kind.DRUMS else {letter: each + 12 * octave for letter, each in _PIANO.items()}
        letter = next((letter for letter, each in table.items() if each == pitch and letter != " "), "")
        return self._seen.get(letter, letter.upper())
