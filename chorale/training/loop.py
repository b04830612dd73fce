"""The training loop: any Keras backend, resumable to the bit, moving average of the weights, progress.

A run's folder holds ``state.npz`` (weights, optimizer, moving average, step, random generator), from which a run
goes on after a stop, and ``log.jsonl`` with one line a validation.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import keras
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

__all__ = ["Schedule", "Trainer", "rate"]


@dataclass(frozen=True)
class Schedule:
    """How long and how fast to learn: linear warm-up, then half a cosine to zero."""

    steps: int
    peak: float
    warm_up: float = 0.03


def rate(schedule: Schedule, step: int) -> float:
    """Return the learning rate of a step, 0 at both ends."""
    rise = max(1, round(schedule.warm_up * schedule.steps))
    if step < rise:
        return schedule.peak * (step + 1) / rise
    done = min(1.0, (step - rise) / max(1, schedule.steps - rise))
    return float(schedule.peak * 0.5 * (1 + np.cos(np.pi * done)))


class Trainer:
    """Trains one compiled Keras model.

    Args:
        model: Compiled with an optimizer that keeps a moving average (``use_ema=True``).
        schedule: Length and learning rate.
        folder: Where the state and the log live.
        seed: Of the generator that draws the examples.
    """

    def __init__(self, model: keras.Model, schedule: Schedule, folder: Path, seed: int) -> None:
        self.model, self.schedule, self.folder = model, schedule, folder
        self.rng = np.random.default_rng(seed)
        self.step, self.seconds = 0, 0.0
        model.optimizer.build(model.trainable_variables)
        folder.mkdir(parents=True, exist_ok=True)

    def run(
        self,
        draw: Callable[[np.random.Generator], tuple[list[Any], Any]],
        validate: Callable[[keras.Model], Mapping[str, float]],
        *,
        every: int,
    ) -> None:
        """Train to the schedule's end; validate on the average and save the state every so many steps."""
        started, losses = time.perf_counter() - self.seconds, []
        while self.step < self.schedule.steps:
            self.model.optimizer.learning_rate = rate(self.schedule, self.step)
            losses.append(float(self.model.train_on_batch(*draw(self.rng))))
            self.step += 1
            if self.step % every and self.step < self.schedule.steps:
                continue
            self.seconds = time.perf_counter() - started
            self._log(float(np.mean(losses)), self.averaged(validate))
            self.save()
            losses.clear()

    def averaged(self, use: Callable[[keras.Model], Any]) -> Any:  # noqa: ANN401  what ``use`` returns
        """Return ``use(model)`` with the moving average in the place of the weights."""
        weights = self.model.trainable_variables
        learned = [keras.ops.convert_to_numpy(weight) for weight in weights]
        for weight, average in zip(weights, self._averages(), strict=True):
            weight.assign(average)
        try:
            return use(self.model)
        finally:
            for weight, value in zip(weights, learned, strict=True):
                weight.assign(value)

    def save(self) -> None:
        """Write the state, in the place of the last one only when it is complete."""
        arrays = {f"v{number}": keras.ops.convert_to_numpy(v) for number, v in enumerate(self._variables())}
        facts = {"step": self.step, "seconds": self.seconds, "rng": self.rng.bit_generator.state}
        part = self.folder / "state.part.npz"
        np.savez(part, facts=np.array(json.dumps(facts)), **arrays)
        part.replace(self.folder / "state.npz")

    def restore(self) -> bool:
        """Read the state of an earlier run in the same folder; False if there is none."""
        path = self.folder / "state.npz"
        if not path.is_file():
            return False
        with np.load(path, allow_pickle=False) as stored:
            facts = json.loads(str(stored["facts"]))
            for number, variable in enumerate(self._variables()):
                variable.assign(stored[f"v{number}"])
        self.step, self.seconds = facts["step"], facts["seconds"]
        self.rng.bit_generator.state = facts["rng"]
        return True

    def _variables(self) -> list[Any]:
        """Return weights, dropout seeds and optimizer state (the moving average is part of it)."""
        return [*self.model.variables, *self.model.optimizer.variables]

    def _averages(self) -> list[Any]:
        return list(self.model.optimizer._model_variables_moving_average)  # noqa: SLF001  no public name

    def _log(self, loss: float, figures: Mapping[str, float]) -> None:
        line = {"step": self.step, "minutes": round(self.seconds / 60, 2), "loss": round(loss, 4)}
        line |= {name: round(value, 4) for name, value in figures.items()}
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")
        print(json.dumps(line), flush=True)
