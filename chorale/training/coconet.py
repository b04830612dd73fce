"""Trains Coconet: ``chorale train coconet``. Read it from top to bottom; every number has its reason beside it."""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from chorale.training import datasets
from chorale.training.batches import Batch, draw_batch, fixed_batch
from chorale.training.statistics import count

if TYPE_CHECKING:
    import keras

    from chorale.training.loop import Trainer

__all__ = ["main"]

Tensor: TypeAlias = Any  # of whichever backend; Keras ships no types

STEPS = 12_000  # an hour on one core; the shipped weights had as many, and were still improving
BATCH = 16  # examples: a step costs a quarter of a second on one core
CROP = 64  # steps, 16 beats: two phrases
PEAK = 2e-3  # AdamW; the upper end of what a first trial of this network used
WEIGHT_DECAY = 0.05  # the pieces are few (255), so hold the weights back
AVERAGE = 0.998  # of the weights, over the last 500 steps: two minutes
CLIP = 1.0  # the gradient's norm: now and then an example has one hidden cell and a large loss
VALIDATE = 500  # steps
PROBES = ("job", "job_bare", "some", "cells")  # what validation measures, see _probe


def main(arguments: list[str]) -> int:
    """Train from the command line; a stopped run goes on where it was."""
    parser = argparse.ArgumentParser(prog="chorale train coconet", description=__doc__)
    parser.add_argument("--data", help="folder of the data; default: the environment variable CHORALE_DATA")
    parser.add_argument("--run", type=Path, default=Path("runs/coconet"), help="folder of the run's state and log")
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=0, help="0: as many as there are cores")
    parser.add_argument("--out", type=Path, help="folder of the exported model; default: in the run's folder")
    options = parser.parse_args(arguments)
    folder = datasets.data_folder(options.data)
    out = options.out or options.run / "coconet"
    train(folder, options.run, out, steps=options.steps, seed=options.seed, threads=options.threads)
    return 0


def train(folder: Path, run: Path, out: Path, *, steps: int, seed: int, threads: int = 0) -> None:
    """Train to ``steps`` (a run that has reached them only exports) and write the model to ``out``."""
    _use_threads(threads)
    from chorale.training.loop import Schedule, Trainer  # noqa: PLC0415  after the threads are set

    pieces, valid = datasets.load("train", folder), datasets.load("valid", folder)
    trainer = Trainer(compiled_network(seed), Schedule(steps, PEAK), run, seed)
    trainer.restore()
    probes = {name: _probe(name, valid, CROP) for name in PROBES}
    trainer.run(
        lambda rng: _fed(draw_batch(pieces, BATCH, CROP, rng)),
        lambda model: _measure(model, probes),
        every=VALIDATE,
    )
    trainer.averaged(lambda model: _export(model, pieces, out, _facts(trainer, probes, seed)))


def _export(model: keras.Model, pieces: list[datasets.Piece], out: Path, facts: dict[str, Any]) -> None:
    from chorale.training.export import export_network, write_config  # noqa: PLC0415  they need keras

    out.mkdir(parents=True, exist_ok=True)
    export_network(model, out / "network.onnx")
    (out / "statistics.json").write_text(json.dumps(count(pieces)) + "\n", encoding="utf-8")
    write_config(out, facts)


def _facts(trainer: Trainer, probes: dict[str, Batch], seed: int) -> dict[str, Any]:
    """Return what config.json says of the training."""
    from chorale.models.coconet.network import Options  # noqa: PLC0415

    figures = trainer.averaged(lambda model: _measure(model, probes))
    return {
        "kind": "coconet",
        "network": asdict(Options()),
        "data": "JSB chorales at sixteenths, official training split, and the safe pool of music21's Bach corpus",
        "training": {
            "steps": trainer.step,
            "minutes": round(trainer.seconds / 60),
            "batch": BATCH,
            "crop": CROP,
            "seed": seed,
        },
        "validation": {name: round(value, 4) for name, value in figures.items()},
    }


def compiled_network(seed: int) -> keras.Model:
    """Return the network, ready to train."""
    import keras  # noqa: PLC0415  keras reads the backend and the threads when first imported

    from chorale.models.coconet.network import Options, build  # noqa: PLC0415

    keras.utils.set_random_seed(seed)
    model = build(Options())
    optimizer = keras.optimizers.AdamW(
        PEAK, weight_decay=WEIGHT_DECAY, global_clipnorm=CLIP, use_ema=True, ema_momentum=AVERAGE
    )
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    model.compile(optimizer=optimizer, loss=_loss, jit_compile="auto" if keras.backend.backend() == "torch" else True)
    return model


def _loss(target: Tensor, logits: Tensor) -> Tensor:
    """Return the nats a hidden cell of each example: (B,)."""
    from keras import ops  # noqa: PLC0415

    truth = ops.one_hot(ops.cast(target[..., 0], "int32"), logits.shape[-1])
    nats = -ops.sum(truth * ops.log_softmax(logits, axis=-1), axis=-1)
    return ops.sum(nats * target[..., 1], axis=(1, 2))


def _use_threads(threads: int) -> None:
    """Tell the backend how many threads to use; only before it is imported."""
    if threads:
        for name in ("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS", "OMP_NUM_THREADS"):
            os.environ[name] = str(threads)


def _fed(batch: Batch) -> tuple[list[Any], Any]:
    return [batch.codes, batch.context], batch.target


def _probe(name: str, pieces: list[datasets.Piece], steps: int) -> Batch:
    """Return a fixed validation batch: the first ``steps`` of every piece.

    job: soprano given, the rest hidden; job_bare: without fermatas, meter, key; some: soprano given, a random
    share of the rest hidden; cells: a random share of all cells hidden.
    """
    rng = np.random.default_rng(1)
    shape = (len(pieces), steps, 4)
    share = rng.random((len(pieces), 1, 1))
    hidden = np.ones(shape, bool) if name.startswith("job") else rng.random(shape) < share
    if name != "cells":
        hidden[:, :, 0] = False
    return fixed_batch(pieces, steps, hidden, bare=name == "job_bare")


def _measure(model: keras.Model, probes: dict[str, Batch]) -> dict[str, float]:
    """Return nats a hidden cell for each probe, and the share of right cells of the job by voice."""
    figures = {}
    for name, batch in probes.items():
        logits = model.predict_on_batch([batch.codes, batch.context])
        truth, hidden = batch.target[..., 0].astype(int), batch.target[..., 1] > 0
        shifted = logits - logits.max(axis=-1, keepdims=True)
        picked = np.take_along_axis(shifted, truth[..., None], axis=-1)[..., 0]
        nats = np.log(np.exp(shifted).sum(axis=-1)) - picked
        figures[name] = float(nats[hidden].mean())
        if name == "job":
            right = (logits.argmax(axis=-1) == truth).mean(axis=(0, 1))
            figures |= {voice: float(right[number]) for number, voice in enumerate("SATB") if number}
    return figures
