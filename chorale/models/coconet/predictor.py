"""What the sampler and the measures ask of a network, and our own network's answer.

Two kinds of questions. ``log_probs`` shows pitches and nothing else. ``read`` shows a whole task: the same pitches
with the fermatas, the meter and the key around them, for a network that can use them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from chorale.errors import InputError
from chorale.models.coconet.codec import CLASSES, codes_of
from chorale.models.coconet.keys import GUESSES, guesses, mixture
from chorale.models.coconet.windows import read

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from chorale.models.coconet.task import Task
    from chorale.models.runtime import Network

    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]
    FloatArray = NDArray[np.float32]

__all__ = ["Hourglass", "Predictor", "TwoLooks", "codes_asked"]


class Predictor(Protocol):
    """A network's opinion of every cell of a chorale, given those that are visible.

    Attributes:
        classes: P, the classes it tells apart: 46 pitches 36..81 first, then silence if it knows it.
        reads_context: Whether fermatas, meter and key mean anything to it.
    """

    classes: int
    reads_context: bool

    def log_probs(self, pitches: IntArray, hidden: BoolArray) -> FloatArray:
        """Return log-probabilities (B, T, 4, P) from the visible pitches alone.

        Args:
            pitches: (B, T, 4) MIDI numbers 36..81, REST where silent; the first step stands on a beat. What
                stands in hidden cells is ignored.
            hidden: (B, T, 4) True where the pitch is not known.

        Raises:
            InputError: the shapes differ, or a visible pitch is outside 36..81.
        """
        ...

    def read(self, task: Task, pitches: IntArray, hidden: BoolArray, *, hasty: bool = False) -> FloatArray:
        """Return log-probabilities (C, T, 4, P) of a task's candidates (C, T, 4).

        Args:
            task: What is to be written.
            pitches: (C, T, 4) what is sung so far.
            hidden: (C, T, 4) True where the pitch is not known.
            hasty: Whether a first opinion will do, if the network has one.
        """
        ...


def codes_asked(pitches: IntArray, hidden: BoolArray) -> IntArray:
    """Return the codes (B, T, 4) of what ``log_probs`` was asked, checked.

    Raises:
        InputError: the shapes differ, or a visible pitch is outside 36..81.
    """
    numbers, unknown = np.asarray(pitches), np.asarray(hidden, bool)
    if numbers.ndim != 3 or numbers.shape[2] != 4 or unknown.shape != numbers.shape:
        raise InputError(f"pitches {numbers.shape} and hidden {unknown.shape}: wanted (B, T, 4) of both")
    try:
        return codes_of(numbers, unknown)
    except ValueError as error:
        raise InputError(str(error)) from error


class TwoLooks:
    """Our own network in two files, as one: codes (B, T, 4) and context (B, T, CONTEXT) -> logits (B, T, 4, CLASSES).

    Args:
        first: The hourglass, which gives logits and the features that they are made of.
        second: Corrects the logits; see ``refining``.
    """

    def __init__(self, first: Network, second: Network) -> None:
        self.first, self.second = first, second

    def __call__(self, *, codes: NDArray[np.int32], context: FloatArray) -> FloatArray:
        """Return the logits."""
        logits, features = self.first.outputs(codes=codes, context=context)
        return self.second(codes=codes, context=context, logits=logits, features=features)


class Hourglass:
    """Our own network as a predictor.

    Args:
        network: Takes codes (B, T, 4) and context (B, T, CONTEXT), gives logits (B, T, 4, CLASSES).
    """

    classes = CLASSES
    reads_context = True

    def __init__(self, network: Network | TwoLooks) -> None:
        self.network = network

    def log_probs(self, pitches: IntArray, hidden: BoolArray) -> FloatArray:
        """Return log-probabilities (B, T, 4, CLASSES) from the visible pitches alone; see ``Predictor``.

        The network is asked in each of the few keys that the visible notes suggest, and its answers are averaged
        as probabilities.
        """
        codes = codes_asked(pitches, hidden)
        contexts, weights = guesses(np.asarray(pitches), np.asarray(hidden, bool), codes.shape[1])
        asked = np.repeat(codes, GUESSES, axis=0)
        answers = read(self.network, asked, contexts.reshape(len(asked), *contexts.shape[2:]))
        return mixture(answers.reshape(len(codes), GUESSES, *answers.shape[1:]), weights)

    def read(self, task: Task, pitches: IntArray, hidden: BoolArray, *, hasty: bool = False) -> FloatArray:
        """Return log-probabilities (C, T, 4, CLASSES) of a task's candidates; see ``Predictor``."""
        network = self.network.first if hasty and isinstance(self.network, TwoLooks) else self.network
        return read(network, task.codes(pitches, hidden), task.context)[:, task.inside]
