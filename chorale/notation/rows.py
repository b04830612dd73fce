"""Rows under the bass: which harmony and cadence stands where, and how much room each needs beside its neighbours.

``Rows`` is what a caller asks for. Spacing asks it what a bar must hold apart (``under``), engraving which harmonies
and cadences a system shows (``between``).
"""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property, lru_cache

from chorale.music import Key
from chorale.notation.columns import HEAD_WIDTH
from chorale.notation.lettering import Lettering, figure_stack, key_name, numeral
from chorale.notation.primitives import Box
from chorale.notation.wish_row import wish_room
from chorale.theory import Analysis, Cadence, CadenceKind, Harmony

__all__ = ["KEY_GAP", "Rows", "SystemRows", "Under", "figures_of", "key_of", "numeral_of"]

KEY_GAP = 0.5
"""White between a key's name and the numeral it stands before."""
_NUMERAL_PADDING = 0.4
_BEFORE_KEY = 0.5  # more white before a key's name than behind it
_FIGURE_PADDING = 0.25
_FIGURE_ROW, _NUMERAL_ROW = 10.0, 20.0  # heights that keep the rows apart from one another and from the lyrics

Under = tuple[tuple[int, Box], ...]
"""(step in the bar, box about the left edge of its column) of everything that stands under a bar."""


@dataclass(frozen=True)
class SystemRows:
    """What stands under one system; equal values are drawn once.

    Args:
        numerals, figures, cadences: which rows there are, filled or not.
        harmonies: those that begin in the system, each with whether its key is new.
        closes: the cadences that arrive in it.
        last: the first step after it.
        wishes: the chords that are asked for in it, by their steps.
    """

    numerals: bool
    figures: bool
    cadences: bool
    harmonies: tuple[tuple[Harmony, bool], ...]
    closes: tuple[Cadence, ...]
    last: int
    wishes: tuple[tuple[int, str], ...] = ()

    @cached_property
    def _hash(self) -> int:
        return hash((self.numerals, self.figures, self.cadences, self.harmonies, self.closes, self.last, self.wishes))

    def __hash__(self) -> int:
        return self._hash  # asked for at every layout


@dataclass(frozen=True)
class Rows:
    """The rows to print under the bass; what it was asked it knows by heart, so keep it for as long as it holds.

    Args:
        analysis: what to print; None, or what it does not know yet, leaves the rows' room empty.
        numerals: whether to print Roman numerals, with the local key where it begins and changes.
        figures: whether to print a figured bass.
        cadences: whether to name the cadences.
        wishes: the chords that are asked for, by their steps, below all else.
    """

    analysis: Analysis | None = None
    numerals: bool = True
    figures: bool = False
    cadences: bool = True
    wishes: tuple[tuple[int, str], ...] = ()

    @cached_property
    def _starts(self) -> list[int]:
        return [harmony.start for harmony in self._harmonies]

    @property
    def _harmonies(self) -> tuple[Harmony, ...]:
        return () if self.analysis is None else self.analysis.harmonies

    def _named(self, first: int, end: int) -> tuple[tuple[Harmony, bool], ...]:
        """Return the harmonies that begin between two steps, each with whether its key is another than before."""
        found = self._harmonies
        low, high = bisect_left(self._starts, first), bisect_left(self._starts, end)
        return tuple((found[i], i == 0 or found[i].key != found[i - 1].key) for i in range(low, high))

    @cached_property
    def _between(self) -> dict[tuple[int, int], SystemRows]:
        return {}

    @cached_property
    def _under(self) -> dict[tuple[int, int], Under]:
        return {}

    def between(self, first: int, end: int) -> SystemRows:
        """Return what stands under the steps from first to before end."""
        if (first, end) not in self._between:
            self._between[first, end] = self._system(first, end)
        return self._between[first, end]

    def under(self, first: int, end: int) -> Under:
        """Return what stands under a bar, by steps from its start."""
        if (first, end) not in self._under:
            self._under[first, end] = self._bar(first, end)
        return self._under[first, end]

    def _system(self, first: int, end: int) -> SystemRows:
        cadences = () if self.analysis is None else self.analysis.cadences
        closes = tuple(c for c in cadences if first <= c.step < end and c.kind is not CadenceKind.OTHER)
        named, asked = self._named(first, end), tuple(wish for wish in self.wishes if first <= wish[0] < end)
        shown = closes if self.cadences else ()
        return SystemRows(self.numerals, self.figures, self.cadences, named, shown, end, asked)

    def _bar(self, first: int, end: int) -> Under:
        boxes: list[tuple[int, Box]] = []
        for harmony, new_key in self._named(first, end):
            if self.numerals:
                boxes.append((harmony.start - first, _numeral_room(harmony, named=new_key)))
            if self.figures and harmony.figured_bass:
                box = figures_of(harmony).box
                room = Box(box.left, _FIGURE_ROW, box.right + _FIGURE_PADDING, _FIGURE_ROW + 1)
                boxes.append((harmony.start - first, room.moved(HEAD_WIDTH / 2, 0)))
        boxes += [(step - first, wish_room(name)) for step, name in self.wishes if first <= step < end]
        return tuple(boxes)


@lru_cache(maxsize=1024)
def _numeral_room(harmony: Harmony, *, named: bool) -> Box:
    """Return what a numeral keeps free of its neighbours, its key's name included."""
    box = numeral_of(harmony).box
    left = box.left - (_BEFORE_KEY + key_of(harmony.key).box.right + KEY_GAP if named else 0.0)
    return Box(left, _NUMERAL_ROW, box.right + _NUMERAL_PADDING, _NUMERAL_ROW + 1).moved(HEAD_WIDTH / 2, 0)


@lru_cache(maxsize=1024)
def numeral_of(harmony: Harmony) -> Lettering:
    """Return a harmony's numeral about the middle of its head; it says the harmony in words."""
    return numeral(harmony.degree, harmony.inversion_figures, harmony.of, _in_words(harmony))


@lru_cache(maxsize=1024)
def figures_of(harmony: Harmony) -> Lettering:
    """Return a harmony's figured bass about the middle of its head."""
    return figure_stack(harmony.figured_bass, _in_words(harmony))


def key_of(key: Key) -> Lettering:
    """Return a key's name, a minor key's in lower case."""
    name = key.tonic_name
    return key_name(name if key.mode == "major" else name[0].lower() + name[1:], key.name)


def _in_words(harmony: Harmony) -> str:
    return f"{harmony.numeral} in {harmony.key.name}: {harmony.chord.name}"
