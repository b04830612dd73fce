"""The published networks' weights: names, shapes, and what each is for.

Facts of Magenta's ``events_rnn_graph``, ``contrib.rnn``, ``lstm_models`` and of magenta.js's ``music_rnn`` and
``music_vae``. The sizes of a network are those of its weights: what is called basic_rnn has been published with layers
of 128 and of 512 units.

An LSTM cell has one kernel (inputs + units, 4 units), whose columns are the input gate, the new content, the forget
gate and the output gate; to the forget gate 1 is added. Attention (Cheng et al. 2016, arXiv 1601.06733) stands around
the first cell; in checkpoints of 2017 and before, around all cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from chorale.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from chorale.models.tfjs import Checkpoint

    FloatArray = NDArray[np.float32]

__all__ = [
    "Attention",
    "Autoencoder",
    "Cell",
    "Dense",
    "Recurrent",
    "autoencoder",
    "is_autoencoder",
    "is_recurrent",
    "recurrent",
]

_SLOTS = ("/Adam", "/Adam_1", "/ExponentialMovingAverage", "beta1_power", "beta2_power", "global_step")
"""Ends of the names that only training needs."""
_ATTENTION = "attention_cell_wrapper/"


@dataclass(frozen=True)
class Dense:
    """An affine layer.

    Attributes:
        kernel: (inputs, outputs).
        bias: (outputs,).
    """

    kernel: FloatArray
    bias: FloatArray


@dataclass(frozen=True)
class Cell(Dense):
    """An LSTM cell: kernel (inputs + units, 4 units), bias (4 units,)."""

    @property
    def units(self) -> int:
        """The width of its state."""
        return len(self.bias) // 4

    @property
    def inputs(self) -> int:
        """The width of what it reads."""
        return len(self.kernel) - self.units


@dataclass(frozen=True)
class Attention:
    """Attention over the last outputs.

    Attributes:
        entry: From (input, last attention) to what the cell reads.
        query: From the cells' states to the size of attention.
        keys: (units, units), applied to each remembered output.
        weights: (units,), of the features that say how well an output fits.
        exit: From (cell output, attention) to the output.
        whole: Whether it stands around all cells; else around the first.
    """

    entry: Dense
    query: Dense
    keys: FloatArray
    weights: FloatArray
    exit: Dense
    whole: bool

    @property
    def units(self) -> int:
        """The width of an output."""
        return len(self.weights)


@dataclass(frozen=True)
class Recurrent:
    """MelodyRNN or DrumsRNN.

    Attributes:
        cells: From the input up.
        attention: None: there is none.
        output: From the last output to the logits.
    """

    cells: tuple[Cell, ...]
    attention: Attention | None
    output: Dense

    @property
    def inputs(self) -> int:
        """The width of what it reads at a step."""
        if self.attention is None:
            return self.cells[0].inputs
        return len(self.attention.entry.bias)

    @property
    def classes(self) -> int:
        """How many events it tells apart."""
        return len(self.output.bias)


@dataclass(frozen=True)
class Autoencoder:
    """MusicVAE of one level.

    Attributes:
        encoder: Pairs of a forward and a backward cell, from the input up.
        mean: From the last states of the upper pair to the mean of z.
        spread: From there to the standard deviation of z, before a softplus; None where it was left out.
        start: From z to the decoder's first states.
        decoder: Cells that read (last output, z).
        output: From the last cell to the logits.
    """

    encoder: tuple[tuple[Cell, Cell], ...]
    mean: Dense
    spread: Dense | None
    start: Dense
    decoder: tuple[Cell, ...]
    output: Dense

    @property
    def inputs(self) -> int:
        """The width of what the encoder reads at a step."""
        return self.encoder[0][0].inputs

    @property
    def outputs(self) -> int:
        """The width of what the decoder writes at a step."""
        return len(self.output.bias)

    @property
    def latent(self) -> int:
        """The width of z."""
        return len(self.mean.bias)


def is_recurrent(checkpoint: Checkpoint) -> bool:
    """Return whether a checkpoint is of a MelodyRNN or a DrumsRNN, though it may yet lack weights."""
    return "fully_connected/weights" in checkpoint.weights


def is_autoencoder(checkpoint: Checkpoint) -> bool:
    """Return whether a checkpoint is of a MusicVAE, though it may yet lack weights."""
    return "encoder/mu/kernel" in checkpoint.weights


def recurrent(checkpoint: Checkpoint) -> Recurrent:
    """Return the weights of a MelodyRNN or a DrumsRNN.

    Raises:
        InputError: one is missing, superfluous or of another shape.
    """
    weights = _Weights(checkpoint, "recurrent network of Magenta")
    whole = weights.has(f"rnn/{_ATTENTION}kernel")
    outer = f"rnn/{_ATTENTION}" if whole else "rnn/"
    inner = _ATTENTION if weights.has(f"rnn/multi_rnn_cell/cell_0/{_ATTENTION}kernel") else ""
    names = [f"{outer}multi_rnn_cell/cell_0/{inner}basic_lstm_cell/"]
    while weights.has(f"{outer}multi_rnn_cell/cell_{len(names)}/basic_lstm_cell/kernel"):
        names.append(f"{outer}multi_rnn_cell/cell_{len(names)}/basic_lstm_cell/")
    cells = [weights.cell(names[0])]
    for name in names[1:]:
        cells.append(weights.cell(name, cells[-1].units))
    attention = None
    if whole:
        attention = _attention(weights, outer, tuple(cells), whole=True)
    elif inner:
        attention = _attention(weights, f"rnn/multi_rnn_cell/cell_0/{inner}", (cells[0],), whole=False)
    output = weights.dense("fully_connected/", cells[-1].units, "weights", "biases")
    weights.finish()
    return Recurrent(tuple(cells), attention, output)


def _attention(weights: _Weights, prefix: str, cells: tuple[Cell, ...], *, whole: bool) -> Attention:
    width = cells[-1].units
    entry = weights.dense(prefix, None, outputs=cells[0].inputs)
    if len(entry.kernel) != len(entry.bias) + width:
        weights.refuse(f"weight {prefix}kernel has {len(entry.kernel)} rows; wanted {len(entry.bias) + width}")
    query = weights.dense(f"{prefix}attention/", 2 * sum(cell.units for cell in cells), outputs=width)
    keys = weights.take(f"{prefix}attention/attn_w", (1, 1, width, width))[0, 0]
    leaving = next(
        (
            name
            for name in ("attn_output_projection/", "attention_output_projection/")
            if weights.has(f"{prefix}{name}kernel")
        ),
        "attn_output_projection/",
    )
    return Attention(
        entry,
        query,
        keys,
        weights.take(f"{prefix}attention/attn_v", (width,)),
        weights.dense(f"{prefix}{leaving}", 2 * width, outputs=width),
        whole,
    )


def autoencoder(checkpoint: Checkpoint) -> Autoencoder:
    """Return the weights of a MusicVAE.

    Raises:
        InputError: one is missing, superfluous or of another shape, or the network is of another kind.
    """
    weights = _Weights(checkpoint, "MusicVAE of one level")
    for sign, told in _OTHER_KINDS.items():
        if any(sign in name for name in checkpoint.weights):
            weights.refuse(f"it is a MusicVAE {told}")
    layers = _encoder(weights)
    last = sum(cell.units for cell in layers[-1])
    mean, spread = weights.dense("encoder/mu/", last), None
    if weights.has("encoder/sigma/kernel"):
        spread = weights.dense("encoder/sigma/", last, outputs=len(mean.bias))
    cells = _decoder(weights)
    output = weights.dense("decoder/output_projection/", cells[-1].units)
    states = 2 * sum(cell.units for cell in cells)
    start = weights.dense("decoder/z_to_initial_state/", len(mean.bias), outputs=states)
    if cells[0].inputs != len(output.bias) + len(mean.bias):
        weights.refuse(
            f"its decoder reads {cells[0].inputs} numbers a step; wanted {len(output.bias)} of the last output and "
            f"{len(mean.bias)} of z: networks that need chords or other controls cannot be used"
        )
    weights.finish()
    return Autoencoder(tuple(layers), mean, spread, start, tuple(cells), output)


def _encoder(weights: _Weights) -> list[tuple[Cell, Cell]]:
    """Return the pairs of an encoder's cells."""
    layers: list[tuple[Cell, Cell]] = []
    while not layers or weights.has(
        f"encoder/cell_{len(layers)}/bidirectional_rnn/fw/multi_rnn_cell/cell_0/lstm_cell/kernel"
    ):
        inputs = sum(cell.units for cell in layers[-1]) if layers else None
        prefix = f"encoder/cell_{len(layers)}/bidirectional_rnn/"
        forward = weights.cell(f"{prefix}fw/multi_rnn_cell/cell_0/lstm_cell/", inputs)
        backward = weights.cell(f"{prefix}bw/multi_rnn_cell/cell_0/lstm_cell/", forward.inputs)
        if backward.units != forward.units:
            weights.refuse(f"its encoder has {forward.units} units forward and {backward.units} backward")
        layers.append((forward, backward))
    return layers


def _decoder(weights: _Weights) -> list[Cell]:
    """Return a decoder's cells."""
    cells = [weights.cell("decoder/multi_rnn_cell/cell_0/lstm_cell/")]
    while weights.has(f"decoder/multi_rnn_cell/cell_{len(cells)}/lstm_cell/kernel"):
        cells.append(weights.cell(f"decoder/multi_rnn_cell/cell_{len(cells)}/lstm_cell/", cells[-1].units))
    return cells


_OTHER_KINDS = {
    "hierarchical_level": "of several levels (16 bars, trio or multitrack)",
    "core_decoder": "of several decoders (trio)",
    "nade/": "with a NADE decoder",
    "control_preprocessing": "that reads controls",
    "input_projection_wrapper": "with residual layers",
}
"""Pieces of names that tell networks of other kinds."""


class _Weights:
    """The weights of a checkpoint as they are taken, one after the other.

    Args:
        checkpoint: Where they are.
        network: What they should make, for messages.
    """

    def __init__(self, checkpoint: Checkpoint, network: str) -> None:
        self._checkpoint, self._network = checkpoint, network
        self._taken: set[str] = set()

    def has(self, name: str) -> bool:
        """Return whether there is a weight of that name."""
        return name in self._checkpoint.weights

    def take(self, name: str, shape: tuple[int | None, ...]) -> FloatArray:
        """Return a weight; None in the wanted shape is any size."""
        weight: Any = self._checkpoint.weights.get(name)
        if weight is None:
            self.refuse(f"weight {name} is missing")
        fits = len(weight.shape) == len(shape) and all(
            want in {None, size} for want, size in zip(shape, weight.shape, strict=True)
        )
        if not fits or weight.dtype != np.float32:
            told = ", ".join("any" if size is None else str(size) for size in shape)
            self.refuse(f"weight {name} is {weight.dtype} {weight.shape}; wanted float32 ({told})")
        self._taken.add(name)
        return np.asarray(weight, np.float32)

    def dense(
        self,
        prefix: str,
        inputs: int | None,
        kernel: str = "kernel",
        bias: str = "bias",
        *,
        outputs: int | None = None,
    ) -> Dense:
        """Return an affine layer; its bias says how many outputs it has, unless ``outputs`` does."""
        offset = self.take(prefix + bias, (outputs,))
        return Dense(self.take(prefix + kernel, (inputs, len(offset))), offset)

    def cell(self, prefix: str, inputs: int | None = None) -> Cell:
        """Return an LSTM cell."""
        bias = self.take(f"{prefix}bias", (None,))
        units, rest = divmod(len(bias), 4)
        kernel = self.take(f"{prefix}kernel", (None if inputs is None else inputs + units, len(bias)))
        if rest or len(kernel) <= units:
            self.refuse(f"weight {prefix}kernel is {kernel.shape}; wanted (inputs + units, 4 units)")
        return Cell(kernel, bias)

    def finish(self) -> None:
        """Make sure that nothing is left over but what only training needs."""
        for name in self._checkpoint.weights:
            if name not in self._taken and not name.endswith(_SLOTS):
                self.refuse(f"weight {name!r:.80} has no place in it")

    def refuse(self, reason: str) -> NoReturn:
        """Raise the error that tells what is wrong."""
        raise InputError(f"{self._checkpoint.folder}: {reason}; wanted a {self._network}")
