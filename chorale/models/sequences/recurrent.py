"""A recurrent network that predicts the next event of a sequence. Layers only, any Keras backend.

Each step is described by several integers (columns), which are embedded and added up. A gated recurrent layer reads
them. Some columns hold what stood a bar or more before the event to be predicted: besides the ordinary logits a *copy
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
        embedding: Features of an input step.
        width: Units of the recurrent layer.
        dropout: Share of features dropped in training.
    """

    classes: int
    columns: tuple[int, ...]
    copied: tuple[int, ...]
    embedding: int = 96
    width: int = 256
    dropout: float = 0.25


@keras.saving.register_keras_serializable("chorale")
class Reader(layers.Layer):
    """Embeds the columns (..., K) of each step and adds them up: (..., embedding)."""

    def __init__(self, options: Options) -> None:
        super().__init__(name="reader")
        self.tables = [
            layers.Embedding(size, options.embedding, name=f"column_{number}")
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
class Head(layers.Layer):
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
    takes the columns (B, K) of one step and the state (B, width) after the step before, zero at the start; it gives
    the logits and then the new state, side by side: (B, classes + width).
    """
    read, head = Reader(options), Head(options)
    cell = layers.GRUCell(options.width, reset_after=False, name="cell")

    columns = keras.Input((None, len(options.columns)), dtype="int32", name="columns")
    features = layers.Dropout(options.dropout)(read(columns))
    features = layers.RNN(cell, return_sequences=True, name="layer")(features)
    whole = keras.Model(columns, head(layers.Dropout(options.dropout)(features), columns), name="sequence")

    now = keras.Input((len(options.columns),), dtype="int32", name="columns")
    state = keras.Input((options.width,), name="state")
    after, _ = cell(read(now), [state])
    step = keras.Model([now, state], ops.concatenate([head(after, now), after], axis=-1), name="step")
    return whole, step
