"""The converted networks at work: one step at a time, several lines at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import numpy as np

from chorale.models.runtime import Network

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    FloatArray = NDArray[np.float32]

__all__ = ["Latent", "Steps"]


class Steps:
    """A step graph (see ``chorale.models.magenta.graphs``).

    Args:
        network: The graph.
        classes: How many logits it answers.
        state: The width of its state.
    """

    def __init__(self, network: Network, classes: int, state: int) -> None:
        self._network, self.classes, self._state = network, classes, state

    def start(self, batch: int) -> FloatArray:
        """Return the state before the first step."""
        return np.zeros((batch, self._state), np.float32)

    def step(self, inputs: FloatArray, state: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the logits (B, classes) and the next state."""
        answer = self._network(inputs=inputs.astype(np.float32), state=state)
        return answer[:, : self.classes], answer[:, self.classes :]


class Latent:
    """An autoencoder.

    Args:
        encoder: From a sequence to the mean of z.
        start: From z to the decoder's first state.
        decoder: The decoder's step graph.
        outputs: The width of an output.
    """

    def __init__(self, encoder: Network, start: Network, decoder: Network, outputs: int) -> None:
        self._encoder, self._start = encoder, start
        self._decoder = Steps(decoder, outputs, 0)
        self.outputs = outputs

    @classmethod
    def opened(cls, folder: Path, outputs: int) -> Self:
        """Return the autoencoder in a folder."""
        encoder, start, decoder = (Network(folder / f"{part}.onnx") for part in ("encoder", "start", "decoder"))
        return cls(encoder, start, decoder, outputs)

    def read(self, sequences: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return mean and standard deviation of z, each (B, latent), for sequences (B, T, D)."""
        mean, spread = np.split(self._encoder(sequence=sequences.astype(np.float32)), 2, axis=1)
        return mean, spread

    def start(self, z: FloatArray) -> FloatArray:
        """Return the decoder's first state."""
        return self._start(z=z.astype(np.float32))

    def step(self, last: FloatArray, z: FloatArray, state: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the logits (B, outputs) and the next state.

        Args:
            last: The last outputs (B, outputs); zeros at the first step.
            z: (B, latent).
            state: As ``start`` or the last step returned it.
        """
        return self._decoder.step(np.concatenate([last, z], axis=1), state)
