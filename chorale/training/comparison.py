"""The sweep over network families at equal cost: ``chorale train coconet --sweep MINUTES``."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import keras
import numpy as np

from chorale.training import datasets
from chorale.training.coconet import BATCH, CROP, VALIDATE, compiled_network, drawing
from chorale.training.families import FAMILIES, SWEPT
from chorale.training.loop import Schedule, Trainer
from chorale.training.probes import draw_probes, measure

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["compare", "table"]

_COLUMNS = ("weights", "step", "ms", "job", "job_bare", "some", "cells", "A", "T", "B")


def compare(folder: Path, run: Path, minutes: float, seed: int) -> None:
    """Train every family from nothing for so many minutes of processor time and print what validation says.

    Compiling is not counted. A stopped sweep goes on where it was; each family has a folder in ``run``. Measured are
    the weights themselves, which have come to rest when the schedule ends: the moving average of a family that is slow
    would still hold much of its beginning.
    """
    pieces, valid = datasets.load("train", folder), datasets.load("valid", folder)
    probes, rows = draw_probes(valid, CROP), {}
    for name in SWEPT:
        family = FAMILIES[name]
        keras.backend.clear_session()
        model = compiled_network(seed, name)
        schedule = Schedule(10**9, family.peak, minutes=minutes)
        trainer = Trainer(model, schedule, run / name, seed, clock=time.process_time)
        trainer.restore()
        trainer.run(drawing(pieces, BATCH), lambda model: measure(model, probes), every=VALIDATE)
        facts = {"weights": model.count_params(), "step": trainer.step, "ms": _milliseconds(model)}
        rows[name] = facts | {figure: round(value, 4) for figure, value in measure(model, probes).items()}
        print(table(rows), flush=True)
    (run / "families.json").write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")


def table(rows: dict[str, dict[str, float]]) -> str:
    """Return the rows as a table in Markdown."""
    lines = [["family", *_COLUMNS], ["---"] * (1 + len(_COLUMNS))]
    lines += [[name, *(f"{row[column]:g}" for column in _COLUMNS)] for name, row in rows.items()]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _milliseconds(model: keras.Model) -> float:
    """Return the median time of one pass over 64 steps, compiled."""
    inputs = [np.zeros((1, CROP, 4), np.int32), np.zeros((1, CROP, 25), np.float32)]
    model.predict_on_batch(inputs)
    times = []
    for _ in range(10):
        start = time.perf_counter()
        model.predict_on_batch(inputs)
        times.append(time.perf_counter() - start)
    return round(1000 * float(np.median(times)), 1)
