"""Trains DrumRNN: ``chorale train drum_rnn``. Every number has its reason beside it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from chorale.models.drum_rnn import codec
from chorale.training import grooves, recurrent
from chorale.training.running import parse

if TYPE_CHECKING:
    from chorale.training.grooves import Groove

__all__ = ["main", "read"]

STEPS = 500  # of 32 crops of 8 bars: seven times through the performances


def main(arguments: list[str]) -> int:
    """Train from the command line; a stopped run goes on where it was."""
    run = parse("drum_rnn", __doc__, STEPS, arguments)
    from chorale.models.drum_rnn.network import OPTIONS  # noqa: PLC0415  Keras reads the threads when first imported

    sequences = {split: [read(groove) for groove in grooves.load(split, run.data)] for split in ("train", "valid")}
    facts = {
        "kind": "drum_rnn",
        "description": "continues drum patterns, in 4/4",
        "network": asdict(OPTIONS),
        "data": "Groove MIDI Dataset 1.0.0 (Gillick et al. 2019, CC BY 4.0), its own split, performances in 4/4",
    }
    recurrent.train(run, OPTIONS, sequences["train"], sequences["valid"], facts, vary=draw_density)
    return 0


def read(groove: Groove) -> recurrent.Sequence:
    """Return a groove as events and columns; its density is not told."""
    events = codec.events_of(groove.pattern.hits)
    return recurrent.Sequence(events.astype(np.int16), codec.columns_of(events)[:-1].astype(np.int16), codec.BAR)


def draw_density(columns: Any, events: Any, start: int, rng: np.random.Generator) -> Any:  # noqa: ANN401  arrays
    """Tell in half of the crops how dense the crop is."""
    if rng.random() < 0.5:
        crop = events[start : start + len(columns)]
        columns[:, codec.DENSITY] = codec.density_of(codec.hits_of(crop))
    return columns
