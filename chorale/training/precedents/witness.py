"""A second edition of the chorales, to tell Bach's breaches from misprints."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from chorale.errors import InputError
from chorale.music import Score

__all__ = ["Witness"]

_FILE = "Jsb16thSeparated.npz"
_AROUND = 4  # steps looked at before and after


class Witness:
    """The pitches of the JSB chorales, four voices in steps.

    Args:
        folder: where the file is.

    Raises:
        InputError: it is not there.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / _FILE
        if not path.is_file():
            raise InputError(f"{folder} has no {_FILE}: wanted the folder with the JSB chorales")
        pieces = np.load(path, allow_pickle=True, encoding="latin1")
        self._pieces = [
            np.nan_to_num(np.asarray(piece, dtype=float), nan=-1).astype(np.int64)
            for name in pieces.files
            for piece in pieces[name]
        ]

    def agrees(self, score: Score, start: int, end: int) -> bool:
        """Whether the passage from one step to another is in it note for note, in whatever key."""
        wanted = score.chorale.pitches[max(0, start - _AROUND) : end + _AROUND].astype(np.int64)
        return any(_contains(piece, wanted) for piece in self._pieces)


def _contains(piece: NDArray[np.int64], wanted: NDArray[np.int64]) -> bool:
    places = len(piece) - len(wanted) + 1
    if places < 1:
        return False
    windows = np.lib.stride_tricks.sliding_window_view(piece, len(wanted), axis=0)  # (places, 4, steps)
    moved = windows - wanted.T
    return bool((moved == moved[:, :1, :1]).all(axis=(1, 2)).any())
