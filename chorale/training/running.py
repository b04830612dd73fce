"""What the training scripts of all small models have in common: command line, compiling, the loss, the export."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from chorale.training import datasets

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import keras

__all__ = ["Run", "compiled", "export", "parse", "weighted_nats"]

Tensor: TypeAlias = Any  # of whichever backend; Keras ships no types

AVERAGE = 0.995  # of the weights, over the last 200 steps: the runs are short
CLIP = 1.0  # the gradient's norm
WEIGHT_DECAY = 0.02
_TRIED = 3  # examples that both answer


@dataclass(frozen=True)
class Run:
    """What the command line asks of a training.

    Attributes:
        name: The model.
        data: Folder of the data.
        folder: Where the state and the log live.
        out: Folder of the exported model.
        steps: When to stop.
        seed: Of weights and examples.
    """

    name: str
    data: Path
    folder: Path
    out: Path
    steps: int
    seed: int


def parse(name: str, description: str | None, steps: int, arguments: Sequence[str]) -> Run:
    """Return what a training script was told; set the threads, so import Keras only afterwards.

    Raises:
        InputError: the data are not where they should be.
    """
    parser = argparse.ArgumentParser(prog=f"chorale train {name}", description=description)
    parser.add_argument("--data", help="folder of the data; default: the environment variable CHORALE_DATA")
    parser.add_argument("--run", type=Path, default=Path("runs") / name, help="folder of the run's state and log")
    parser.add_argument("--steps", type=int, default=steps)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=0, help="0: as many as there are cores")
    parser.add_argument("--out", type=Path, help="folder of the exported model; default: in the run's folder")
    options = parser.parse_args(list(arguments))
    if options.threads:
        for variable in ("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS", "OMP_NUM_THREADS"):
            os.environ[variable] = str(options.threads)
    out = options.out or options.run / name
    return Run(name, datasets.data_folder(options.data), options.run, out, options.steps, options.seed)


def compiled(model: keras.Model, loss: Callable[[Tensor, Tensor], Tensor], peak: float) -> keras.Model:
    """Return the model, ready to train with AdamW and a moving average of the weights."""
    import keras  # noqa: PLC0415  it reads the threads when first imported

    optimizer = keras.optimizers.AdamW(
        peak, weight_decay=WEIGHT_DECAY, global_clipnorm=CLIP, use_ema=True, ema_momentum=AVERAGE
    )
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    model.compile(optimizer=optimizer, loss=loss, jit_compile=False)  # XLA on one core: slower, and compiles for long
    return model


def weighted_nats(target: Tensor, logits: Tensor) -> Tensor:
    """Return the nats of each example (B,): target (B, T, 2) holds classes and weights, logits are (B, T, classes)."""
    from keras import ops  # noqa: PLC0415

    truth = ops.one_hot(ops.cast(target[..., 0], "int32"), logits.shape[-1])
    nats = -ops.sum(truth * ops.log_softmax(logits, axis=-1), axis=-1)
    return ops.sum(nats * target[..., 1], axis=-1)


def export(network: keras.Model, path: Path) -> None:
    """Write a network; see ``chorale.training.export.export_network``, which tries it on the examples made here."""
    from chorale.training.export import export_network  # noqa: PLC0415  it needs Keras

    rng = np.random.default_rng(0)
    export_network(network, path, [_example(one, rng) for one in network.inputs])


def _example(one: Tensor, rng: np.random.Generator) -> Any:  # noqa: ANN401  an array of either kind
    shape = (_TRIED, *one.shape[1:])
    return rng.integers(0, 4, shape).astype(np.int32) if "int" in one.dtype else rng.random(shape, np.float32)
