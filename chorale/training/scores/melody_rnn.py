"""Scores MelodyRNN beside an interpolated trigram of the same events, on the first 256 steps of held-out tunes.

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
from chorale.training.scores.table import asked, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from chorale.models.melody_rnn.sampling import MelodyRNN
    from chorale.training.melodies import Tune

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]

__all__ = ["longest_run", "run", "trigram"]

STEPS = 256
TUNES, EACH, WRITTEN = 20, 10, 64  # 200 continuations of four bars
WEIGHTS = (0.75, 0.2, 0.049, 0.001)  # of trigram, bigram, unigram, uniform: set by hand


def run(name: str, model: MelodyRNN, arguments: Sequence[str]) -> int:
    """Score the model as the command line says."""
    options = asked(name, arguments, __doc__)
    folder = datasets.data_folder(options.data)
    held_out = melodies.load(options.split, folder)[: options.pieces]
    known = [events_of(tune) for tune in melodies.load("train", folder)]
    scores: dict[str, float] = {"tunes": len(held_out)}
    tables = counts(known)
    ours, theirs, truths = [], [], []
    for tune in held_out:
        events = events_of(tune)[:STEPS]
        ours.append(model.log_probs(events[np.newaxis], tune.bar, tune.pickup)[0])
        theirs.append(trigram(tables, events))
        truths.append(events)
    for label, answers in (("model", ours), ("trigram", theirs)):
        scores |= figures(label, np.concatenate(answers), np.concatenate(truths))
    scores["runs"] = float(sum(runs(model, tune, options.seed) for tune in held_out[:TUNES]))
    return told(name, options, scores)


def events_of(tune: Tune) -> IntArray:
    """Return a tune's events."""
    return codec.events_of(Melody(tune.pitches, tune.onsets))


def figures(label: str, log_probs: FloatArray, truth: IntArray) -> dict[str, float]:
    """Return nats, perplexity and accuracy of log-probabilities (T, classes), at all steps and at onsets."""
    nats = -log_probs[np.arange(len(truth)), truth]
    right = log_probs.argmax(axis=1) == truth
    onset = truth >= codec.FIRST_PITCH
    return {
        f"{label}.nats": float(nats.mean()),
        f"{label}.perplexity": float(np.exp(nats.mean())),
        f"{label}.accuracy": float(right.mean()),
        f"{label}.onset.nats": float(nats[onset].mean()),
        f"{label}.onset.accuracy": float(right[onset].mean()),
    }


def counts(lines: Sequence[IntArray]) -> FloatArray:
    """Return how often which event follows which two: (classes + 1, classes + 1, classes), the last index = start."""
    table = np.zeros((codec.CLASSES + 1, codec.CLASSES + 1, codec.CLASSES))
    for line in lines:
        padded = np.concatenate([[codec.NONE, codec.NONE], line])
        np.add.at(table, (padded[:-2], padded[1:-1], line), 1)
    return table


def trigram(table: FloatArray, events: IntArray) -> FloatArray:
    """Return the log-probabilities (T, classes) of an interpolated trigram."""
    padded = np.concatenate([[codec.NONE, codec.NONE], events])
    orders = [table[padded[:-2], padded[1:-1]], table.sum(axis=0)[padded[1:-1]], table.sum(axis=(0, 1))[np.newaxis]]
    shares = [order / np.maximum(order.sum(axis=-1, keepdims=True), 1) for order in orders]
    mixed = sum(weight * share for weight, share in zip(WEIGHTS[:3], shares, strict=True)) + WEIGHTS[3] / codec.CLASSES
    logarithms: FloatArray = np.log(mixed / mixed.sum(axis=-1, keepdims=True))
    return logarithms


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
