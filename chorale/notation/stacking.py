"""Setting drawn systems below one another on the page."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from chorale.notation.columns import HEAD_WIDTH
from chorale.notation.draw import PlacedBar
from chorale.notation.page import BarBox, CadenceBox, HarmonyBox, NoteBox, System
from chorale.notation.primitives import Primitive
from chorale.notation.skyline import Skyline
from chorale.notation.staves import Staves

__all__ = ["DrawnSystem", "Stack", "stack"]

_SYSTEM_GAP = 2.2  # least white between the ink of two systems
_SYSTEM_DISTANCE = 8.0  # least distance from the lowest line of a system to the highest of the next


@dataclass(frozen=True, eq=False)
class DrawnSystem:
    """A system whose first staff lies at height 0 and the others at ``tops``; equal only to itself."""

    index: int
    bars: tuple[PlacedBar, ...]
    boxes: tuple[BarBox, ...]
    left: float
    right: float
    staves: Staves
    tops: tuple[float, ...]
    items: tuple[Primitive, ...]
    notes: tuple[NoteBox, ...]
    skyline: Skyline
    harmonies: tuple[HarmonyBox, ...] = ()
    cadences: tuple[CadenceBox, ...] = ()

    @property
    def lower(self) -> float:
        """The top line of the last staff."""
        return self.tops[-1]

    @property
    def top(self) -> float:
        """The highest ink."""
        return min(self.skyline.highest)

    @property
    def bottom(self) -> float:
        """The lowest ink."""
        return max(self.skyline.lowest)


@dataclass(frozen=True)
class Stack:
    """Systems in their places: what the page says of them and of what they show, and the lowest ink."""

    systems: tuple[System, ...]
    items: tuple[Primitive, ...]
    notes: tuple[NoteBox, ...]
    harmonies: tuple[HarmonyBox, ...]
    cadences: tuple[CadenceBox, ...]
    bottom: float


def stack(drawn: Sequence[DrawnSystem], top: float) -> Stack:
    """Set systems below one another, the first one's highest ink not above ``top``."""
    y = float(math.ceil(top - drawn[0].top))
    placed = [_placed(drawn[0], y)]
    for above, each in pairwise(drawn):
        y += math.ceil(_distance(above, each))
        placed.append(_placed(each, y))
    notes = [note for each in placed for note in each.notes]
    return Stack(
        tuple(system for each in placed for system in each.systems),
        tuple(item for each in placed for item in each.items),
        tuple(sorted(notes, key=lambda note: (note.voice, note.first))),
        tuple(box for each in placed for box in each.harmonies),
        tuple(box for each in placed for box in each.cadences),
        placed[-1].bottom,
    )


@lru_cache(maxsize=256)
def _distance(above: DrawnSystem, below: DrawnSystem) -> float:
    """Return how far the top lines of two systems stand apart."""
    return max(above.lower + 4 + _SYSTEM_DISTANCE, above.skyline.clearance(below.skyline) + _SYSTEM_GAP)


@lru_cache(maxsize=256)
def _placed(drawn: DrawnSystem, y: float) -> Stack:
    """Return one system with its top line at y."""
    items = tuple(item.moved(0, y) for item in drawn.items)
    notes = tuple(note._replace(box=note.box.moved(0, y)) for note in drawn.notes)
    harmonies = tuple(each._replace(box=each.box.moved(0, y)) for each in drawn.harmonies)
    cadences = tuple(each._replace(box=each.box.moved(0, y)) for each in drawn.cadences)
    return Stack((_system(drawn, y, items),), items, notes, harmonies, cadences, y + drawn.bottom)


def _system(drawn: DrawnSystem, y: float, items: tuple[Primitive, ...]) -> System:
    columns = [
        (bar.start + column.step, x + HEAD_WIDTH / 2)
        for bar in drawn.bars
        for x, column in zip(bar.xs, bar.columns, strict=True)
    ]
    return System(
        index=drawn.index,
        first=drawn.boxes[0].start,
        last=drawn.boxes[-1].start + drawn.boxes[-1].length,
        left=drawn.left,
        right=drawn.right,
        top=y + drawn.top,
        bottom=y + drawn.bottom,
        staves=tuple(y + top for top in drawn.tops),
        kinds=drawn.staves,
        bars=drawn.boxes,
        steps=tuple(step for step, _ in columns),
        xs=tuple(x for _, x in columns),
        items=items,
    )
