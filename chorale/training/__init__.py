"""Training and evaluation of the models; never imported by the application."""

from __future__ import annotations

import importlib
import importlib.util
from typing import TYPE_CHECKING

from chorale.errors import InputError, ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["TRAINABLE", "run"]

TRAINABLE = ("coconet", "melody_rnn", "drum_rnn", "melody_vae", "drum_vae", "groove_vae", "tap_vae")


def run(name: str, arguments: Sequence[str]) -> int:
    """Train the model ``name`` with the command line's remaining arguments; return the exit status.

    Raises:
        InputError: there is no such model to train, or its data are not found.
        ModelError: the libraries of the ``train`` extra are not installed.
    """
    if name not in TRAINABLE:
        raise InputError(f"train {name!r}: wanted one of {', '.join(TRAINABLE)}")
    if importlib.util.find_spec("keras") is None:
        raise ModelError("Keras is not installed: training needs the train extra, `uv sync --extra train`")
    status: int = importlib.import_module(f"chorale.training.{name}").main(list(arguments))
    return status
