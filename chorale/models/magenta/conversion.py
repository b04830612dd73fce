"""From a published checkpoint to a model's folder: which network it is, what it reads, and its graphs.

A recurrent network is known by the widths of what it reads and answers; the published encodings all differ in them. An
autoencoder's ``config.json`` says how many steps it spans and, of grooves, whether it humanizes or is tapped to. Where
there is none, the name has to tell, as the published ones do: groovae_2bar_humanize, groovae_tap2drum_2bar.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from chorale.errors import InputError, ModelError
from chorale.files import atomic_write
from chorale.models.magenta import graphs, layout
from chorale.models.magenta.encodings import ENCODINGS, SPECIAL, OneHot

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from chorale.models.magenta.layout import Autoencoder, Recurrent
    from chorale.models.tfjs import Checkpoint

__all__ = ["DESCRIPTION", "convert", "recognizes", "try_out"]

DESCRIPTION = "a MelodyRNN, DrumsRNN, MusicVAE or GrooVAE of Magenta"
REMEMBERED = {"attention": 40, "drums": 32}
"""How many outputs attention looks back on, where no config.json says it."""
MOST_REMEMBERED, MOST_STEPS = 512, 1024
BAR = 16
_WIDTHS = {(90, 90): "melody", (10, 512): "drums", (27, 27): "groove"}
"""What autoencoders are of, by the widths of what they read and write."""
_CONVERTERS = {"melody": "MelodyConverter", "drums": "DrumsConverter", "groove": "GrooveConverter"}


class _Tried(Protocol):
    def trial(self) -> NDArray[Any]:
        """Return numbers that the network answers."""
        ...


def recognizes(checkpoint: Checkpoint) -> bool:
    """Return whether a checkpoint is of this family, though it may yet turn out to be of a kind that we cannot play."""
    return layout.is_recurrent(checkpoint) or layout.is_autoencoder(checkpoint)


def convert(checkpoint: Checkpoint, folder: Path) -> Mapping[str, Any]:
    """Write the model's graphs into a folder and return what its ``config.json`` must say.

    Raises:
        InputError: the checkpoint is damaged, or of a kind that cannot be played.
        ModelError: the onnx package is not installed.
    """
    if checkpoint.config.get("chordEncoder"):
        raise _wrong(checkpoint, "it reads chords beside the notes; wanted a network that reads notes alone")
    if layout.is_recurrent(checkpoint):
        return _convert_recurrent(checkpoint, folder)
    return _convert_autoencoder(checkpoint, folder)


def try_out(model: _Tried) -> None:
    """Ask a converted model for an answer.

    Raises:
        ModelError: it has none: the engine cannot run it, or its numbers grow beyond all bounds.
    """
    if not np.isfinite(model.trial()).all():
        raise ModelError("the converted network answers no numbers; is the checkpoint damaged?")


def _convert_recurrent(checkpoint: Checkpoint, folder: Path) -> Mapping[str, Any]:
    network = layout.recurrent(checkpoint)
    name, lowest, highest = _encoding(checkpoint, network)
    remembered = _remembered(checkpoint, name) if network.attention else 0
    atomic_write(folder / "network.onnx", graphs.step_graph(network, remembered))
    kind = "DrumsRNN" if name == "drums" else "MelodyRNN"
    sizes = " + ".join(str(cell.units) for cell in network.cells)
    return {
        "description": f"Magenta's {kind}, {name}, {sizes} units",
        "network": "recurrent",
        "encoding": name,
        "lowest": lowest,
        "highest": highest,
        "classes": network.classes,
        "state": graphs.state_size(network, remembered),
    }


def _encoding(checkpoint: Checkpoint, network: Recurrent) -> tuple[str, int, int]:
    """Return the name of a recurrent network's encoding, and its range of pitches."""
    widths = (network.inputs, network.classes)
    lowest = _arguments(checkpoint).get("minPitch")
    highest = network.classes - SPECIAL - 1 + lowest if isinstance(lowest, int) else -1
    if isinstance(lowest, int) and widths[0] == widths[1] and 0 <= lowest < highest <= 127:
        return "basic", lowest, highest
    for name, encoding in ENCODINGS.items():
        if (encoding.inputs, encoding.classes) == widths:
            one_hot = encoding if isinstance(encoding, OneHot) else OneHot()
            return name, one_hot.lowest, one_hot.highest
    known = ", ".join(f"{encoding.inputs} and {encoding.classes}" for encoding in ENCODINGS.values())
    raise _wrong(checkpoint, f"it reads {widths[0]} numbers a step and answers {widths[1]}; wanted one of {known}")


def _remembered(checkpoint: Checkpoint, name: str) -> int:
    length = checkpoint.config.get("attentionLength", REMEMBERED.get(name, 0))
    if type(length) is not int or not 2 <= length <= MOST_REMEMBERED:
        raise _wrong(
            checkpoint, f"attention over {length!r:.40} steps; wanted an attentionLength of 2 to {MOST_REMEMBERED}"
        )
    return length


def _convert_autoencoder(checkpoint: Checkpoint, folder: Path) -> Mapping[str, Any]:
    network = layout.autoencoder(checkpoint)
    music = _music(checkpoint, network)
    atomic_write(folder / "encoder.onnx", graphs.encoder_graph(network))
    atomic_write(folder / "start.onnx", graphs.start_graph(network))
    atomic_write(folder / "decoder.onnx", graphs.decoder_graph(network))
    steps = _steps(checkpoint)
    kind = "GrooVAE" if music not in {"melody", "drums"} else "MusicVAE"
    return {
        "description": f"Magenta's {kind}, {_TOLD[music]}, {steps / BAR:g} bars",
        "network": "autoencoder",
        "music": music,
        "steps": steps,
        "outputs": network.outputs,
        "latent": network.latent,
    }


_TOLD = {
    "melody": "melodies",
    "drums": "drums",
    "groove": "grooves",
    "humanized": "humanizing drums",
    "tapped": "drums to a tapped rhythm",
}


def _music(checkpoint: Checkpoint, network: Autoencoder) -> str:
    """Return a key of ``_TOLD``."""
    widths = (network.inputs, network.outputs)
    music = _WIDTHS.get(widths)
    if music is None:
        known = ", ".join(f"{first} and {second}" for first, second in _WIDTHS)
        raise _wrong(checkpoint, f"it reads {widths[0]} numbers a step and writes {widths[1]}; wanted one of {known}")
    told = _converter(checkpoint).get("type")
    if told not in {None, _CONVERTERS[music]}:
        raise _wrong(checkpoint, f"its config.json says {told!r:.40}, but its weights are those of {_TOLD[music]}")
    return _reading(checkpoint) if music == "groove" else music


_SIGNS = {"humanize": "humanized", "unquantize": "humanized", "tap": "tapped", "groovae_4bar": "groove"}
"""Pieces of the published names that tell how a groove network reads its drums."""


def _reading(checkpoint: Checkpoint) -> str:
    """Return how a groove network reads its drums."""
    told = _arguments(checkpoint)
    if told or _converter(checkpoint):
        return "humanized" if told.get("humanize") else "tapped" if told.get("tapify") else "groove"
    for sign, reading in _SIGNS.items():
        if sign in _name(checkpoint):
            return reading
    raise _wrong(
        checkpoint,
        "nothing says whether it humanizes or is tapped to; wanted its config.json, or a name such as "
        "groovae_2bar_humanize or groovae_tap2drum_2bar",
    )


def _steps(checkpoint: Checkpoint) -> int:
    """Return how many steps an autoencoder spans."""
    bars = re.search(r"(\d+)bar", _name(checkpoint))
    steps = _arguments(checkpoint).get("numSteps", int(bars[1]) * BAR if bars else 2 * BAR)
    if type(steps) is not int or not BAR <= steps <= MOST_STEPS or steps % BAR:
        raise _wrong(
            checkpoint, f"it spans {steps!r:.40} steps; wanted whole bars of {BAR}, {MOST_STEPS} steps at most"
        )
    return steps


def _name(checkpoint: Checkpoint) -> str:
    """Return what a checkpoint is called: by itself, or by its folder."""
    return str(checkpoint.config.get("id", checkpoint.folder.absolute().name)).lower()


def _converter(checkpoint: Checkpoint) -> Mapping[str, Any]:
    told = checkpoint.config.get("dataConverter", {})
    return told if isinstance(told, dict) else {}


def _arguments(checkpoint: Checkpoint) -> Mapping[str, Any]:
    told = _converter(checkpoint).get("args", {})
    return told if isinstance(told, dict) else {}


def _wrong(checkpoint: Checkpoint, reason: str) -> InputError:
    return InputError(f"{checkpoint.folder}: {reason}")
