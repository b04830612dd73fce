"""Trains MelodyVAE: ``chorale train melody_vae``. Every number has its reason beside it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np

from chorale.models.melody_rnn.codec import CLASSES, FIRST_PITCH, HIGHEST, LOWEST, events_of
from chorale.models.melody_vae import codec
from chorale.models.sequences.beats import STEPS as SLOTS
from chorale.models.sequences.past import before
from chorale.music import Melody
from chorale.training import melodies, variational
from chorale.training.running import parse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from chorale.training.melodies import Tune

__all__ = ["clip_of", "main"]

STEPS = 1600  # of 64 examples: about as many bars as nine times the tunes have
MEMBERS, SPREAD = 9, 0.5  # centres of larger groups repeat notes, those of smaller ones are nearly tunes that exist
CLOSE, PERIOD = 4, 8  # bars: new melodies are like the second halves of periods of eight bars, which come to a close
MOVING = 2  # notes at least in each of their bars but the last: songs that stand still are no ideas to go on from
BETA, FREE = 0.2, 0.0  # the published weight; half of it in the first 1200 steps: reconstruction comes first
LENGTHS = {1: 0.1, 2: 0.2, 3: 0.1, 4: 0.6}  # bars
FURTHEST = 6  # semitones of transposition, up and down: all keys


def main(arguments: list[str]) -> int:
    """Train from the command line; a stopped run goes on where it was."""
    run = parse("melody_vae", __doc__, STEPS, arguments)
    from chorale.models.melody_vae.network import OPTIONS  # noqa: PLC0415  Keras reads the threads when first imported

    facts = {
        "kind": "melody_vae",
        "description": "re-creates and invents melodies, in 4/4 and 3/4",
        "network": asdict(OPTIONS),
        "data": "Aird's Airs, O'Neill's 1850, Ryan's Mammoth, OpenEWLD, sopranos of the JSB training split",
    }
    tunes = {split: melodies.load(split, run.data) for split in ("train", "valid")}
    train = _drawing(tunes["train"])
    valid = _drawing(tunes["valid"])
    plan = variational.Plan(
        OPTIONS,
        train,
        valid,
        BETA,
        FREE,
        facts,
        surveyed=_closing(tunes["train"]),
        kinds=2,
        members=MEMBERS,
        spread=SPREAD,
    )
    variational.train(run, plan)
    return 0


def _drawing(tunes: list[Tune]) -> variational.Draw:
    lengths = np.array([len(tune.pitches) for tune in tunes], float)
    shares = lengths / lengths.sum()

    def draw(rng: np.random.Generator) -> variational.Example:
        tune = tunes[rng.choice(len(tunes), p=shares)]
        bars = int(rng.choice(list(LENGTHS), p=list(LENGTHS.values())))
        whole = (len(tune.pitches) - tune.pickup) // tune.bar
        first = int(rng.integers(0, max(1, whole - bars + 1)))
        clip = clip_of(tune, first, bars)
        return _example(_transposed(events_of(clip), rng), tune.bar)

    return draw


def _closing(tunes: list[Tune]) -> variational.Draw:
    """Return a function that draws the second half of a period, where it is."""
    places = [
        (tune, first)
        for tune in tunes
        for first in range(CLOSE, (len(tune.pitches) - tune.pickup) // tune.bar - CLOSE + 1, PERIOD)
        if _moves(clip_of(tune, first, CLOSE), tune.bar)
    ]

    def draw(rng: np.random.Generator) -> variational.Example:
        tune, first = places[rng.integers(len(places))]
        return _example(events_of(clip_of(tune, first, CLOSE)), tune.bar)

    return draw


def _moves(clip: Melody, bar: int) -> bool:
    """Return whether every bar but the last has notes that begin in it."""
    return all(clip.onsets[start : start + bar].sum() >= MOVING for start in range(0, (CLOSE - 1) * bar, bar))


def clip_of(tune: Tune, first: int, bars: int) -> Melody:
    """Return some whole bars of a tune; a note that is held into them begins with them."""
    start = tune.pickup + first * tune.bar
    here = slice(start, min(start + bars * tune.bar, len(tune.pitches)))
    return Melody(tune.pitches[here], tune.onsets[here])


def _transposed(events: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
    """Return the events higher or lower, inside the range."""
    struck = events >= FIRST_PITCH
    pitches = events[struck] - FIRST_PITCH + LOWEST
    if not len(pitches):
        return events
    down, up = max(-FURTHEST, LOWEST - int(pitches.min())), min(FURTHEST, HIGHEST - int(pitches.max()))
    return np.where(struck, events + int(rng.integers(down, up + 1)), events)


def _example(events: NDArray[np.int64], bar: int) -> variational.Example:
    slots = codec.slots_of(len(events), bar)
    placed = np.full(SLOTS, -1)
    placed[slots] = events
    seen = np.full((SLOTS, codec.SEEN), CLASSES)
    seen[slots] = before(events, codec.SEEN, CLASSES)
    empty = np.zeros((SLOTS, 0), np.float32)
    return variational.Example(
        codec.tokens_of(events, bar), codec.conditions_of(len(events), bar), seen, placed, empty, empty
    )
