"""Magenta's networks at work: lines of events continued, sequences taken to latent vectors and back. numpy only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from chorale.models.base import Progress
from chorale.models.magenta.events import HOLD
from chorale.models.sequences.drawing import draw

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from chorale.models.base import Report
    from chorale.models.magenta.encodings import Encoding
    from chorale.models.magenta.networks import Latent, Steps

    Rng = np.random.Generator
    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float32]
    BoolArray = NDArray[np.bool_]

__all__ = ["Decoder", "Events", "Grooves", "Predictor", "Translator"]

HEARD, PHASE = 512, 128
"""Steps of what went before that a network is told at most, and the period of what it counts."""


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
        choose: Callable[[FloatArray, IntArray, int], IntArray],
        report: Report | None = None,
    ) -> IntArray:
        """Return so many steps more (lines, steps) after some events.

        Args:
            events: (T,) what went before, at least one step.
            steps: How many are wanted.
            lines: How many continuations are written at once.
            choose: From logits (lines, classes), the lines so far, and how many steps are written, to answers (lines,).
            report: Hears of the progress.
        """
        before = events[-(-max(0, len(events) - HEARD) // PHASE) * PHASE :]  # so that its place in the bar stays
        logits, state = self._heard(before, lines)
        written = np.tile(before, (lines, 1))
        for step in range(steps):
            answers = choose(logits, written, step)
            pairs = zip(answers.tolist(), written, strict=True)
            said = np.array([self.encoding.event(answer, line) for answer, line in pairs], np.int64)
            written = np.concatenate([written, said[:, None]], axis=1)
            if report is not None:
                report(Progress((step + 1) / steps))
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
        """Return the logits after one event."""
        event = HOLD if HOLD in (self.encoding.event(answer, np.array([0])) for answer in range(40)) else 0
        return self._heard(np.array([event]), 1)[0]


class Decoder(Protocol):
    """How a decoder's answers become its outputs."""

    def outputs(self, logits: FloatArray, step: int) -> FloatArray:
        """Return the outputs (B, D) for logits (B, D) at a step."""
        ...


class Events:
    """One of so many classes a step.

    Args:
        rngs: One a line.
        temperature: 0 and up.
        allowed: (classes,) which may be drawn; None: all.
        lean: (classes,) what is added to the logits; None: nothing.
    """

    def __init__(
        self,
        rngs: Sequence[Rng],
        temperature: float,
        allowed: BoolArray | None = None,
        lean: FloatArray | None = None,
    ) -> None:
        self._rngs, self._temperature, self._allowed, self._lean = rngs, temperature, allowed, lean

    def outputs(self, logits: FloatArray, step: int) -> FloatArray:
        """Return 1 at the class drawn, else 0."""
        del step
        leaning = logits if self._lean is None else logits + self._lean
        answers = draw(leaning, self._temperature, self._rngs, self._allowed)
        return np.eye(logits.shape[1], dtype=np.float32)[answers]


class Grooves:
    """Nine hits, nine velocities, nine offsets.

    Args:
        rngs: One a line.
        temperature: 0 and up, of the hits.
        lean: What is added to the logits of hits.
        kept: (T, 9) hits that are given; None: they are drawn.
    """

    def __init__(
        self,
        rngs: Sequence[Rng],
        temperature: float,
        lean: float = 0.0,
        kept: BoolArray | None = None,
    ) -> None:
        self._rngs, self._temperature, self._lean, self._kept = rngs, temperature, lean, kept

    def outputs(self, logits: FloatArray, step: int) -> FloatArray:
        """Return hits of 0 or 1, velocities 0..1, offsets -1..1."""
        hits, velocities, offsets = np.split(logits.astype(np.float64), 3, axis=1)
        if self._kept is not None:
            struck = np.tile(self._kept[step], (len(logits), 1))
        elif self._temperature == 0:
            struck = hits + self._lean > 0
        else:
            chances = 1 / (1 + np.exp(-np.clip((hits + self._lean) / self._temperature, -60, 60)))
            struck = np.stack([rng.random(hits.shape[1]) for rng in self._rngs]) < chances
        loud = 1 / (1 + np.exp(-np.clip(velocities, -60, 60)))
        return np.concatenate([struck, loud, np.tanh(offsets)], axis=1).astype(np.float32)


class Translator:
    """An autoencoder: sequences to latent vectors and back.

    Args:
        network: The network.
        steps: How many it spans.
        latent: The width of a latent vector.
    """

    def __init__(self, network: Latent, steps: int, latent: int) -> None:
        self._network, self.steps, self.latent = network, steps, latent

    def spans(self, steps: int) -> int:
        """Return how many of its sequences cover so many steps."""
        return -(-steps // self.steps)

    def read(self, rows: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return mean and standard deviation of the latent vectors, each (N, latent), of rows (T, D), cut in N spans.

        What is missing of the last span is taken from the beginning, so that a loop goes on as it would.
        """
        spans = self.spans(len(rows))
        whole = np.resize(rows, (spans * self.steps, rows.shape[1]))
        return self._network.read(whole.reshape(spans, self.steps, -1))

    def written(self, z: FloatArray, decoder: Decoder, steps: int) -> FloatArray:
        """Return sequences (B, steps, D) of latent vectors (B, N, latent), one for each span.

        A span begins where the one before it ended: the decoder is told its last output.
        """
        last = np.zeros((len(z), self._network.outputs), np.float32)
        rows = []
        for step in range(steps):
            span = z[:, step // self.steps]
            if step % self.steps == 0:
                state = self._network.start(span)
            logits, state = self._network.step(last, span, state)
            last = decoder.outputs(logits, step)
            rows.append(last)
        return np.stack(rows, axis=1)

    def drawn(self, rngs: Sequence[Rng], spans: int) -> FloatArray:
        """Return new latent vectors (B, spans, latent); the later ones of a line are akin to its first."""
        noise = np.stack([rng.standard_normal((spans, self.latent)) for rng in rngs])
        noise[:, 1:] = AKIN * noise[:, :1] + (1 - AKIN**2) ** 0.5 * noise[:, 1:]
        return noise.astype(np.float32)

    def trial(self) -> FloatArray:
        """Return what the decoder first answers."""
        z = np.zeros((1, self.latent), np.float32)
        return self._network.step(np.zeros((1, self._network.outputs), np.float32), z, self._network.start(z))[0]


AKIN = 0.8
"""Correlation of the latent vectors of one clip's spans, so that they sound like one clip; a choice of ours."""
