"""Where things lie, for editors: heads, bars, harmonies and cadences with their boxes."""

from typing import NamedTuple

from chorale.notation.primitives import Box
from chorale.theory import Cadence, Harmony

__all__ = ["BarBox", "CadenceBox", "HarmonyBox", "NoteBox"]


class NoteBox(NamedTuple):
    """One drawn head: its voice, the first step of its note, the head's own steps, its box and staff."""

    voice: int
    start: int
    first: int
    length: int
    box: Box
    staff: int

    @property
    def x(self) -> float:
        """The middle of the head."""
        return (self.box.left + self.box.right) / 2

    @property
    def y(self) -> float:
        """The middle of the head."""
        return (self.box.top + self.box.bottom) / 2

    def moved(self, dx: float, dy: float) -> "NoteBox":
        """Return the head elsewhere."""
        return self._replace(box=self.box.moved(dx, dy))


class HarmonyBox(NamedTuple):
    """A harmony, and its part of the rows under the bass: from its own chord to the next."""

    harmony: Harmony
    box: Box

    def moved(self, dx: float, dy: float) -> "HarmonyBox":
        """Return the box elsewhere."""
        return self._replace(box=self.box.moved(dx, dy))


class CadenceBox(NamedTuple):
    """A cadence, and the box of its printed name."""

    cadence: Cadence
    box: Box

    def moved(self, dx: float, dy: float) -> "CadenceBox":
        """Return the box elsewhere."""
        return self._replace(box=self.box.moved(dx, dy))


class BarBox(NamedTuple):
    """One bar: its number, first step and length in steps, and where its bar lines stand."""

    number: int
    start: int
    length: int
    left: float
    right: float

    def moved(self, dx: float) -> "BarBox":
        """Return the bar elsewhere."""
        return self._replace(left=self.left + dx, right=self.right + dx)
