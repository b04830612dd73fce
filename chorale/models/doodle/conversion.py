"""From the Doodle's checkpoint to the file that the application runs: an ONNX graph with the weights in it.

The graph reads Coconet's codes (B, T, 4) int32 (see ``chorale.models.coconet.codec``) and returns logits
(B, T, 4, 46). Inside, planes are laid out as (B, features, time, pitch), which the engine's convolutions prefer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from chorale.errors import ModelError
from chorale.files import atomic_write
from chorale.models.coconet.codec import HIDDEN, PITCHES
from chorale.models.doodle.layers import LAYERS, VOICES, check, folded
from chorale.models.graph import Graph

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from chorale.models.coconet.sampling import Coconet
    from chorale.models.doodle.layers import Folded, Layer
    from chorale.models.tfjs import Checkpoint

__all__ = ["DESCRIPTION", "convert", "recognizes", "try_out"]

DESCRIPTION = "the network of the Bach Doodle, Magenta's Coconet"
FIRST_WEIGHT = "model/conv0/SeparableConv2d/depthwise_weights"


def recognizes(checkpoint: Checkpoint) -> bool:
    """Return whether a checkpoint is of this family, though it may yet turn out to have other sizes."""
    return FIRST_WEIGHT in checkpoint.weights


def convert(checkpoint: Checkpoint, folder: Path) -> Mapping[str, Any]:
    """Write ``network.onnx`` into a folder; its ``config.json`` has nothing more to say.

    Raises:
        InputError: the checkpoint has not exactly the network's weights.
        ModelError: the onnx package is not installed.
    """
    check(checkpoint)
    graph = _Doodle()
    planes = graph.planes("codes")
    for layer in LAYERS:
        planes = graph.layer(layer, folded(layer, checkpoint.weights), planes)
    graph.node("Transpose", [planes], "logits", perm=[0, 2, 1, 3])
    cells = ["batch", "steps", VOICES]
    atomic_write(folder / "network.onnx", graph.model("doodle", {"codes": cells}, {"logits": [*cells, PITCHES]}))
    return {}


def try_out(model: Coconet) -> None:
    """Ask a converted model for an opinion.

    Raises:
        ModelError: it has none: the engine cannot run it, or its numbers grow beyond all bounds.
    """
    pitches = np.full((1, 8, VOICES), [67, 62, 59, 43])
    if not np.isfinite(model.log_probs(pitches, pitches != 67)).all():
        raise ModelError("the converted network answers no numbers; is the checkpoint damaged?")


class _Doodle(Graph):
    """The graph as it grows, and the input of the pair at work."""

    def __init__(self) -> None:
        super().__init__()
        self._kept = ""

    def planes(self, codes: str) -> str:
        """Add what makes the network's input (B, 8, T, 46) of codes: the notes; where notes or silence are known."""
        real = self.float32
        by_voice = self.node("Transpose", [codes], "by_voice", perm=[0, 2, 1])
        column = self.node("Unsqueeze", [by_voice, self.constant("last", np.array([3]))], "column")
        pitches = self.constant("pitches", np.arange(PITCHES, dtype=np.int32))
        notes = self.node("Cast", [self.node("Equal", [column, pitches], "sounding")], "notes", to=real)
        known = self.node("Less", [column, self.constant("hidden", np.array(HIDDEN, np.int32))], "known")
        mask = self.node("Cast", [known], "narrow_mask", to=real)
        wide = self.node("Expand", [mask, self.node("Shape", [notes], "size")], "mask")
        return self.node("Concat", [notes, wide], "planes", axis=1)

    def layer(self, layer: Layer, weights: Folded, planes: str) -> str:
        """Add one layer: two convolutions, every second time what came into the pair, the rectifier."""
        number = layer.number
        if number % 2 == 1:
            self._kept = planes
        planes = self._depthwise(layer, weights, planes)
        mixing = [
            planes,
            self.constant(f"mix{number}", weights.pointwise),
            self.constant(f"bias{number}", weights.bias),
        ]
        planes = self.node("Conv", mixing, f"mixed{number}", group=layer.groups, kernel_shape=[1, 1])
        if layer is LAYERS[-1]:
            return planes
        if number and number % 2 == 0:
            planes = self.node("Add", [planes, self._kept], f"sum{number}")
        return self.node("Relu", [planes], f"layer{number}")

    def _depthwise(self, layer: Layer, weights: Folded, planes: str) -> str:
        reach = [(layer.kernel - 1) * step for step in layer.dilation]
        inputs = [planes, self.constant(f"kernel{layer.number}", weights.depthwise)]
        if weights.depthwise_bias is not None:
            inputs.append(self.constant(f"between{layer.number}", weights.depthwise_bias))
        return self.node(
            "Conv",
            inputs,
            f"spread{layer.number}",
            group=layer.inputs,
            kernel_shape=[layer.kernel] * 2,
            dilations=list(layer.dilation),
            pads=[side // 2 for side in reach] + [side - side // 2 for side in reach],  # an odd one goes after
        )
