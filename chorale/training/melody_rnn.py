"""Trains MelodyRNN: ``chorale train melody_rnn``. Every number has its reason beside it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from chorale.models.melody_rnn import codec
from chorale.music import Melody
from chorale.training import melodies, recurrent
from chorale.training.running import parse

if TYPE_CHECKING:
    from chorale.training.melodies import Tune

__all__ = ["main", "read"]

STEPS = 1000  # of 32 crops of 8 bars: seven times through the tunes


def main(arguments: list[str]) -> int:
    """Train from the command line; a stopped run goes on where it was."""
    run = parse("melody_rnn", __doc__, STEPS, arguments)
    from chorale.models.melody_rnn.network import OPTIONS  # noqa: PLC0415  Keras reads the threads when first imported

    sequences = {split: [read(tune) for tune in melodies.load(split, run.data)] for split in ("train", "valid")}
    facts = {
        "kind": "melody_rnn",
        "description": "continues melodies, in 4/4 and 3/4",
        "network": asdict(OPTIONS),
        "data": "Aird's Airs, O'Neill's 1850, Ryan's Mammoth, OpenEWLD, sopranos of the JSB training split",
    }
    recurrent.train(run, OPTIONS, sequences["train"], sequences["valid"], facts, vary=draw_end)
    return 0


def read(tune: Tune) -> recurrent.Sequence:
    """Return a tune as events and columns."""
    events = codec.events_of(Melody(tune.pitches, tune.onsets))
    columns = codec.columns_of(events, tune.bar, tune.pickup)[:-1]
    return recurrent.Sequence(events.astype(np.int16), columns.astype(np.int8), tune.bar)


def draw_end(columns: Any, events: Any, start: int, rng: np.random.Generator) -> Any:  # noqa: ANN401  arrays
    """Tell in half of the crops how near the tune's end is, as one who asks for an ending does."""
    if rng.random() < 0.5:
        left = len(events) - start - np.arange(len(columns))
        columns[:, codec.END] = codec.nearness(left)
    return columns
