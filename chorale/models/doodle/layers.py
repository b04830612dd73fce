"""The layers of the Bach Doodle's network: their sizes, and the names and shapes of their weights.

Facts of Magenta's ``coconet`` (Apache-2.0; Python ``lib_graph.py``, TypeScript ``music/src/coconet/model.ts``). The
network reads two planes for each voice (its notes; where they are known) over (time, pitch) and has 33 layers:

    0        3 x 3, 8 -> 128 features
    1..30    3 x 3, 128 -> 128, in five blocks of six dilations; each pair's input is added to its output
    31       2 x 2, 128 -> 128
    32       2 x 2, 128 -> 4, the logits of each voice's pitches

A layer is a depthwise convolution, a pointwise one, batch normalization and a rectifier (none after the last). Layer
17 mixes its features in four groups that know nothing of one another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from chorale.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from chorale.models.tfjs import Checkpoint

    FloatArray = NDArray[np.float32]

__all__ = ["LAYERS", "PLANES", "VOICES", "Folded", "Layer", "check", "folded"]

VOICES, PLANES, FEATURES = 4, 8, 128
EPSILON = 1e-7  # of the batch normalization, as it was trained
_BLOCK = ((1, 1), (2, 2), (4, 4), (8, 8), (16, 16), (16, 32))  # (time, pitch)
_BLOCKS, _SPLIT, _GROUPS = 5, 17, 4


@dataclass(frozen=True)
class Layer:
    """One layer.

    Attributes:
        number: 0..32.
        kernel: Its height and width.
        inputs: Features that come in.
        outputs: Features that go out.
        dilation: Of its depthwise convolution, over time and over pitch.
        groups: Of features that its pointwise convolution mixes.
    """

    number: int
    kernel: int
    inputs: int
    outputs: int
    dilation: tuple[int, int] = (1, 1)
    groups: int = 1

    def name(self, weight: str) -> str:
        """Return the full name of one of its weights."""
        return f"model/conv{self.number}/{weight}"

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shapes of its weights, by full name."""
        shapes = {
            "SeparableConv2d/depthwise_weights": (self.kernel, self.kernel, self.inputs, 1),
            "SeparableConv2d/biases": (self.outputs,),
            "beta": (self.outputs,),
            **dict.fromkeys(("gamma", "popmean", "popvariance"), (1, 1, 1, self.outputs)),
        }
        if self.groups == 1:
            shapes["SeparableConv2d/pointwise_weights"] = (1, 1, self.inputs, self.outputs)
        for group in range(self.groups if self.groups > 1 else 0):
            shapes[f"split_{self.number}_{group}/kernel"] = (self.inputs // self.groups, self.outputs // self.groups)
            shapes[f"split_{self.number}_{group}/bias"] = (self.outputs // self.groups,)
        return {self.name(weight): shape for weight, shape in shapes.items()}


def _inner(number: int) -> Layer:
    groups = _GROUPS if number == _SPLIT else 1
    return Layer(number, 3, FEATURES, FEATURES, _BLOCK[(number - 1) % len(_BLOCK)], groups)


_LAST = _BLOCKS * len(_BLOCK) + 2
LAYERS = (
    Layer(0, 3, PLANES, FEATURES),
    *(_inner(number) for number in range(1, _LAST - 1)),
    Layer(_LAST - 1, 2, FEATURES, FEATURES),
    Layer(_LAST, 2, FEATURES, VOICES),
)


@dataclass(frozen=True)
class Folded:
    """A layer's weights with the batch normalization folded in: two convolutions, channels first.

    Attributes:
        depthwise: (inputs, 1, kernel, kernel).
        depthwise_bias: (inputs,), or None.
        pointwise: (outputs, inputs / groups, 1, 1).
        bias: (outputs,).
    """

    depthwise: FloatArray
    depthwise_bias: FloatArray | None
    pointwise: FloatArray
    bias: FloatArray


def check(checkpoint: Checkpoint) -> None:
    """Make sure that a checkpoint has exactly the network's weights.

    Raises:
        InputError: one is missing, superfluous, or of another shape or type.
    """
    wanted = {name: shape for layer in LAYERS for name, shape in layer.shapes.items()}
    for name, shape in wanted.items():
        weight = checkpoint.weights.get(name)
        if weight is None:
            raise InputError(f"{checkpoint.folder}: weight {name} is missing; wanted the {_NETWORK}")
        if weight.shape != shape or weight.dtype != np.float32:
            seen = f"{weight.dtype} {weight.shape}"
            raise InputError(
                f"{checkpoint.folder}: weight {name} is {seen}; wanted float32 {shape}, as in the {_NETWORK}"
            )
    strange = [name for name in checkpoint.weights if name not in wanted]
    if strange:
        raise InputError(f"{checkpoint.folder}: weight {strange[0]!r:.80} does not belong to the {_NETWORK}")
    _check_variances(checkpoint)


_NETWORK = f"Bach Doodle's network of {len(LAYERS)} layers"


def _check_variances(checkpoint: Checkpoint) -> None:
    for layer in LAYERS:
        name = layer.name("popvariance")
        if (checkpoint.weights[name] < 0).any():
            raise InputError(f"{checkpoint.folder}: weight {name} is negative, which no variance is; is it damaged?")


def folded(layer: Layer, weights: Mapping[str, NDArray[Any]]) -> Folded:
    """Return a layer's two convolutions out of checked weights.

    With y = gamma (x - mean) / sqrt(variance + epsilon) + beta the normalization is a factor and a bias more.
    """

    def weight(name: str) -> NDArray[np.float64]:
        return np.asarray(weights[layer.name(name)], np.float64)

    factor = weight("gamma").ravel() / np.sqrt(weight("popvariance").ravel() + EPSILON)
    offset = weight("beta") - weight("popmean").ravel() * factor
    bias = weight("SeparableConv2d/biases")
    if layer.groups == 1:
        before, mixing = None, weight("SeparableConv2d/pointwise_weights")[0, 0].T
    else:  # where the features are split, that bias stands before the mixing, and each group has its own after it
        parts = [f"split_{layer.number}_{group}" for group in range(layer.groups)]
        before, mixing = bias.astype(np.float32), np.concatenate([weight(f"{part}/kernel").T for part in parts])
        bias = np.concatenate([weight(f"{part}/bias") for part in parts])
    return Folded(
        weight("SeparableConv2d/depthwise_weights").transpose(2, 3, 0, 1).astype(np.float32),
        before,
        (mixing * factor[:, None])[:, :, None, None].astype(np.float32),
        (bias * factor + offset).astype(np.float32),
    )
