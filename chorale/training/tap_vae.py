"""Trains TapVAE: ``chorale train tap_vae``. Every number has its reason beside it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from chorale.models.tap_vae import codec
from chorale.training import drum_examples, variational
from chorale.training.running import parse

if TYPE_CHECKING:
    from chorale.training.grooves import Groove

__all__ = ["main"]

STEPS = 700  # of 64 examples: about as many bars as nine times the performances have
BETA, FREE = 0.3, 0.0  # what the taps do not say is to be drawn, and must be likely
PLAYED = 0.25  # what is struck matters more than how


def main(arguments: list[str]) -> int:
    """Train from the command line; a stopped run goes on where it was."""
    run = parse("tap_vae", __doc__, STEPS, arguments)
    from chorale.models.tap_vae.network import OPTIONS  # noqa: PLC0415  Keras reads the threads when first imported

    facts = {
        "kind": "tap_vae",
        "description": "makes drum patterns of tapped onsets",
        "network": asdict(OPTIONS),
        "data": drum_examples.SOURCE,
    }
    train, valid = (drum_examples.drawing(split, run.data, _read) for split in ("train", "valid"))
    variational.train(run, variational.Plan(OPTIONS, train, valid, BETA, FREE, facts, PLAYED))
    return 0


def _read(groove: Groove) -> tuple[Any, Any]:
    """Return tokens and conditions of a groove."""
    return codec.tokens_of(groove.pattern), codec.conditions_of(*codec.taps_of(groove.pattern), groove.qpm)
