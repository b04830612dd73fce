"""Magenta's recurrent networks as graphs of our engine.

What is sampled goes step by step: a *step graph* reads ``inputs`` (B, D) and ``state`` (B, S) and answers
(B, classes + S), the logits and the next state side by side. A state is every cell's memory and output in turn, then,
where there is attention, the last attention and the outputs remembered, the oldest first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chorale.models.graph import Graph
from chorale.models.magenta.layout import Recurrent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from chorale.models.magenta.layout import Attention, Autoencoder, Cell, Dense

    FloatArray = NDArray[np.float32]

__all__ = ["decoder_graph", "encoder_graph", "start_graph", "state_size", "step_graph"]

_GATES = (0, 3, 2, 1)
"""Where TensorFlow keeps the gates that the engine's LSTM wants in the order input, output, forget, content."""


def state_size(network: Recurrent, remembered: int) -> int:
    """Return the width of a recurrent network's state.

    Args:
        network: Its weights.
        remembered: How many outputs its attention looks back on; 0 where there is none.
    """
    cells = 2 * sum(cell.units for cell in network.cells)
    return cells + (0 if network.attention is None else network.attention.units * (1 + remembered))


def step_graph(network: Recurrent, remembered: int = 0) -> bytes:
    """Return the step graph of a recurrent network, serialized; arguments as for ``state_size``."""
    graph = _Steps(network, remembered)
    answer = graph.node("Concat", [graph.logits(), *graph.kept], "answer", axis=1)
    size = state_size(network, remembered)
    inputs = {"inputs": ["batch", network.inputs], "state": ["batch", size]}
    return graph.model("step", inputs, {answer: ["batch", network.classes + size]})


def decoder_graph(network: Autoencoder) -> bytes:
    """Return the step graph of a decoder, whose input is the last output and z, side by side."""
    return step_graph(Recurrent(network.decoder, None, network.output))


def start_graph(network: Autoencoder) -> bytes:
    """Return the graph from ``z`` (B, latent) to the decoder's first ``state`` (B, S)."""
    graph = _Affine()
    graph.node("Tanh", [graph.affine("start", "z", network.start)], "state")
    shapes = {"z": ["batch", network.latent]}, {"state": ["batch", len(network.start.bias)]}
    return graph.model("start", *shapes)


def encoder_graph(network: Autoencoder) -> bytes:
    """Return the graph from ``sequence`` (B, T, D) to mean and standard deviation of z (B, 2 latent)."""
    graph = _Affine()
    lines = graph.node("Transpose", ["sequence"], "by_time", perm=[1, 0, 2])
    last = ""
    for number, pair in enumerate(network.encoder):
        lines, last = graph.both_ways(f"layer{number}", lines, pair)
    mean = graph.affine("mean", last, network.mean)
    if network.spread is None:
        spread = graph.node("Sub", [mean, mean], "spread")
    else:
        spread = graph.node("Softplus", [graph.affine("spread", last, network.spread)], "spread")
    told = graph.node("Concat", [mean, spread], "told", axis=1)
    shapes = {"sequence": ["batch", "steps", network.inputs]}, {told: ["batch", 2 * network.latent]}
    return graph.model("encoder", *shapes)


class _Affine(Graph):
    """A graph with the layers that all these networks have."""

    def affine(self, name: str, source: str, layer: Dense) -> str:
        """Add an affine layer."""
        kernel, bias = self.constant(f"{name}/kernel", layer.kernel), self.constant(f"{name}/bias", layer.bias)
        return self.node("Gemm", [source, kernel, bias], f"{name}/affine")

    def both_ways(self, name: str, lines: str, pair: tuple[Cell, Cell]) -> tuple[str, str]:
        """Add a forward and a backward cell; return their outputs (T, B, 2 units) and their last (B, 2 units)."""
        units = pair[0].units
        weights = [_engine_weights(cell) for cell in pair]
        names = [
            self.constant(f"{name}/{part}", np.stack([weight[number] for weight in weights]))
            for number, part in enumerate(("W", "R", "B"))
        ]
        outputs = [f"{name}/all", f"{name}/last"]
        self.nodes("LSTM", [lines, *names], outputs, hidden_size=units, direction="bidirectional")
        flat = self.constant(f"{name}/flat", np.array([0, 0, 2 * units]))
        by_step = self.node("Transpose", outputs[:1], f"{name}/by_step", perm=[0, 2, 1, 3])
        side_by_side = self.node("Reshape", [by_step, flat], f"{name}/outputs")
        by_line = self.node("Transpose", outputs[1:], f"{name}/by_line", perm=[1, 0, 2])
        return side_by_side, self.node(
            "Reshape", [by_line, self.constant(f"{name}/row", flat_row(units))], f"{name}/end"
        )


def flat_row(units: int) -> NDArray[np.int64]:
    """Return the shape of two cells' outputs side by side, the batch as it is."""
    return np.array([0, 2 * units])


def _engine_weights(cell: Cell) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return W (4 units, inputs), R (4 units, units) and B (8 units,) of a cell as the engine's LSTM wants them."""
    blocks = np.split(cell.kernel, 4, axis=1)
    kernel = np.concatenate([blocks[gate] for gate in _GATES], axis=1).T
    parts = np.split(_forgetful(cell), 4)
    bias = np.concatenate([parts[gate] for gate in _GATES])
    return kernel[:, : cell.inputs], kernel[:, cell.inputs :], np.concatenate([bias, np.zeros_like(bias)])


def _forgetful(cell: Cell) -> FloatArray:
    """Return a cell's bias with the 1 that is always added to the forget gate."""
    bias = cell.bias.copy()
    bias[2 * cell.units : 3 * cell.units] += 1
    return bias


class _Steps(_Affine):
    """One step of a recurrent network.

    Args:
        network: Its weights.
        remembered: How many outputs its attention looks back on.

    Attributes:
        kept: Names of what makes the next state, in its order.
    """

    def __init__(self, network: Recurrent, remembered: int) -> None:
        super().__init__()
        self._network, self._remembered = network, remembered
        self.kept: list[str] = []
        units = [cell.units for cell in network.cells for _ in ("memory", "output")]
        if network.attention is not None:
            units += [network.attention.units, network.attention.units * remembered]
        self._state = [f"state{number}" for number in range(len(units))]
        self._split("state", units, self._state)

    def logits(self) -> str:
        """Add the whole step and return the name of the logits."""
        attention, cells = self._network.attention, self._network.cells
        inside = len(cells) if attention is None or attention.whole else 1
        source = "inputs" if attention is None else self._entry(attention)
        source = self._stack(source, range(inside))
        memory: list[str] = []
        if attention is not None:
            source, memory = self._attend(attention, source)
        source = self._stack(source, range(inside, len(cells)))
        self.kept += memory
        return self.affine("logits", source, self._network.output)

    def _stack(self, source: str, numbers: Sequence[int]) -> str:
        for number in numbers:
            source = self._cell(number, source)
        return source

    def _cell(self, number: int, source: str) -> str:
        """Add an LSTM cell and return the name of its output."""
        cell, name = self._network.cells[number], f"cell{number}"
        memory, output = self._state[2 * number : 2 * number + 2]
        joined = self.node("Concat", [source, output], f"{name}/joined", axis=1)
        gates = [f"{name}/{gate}" for gate in ("input", "content", "forget", "output")]
        self._split(self.affine(name, joined, type(cell)(cell.kernel, _forgetful(cell))), [cell.units] * 4, gates)
        opened = [self.node("Sigmoid", [gate], f"{gate}_open") for gate in (gates[0], gates[2], gates[3])]
        content = self.node("Tanh", [gates[1]], f"{name}/new")
        added = self.node("Mul", [opened[0], content], f"{name}/added")
        stayed = self.node("Mul", [opened[1], memory], f"{name}/stayed")
        memory = self.node("Add", [added, stayed], f"{name}/memory")
        output = self.node("Mul", [opened[2], self.node("Tanh", [memory], f"{name}/shown")], f"{name}/out")
        self.kept += [memory, output]
        return output

    def _entry(self, attention: Attention) -> str:
        joined = self.node("Concat", ["inputs", self._state[-2]], "attention/joined", axis=1)
        return self.affine("attention/entry", joined, attention.entry)

    def _attend(self, attention: Attention, output: str) -> tuple[str, list[str]]:
        """Add attention; return the names of the output and of what is remembered for the next step."""
        units = attention.units
        table = self.constant("attention/table", np.array([0, self._remembered, units]))
        past = self.node("Reshape", [self._state[-1], table], "attention/past")
        features = self.node("MatMul", [past, self.constant("attention/keys", attention.keys)], "attention/features")
        state = self.node("Concat", self.kept, "attention/state", axis=1)
        asked = self._reshaped("asked", self.affine("attention/query", state, attention.query), [0, 1, units])
        fit = self.node("Tanh", [self.node("Add", [features, asked], "attention/sum")], "attention/fit")
        column = self.constant("attention/weights", attention.weights[:, None])
        shares = self.node(
            "Softmax", [self.node("MatMul", [fit, column], "attention/scores")], "attention/shares", axis=1
        )
        rows = self.node("Transpose", [shares], "attention/rows", perm=[0, 2, 1])
        seen = self._reshaped("seen", self.node("MatMul", [rows, past], "attention/mixed"), [0, units])
        joined = self.node("Concat", [output, seen], "attention/leaving", axis=1)
        leaving = self.affine("attention/exit", joined, attention.exit)
        self._split(self._state[-1], [units, units * (self._remembered - 1)], ["attention/oldest", "attention/rest"])
        memory = self.node("Concat", ["attention/rest", leaving], "attention/memory", axis=1)
        return leaving, [seen, memory]

    def _reshaped(self, name: str, source: str, shape: list[int]) -> str:
        return self.node(
            "Reshape", [source, self.constant(f"attention/{name}_shape", np.array(shape))], f"attention/{name}"
        )

    def _split(self, source: str, sizes: list[int], names: list[str]) -> None:
        self.nodes("Split", [source, self.constant(f"{source}/sizes", np.array(sizes))], names, axis=1)
