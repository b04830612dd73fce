"""The recurrent network at work: lines of events grow a step at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chorale.models.base import Progress
from chorale.models.coconet.windows import log_softmax
from chorale.models.sequences.drawing import draw

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from chorale.models.base import Report
    from chorale.models.runtime import Network

    FloatArray = NDArray[np.float32]
    IntArray = NDArray[np.int64]
    Columns = Callable[[IntArray], IntArray]
    Masks = Callable[[IntArray], "NDArray[np.bool_]"]

__all__ = ["Stepper"]


class Stepper:
    """Draws lines of events from an exported step network.

    Args:
        network: Takes columns (B, K) and state (B, M); gives logits and the new state, side by side.
        classes: How many logits there are.
        memory: M.
    """

    def __init__(self, network: Network, classes: int, memory: int) -> None:
        self.network, self.classes, self.memory = network, classes, memory

    def grow(
        self,
        given: IntArray,
        steps: int,
        columns: Columns,
        masks: Masks,
        rngs: Sequence[np.random.Generator],
        *,
        temperature: float,
        report: Report | None = None,
    ) -> IntArray:
        """Return events (B, steps) that follow the given ones (T,), a line for each generator.

        Args:
            given: What the network remembers; no event is drawn for it.
            steps: How many to draw.
            columns: Returns the columns (B, T + 1, K) of events (B, T).
            masks: Returns which events may come after events (B, T): (B, classes).
            rngs: One a line.
            temperature: 0 takes the likeliest event.
            report: Hears of the progress.
        """
        lines = np.repeat(given[np.newaxis], len(rngs), axis=0)
        state = self.remember(columns(given[np.newaxis])[:, :-1])
        state = np.repeat(state, len(rngs), axis=0)
        for step in range(steps):
            logits, state = self.advance(columns(lines)[:, -1], state)
            event = draw(logits, temperature, rngs, masks(lines))
            lines = np.concatenate([lines, event[:, np.newaxis]], axis=1)
            if report is not None:
                report(Progress((step + 1) / steps))
        return lines[:, len(given) :]

    def remember(self, columns: IntArray) -> FloatArray:
        """Return the state (B, M) after columns (B, T, K)."""
        state = np.zeros((len(columns), self.memory), np.float32)
        for step in range(columns.shape[1]):
            _, state = self.advance(columns[:, step], state)
        return state

    def advance(self, columns: IntArray, state: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return logits and the state after one step."""
        answer = self.network(columns=columns.astype(np.int32), state=state)
        return answer[:, : self.classes], answer[:, self.classes :]

    def log_probs(self, columns: IntArray) -> FloatArray:
        """Return the log-probabilities (B, T, classes) of every event of known lines, given those before it."""
        state = np.zeros((len(columns), self.memory), np.float32)
        answers = []
        for step in range(columns.shape[1]):
            logits, state = self.advance(columns[:, step], state)
            answers.append(log_softmax(logits))
        return np.stack(answers, axis=1)
