"""Scores MelodyRNN beside an interpolated trigram of the same events, on the first 256 steps of held-out tunes.

The trigram is counted on the training tunes, its weights are found on the validation tunes.

nats, perplexity: of an event; accuracy: share of events that were likeliest; all steps count alike, holds too.
onset.*: the same where a note begins, which a model that always holds cannot get right.
runs: continuations, of 200 at temperature 1, with a note that is held or repeated for more than two bars.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chorale.models.base import Surroundings
from chorale.models.melody_rnn import codec
from chorale.music import REST, Melody, Meter
from chorale.training import datasets, melodies
from chorale.training.scores.table import asked, predicted, told
from chorale.training.scores.trigram import Trigram

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from chorale.models.melody_rnn.sampling import MelodyRNN
    from chorale.training.melodies import Tune

    IntArray = NDArray[np.int64]

__all__ = ["longest_run", "run"]

STEPS = 256
TUNES, EACH, WRITTEN = 20, 10, 64  # 200 continuations of four bars


def run(name: str, model: MelodyRNN, arguments: Sequence[str]) -> int:
    """Score the model as the command line says."""
    options = asked(name, arguments, __doc__)
    folder = datasets.data_folder(options.data)
    held_out = melodies.load(options.split, folder)[: options.pieces]
    known, other = ([events_of(tune) for tune in melodies.load(split, folder)] for split in ("train", "valid"))
    baseline = Trigram(known, [line[:STEPS] for line in other], codec.CLASSES)
    scores: dict[str, float] = {"tunes": len(held_out)}
    ours, theirs, truths = [], [], []
    for tune in held_out:
        events = events_of(tune)[:STEPS]
        ours.append(model.log_probs(events[np.newaxis], tune.bar, tune.pickup)[0])
        theirs.append(baseline.log_probs(events))
        truths.append(events)
    for label, answers in (("model", ours), ("trigram", theirs)):
        scores |= predicted(label, np.concatenate(answers), np.concatenate(truths), codec.FIRST_PITCH)
    scores |= {f"trigram.weight.{order}": w for order, w in zip((3, 2, 1, 0), baseline.weights.tolist(), strict=True)}
    scores["runs"] = float(sum(runs(model, tune, options.seed) for tune in held_out[:TUNES]))
    return told(name, options, scores)


def events_of(tune: Tune) -> IntArray:
    """Return a tune's events."""
    return codec.events_of(Melody(tune.pitches, tune.onsets))


def runs(model: MelodyRNN, tune: Tune, seed: int) -> int:
    """Return how many continuations of a tune's first bars have a note for more than two bars."""
    given = Melody(tune.pitches, tune.onsets)
    start = tune.pickup + 2 * tune.bar
    around = Surroundings(Meter(tune.bar // 4, 4), tune.pickup)
    begun = Melody(given.pitches[:start], given.onsets[:start])
    written = model.continued(begun, WRITTEN, around, seed=seed, variations=EACH)
    return sum(longest_run(each.music) > 2 * tune.bar for each in written)


def longest_run(melody: Melody) -> int:
    """Return for how many steps at most the same pitch sounds, held or repeated, with no other note or rest between."""
    longest = now = 0
    before = REST
    for pitch in melody.pitches.tolist():
        now = now + 1 if pitch == before else 1
        before = pitch
        longest = max(longest, now if pitch != REST else 0)
    return longest
