"""What validation measures of a network in training: nats a hidden cell on fixed batches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chorale.training.batches import Batch, fixed_batch

if TYPE_CHECKING:
    from collections.abc import Mapping

    import keras

    from chorale.training.datasets import Piece

__all__ = ["PROBES", "draw_probes", "measure"]

PROBES = ("job", "job_bare", "some", "cells")


def draw_probes(pieces: list[Piece], steps: int) -> dict[str, Batch]:
    """Return fixed batches by name: the first ``steps`` of every piece.

    job: soprano given, the rest hidden; job_bare: without fermatas, meter, key; some: soprano given, a random
    share of the rest hidden; cells: a random share of all cells hidden.
    """
    return {name: _draw(name, pieces, steps) for name in PROBES}


def _draw(name: str, pieces: list[Piece], steps: int) -> Batch:
    rng = np.random.default_rng(1)
    shape = (len(pieces), steps, 4)
    share = rng.random((len(pieces), 1, 1))
    hidden = np.ones(shape, bool) if name.startswith("job") else rng.random(shape) < share
    if name != "cells":
        hidden[:, :, 0] = False
    return fixed_batch(pieces, steps, hidden, bare=name == "job_bare")


def measure(model: keras.Model, probes: Mapping[str, Batch]) -> dict[str, float]:
    """Return nats a hidden cell for each probe, and the share of right cells of the job by voice."""
    figures = {}
    for name, batch in probes.items():
        logits = np.asarray(model.predict_on_batch([batch.codes, batch.context]), np.float32)
        truth, hidden = batch.target[..., 0].astype(int), batch.target[..., 1] > 0
        shifted = logits - logits.max(axis=-1, keepdims=True)
        picked = np.take_along_axis(shifted, truth[..., None], axis=-1)[..., 0]
        nats = np.log(np.exp(shifted).sum(axis=-1)) - picked
        figures[name] = float(nats[hidden].mean())
        if name == "job":
            right = (logits.argmax(axis=-1) == truth).mean(axis=(0, 1))
            figures |= {voice: float(right[number]) for number, voice in enumerate("SATB") if number}
    return figures
