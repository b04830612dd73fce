"""The Doodle's network at work: it reads pitches alone, and our sampler writes with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from chorale import assets
from chorale.models.coconet.codec import PITCHES
from chorale.models.coconet.manners import Manners
from chorale.models.coconet.predictor import codes_asked
from chorale.models.coconet.sampling import Coconet
from chorale.models.coconet.windows import log_softmax
from chorale.models.runtime import Network

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from chorale.models.coconet.task import Task

    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]
    FloatArray = NDArray[np.float32]

__all__ = ["Doodle", "open_model"]

LARGEST_CALL = 2048  # steps, to bound the memory: a layer takes 24 kB for each


class Doodle:
    """A predictor (see ``chorale.models.coconet.predictor``) that knows neither fermatas nor meter nor key.

    It knows no silence either: where a written voice might rest it names a pitch, and 46 classes are all it has.
    A piece is read whole, however long: in validation pieces windows changed its answers by less than 1 in 100.
    """

    classes = PITCHES
    reads_context = False

    def __init__(self, network: Network) -> None:
        self.network = network

    def log_probs(self, pitches: IntArray, hidden: BoolArray) -> FloatArray:
        """Return log-probabilities (B, T, 4, 46) of every cell; see ``Predictor``."""
        codes = codes_asked(pitches, hidden).astype(np.int32)
        rows = max(1, LARGEST_CALL // codes.shape[1])
        parts = [self.network(codes=codes[first : first + rows]) for first in range(0, len(codes), rows)]
        return log_softmax(np.concatenate(parts))

    def read(self, task: Task, pitches: IntArray, hidden: BoolArray, *, hasty: bool = False) -> FloatArray:
        """Return log-probabilities (C, T, 4, 46) of a task's candidates."""
        del task, hasty  # the notes are all it reads, and it has one opinion
        return self.log_probs(pitches, hidden)


def open_model(folder: Path, config: dict[str, Any]) -> Coconet:
    """Return the harmonizer in a folder that ``chorale models add`` made; Bach's manners are the shipped ones."""
    manners = Manners.read(assets.folder("models") / "coconet" / "statistics.json")
    return Coconet(config, Doodle(Network(folder / "network.onnx")), manners)
