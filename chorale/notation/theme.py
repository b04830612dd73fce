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

    def mixed(self, other: "Colour", part: float) -> "Colour":
        """Return this colour with a part (0..1) of another."""
        return Colour(*(round(a + (b - a) * part) for a, b in zip(self, other, strict=True)))

    @property
    def hex(self) -> str:
        """The colour as "#D55E00"."""
        return f"#{self.red:02X}{self.green:02X}{self.blue:02X}"


_STRUCTURE = {Role.STAFF, Role.BARLINE, Role.BRACE, Role.LEDGER}
_QUIET = {Role.NUMBER, Role.COMPOSER, Role.CADENCE}
_FINDINGS = (Role.HINT, Role.WARNING, Role.ERROR)
_FAINT = 0.45  # how much paper shows through what stays in the background


@dataclass(frozen=True)
class Theme:
    """The colours of a page.

    Args:
        paper: the background, for pictures that have one.
        ink: everything that belongs to no voice.
        structure: staff and ledger lines, bar lines, brace.
        quiet: bar numbers, the composer's name, cadences.
        voices: soprano to bass; a fermata and a rest of a whole staff are ink.
        findings: marks of hints, warnings and errors.
    """

    paper: Colour
    ink: Colour
    structure: Colour
    quiet: Colour
    voices: tuple[Colour, Colour, Colour, Colour]
    findings: tuple[Colour, Colour, Colour]

    def colour(self, mark: Mark) -> Colour:
        """Return the colour of a primitive."""
        colour = self._plain(mark)
        return colour.mixed(self.paper, _FAINT) if mark.faint else colour

    def _plain(self, mark: Mark) -> Colour:
        if mark.role in _FINDINGS:
            return self.findings[_FINDINGS.index(mark.role)]
        if mark.role is Role.PLATE:
            return self.paper
        if mark.role in _STRUCTURE:
            return self.structure
        if mark.role in _QUIET:
            return self.quiet
        return self.ink if mark.voice is None else self.voices[mark.voice]


def _colours(*texts: str) -> tuple[Colour, ...]:
    return tuple(Colour.parse(text) for text in texts)


_BLACK = Colour(0, 0, 0)
_MARKS = _colours("#3D5A80", "#8A5A00", "#B00020")
"""Slate, amber, crimson: apart in hue and lightness; each has a contrast of at least 4.5 to 1 with both papers."""
SCREEN = Theme(
    paper=Colour.parse("#FBF5E6"),
    ink=Colour.parse("#1B1B1B"),
    structure=Colour.parse("#4A443C"),
    quiet=Colour.parse("#6B6258"),
    voices=_colours("#D55E00", "#009E73", "#0072B2", "#8B4A8B"),  # type: ignore[arg-type]
    findings=_MARKS,  # type: ignore[arg-type]
)
"""The window's page: parchment, and the voices in colours that colour-blind readers tell apart."""
PRINT = Theme(Colour(255, 255, 255), _BLACK, _BLACK, _BLACK, (_BLACK, _BLACK, _BLACK, _BLACK), _MARKS)  # type: ignore[arg-type]
"""Black on white, marks of findings in colour."""
