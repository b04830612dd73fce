"""Cutting a line of ABC music into tokens."""

import re
from collections.abc import Iterator

__all__ = ["ACCIDENTALS", "NOTE", "tokens"]

ACCIDENTALS = {"^^": 2, "^": 1, "=": 0, "_": -1, "__": -2}
_LENGTH = r"(\d{0,5}(?:/+\d{0,5})?)"
NOTE = re.compile(r"(\^\^|\^|__|_|=)?([A-Ga-g])([',]{0,9})" + _LENGTH)
# Every repetition that needs a closing sign is bounded, so that unclosed ones take no quadratic time.
_TOKEN = re.compile(
    r"(?P<field>\[[A-Za-z]:[^\]]{0,200}\])"
    r'|(?P<text>"[^"]*"?)'
    r"|(?P<decoration>![^!|]{0,80}!|\+[a-z][^+|]{0,80}\+)"
    r"|(?P<grace>\{[^}]*\}?)"
    r"|(?P<tuplet>\(\d(?::\d?){0,2})"
    r"|(?P<chord>\[(?=[\^_=A-Ga-gxz!\"~.HT])[^\]|]{0,200}\])"
    + _LENGTH.replace("(", "(?P<chordlength>", 1)
    + r"|(?P<bar>:*\|[\]|:]*|::+|\[\||\[(?=\d))"
    r"|(?P<note>(?:\^\^|\^|__|_|=)?[A-Ga-g][',]{0,9}" + _LENGTH.replace("(", "(?:", 1) + r")"
    r"|(?P<rest>[zx]" + _LENGTH.replace("(", "(?:", 1) + r")"
    r"|(?P<bars>[ZX]\d{0,4})"
    r"|(?P<broken>[<>]+)"
    r"|(?P<tie>-)"
    r"|(?P<fermata>H)"
    r"|(?P<overlay>&)"
)


def tokens(line: str) -> Iterator[tuple[str, str]]:
    """Yield (kind, text) of what means something in a line of music; the rest is decoration and left out."""
    for match in _TOKEN.finditer(line):
        kind = match.lastgroup or ""
        yield ("chord" if kind == "chordlength" else kind), match[0]
