"""Trains DrumVAE: ``chorale train drum_vae``. Every number has its reason beside it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from chorale.models.drum_vae import codec
from chorale.training import drum_examples, variational
from chorale.training.running import parse

if TYPE_CHECKING:
    from chorale.training.grooves import Groove

__all__ = ["main"]

STEPS = 1300  # of 64 examples: about as many bars as 18 times the performances have
BETA, FREE = 0.1, 0.0  # half the published weight, .05 in the first 1000 steps: reconstruction comes first
PLAYED = 0.25  # what is struck matters more than how
MEMBERS, SPREAD = 16, 0.4  # with these, what is generated is as likely to DrumRNN as drummers' patterns


def main(arguments: list[str]) -> int:
    """Train from the command line; a stopped run goes on where it was."""
    run = parse("drum_vae", __doc__, STEPS, arguments)
    from chorale.models.drum_vae.network import OPTIONS  # noqa: PLC0415  Keras reads the threads when first imported

    facts = {
        "kind": "drum_vae",
        "description": "re-creates and invents drum patterns, in 4/4",
        "network": asdict(OPTIONS),
        "data": drum_examples.SOURCE,
    }
    train, valid = (drum_examples.drawing(split, run.data, _read) for split in ("train", "valid"))
    plan = variational.Plan(OPTIONS, train, valid, BETA, FREE, facts, PLAYED, members=MEMBERS, spread=SPREAD)
    variational.train(run, plan)
    return 0


def _read(groove: Groove) -> tuple[Any, Any]:
    """Return tokens and conditions of a groove."""
    return codec.tokens_of(groove.pattern), codec.conditions_of(len(groove.pattern))
