"""Trains GrooVAE: ``chorale train groove_vae``. Every number has its reason beside it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from chorale.models.config import write_config
from chorale.models.groove_vae import codec
from chorale.training import drum_examples, grooves, strokes, variational
from chorale.training.running import parse

if TYPE_CHECKING:
    from chorale.training.grooves import Groove

__all__ = ["main"]

STEPS = 1300  # of 64 examples: about as many bars as 18 times the performances have
BETA, FREE = 0.05, 0.0  # beside Huber's loss, which is small; the vector may say how the drummer felt, no more


def main(arguments: list[str]) -> int:
    """Train from the command line; a stopped run goes on where it was."""
    run = parse("groove_vae", __doc__, STEPS, arguments)
    from chorale.models.groove_vae.network import OPTIONS  # noqa: PLC0415  Keras reads the threads when first imported

    facts = {
        "kind": "groove_vae",
        "description": "gives drum patterns the velocities and the timing of a drummer",
        "network": asdict(OPTIONS),
        "data": drum_examples.SOURCE,
    }
    train, valid = (drum_examples.drawing(split, run.data, _read) for split in ("train", "valid"))
    variational.train(run, variational.Plan(OPTIONS, train, valid, BETA, FREE, facts, robust=True))
    strokes.write(run.out, asdict(OPTIONS), *(grooves.load(split, run.data) for split in ("train", "valid")))
    config = json.loads((run.out / "config.json").read_text(encoding="utf-8"))
    write_config(run.out, {name: value for name, value in config.items() if name != "files"})
    return 0


def _read(groove: Groove) -> tuple[Any, Any]:
    """Return tokens and conditions of a groove."""
    return codec.tokens_of(groove.pattern), codec.conditions_of(groove.pattern, groove.qpm)
