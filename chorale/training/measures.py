"""Likelihood measures of a model that predicts hidden cells; numpy only.

Conventions: pitches (T, 4) MIDI numbers with REST for silence; hidden (T, 4) True where the model may not look;
predictions are log-probabilities over P classes, the 46 pitches 36..81 first, then silence.
"""

from __future__ import annotations

from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from chorale.models.coconet.codec import LOWEST, PITCHES, classes_of

__all__ = ["Predictor", "framewise", "hidden_cells", "lower_voices", "random_share"]

REST = -1
IntArray: TypeAlias = NDArray[np.int64]
BoolArray: TypeAlias = NDArray[np.bool_]
FloatArray: TypeAlias = NDArray[np.float32]


class Predictor(Protocol):
    """A model's view of one piece."""

    def everywhere(self, pitches: IntArray, hidden: BoolArray) -> FloatArray:
        """Return the predictions (B, T, 4, P) for rolls (B, T, 4)."""
        ...

    def at(self, pitches: IntArray, hidden: BoolArray, steps: IntArray) -> FloatArray:
        """Return the predictions (B, 4, P) at one step (B,) of each roll (B, T, 4)."""
        ...


def lower_voices(steps: int) -> BoolArray:
    """Return the (T, 4) mask of the job: alto, tenor and bass hidden."""
    hidden = np.ones((steps, 4), bool)
    hidden[:, 0] = False
    return hidden


def random_share(steps: int, rng: np.random.Generator, *, soprano: bool) -> BoolArray:
    """Return a (T, 4) mask that hides cells with one random probability; with ``soprano`` that voice is given."""
    hidden = rng.random((steps, 4)) < rng.random()
    if soprano:
        hidden[:, 0] = False
    hidden[rng.integers(steps), 3] = True  # at least one cell
    return hidden


def hidden_cells(model: Predictor, pitches: IntArray, hidden: BoolArray) -> tuple[NDArray[np.float64], BoolArray]:
    """Return nats (T, 4) of every cell of one piece, and whether the likeliest class is right.

    Entries of visible cells mean nothing.
    """
    log_probs = model.everywhere(pitches[None], hidden[None])[0].astype(np.float64)
    truth = classes_of(pitches)
    nats = -np.take_along_axis(log_probs, truth[..., None], axis=-1)[..., 0]
    return nats, log_probs.argmax(axis=-1) == truth


def framewise(
    model: Predictor, pitches: IntArray, *, orders: int, rng: np.random.Generator, frames: int | None = None
) -> float:
    """Return the framewise negative log-likelihood of one piece, nats a frame (Huang et al. 2017, section 5).

    In each order the frames come in a random sequence, earlier ones shown as the truth. Inside a frame the voices
    come in random order, and the next one sees the model's own likeliest pitch for those before it, never the
    truth. A silent cell counts 0. The orders are averaged as probabilities for each frame.

    Args:
        model: Its view of the piece.
        pitches: (T, 4) a whole piece.
        orders: Random orders; the paper took five.
        rng: Draws the orders.
        frames: Score only so many random frames (each at its own random moment of the sequence); None: all.
    """
    steps = len(pitches)
    scored = np.sort(rng.permutation(steps)[:frames])
    nats = np.stack([_one_order(model, pitches, scored, rng) for _ in range(orders)])
    lowest = nats.min(axis=0)
    mean = lowest - np.log(np.exp(lowest - nats).mean(axis=0))
    return float(mean.mean())


def _one_order(model: Predictor, pitches: IntArray, scored: IntArray, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return the nats of each scored frame in one random sequence of all frames."""
    moment = rng.permutation(len(pitches))  # the moment at which each frame comes
    hidden = np.repeat((moment >= moment[scored][:, None])[..., None], 4, axis=2)
    shown = np.repeat(pitches[None], len(scored), axis=0)
    row, nats = np.arange(len(scored)), np.zeros(len(scored))
    for voice in np.array([rng.permutation(4) for _ in scored]).T:
        log_probs = model.at(shown, hidden, scored)[row, voice].astype(np.float64)
        truth = pitches[scored, voice]
        picked = log_probs[row, np.where(truth == REST, 0, truth - LOWEST)]
        nats -= np.where(truth == REST, 0, picked)
        shown[row, scored, voice] = LOWEST + log_probs[:, :PITCHES].argmax(axis=-1)
        hidden[row, scored, voice] = False
    return nats
