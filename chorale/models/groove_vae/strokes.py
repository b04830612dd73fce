"""From the expected velocity of each hit to how drummers really scatter. numpy only.

The expected velocities of hits lie nearer to the middle than those that are played, so a groove made of them alone is
too even. Each is therefore moved some of the way to the value that has the same rank among the played ones as it has
among the expected. For a wanted likeness of distribution no other way strays less from the truth: Freirich,
Michaeli, Meir, A Theory of the Distortion-Perception Tradeoff in Wasserstein Space (2021).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from chorale.errors import ModelError
from chorale.models.groove_vae.timing import PLACES
from chorale.music import PIECES

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    FloatArray = NDArray[np.float32]

__all__ = ["FILE", "Strokes"]

FILE = "strokes.json"


class Strokes:
    """Which expected velocity has the rank of which played one, and what the places of a step are worth.

    Args:
        folder: Holds strokes.json: ``expected`` and ``played``, both (9, ranks), rising; ``worth``, (9, PLACES).

    Attributes:
        worth: See ``timing``.

    Raises:
        ModelError: it is damaged.
    """

    def __init__(self, folder: Path) -> None:
        try:
            tables = json.loads((folder / FILE).read_text(encoding="utf-8"))
            self._expected, self._played = (np.array(tables[name], np.float64) for name in ("expected", "played"))
            self.worth = np.array(tables["worth"], np.float32).reshape(len(PIECES), PLACES)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"model {folder.name}: its {FILE} is damaged") from error

    def scattered(self, expected: FloatArray) -> FloatArray:
        """Return the scaled velocities (T, 9) that have the ranks of the expected ones."""
        columns = [
            np.interp(column, ranks, played)
            for column, ranks, played in zip(expected.T, self._expected, self._played, strict=True)
        ]
        return np.stack(columns, axis=1).astype(np.float32)
