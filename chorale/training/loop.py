"""The training loop: any Keras backend, resumable to the bit, moving average of the weights, progress.

A run's folder holds ``state.npz`` (weights, optimizer, moving average, step, random generator), from which a run
goes on after a stop, and ``log.jsonl`` with one line a validation. A new run may also begin with what another one has
learned, even of a smaller network: parts that the other lacks keep their initial values, so parts that add nothing at
first (zero weights) leave the function as it was.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import keras
import numpy as np

from chorale.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

__all__ = ["Schedule", "Trainer", "rate"]


@dataclass(frozen=True)
class Schedule:
    """How long and how fast to learn: linear warm-up, then half a cosine to zero.

    Attributes:
        steps: The length in steps.
        peak: The highest rate.
        warm_up: The warm-up's share of the length.
        minutes: The length in minutes of the clock instead, not counting the first step, which compiles; such a run
            ends in time on any machine, but cannot be repeated to the bit.
    """

    steps: int
    peak: float
    warm_up: float = 0.03
    minutes: float | None = None

    def done(self, step: int, seconds: float) -> float:
        """Return how much of the length is over, from 0 to 1."""
        return min(1.0, step / self.steps if self.minutes is None else seconds / (60 * self.minutes))


def rate(schedule: Schedule, done: float) -> float:
    """Return the learning rate when so much of the length is over, 0 at both ends."""
    if done < schedule.warm_up:
        return schedule.peak * done / schedule.warm_up
    over = (done - schedule.warm_up) / (1 - schedule.warm_up)
    return float(schedule.peak * 0.5 * (1 + np.cos(np.pi * over)))


class Trainer:
    """Trains one compiled Keras model.

    Args:
        model: Compiled with an optimizer that keeps a moving average (``use_ema=True``).
        schedule: Length and learning rate.
        folder: Where the state and the log live.
        seed: Of the generator that draws the examples.
        clock: Tells the seconds.
    """

    def __init__(
        self,
        model: keras.Model,
        schedule: Schedule,
        folder: Path,
        seed: int,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.model, self.schedule, self.folder, self.clock = model, schedule, folder, clock
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
        started, losses, compiled = self.clock() - self.seconds, [], False
        while (done := self.schedule.done(self.step, self.seconds)) < 1:
            self.model.optimizer.learning_rate = rate(self.schedule, done)
            losses.append(float(self.model.train_on_batch(*draw(self.rng))))
            self.step += 1
            if not compiled:
                started, compiled = self.clock() - self.seconds, True
            self.seconds = self.clock() - started
            if self.step % every and self.schedule.done(self.step, self.seconds) < 1:
                continue
            self._log(float(np.mean(losses)), self.averaged(validate))
            self.save()
            losses.clear()

    def averaged(self, use: Callable[[keras.Model], Any]) -> Any:  # noqa: ANN401  what ``use`` returns
        """Return ``use(model)`` with the moving average in the place of the weights."""
        weights = self.model.trainable_variables
        learned = [_copy(weight) for weight in weights]
        for weight, average in zip(weights, self._averages(), strict=True):
            weight.assign(_copy(average))
        try:
            return use(self.model)
        finally:
            for weight, value in zip(weights, learned, strict=True):
                weight.assign(value)

    def save(self) -> None:
        """Write the state, in the place of the last one only when it is complete."""
        arrays = {f"v{number}": keras.ops.convert_to_numpy(v) for number, v in enumerate(self._variables())}
        names = [variable.path for variable in self.model.variables]
        facts = {"step": self.step, "seconds": self.seconds, "rng": self.rng.bit_generator.state, "names": names}
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

    def graft(self, folder: Path) -> list[str]:
        """Take over the weights of the same name from the state in a folder; return those it lacks.

        Weights that are not trained (the parts of the network that stay as they are) are taken over too. Where a layer
        has become wider, what is new in it is told the old and adds nothing to it yet.

        Raises:
            InputError: there is no state.
        """
        path = folder / "state.npz"
        if not path.is_file():
            raise InputError(f"{folder}: there is no state.npz of an earlier run to begin from")
        lacking = []
        with np.load(path, allow_pickle=False) as stored:
            number = {name: f"v{place}" for place, name in enumerate(json.loads(str(stored["facts"]))["names"])}
            averages = dict(zip(map(id, self.model.trainable_variables), self._averages(), strict=True))
            for weight in self.model.weights:
                value = stored[number[weight.path]] if weight.path in number else None
                if value is None or not _fits(value.shape, weight.shape):
                    lacking.append(weight.path)
                    continue
                value = _widened(value, _copy(weight))
                weight.assign(value)
                if id(weight) in averages:
                    averages[id(weight)].assign(value)
        return lacking

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


def _fits(narrow: tuple[int, ...], wide: tuple[int, ...]) -> bool:
    return len(narrow) == len(wide) and all(a <= b for a, b in zip(narrow, wide, strict=True))


def _widened(narrow: np.ndarray, initial: np.ndarray) -> np.ndarray:
    """Return the initial values with the narrower ones in their corner, whose outputs (last axis) hear nothing new."""
    wide = initial.copy()
    if narrow.ndim:
        wide[..., : narrow.shape[-1]] = 0
    wide[tuple(map(slice, narrow.shape))] = narrow
    return wide


def _copy(variable: Any) -> np.ndarray:  # noqa: ANN401  Keras ships no types
    """Return a variable's value in memory of its own: JAX would share it, and destroy it when it has been used."""
    return np.array(keras.ops.convert_to_numpy(variable))
