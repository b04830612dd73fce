"""Scores DrumVAE on held-out two-bar patterns; an event is one of the 512 sets of pieces that can be struck at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chorale.models.base import Surroundings
from chorale.models.drum_rnn.codec import events_of
from chorale.training import datasets, grooves
from chorale.training.scores import space
from chorale.training.scores.table import asked, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chorale.models.drum_vae.sampling import DrumVAE
    from chorale.music import DrumPattern

__all__ = ["run"]

BARS = 2
CLIPS = 1000  # spread over all that there are


def run(name: str, model: DrumVAE, arguments: Sequence[str]) -> int:
    """Score the model as the command line says."""
    options = asked(name, arguments, f"{__doc__}\n{space.__doc__}")
    folder = datasets.data_folder(options.data)
    clips = [part.pattern for part in grooves.windows(grooves.load(options.split, folder), BARS, hop=BARS)]
    clips = clips[:: max(1, len(clips) // CLIPS)][: options.pieces]
    known = [events_of(part.pattern.hits) for part in grooves.windows(grooves.load("train", folder), BARS, hop=BARS)]
    scores = space.figures(_trial(model), clips, options.seed)
    scores["commonest"] = space.baseline(known, [events_of(clip.hits) for clip in clips])
    return told(name, options, scores)


def _trial(model: DrumVAE) -> space.Trial[DrumPattern]:
    return space.Trial(
        events=lambda clip: events_of(clip.hits),
        recreate=model.recreated,
        walk=lambda first, last, seed: [
            each.music for each in model.interpolated(first, last, space.PLACES, Surroundings(), seed=seed)
        ],
        distance=lambda one, other: float(np.mean(one.hits != other.hits)),
    )
