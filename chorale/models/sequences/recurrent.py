"""A recurrent network that predicts the next event of a sequence. Layers only, any Keras backend.

Each step is described by several integers (columns), which are embedded and added up: nearly all that the network
knows lies in these tables, which cost no multiplication. A small gated recurrent layer remembers what is further back.
Some columns hold what stood a bar or more before the event to be predicted: besides the ordinary logits a *copy
gate* for each of them raises the logit of that very event, since music repeats itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import keras
from keras import layers, ops

__all__ = ["Options", "build"]

Tensor: TypeAlias = Any  # of whichever backend; Keras ships no types


@dataclass(frozen=True)
class Options:
    """The network's size.

    Attributes:
        classes: Events that it tells apart.
        columns: How many values each input column has.
        copied: The columns that hold earlier events, numbered as the classes; larger numbers are none.
        width: Features of an input step, and of what the logits are made of.
        memory: Units of the recurrent layer.
        dropout: Share of features dropped in training.
    """

    classes: int
    columns: tuple[int, ...]
    copied: tuple[int, ...]
    width: int = 128
    memory: int = 64
    dropout: float = 0.2


@keras.saving.register_keras_serializable("chorale")
class Reader(layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """Embeds the columns (..., K) of each step and adds them up: (..., width)."""

    def __init__(self, options: Options) -> None:
        super().__init__(name="reader")
        self.tables = [
            layers.Embedding(size, options.width, name=f"column_{number}")
            for number, size in enumerate(options.columns)
        ]

    def build(self, input_shape: Any) -> None:  # noqa: ANN401  of whichever backend
        """Make the tables."""
        for table in self.tables:
            table.build(input_shape[:-1])

    def call(self, columns: Tensor) -> Tensor:
        """Return the features."""
        return sum(table(columns[..., number]) for number, table in enumerate(self.tables))


@keras.saving.register_keras_serializable("chorale")
class Head(layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """Logits of the next event from features (..., F) and columns (..., K)."""

    def __init__(self, options: Options) -> None:
        super().__init__(name="head")
        self.options = options
        self.dense = layers.Dense(options.classes, name="dense")
        self.gates = layers.Dense(len(options.copied), name="gates")

    def build(self, input_shape: Any) -> None:  # noqa: ANN401
        """Make the weights."""
        self.dense.build(input_shape)
        self.gates.build(input_shape)

    def call(self, features: Tensor, columns: Tensor) -> Tensor:
        """Return (..., classes)."""
        logits, gates = self.dense(features), self.gates(features)
        for number, column in enumerate(self.options.copied):
            there = ops.one_hot(columns[..., column], max(self.options.columns))[..., : self.options.classes]
            logits += gates[..., number : number + 1] * there
        return logits


def build(options: Options) -> tuple[keras.Model, keras.Model]:
    """Return two models with the same weights.

    The first, for training, takes columns (B, T, K) int and gives logits (B, T, classes). The second, for writing,
    takes the columns (B, K) of one step and the state (B, memory) after the step before, zero at the start; it gives
    the logits and then the new state, side by side: (B, classes + memory).
    """
    read, mix, head = Reader(options), layers.Dense(options.width, activation=ops.gelu, name="mix"), Head(options)
    cell = layers.GRUCell(options.memory, reset_after=False, name="cell")

    columns = keras.Input((None, len(options.columns)), dtype="int32", name="columns")
    features = layers.Dropout(options.dropout)(ops.gelu(read(columns)))
    memory = layers.RNN(cell, return_sequences=True, name="layer")(features)
    mixed = layers.Dropout(options.dropout)(mix(ops.concatenate([features, memory], axis=-1)))
    whole = keras.Model(columns, head(mixed, columns), name="sequence")

    now = keras.Input((len(options.columns),), dtype="int32", name="columns")
    state = keras.Input((options.memory,), name="state")
    features = ops.gelu(read(now))
    after, _ = cell(features, [state])
    logits = head(mix(ops.concatenate([features, after], axis=-1)), now)
    return whole, keras.Model([now, state], ops.concatenate([logits, after], axis=-1), name="step")
