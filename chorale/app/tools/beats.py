"""Two stiff beats to try the drum tools with, written as drummers write them: a letter a sixteenth."""

from __future__ import annotations

from fractions import Fraction

from chorale.music import Clip, ClipNote, Piece

__all__ = ["STRAIGHT", "TWO_STEP", "beat"]

Rows = tuple[tuple[Piece, str], ...]

STRAIGHT: tuple[Rows, float] = (
    (
        (Piece.CRASH, "x...............|................"),
        (Piece.CLOSED_HAT, "x.x.x.x.x.x.x.x.|x.x.x.x.x.x.x..."),
        (Piece.OPEN_HAT, "................|..............x."),
        (Piece.SNARE, "....x.......x...|....x.......x..x"),
        (Piece.KICK, "x.......x.x.....|x.......x.x....."),
    ),
    100.0,
)
"""Two bars of rock in eighths, and its tempo."""
TWO_STEP: tuple[Rows, float] = (
    (
        (Piece.RIDE, "x.xxx.x.x.xxx.x.|x.xxx.x.x.xxx.x."),
        (Piece.SNARE, "....x....x..x...|....x..x.x..x..."),
        (Piece.LOW_TOM, "................|.............xx."),
        (Piece.KICK, "x.x.......x.....|x.x.......x....."),
    ),
    100.0,
)
"""Two bars with a broken kick under a ride."""
_LOUD = 96


def beat(rows: Rows, qpm: float) -> Clip:
    """Return a beat, every stroke as loud as the others and exactly on the grid: what Groove is there to mend."""
    notes = [
        ClipNote(Fraction(step), piece.key, Fraction(2 * step + 1, 2), _LOUD)
        for piece, row in rows
        for step, letter in enumerate(row.replace("|", ""))
        if letter == "x"
    ]
    return Clip(tuple(notes), len(rows[0][1].replace("|", "")), qpm=qpm, drums=True)
