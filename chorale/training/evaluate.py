"""``chorale evaluate NAME``: hands a model over to the module that scores its kind.

A model's ``evaluable`` names what it is scored on; ``EVALUATORS`` names the module, which has one function:

    run(name, model, arguments) -> exit status

``arguments`` are the rest of the command line.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from chorale.errors import InputError
from chorale.models import registry

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["EVALUATORS", "model_of", "run"]

EVALUATORS = {
    "chorales": "chorale.training.harmonizers.command",
    "melody_rnn": "chorale.training.scores.melody_rnn",
    "drum_rnn": "chorale.training.scores.drum_rnn",
    "melody_vae": "chorale.training.scores.melody_vae",
    "drum_vae": "chorale.training.scores.drum_vae",
    "groove_vae": "chorale.training.scores.groove_vae",
    "tap_vae": "chorale.training.scores.tap_vae",
}


def run(name: str, arguments: Sequence[str]) -> int:
    """Score the model ``name`` as the command line's remaining arguments say; return the exit status.

    Raises:
        InputError: there is no such model, nothing scores its kind, or the arguments are at fault.
        ModelError: a file of the model is damaged.
    """
    model = registry.load(name)
    evaluable = getattr(model, "evaluable", None)
    if evaluable not in EVALUATORS:
        raise InputError(f"model {name!r}: nothing scores its kind; wanted one that is scored on {_known()}")
    status: int = importlib.import_module(EVALUATORS[evaluable]).run(name, model, arguments)
    return status


def model_of(name: str, evaluable: str) -> Any:  # noqa: ANN401  the capability depends on the model
    """Return the model ``name``, to stand beside another in its table.

    Raises:
        InputError: there is none of that name, or it is scored on something else.
        ModelError: a file of it is damaged.
    """
    model = registry.load(name)
    if getattr(model, "evaluable", None) != evaluable:
        raise InputError(f"model {name!r}: wanted a peer that is scored on {evaluable}, too")
    return model


def _known() -> str:
    return " or ".join(EVALUATORS)
