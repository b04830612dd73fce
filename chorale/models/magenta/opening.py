"""Opens what ``chorale models add`` made of a checkpoint of Magenta."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chorale.errors import ModelError
from chorale.models.magenta.continuing import DrumContinuer, MelodyContinuer
from chorale.models.magenta.encodings import ENCODINGS, OneHot
from chorale.models.magenta.grooving import Humanizer, TapDrummer
from chorale.models.magenta.networks import Latent, Steps
from chorale.models.magenta.playing import Predictor, Translator
from chorale.models.magenta.translating import DrumSpace, GrooveSpace, MelodySpace
from chorale.models.runtime import Network

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["open_model"]

_TOOLS = {
    "melody": MelodySpace,
    "drums": DrumSpace,
    "groove": GrooveSpace,
    "humanized": Humanizer,
    "tapped": TapDrummer,
}
"""What an autoencoder serves for, by what it reads."""


def open_model(folder: Path, config: dict[str, Any]) -> Any:  # noqa: ANN401  the capability depends on the network
    """Return the tool that the network in a folder serves for.

    Raises:
        ModelError: its configuration is none that ``chorale models add`` writes.
    """
    try:
        return (_recurrent if config["network"] == "recurrent" else _autoencoder)(folder, config)
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"model {folder.name}: its config.json is damaged; remove it and add it again") from error


def _recurrent(folder: Path, config: dict[str, Any]) -> MelodyContinuer | DrumContinuer:
    steps = Steps(Network(folder / "network.onnx"), int(config["classes"]), int(config["state"]))
    encoding, lowest, highest = config["encoding"], int(config["lowest"]), int(config["highest"])
    if encoding == "drums":
        return DrumContinuer(Predictor(steps, ENCODINGS[encoding]))
    known = OneHot(lowest, highest) if encoding in {"basic", "mono"} else ENCODINGS[encoding]
    return MelodyContinuer(Predictor(steps, known), lowest, highest)


def _autoencoder(folder: Path, config: dict[str, Any]) -> Any:  # noqa: ANN401
    translator = Translator(Latent.opened(folder, int(config["outputs"])), int(config["steps"]), int(config["latent"]))
    return _TOOLS[config["music"]](translator)
