"""Coconet's second look: convolutions over time and pitch that correct what the hourglass believes.

The hourglass thinks in 96 numbers a sixteenth, which is little to keep four voices apart when half of their notes are
known. Here every pitch of every sixteenth has a place of its own. Three sets of planes lie over one another: the
visible notes of each voice, which voices are visible, and what the hourglass believes of the hidden cells. Residual
blocks of two convolutions, one along pitch (up to an octave to either side: intervals are alike at any height) and
one along time, then weigh the beliefs against one another, and what they say is added to the hourglass's logits.
It begins at nothing, so training goes on from where the hourglass is; the hourglass itself stays as it was.

Layers only, any Keras backend.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import keras
from keras import layers, ops

from chorale.models.coconet.codec import CLASSES, CONTEXT, HIDDEN, PITCHES
from chorale.models.coconet.network import FEATURES

__all__ = ["Planes", "Refining", "build_refinement", "first_look", "refined"]

Tensor: TypeAlias = Any  # of whichever backend; Keras ships no types

VOICES = 4
STEPS = 5  # that a convolution along time sees


@dataclass(frozen=True)
class Refining:
    """The size of the second look.

    Attributes:
        width: Channels of each pitch of each sixteenth.
        spans: Pitches that the convolution along pitch of each block sees.
        reaches: Steps from one to the next of the five that its convolution along time sees.
    """

    width: int = 24
    spans: tuple[int, ...] = (25, 25, 13, 13, 13, 13, 13, 13)
    reaches: tuple[int, ...] = (1, 2, 4, 8, 1, 2, 4, 1)


def first_look(hourglass: keras.Model) -> keras.Model:
    """Return the hourglass with two outputs: its logits and the features that they are made of."""
    return keras.Model(hourglass.inputs, [hourglass.output, hourglass.get_layer(FEATURES).output], name="first_look")


def refined(hourglass: keras.Model, options: Refining) -> keras.Model:
    """Return both looks as one network, of which only the second is trained.

    The first goes on dropping features in training, so that it is no surer of the pieces that it knows by heart than of
    new ones.

    Codes (B, T, 4) and context (B, T, CONTEXT) -> logits (B, T, 4, CLASSES).
    """
    first = first_look(hourglass)
    first.trainable = False
    second = build_refinement(options, first.output[1].shape[-1])
    codes = keras.Input((None, VOICES), dtype="int32", name="codes")
    context = keras.Input((None, CONTEXT), dtype="float32", name="context")
    logits, features = first([codes, context])
    return keras.Model([codes, context], second([codes, context, logits, features]), name="refined")


def build_refinement(options: Refining, features: int) -> keras.Model:
    """Return the second look alone.

    Codes (B, T, 4), context (B, T, CONTEXT), the hourglass's logits (B, T, 4, CLASSES) and its features
    (B, T, ``features``) -> corrected logits (B, T, 4, CLASSES).
    """
    codes = keras.Input((None, VOICES), dtype="int32", name="codes")
    context = keras.Input((None, CONTEXT), dtype="float32", name="context")
    logits = keras.Input((None, VOICES, CLASSES), dtype="float32", name="logits")
    known = keras.Input((None, features), dtype="float32", name="features")
    planes = Beliefs(name="refine_beliefs")([Planes(name="refine_planes")(codes), logits])
    step = layers.Concatenate(name="refine_step")([context, known])
    seen = layers.Conv2D(options.width, (3, 1), padding="same", name="refine_in")(planes)
    seen = seen + ops.expand_dims(layers.Dense(options.width, name="refine_context")(step), 2)
    for number, (span, reach) in enumerate(zip(options.spans, options.reaches, strict=True)):
        seen = _block(seen, step, options.width, f"refine{number}", span=span, reach=reach)
    pitches = layers.Conv2D(VOICES, 1, kernel_initializer="zeros", name="refine_out")(seen)
    silence = layers.Dense(VOICES, kernel_initializer="zeros", name="refine_silence")(ops.mean(seen, axis=2))
    correction = ops.concatenate([ops.transpose(pitches, (0, 1, 3, 2)), ops.expand_dims(silence, -1)], axis=-1)
    return keras.Model([codes, context, logits, known], logits + correction, name="second_look")


def _block(seen: Tensor, step: Tensor, width: int, name: str, *, span: int, reach: int) -> Tensor:
    """Return the planes with what one block adds, nothing at first."""
    across = layers.Conv2D(width, (1, span), padding="same", name=f"{name}_pitch")(seen)
    how = {"dilation_rate": (reach, 1), "padding": "same", "use_bias": False}
    along = layers.Conv2D(width, (STEPS, 1), **how, name=f"{name}_time")(seen)
    told = layers.Dense(width, use_bias=False, kernel_initializer="zeros", name=f"{name}_features")(step)
    heard = ops.relu(across + along + ops.expand_dims(told, 2))
    return seen + layers.Conv2D(width, 1, kernel_initializer="zeros", name=f"{name}_mix")(heard)


class Planes(layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """Codes (B, T, 4) -> planes (B, T, PITCHES, 8): the roll of each voice, then which voices are visible."""

    def call(self, codes: Tensor) -> Tensor:
        """Return the planes as floats."""
        line = ops.expand_dims(codes, 2)
        roll = ops.equal(line, ops.reshape(ops.arange(PITCHES, dtype="int32"), (1, 1, -1, 1)))
        visible = ops.broadcast_to(line < HIDDEN, ops.shape(roll))
        return ops.cast(ops.concatenate([roll, visible], axis=-1), "float32")

    def compute_output_shape(self, shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        """Return (B, T, PITCHES, 8)."""
        return (*shape[:2], PITCHES, 2 * VOICES)


class Beliefs(layers.Layer):  # type: ignore[misc]
    """Planes and logits (B, T, 4, CLASSES) -> planes (B, T, PITCHES, 12): probabilities of hidden cells added."""

    def call(self, inputs: list[Tensor]) -> Tensor:
        """Return the planes; where a voice is visible nothing is believed of it."""
        planes, logits = inputs
        belief = ops.transpose(ops.softmax(logits, axis=-1)[..., :PITCHES], (0, 1, 3, 2))
        return ops.concatenate([planes, belief * (1 - planes[..., VOICES:])], axis=-1)

    def compute_output_shape(self, shapes: list[tuple[int | None, ...]]) -> tuple[int | None, ...]:
        """Return (B, T, PITCHES, 12)."""
        return (*shapes[0][:3], 3 * VOICES)
