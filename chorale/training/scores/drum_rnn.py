"""Scores DrumRNN beside an interpolated trigram of the same events, on the first 256 steps of held-out performances.

The trigram is counted on the training performances, its weights are found on the validation performances.

nats, perplexity: of an event, one of 512; accuracy: share of events that were likeliest; all steps count alike, silent
ones too. onset.*: the same where something is struck.
hits.*: hits a bar of four-bar continuations of two bars, and of what the drummer played in those four bars.
silent: share of continuations, at temperature 1, in which a whole bar is silent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chorale.models.base import Surroundings
from chorale.models.drum_rnn import codec
from chorale.training import datasets, grooves
from chorale.training.scores.table import asked, predicted, told
from chorale.training.scores.trigram import Trigram

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chorale.models.drum_rnn.sampling import DrumRNN
    from chorale.music import DrumPattern
    from chorale.training.grooves import Groove

__all__ = ["run"]

STEPS = 256
GIVEN, WRITTEN = 32, 64  # steps
CONTINUED = 40  # performances


def run(name: str, model: DrumRNN, arguments: Sequence[str]) -> int:
    """Score the model as the command line says."""
    options = asked(name, arguments, __doc__)
    folder = datasets.data_folder(options.data)
    held_out = grooves.load(options.split, folder)[: options.pieces]
    known, other = (
        [codec.events_of(groove.pattern.hits) for groove in grooves.load(split, folder)] for split in ("train", "valid")
    )
    baseline = Trigram(known, [line[:STEPS] for line in other], codec.CLASSES)
    lines = [codec.events_of(groove.pattern.hits[:STEPS]) for groove in held_out]
    ours = np.concatenate([model.log_probs(line[np.newaxis])[0] for line in lines])
    theirs = np.concatenate([baseline.log_probs(line) for line in lines])
    truth = np.concatenate(lines)
    scores: dict[str, float] = {"performances": len(held_out)}
    scores |= predicted("model", ours, truth, 1) | predicted("trigram", theirs, truth, 1)
    scores |= {f"trigram.weight.{order}": w for order, w in zip((3, 2, 1, 0), baseline.weights.tolist(), strict=True)}
    return told(name, options, scores | _continued(model, held_out, options.seed))


def _continued(model: DrumRNN, held_out: Sequence[Groove], seed: int) -> dict[str, float]:
    """Return how full the continuations of performances are that are long enough to compare with."""
    long = [groove for groove in held_out if len(groove.pattern) >= GIVEN + WRITTEN][:CONTINUED]
    written = [
        model.continued(groove.pattern.cut(0, GIVEN), WRITTEN, Surroundings(qpm=groove.qpm), seed=seed)[0].music
        for groove in long
    ]
    played = [groove.pattern.cut(GIVEN, GIVEN + WRITTEN) for groove in long]
    return {
        "hits.model": float(np.mean([_hits_a_bar(each) for each in written])),
        "hits.drummer": float(np.mean([_hits_a_bar(each) for each in played])),
        "silent": float(np.mean([_has_silent_bar(each) for each in written])),
    }


def _hits_a_bar(pattern: DrumPattern) -> float:
    return float(pattern.hits.sum()) * codec.BAR / len(pattern)


def _has_silent_bar(pattern: DrumPattern) -> bool:
    return not pattern.hits.reshape(-1, codec.BAR, pattern.hits.shape[1]).any(axis=(1, 2)).all()
