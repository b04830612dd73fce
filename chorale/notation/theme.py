"""Themes: which colour a primitive has."""

from dataclasses import dataclass
from typing import NamedTuple

from chorale.notation.primitives import Mark, Role

__all__ = ["PRINT", "SCREEN", "Colour", "Theme"]


class Colour(NamedTuple):
    """Red, green, blue and opacity, 0..255."""

    red: int
    green: int
    blue: int
    alpha: int = 255

    @classmethod
    def parse(cls, text: str) -> "Colour":
        """Read "#D55E00"."""
        return cls(*(int(text[i : i + 2], 16) for i in (1, 3, 5)))

    @property
    def hex(self) -> str:
        """The colour as "#D55E00"."""
        return f"#{self.red:02X}{self.green:02X}{self.blue:02X}"


_STRUCTURE = {Role.STAFF, Role.BARLINE, Role.BRACE, Role.LEDGER}
_QUIET = {Role.NUMBER, Role.COMPOSER}


@dataclass(frozen=True)
class Theme:
    """The colours of a page.

    Args:
        paper: the background, for pictures that have one.
        ink: everything that belongs to no voice.
        structure: staff and ledger lines, bar lines, brace.
        quiet: bar numbers and the composer's name.
        voices: soprano to bass; a fermata and a rest of a whole staff are ink.
    """

    paper: Colour
    ink: Colour
    structure: Colour
    quiet: Colour
    voices: tuple[Colour, Colour, Colour, Colour]

    def colour(self, mark: Mark) -> Colour:
        """Return the colour of a primitive."""
        if mark.role in _STRUCTURE:
            return self.structure
        if mark.role in _QUIET:
            return self.quiet
        return self.ink if mark.voice is None else self.voices[mark.voice]


_BLACK = Colour(0, 0, 0)
SCREEN = Theme(
    paper=Colour.parse("#FBF5E6"),
    ink=Colour.parse("#1B1B1B"),
    structure=Colour.parse("#4A443C"),
    quiet=Colour.parse("#6B6258"),
    voices=tuple(Colour.parse(text) for text in ("#D55E00", "#009E73", "#0072B2", "#8B4A8B")),  # type: ignore[arg-type]
)
"""The window's page: parchment, and the voices in colours that colour-blind readers tell apart."""
PRINT = Theme(Colour(255, 255, 255), _BLACK, _BLACK, _BLACK, (_BLACK, _BLACK, _BLACK, _BLACK))
"""Black on white."""
