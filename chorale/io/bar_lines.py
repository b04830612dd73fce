"""Pickup and length of a piece from the bar lines drawn in its file."""

from collections.abc import Sequence
from fractions import Fraction

from chorale.io.grid import nearest_step
from chorale.io.raw import RawPiece

__all__ = ["take_bars"]


def take_bars(piece: RawPiece, starts: Sequence[Fraction], length: Fraction) -> None:
    """Set a piece's pickup and length, and warn where the file's bar lines are not those of its meter.

    A bar that the file splits, as at a repeat, is no such place; one that is too long or too short is.

    Args:
        piece: its meter is set; changed in place.
        starts: exact steps at which bars begin, in order, from 0.
        length: exact steps to the end of the last bar.
    """
    size = piece.meter.steps_per_bar
    piece.length = length
    if len(starts) > 1 and 0 < starts[1] < size:
        piece.pickup = starts[1]
    drawn = {nearest_step(start) for start in starts}
    for bar, line in enumerate(range(nearest_step(piece.pickup), int(length), size)):
        if len(starts) > 1 and line not in drawn:
            piece.warnings.append(
                f"bar {bar} is not of the meter's length: kept the rhythm, moved the bar lines after it"
            )
            return
