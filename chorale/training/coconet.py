"""Trains Coconet: ``chorale train coconet``. Read it from top to bottom; every number has its reason beside it.

On a processor one thread is enough (``--threads 1``): the network is small. TensorFlow runs it without XLA, which takes
a quarter longer a step there. Set MALLOC_MMAP_THRESHOLD_ and MALLOC_TRIM_THRESHOLD_ to some GB before the start, or
glibc gives memory back to the system at every step and asks for it again.

On a graphics card any backend of Keras will do, ``KERAS_BACKEND=jax`` or ``torch`` where there is no TensorFlow, with
``--mixed`` and a batch of 64 or more. Such a session needs this package, the data folder and the cache file of
``datasets`` (or music21 to build it), and a run's folder to go on from:

    KERAS_BACKEND=jax chorale train coconet --data DATA --run RUN --start EARLIER --batch 128 --steps 40000 --mixed

The shipped network has two looks. The second is trained when the first is done, and leaves it as it is:

    chorale train coconet --data DATA --run SECOND --family refined --start RUN

What comes back is RUN/state.npz and log.jsonl. Weights are the same on every backend, so a machine with TensorFlow
and tf2onnx exports them: ``chorale train coconet --run RUN --steps N --out FOLDER`` with the same N only exports.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from chorale.errors import InputError
from chorale.training import datasets
from chorale.training.batches import Batch, draw_batch
from chorale.training.masks import MIXTURE
from chorale.training.probes import draw_probes, measure
from chorale.training.statistics import count

if TYPE_CHECKING:
    from collections.abc import Callable

    import keras
    import numpy as np

    from chorale.training.loop import Trainer
    from chorale.training.masks import Mixture

    Draw = Callable[[np.random.Generator], tuple[list[Any], Any]]

__all__ = ["compiled_network", "drawing", "main"]

Tensor: TypeAlias = Any  # of whichever backend; Keras ships no types

STEPS = 40_000  # three hours on one core; the shipped weights had about as many, in stages
BATCH = 16  # examples: a step costs a quarter of a second on one core
CROP = 64  # steps, 16 beats: two phrases
AVERAGE = 0.998  # of the weights, over the last 500 steps: two minutes
CLIP = 1.0  # the gradient's norm: now and then an example has one hidden cell and a large loss
VALIDATE = 500  # steps
_FAMILIES = ("hourglass", "names", "convnet", "dilated", "refined")  # of ``families``, which needs keras
_COMPILE = {"tensorflow": False, "jax": True, "torch": "auto"}  # what is fastest


def main(arguments: list[str]) -> int:
    """Train from the command line; a stopped run goes on where it was."""
    options = _parser().parse_args(arguments)
    folder = datasets.data_folder(options.data)
    _use_threads(options.threads)
    if options.sweep:
        from chorale.training.comparison import compare  # noqa: PLC0415  after the threads are set

        compare(folder, options.run, options.sweep, options.seed)
    else:
        train(folder, options)
    return 0


def _parser() -> argparse.ArgumentParser:
    what = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog="chorale train coconet", description=what)
    parser.add_argument("--data", help="folder of the data; default: the environment variable CHORALE_DATA")
    parser.add_argument("--run", type=Path, default=Path("runs/coconet"), help="folder of the run's state and log")
    parser.add_argument("--start", type=Path, metavar="RUN", help="begin with the weights of another run")
    parser.add_argument("--family", default="hourglass", choices=_FAMILIES)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--minutes", type=float, help="the length by the clock instead")
    parser.add_argument("--peak", type=float, help="highest learning rate; default: the family's")
    parser.add_argument("--batch", type=int, default=BATCH)
    parser.add_argument("--mixed", action="store_true", help="multiply in bfloat16, for machines that do it fast")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=0, help="0: as many as there are cores")
    parser.add_argument("--out", type=Path, help="folder of the exported model; default: in the run's folder")
    parser.add_argument("--sweep", type=float, metavar="MINUTES", help="train every family so long and print a table")
    return parser


def train(folder: Path, options: argparse.Namespace) -> None:
    """Train to the schedule's end (a run that has reached it only exports) and write the model."""
    from chorale.training.families import FAMILIES  # noqa: PLC0415  keras reads its settings when first imported
    from chorale.training.loop import Schedule, Trainer  # noqa: PLC0415

    pieces, valid = datasets.load("train", folder), datasets.load("valid", folder)
    family = FAMILIES[options.family]
    peak = options.peak or family.peak
    model = compiled_network(options.seed, options.family, mixed=options.mixed)
    trainer = Trainer(model, Schedule(options.steps, peak, minutes=options.minutes), options.run, options.seed)
    if not trainer.restore():
        if options.start is not None:
            print("new here:", ", ".join(trainer.graft(options.start)) or "nothing")
        elif options.family == "refined":
            raise InputError("the second look begins where the first has ended: wanted --start RUN, a run of the first")
    probes = draw_probes(valid, CROP)
    draw = drawing(pieces, options.batch, family.mixture)
    trainer.run(draw, lambda model: measure(model, probes), every=VALIDATE)
    if importlib.util.find_spec("tf2onnx") is None:
        print(f"{options.run}: trained; exporting it needs tf2onnx and TensorFlow", file=sys.stderr)
        return
    facts = _facts(trainer, probes, options)
    trainer.averaged(lambda model: _export(model, pieces, options.out or options.run / "coconet", facts))


def _export(model: keras.Model, pieces: list[datasets.Piece], out: Path, facts: dict[str, Any]) -> None:
    from chorale.training.export import export_network, write_config  # noqa: PLC0415  they need keras

    out.mkdir(parents=True, exist_ok=True)
    if model.name == "refined":
        _export_looks(model, out)
    else:
        export_network(model, out / "network.onnx")
    (out / "statistics.json").write_text(json.dumps(count(pieces)) + "\n", encoding="utf-8")
    write_config(out, facts)


def _export_looks(model: keras.Model, out: Path) -> None:
    """Write both looks, each a network of its own, so that whoever is in a hurry can do with the first."""
    from chorale.training.export import examples_in_every_key, export_network  # noqa: PLC0415  they need keras

    first, second = model.get_layer("first_look"), model.get_layer("second_look")
    export_network(first, out / "network.onnx")
    told = examples_in_every_key()
    export_network(second, out / "refine.onnx", [*told, *first(told)])


def _facts(trainer: Trainer, probes: dict[str, Batch], options: argparse.Namespace) -> dict[str, Any]:
    """Return what config.json says of the training."""
    figures = trainer.averaged(lambda model: measure(model, probes))
    return {
        "kind": "coconet",
        "description": "adds the other voices of a chorale to those that are given",
        "network": _sizes(options.family),
        "data": "JSB chorales at sixteenths, official training split, and the safe pool of music21's Bach corpus",
        "training": {
            "steps": trainer.step,
            "minutes": round(trainer.seconds / 60),
            "batch": options.batch,
            "crop": CROP,
            "seed": options.seed,
        },
        "validation": {name: round(value, 4) for name, value in figures.items()},
    }


def _sizes(family: str) -> dict[str, Any]:
    """Return the sizes of our own network; of another family its name."""
    from chorale.models.coconet.network import Options  # noqa: PLC0415  they need keras
    from chorale.models.coconet.refining import Refining  # noqa: PLC0415

    if family == "refined":
        return {**asdict(Options()), "second_look": asdict(Refining())}
    return asdict(Options()) if family == "hourglass" else {"family": family}


def compiled_network(seed: int, family: str = "hourglass", *, mixed: bool = False) -> keras.Model:
    """Return the network, ready to train."""
    import keras  # noqa: PLC0415  keras reads the backend and the threads when first imported

    from chorale.training.families import FAMILIES  # noqa: PLC0415

    keras.utils.set_random_seed(seed)
    keras.mixed_precision.set_global_policy("mixed_bfloat16" if mixed else "float32")
    model = FAMILIES[family].build()
    optimizer = keras.optimizers.AdamW(
        weight_decay=FAMILIES[family].decay, global_clipnorm=CLIP, use_ema=True, ema_momentum=AVERAGE
    )
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    model.compile(optimizer=optimizer, loss=_loss, jit_compile=_COMPILE[keras.backend.backend()])
    return model


def _loss(target: Tensor, logits: Tensor) -> Tensor:
    """Return the nats a hidden cell of each example: (B,)."""
    from keras import ops  # noqa: PLC0415

    truth = ops.one_hot(ops.cast(target[..., 0], "int32"), logits.shape[-1])
    nats = -ops.sum(truth * ops.log_softmax(ops.cast(logits, "float32"), axis=-1), axis=-1)
    return ops.sum(nats * target[..., 1], axis=(1, 2))


def _use_threads(threads: int) -> None:
    """Tell the backend how many threads to use; only before it is imported."""
    if threads:
        for name in ("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS", "OMP_NUM_THREADS"):
            os.environ[name] = str(threads)


def drawing(pieces: list[datasets.Piece], size: int, mixture: Mixture = MIXTURE) -> Draw:
    """Return what draws a batch of so many examples as the training loop takes them: inputs and target."""

    def draw(rng: np.random.Generator) -> tuple[list[Any], Any]:
        batch = draw_batch(pieces, size, CROP, rng, mixture)
        return [batch.codes, batch.context], batch.target

    return draw
