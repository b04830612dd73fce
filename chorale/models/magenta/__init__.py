"""Magenta's own melody, drum and groove networks: their published checkpoints, run by our engine.

    events        melodies and drum patterns as Magenta counts them
    encodings     what the recurrent networks read, and what their answers mean
    tensors       what the autoencoders read and write
    layout        the names and shapes of the published weights
    graphs        those weights as networks of our engine
    conversion    a checkpoint in, a model's folder out
    networks      the converted networks at work
    playing       events continued, sequences taken to latent vectors and back

Facts of ``magenta`` 2.1.4 (Python) and of magenta.js (TypeScript), both Apache-2.0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["open_model"]


def open_model(folder: Path, config: dict[str, Any]) -> Any:  # noqa: ANN401  the capability depends on the network
    """Return the model in a folder that ``chorale models add`` made."""
    from chorale.models.magenta import playing  # noqa: PLC0415  numpy loads with it

    return {"recurrent": playing.open_predictor, "autoencoder": playing.open_translator}[config["network"]](
        folder, config
    )
