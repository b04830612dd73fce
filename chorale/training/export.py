"""From a trained network to the files of ``models/coconet``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import keras
import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["load_average", "save_average"]


def save_average(model: keras.Model, path: Path) -> None:
    """Write a network's weights, under their own names."""
    arrays = {weight.path: keras.ops.convert_to_numpy(weight) for weight in model.trainable_variables}
    np.savez(path, **{name.replace("/", "|"): array for name, array in arrays.items()})


def load_average(model: keras.Model, path: Path) -> None:
    """Read into a network the weights that ``save_average`` wrote."""
    with np.load(path, allow_pickle=False) as stored:
        for weight in model.trainable_variables:
            weight.assign(stored[weight.path.replace("/", "|")])
