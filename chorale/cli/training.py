"""``chorale train`` and ``chorale evaluate``: handed on to the model's own code; training needs Keras."""

import argparse
import importlib
from importlib.util import find_spec

from chorale.errors import InputError

__all__ = ["run"]

_NEEDED = {"train": ("keras", "tensorflow"), "evaluate": ()}  # a trained network runs without the training libraries


def run(arguments: argparse.Namespace) -> int:
    """Train or evaluate a model."""
    missing = [name for name in _NEEDED[arguments.task] if find_spec(name) is None]
    if missing:
        raise InputError(
            f"chorale {arguments.task} needs {' and '.join(missing)}: install the extra with "
            "'uv sync --extra train', or 'pip install chorale-studio[train]'"
        )
    module = "chorale.training" if arguments.task == "train" else "chorale.training.evaluate"
    return int(importlib.import_module(module).run(arguments.name, arguments.rest) or 0)
