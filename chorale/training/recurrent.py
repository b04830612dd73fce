"""Trains the recurrent network on sequences of events, whatever the events mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from chorale.models.config import write_config

if TYPE_CHECKING:
    from collections.abc import Callable

    import keras
    from numpy.typing import NDArray

    from chorale.models.sequences.recurrent import Options
    from chorale.training.loop import Trainer
    from chorale.training.running import Run

    Vary = Callable[[Any, Any, int, np.random.Generator], Any]

__all__ = ["Sequence", "draw", "fixed", "train"]

BATCH = 32  # crops: a quarter of a second a step on one core
CROP = 128  # steps, eight bars: as far back as the copies reach
PEAK = 5e-3  # AdamW; tables take large steps well
VALIDATE = 200  # steps: a minute or two
MEASURED = 256  # steps of each held-out sequence


@dataclass(frozen=True)
class Sequence:
    """One piece.

    Attributes:
        events: (T,) what is to be predicted.
        columns: (T, K) what is read before each of them.
        bar: Steps in a bar; crops begin with one.
    """

    events: NDArray[np.int16]
    columns: NDArray[np.int8] | NDArray[np.int16]
    bar: int


def train(
    run: Run, options: Options, pieces: list[Sequence], valid: list[Sequence], facts: dict[str, Any], vary: Vary
) -> None:
    """Train to ``run.steps`` (a run that has reached them only exports) and write the model.

    Args:
        run: What was asked.
        options: The network's size.
        pieces: To train on.
        valid: To measure on.
        facts: What config.json says beside what is found out here.
        vary: Changes the columns of a crop, given all events of the piece, the crop's start and a generator.
    """
    import keras  # noqa: PLC0415  it reads the threads when first imported

    from chorale.models.sequences.recurrent import build  # noqa: PLC0415
    from chorale.training.loop import Schedule, Trainer  # noqa: PLC0415
    from chorale.training.running import compiled, weighted_nats  # noqa: PLC0415

    keras.utils.set_random_seed(run.seed)
    whole, step = build(options)
    trainer = Trainer(compiled(whole, weighted_nats, PEAK), Schedule(run.steps, PEAK), run.folder, run.seed)
    trainer.restore()
    probe = fixed(valid)
    trainer.run(lambda rng: draw(pieces, rng, vary), lambda model: measure(model, *probe), every=VALIDATE)
    trainer.averaged(lambda model: _export(model, step, run, facts | _found(model, trainer, probe)))


def draw(pieces: list[Sequence], rng: np.random.Generator, vary: Vary) -> tuple[list[Any], Any]:
    """Return columns (B, CROP, K) and targets (B, CROP, 2) of random crops."""
    lengths = np.array([len(piece.events) for piece in pieces], float)
    chosen = rng.choice(len(pieces), size=BATCH, p=lengths / lengths.sum())
    crops = []
    for number in chosen:
        piece = pieces[number]
        start = piece.bar * int(rng.integers(0, max(1, (len(piece.events) - CROP) // piece.bar + 2)))

        def varied(columns: Any, at: int = start, of: Sequence = piece) -> Any:  # noqa: ANN401  arrays of any kind
            return vary(columns, of.events, at, rng)

        crops.append(_crop(piece, start, CROP, varied))
    columns, target = (np.stack(part) for part in zip(*crops, strict=True))
    return [columns.astype(np.int32)], (target * [1, 1 / CROP]).astype(np.float32)


def fixed(pieces: list[Sequence]) -> tuple[Any, Any]:
    """Return the first ``MEASURED`` steps of each piece, every step of the same weight."""
    crops = [_crop(piece, 0, MEASURED, lambda columns: columns) for piece in pieces]
    columns, target = (np.stack(part) for part in zip(*crops, strict=True))
    return columns.astype(np.int32), target.astype(np.float32)


def _crop(piece: Sequence, start: int, steps: int, vary: Callable[[Any], Any]) -> tuple[Any, Any]:
    """Return columns and targets from ``start``; weight 0 beyond the end."""
    columns = vary(piece.columns[start : start + steps].copy())
    events = piece.events[start : start + steps]
    pad = steps - len(events)
    target = np.stack([events, np.ones_like(events)], axis=-1)
    return np.pad(columns, ((0, pad), (0, 0))), np.pad(target, ((0, pad), (0, 0)))


def measure(model: keras.Model, columns: Any, target: Any) -> dict[str, float]:  # noqa: ANN401  arrays
    """Return nats an event and the share of events that were likeliest."""
    nats = right = 0.0
    for first in range(0, len(columns), BATCH):
        here = slice(first, first + BATCH)
        logits = model.predict_on_batch(columns[here])
        logits -= logits.max(axis=-1, keepdims=True)
        truth, weight = target[here, :, 0].astype(int), target[here, :, 1]
        picked = np.take_along_axis(logits, truth[..., None], axis=-1)[..., 0]
        nats += float(((np.log(np.exp(logits).sum(axis=-1)) - picked) * weight).sum())
        right += float(((logits.argmax(axis=-1) == truth) * weight).sum())
    total = float(target[..., 1].sum())
    return {"nats": nats / total, "right": right / total}


def _found(model: keras.Model, trainer: Trainer, probe: tuple[Any, Any]) -> dict[str, Any]:
    return {
        "training": {
            "steps": trainer.step,
            "minutes": round(trainer.seconds / 60),
            "batch": BATCH,
            "crop": CROP,
        },
        "validation": {name: round(value, 4) for name, value in measure(model, *probe).items()},
    }


def _export(model: keras.Model, step: keras.Model, run: Run, facts: dict[str, Any]) -> None:
    """Write the step model, whose weights are those of ``model``."""
    from chorale.training.running import export  # noqa: PLC0415  as above

    del model
    run.out.mkdir(parents=True, exist_ok=True)
    export(step, run.out / "network.onnx")
    write_config(run.out, facts)
