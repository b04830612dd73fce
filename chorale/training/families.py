"""The network families that ``chorale train coconet --sweep`` compares, all with our network's inputs and outputs.

    hourglass   ours, see ``chorale.models.coconet.network``
    names       the same, but it knows pitches by name alone: without relations, moves and degrees
    convnet     the paper's, small: convolutions over time and pitch (Huang et al. 2017, section 4)
    dilated     the Bach Doodle's, small: separable convolutions whose dilation grows

The convolutional two read the roll with hidden cells left empty beside a plane that marks the visible ones. Fermatas,
meter and key, which their originals did not know, are added to the first layer, and silence gets a logit of its own.

One more is no family of the sweep, for it begins where another has ended:

    refined     the hourglass as it is and a second look, which is what learns: ``chorale.models.coconet.refining``
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import keras
from keras import layers, ops

from chorale.models.coconet.codec import CONTEXT
from chorale.models.coconet.network import Options, build
from chorale.models.coconet.refining import Planes, Refining, refined
from chorale.training import masks

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FAMILIES", "SWEPT", "Family", "convnet", "dilated"]

Tensor: TypeAlias = Any  # of whichever backend; Keras ships no types

VOICES = 4
# (time, pitch), repeated; the Doodle's blocks of layers
DILATIONS = (1, 1), (2, 2), (4, 4), (8, 8), (16, 16), (16, 32)


@dataclass(frozen=True)
class Family:
    """One family at the size that the sweep compares.

    Attributes:
        build: Makes the network: codes (B, T, 4) and context (B, T, CONTEXT) -> logits (B, T, 4, CLASSES).
        peak: The highest learning rate.
        mixture: Which cells are hidden in training.
        decay: Of the weights, for the pieces are few (255).
    """

    build: Callable[[], keras.Model]
    peak: float
    mixture: masks.Mixture = masks.MIXTURE
    decay: float = 0.05


def convnet(depth: int = 16, filters: int = 32) -> keras.Model:
    """Return the paper's network: 3 x 3 convolutions in residual pairs, each with batch normalization."""
    return _over_pitch(depth, filters, lambda number, width: _plain(number, depth, width))


def dilated(depth: int = 14, filters: int = 32) -> keras.Model:
    """Return the Doodle's network: separable 3 x 3 convolutions in residual pairs, in blocks of growing dilation."""
    return _over_pitch(depth, filters, lambda number, width: _separable(number, depth, width))


def _plain(number: int, depth: int, filters: int) -> layers.Layer:
    size = 2 if number >= depth - 1 else 3  # the paper's last two are 2 x 2
    return layers.Conv2D(filters, size, padding="same", use_bias=False, name=f"conv{number}")


def _separable(number: int, depth: int, filters: int) -> layers.Layer:
    dilation = DILATIONS[min(len(DILATIONS) - 1, len(DILATIONS) * number // depth)]
    return layers.SeparableConv2D(
        filters, 3, padding="same", dilation_rate=dilation, use_bias=False, name=f"separable{number}"
    )


def _over_pitch(depth: int, filters: int, convolution: Callable[[int, int], layers.Layer]) -> keras.Model:
    codes = keras.Input((None, VOICES), dtype="int32", name="codes")
    context = keras.Input((None, CONTEXT), dtype="float32", name="context")
    planes = layers.Conv2D(filters, 3, padding="same", use_bias=False, name="first")(Planes(name="planes")(codes))
    known = layers.Dense(filters, use_bias=False, name="known")(context)
    seen = _normal(planes + ops.expand_dims(known, 2), "first")
    for number in range(0, depth, 2):
        inner = _normal(convolution(number, filters)(seen), f"{number}")
        seen = _normal(convolution(number + 1, filters)(inner), f"{number + 1}", beside=seen)
    pitches = ops.transpose(layers.Conv2D(VOICES, 2, padding="same", name="pitches")(seen), (0, 1, 3, 2))
    silence = ops.expand_dims(layers.Dense(VOICES, name="silence")(ops.mean(seen, axis=2)), -1)
    return keras.Model([codes, context], ops.concatenate([pitches, silence], axis=-1))


def _normal(planes: Tensor, name: str, beside: Tensor = 0.0) -> Tensor:
    """Return the planes after batch normalization (its scale begins at a tenth, as published), sum and ReLU."""
    scale = keras.initializers.Constant(0.1)
    normal = layers.BatchNormalization(epsilon=1e-7, gamma_initializer=scale, name=f"{name}_normal")(planes)
    return ops.relu(normal + beside)


# Rates: the convolutional ones after a replication of the paper, in which small networks took the highest.
FAMILIES = {
    "hourglass": Family(lambda: build(Options()), 2e-3),
    "names": Family(lambda: build(Options(relations=0)), 2e-3),
    "convnet": Family(convnet, 8e-3),
    "dilated": Family(dilated, 8e-3),
    "refined": Family(lambda: refined(build(Options()), Refining()), 4e-3, masks.HALF_KNOWN, decay=0.02),
}
SWEPT = ("hourglass", "names", "convnet", "dilated")
