"""Scores MelodyVAE on held-out two-bar clips; an event is a pitch that begins, the end of a note, or neither."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chorale.models.base import Surroundings
from chorale.models.melody_rnn.codec import events_of
from chorale.music import Key, Melody, Meter
from chorale.training import datasets, melodies
from chorale.training.scores import space
from chorale.training.scores.table import asked, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chorale.models.melody_vae.sampling import MelodyVAE
    from chorale.training.melodies import Tune

__all__ = ["run"]

BARS = 2
BAR = 16
CLIPS = 1000  # spread over all that there are


def run(name: str, model: MelodyVAE, arguments: Sequence[str]) -> int:
    """Score the model as the command line says."""
    options = asked(name, arguments, f"{__doc__}\n{space.__doc__}")
    folder = datasets.data_folder(options.data)
    clips = _clips(melodies.load(options.split, folder))
    clips = clips[:: max(1, len(clips) // CLIPS)][: options.pieces]
    known = [events_of(clip) for clip in _clips(melodies.load("train", folder))]
    scores = space.figures(_trial(model), clips, options.seed)
    scores["commonest"] = space.baseline(known, [events_of(clip) for clip in clips])
    return told(name, options, scores)


def _clips(tunes: Sequence[Tune]) -> list[Melody]:
    """Return all stretches of two bars of four-four with a note in them, which do not overlap."""
    clips = []
    for tune in tunes:
        for start in range(tune.pickup, len(tune.pitches) - BARS * BAR + 1, BARS * BAR) if tune.bar == BAR else ():
            here = slice(start, start + BARS * BAR)
            clips.append(_begun(Melody(tune.pitches[here], tune.onsets[here])))
    return [clip for clip in clips if clip.onsets.any()]


def _begun(clip: Melody) -> Melody:
    """Return a clip as the model's events say it: what is held into it from before is silent."""
    sounding = np.logical_or.accumulate(clip.onsets)
    return Melody(np.where(sounding, clip.pitches, -1).astype(np.int16), clip.onsets)


def _trial(model: MelodyVAE) -> space.Trial[Melody]:
    around = Surroundings(Meter(4, 4), key=Key(0))
    return space.Trial(
        events=events_of,
        recreate=lambda clips, rngs, temperature: model.recreated(clips, BAR, rngs, temperature),
        walk=lambda first, last, seed: [
            each.music for each in model.interpolated(first, last, space.PLACES, around, seed=seed)
        ],
        distance=lambda one, other: float(np.mean((one.pitches != other.pitches) | (one.onsets != other.onsets))),
    )
