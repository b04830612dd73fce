"""A drum pattern: nine pieces on a grid of sixteenths, each hit with its velocity and its distance from the grid."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Self

import numpy as np
from numpy.typing import NDArray

from chorale.errors import InputError
from chorale.music.line import BoolArray, IntArray

__all__ = ["LARGEST_OFFSET", "PIECES", "PIECE_OF_KEY", "DrumHit", "DrumPattern", "Piece"]

FloatArray = NDArray[np.float32]
LARGEST_OFFSET = 0.5
"""Steps: a hit belongs to the step that is nearest to it."""
_MEDIUM = 90  # velocity of hits that say none


class Piece(IntEnum):
    """The nine pieces of the kit, in the order of Magenta's groove models."""

    KICK = 0
    SNARE = 1
    CLOSED_HAT = 2
    OPEN_HAT = 3
    LOW_TOM = 4
    MID_TOM = 5
    HIGH_TOM = 6
    CRASH = 7
    RIDE = 8

    @property
    def label(self) -> str:
        """The piece's name, "Closed hat"."""
        return self.name.capitalize().replace("_", " ")

    @property
    def key(self) -> int:
        """The General MIDI key that plays it."""
        return _KEYS[self][0]


PIECES = tuple(Piece)
_KEYS = {
    Piece.KICK: (36, 35),
    Piece.SNARE: (38, 37, 40),
    Piece.CLOSED_HAT: (42, 22, 44),
    Piece.OPEN_HAT: (46, 26),
    Piece.LOW_TOM: (43, 41, 58),
    Piece.MID_TOM: (47, 45),
    Piece.HIGH_TOM: (50, 48),
    Piece.CRASH: (49, 52, 55, 57),
    Piece.RIDE: (51, 53, 59),
}  # the one to play first, then what else means it in General MIDI and on Roland's TD-11
PIECE_OF_KEY = {key: piece for piece, keys in _KEYS.items() for key in keys}
"""Which piece a key of a drum kit is: General MIDI's keys and those of Roland's TD-11."""


@dataclass(frozen=True)
class DrumHit:
    """One hit.

    Attributes:
        step: The step it belongs to.
        piece: What is struck.
        velocity: 1..127.
        offset: Steps after that step, -0.5..0.5; negative = before it.
    """

    step: int
    piece: Piece
    velocity: int
    offset: float = 0.0

    @property
    def time(self) -> float:
        """When it sounds, in steps."""
        return self.step + self.offset


class DrumPattern:
    """T steps of nine pieces; immutable, hashable, in normal form: where nothing is struck all is zero.

    An offset counts as it is performed: positive is late. Magenta's models count the other way and in half steps
    (their +1 is half a step early), so its numbers are -2 times ours.

    Args:
        hits: (T, 9) bool, True where a piece is struck; pieces in the order of ``Piece``.
        velocities: (T, 9) int, 1..127 at hits; None: medium everywhere.
        offsets: (T, 9) float, steps after the grid, -0.5..0.5; None: on the grid.

    Raises:
        InputError: a shape, a velocity or an offset is not as it should be.
    """

    __slots__ = ("hits", "offsets", "velocities")
    hits: BoolArray
    velocities: IntArray
    offsets: FloatArray

    def __init__(self, hits: BoolArray, velocities: IntArray | None = None, offsets: FloatArray | None = None) -> None:
        struck = np.array(hits, dtype=bool)
        if struck.ndim != 2 or struck.shape[1] != len(PIECES):
            raise InputError(f"hits have shape {struck.shape}: wanted (T, {len(PIECES)}), a column a piece")
        loud = _cells("velocities", struck, _MEDIUM if velocities is None else velocities).round().astype(np.int16)
        late = _cells("offsets", struck, 0.0 if offsets is None else offsets).astype(np.float32)
        if struck.any() and not (loud[struck].min() >= 1 and loud.max() <= 127):
            raise InputError(f"velocities of hits reach {loud[struck].min()}..{loud.max()}: wanted 1..127")
        if not (np.abs(late) <= LARGEST_OFFSET).all():
            raise InputError(f"offsets reach {late.min():g}..{late.max():g} steps: wanted -0.5..0.5")
        for name, cells in (("hits", struck), ("velocities", loud), ("offsets", late)):
            cells.setflags(write=False)
            object.__setattr__(self, name, cells)

    @classmethod
    def silent(cls, steps: int) -> Self:
        """Return a pattern without hits."""
        return cls(np.zeros((steps, len(PIECES)), bool))

    def strokes(self) -> Iterator[DrumHit]:
        """Yield the hits in the order of the grid, of one step in the order of the pieces."""
        for step, piece in np.argwhere(self.hits).tolist():
            yield DrumHit(step, Piece(piece), int(self.velocities[step, piece]), float(self.offsets[step, piece]))

    def cut(self, start: int, end: int) -> "DrumPattern":
        """Return the steps from ``start`` up to ``end``; beyond the pattern there is silence."""
        inside = slice(max(0, start), max(0, min(end, len(self))))
        pad = ((max(0, -start), max(0, end - max(len(self), start))), (0, 0))
        cells = (self.hits[inside], self.velocities[inside], self.offsets[inside])
        return DrumPattern(*(np.pad(each, pad) for each in cells) if any(pad[0]) else cells)

    def taken(self, steps: NDArray[np.int_]) -> "DrumPattern":
        """Return the pattern whose step i is step ``steps[i]`` of this one; -1 makes silence."""
        silent = (steps < 0)[:, np.newaxis]
        return DrumPattern(self.hits[steps] & ~silent, self.velocities[steps], self.offsets[steps])

    def __add__(self, other: "DrumPattern") -> "DrumPattern":
        return DrumPattern(
            np.concatenate([self.hits, other.hits]),
            np.concatenate([self.velocities, other.velocities]),
            np.concatenate([self.offsets, other.offsets]),
        )

    def __len__(self) -> int:
        return len(self.hits)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a {type(self).__name__} is immutable: cannot set {name}")

    def __reduce__(self) -> tuple[type[Self], tuple[BoolArray, IntArray, FloatArray]]:
        return type(self), (self.hits, self.velocities, self.offsets)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, DrumPattern):
            return NotImplemented
        names = ("hits", "velocities", "offsets")
        return all(np.array_equal(getattr(self, name), getattr(other, name)) for name in names)

    def __hash__(self) -> int:
        return hash((self.hits.tobytes(), self.velocities.tobytes(), self.offsets.tobytes()))

    def __repr__(self) -> str:
        return f"DrumPattern({len(self)} steps, {int(self.hits.sum())} hits)"


def _cells(name: str, hits: BoolArray, given: object) -> NDArray[np.float64]:
    """Return (T, 9) numbers, zero where there is no hit."""
    numbers = np.asarray(given, dtype=np.float64)
    if numbers.ndim and numbers.shape != hits.shape:
        raise InputError(f"{name} have shape {numbers.shape}: wanted {hits.shape}, as the hits have")
    if not np.isfinite(numbers).all():
        raise InputError(f"{name} hold a value that is no number: wanted finite ones")
    return np.where(hits, numbers, 0.0)
