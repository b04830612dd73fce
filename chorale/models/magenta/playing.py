"""Magenta's networks at work: lines of events continued, sequences taken to latent vectors and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from chorale.models.magenta.encodings import ENCODINGS, OneHot
from chorale.models.magenta.events import HOLD
from chorale.models.magenta.networks import Latent, Steps
from chorale.models.runtime import Network

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from chorale.models.magenta.encodings import Encoding

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float32]

__all__ = ["Decoded", "Predictor", "Translator", "drawn", "open_predictor", "open_translator"]

HEARD, PHASE = 512, 128
"""Steps of what went before that a network is told at most, and the period of what it counts."""


def drawn(logits: FloatArray, temperature: float, rng: np.random.Generator) -> IntArray:
    """Return a class for each row of logits (B, classes); at temperature 0 the likeliest."""
    scores = logits.astype(np.float64)
    if temperature > 0:
        scores = scores / temperature + rng.gumbel(size=scores.shape)
    answers: IntArray = np.argmax(scores, axis=-1)
    return answers


class Predictor:
    """A recurrent network: what comes next.

    Args:
        steps: The network.
        encoding: What it reads, and what its answers mean.
    """

    def __init__(self, steps: Steps, encoding: Encoding) -> None:
        self._steps, self.encoding = steps, encoding

    def continued(
        self,
        events: IntArray,
        steps: int,
        lines: int,
        choose: Callable[[FloatArray, int], IntArray],
    ) -> IntArray:
        """Return so many steps more (lines, steps) after some events.

        Args:
            events: (T,) what went before; nothing is taken for silence.
            steps: How many are wanted.
            lines: How many continuations are written at once.
            choose: From logits (lines, classes), and how many steps are written, to an answer a line.
        """
        before = events if len(events) else np.array([HOLD])
        before = before[-(-max(0, len(before) - HEARD) // PHASE) * PHASE :]  # so that its place in the bar stays
        logits, state = self._heard(before, lines)
        written = np.tile(before, (lines, 1))
        for step in range(steps):
            answers = choose(logits, step)
            pairs = zip(answers.tolist(), written, strict=True)
            said = np.array([self.encoding.event(answer, line) for answer, line in pairs], np.int64)
            written = np.concatenate([written, said[:, None]], axis=1)
            if step < steps - 1:
                logits, state = self._steps.step(np.stack([self.encoding.read(line) for line in written]), state)
        return written[:, len(before) :]

    def _heard(self, events: IntArray, lines: int) -> tuple[FloatArray, FloatArray]:
        """Return the logits and the state of several equal lines after some events."""
        state = self._steps.start(1)
        for step in range(len(events)):
            logits, state = self._steps.step(self.encoding.read(events[: step + 1])[None], state)
        return np.repeat(logits, lines, axis=0), np.repeat(state, lines, axis=0)

    def trial(self) -> FloatArray:
        """Return the logits after a silence."""
        return self._heard(np.array([HOLD if isinstance(self.encoding, OneHot) else 0]), 1)[0]


class Decoded:
    """How an autoencoder's answers become outputs: the classes of events, or the hits, velocities, offsets of grooves.

    Args:
        temperature: 0 and up; of classes and of hits.
        rng: Draws them.
    """

    def __init__(self, temperature: float, rng: np.random.Generator) -> None:
        self._temperature, self._rng = temperature, rng

    def event(self, logits: FloatArray) -> FloatArray:
        """Return (B, classes): 1 at the class drawn, else 0."""
        return np.eye(logits.shape[1], dtype=np.float32)[drawn(logits, self._temperature, self._rng)]

    def groove(self, logits: FloatArray) -> FloatArray:
        """Return (B, 27): hits of 0 or 1, velocities 0..1, offsets -1..1."""
        hits, velocities, offsets = np.split(logits, 3, axis=1)
        either = np.stack([np.zeros_like(hits), hits], axis=-1)
        struck = drawn(either, self._temperature, self._rng)
        return np.concatenate([struck, 1 / (1 + np.exp(-velocities)), np.tanh(offsets)], axis=1).astype(np.float32)


class Translator:
    """An autoencoder: sequences to latent vectors and back.

    Args:
        network: The network.
        steps: How many it spans.
        latent: The width of a latent vector.
        grooves: Whether it writes grooves, else events.
    """

    def __init__(self, network: Latent, steps: int, latent: int, *, grooves: bool) -> None:
        self._network, self.steps, self.latent, self._grooves = network, steps, latent, grooves

    def mean(self, rows: FloatArray) -> FloatArray:
        """Return the latent vectors (B, latent) of sequences (B, T, D), T usually ``steps``."""
        return self._network.mean(rows)

    def written(self, z: FloatArray, decoded: Decoded, kept: FloatArray | None = None) -> FloatArray:
        """Return the sequences (B, steps, D) of latent vectors.

        Args:
            z: (B, latent).
            decoded: How answers become outputs.
            kept: (B, steps, D) what must be written where it is a number; elsewhere nan. None: nothing.
        """
        state, last = self._network.start(z), np.zeros((len(z), self._network.outputs), np.float32)
        choose = decoded.groove if self._grooves else decoded.event
        rows = []
        for step in range(self.steps):
            logits, state = self._network.step(last, z, state)
            last = choose(logits)
            if kept is not None:
                last = np.where(np.isnan(kept[:, step]), last, kept[:, step])
            rows.append(last)
        return np.stack(rows, axis=1)

    def trial(self) -> FloatArray:
        """Return what the decoder first answers."""
        z = np.zeros((1, self.latent), np.float32)
        return self._network.step(np.zeros((1, self._network.outputs), np.float32), z, self._network.start(z))[0]


def open_predictor(folder: Path, config: dict[str, Any]) -> Predictor:
    """Return the recurrent network in a folder that ``chorale models add`` made."""
    steps = Steps(Network(folder / "network.onnx"), config["classes"], config["state"])
    name = config["encoding"]
    return Predictor(
        steps, OneHot(config["lowest"], config["highest"]) if name in {"basic", "mono"} else ENCODINGS[name]
    )


def open_translator(folder: Path, config: dict[str, Any]) -> Translator:
    """Return the autoencoder in a folder that ``chorale models add`` made."""
    network = Latent.opened(folder, config["outputs"])
    grooves = config["music"] not in {"melody", "drums"}
    return Translator(network, config["steps"], config["latent"], grooves=grooves)
