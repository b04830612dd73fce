"""Trains the variational network on examples of up to four bars, whatever they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from chorale.models.config import write_config
from chorale.models.sequences.beats import STEPS

if TYPE_CHECKING:
    import keras
    from numpy.typing import NDArray

    from chorale.models.sequences.variational import Options, Parts
    from chorale.training.loop import Trainer
    from chorale.training.running import Run

__all__ = ["Draw", "Example", "Plan", "forgotten", "gaussian", "train"]

Tensor: TypeAlias = Any  # of whichever backend; Keras ships no types

BATCH = 64  # examples of four bars: a third of a second a step on one core
PEAK = 2e-3  # AdamW
VALIDATE = 200  # steps: a minute or two
PROBED = 256  # held-out examples
FORGET = 0.25  # share of the events before a step that the head does not see in training: it must heed the latent
FAR = 0.2  # a tenth of a step, or 13 of velocity: what is further off counts by its distance, not by its square
SPREADS = 0.02  # weight of the spreads beside Huber's loss


@dataclass(frozen=True)
class Example:
    """What the network reads of one clip, and what it is to give.

    Attributes:
        tokens: (16, features).
        given: (16, conditions).
        before: (64, seen) int.
        events: (64,) int; -1 where there is none.
        numbers: (64, N) float.
        counted: (64, N) float, the weight of each number.
    """

    tokens: NDArray[np.float32]
    given: NDArray[np.float32]
    before: NDArray[np.int64]
    events: NDArray[np.int64]
    numbers: NDArray[np.float32]
    counted: NDArray[np.float32]


Draw: TypeAlias = Callable[[np.random.Generator], Example]


@dataclass(frozen=True)
class Plan:
    """What differs between the models.

    Attributes:
        options: The network's size.
        draw: Gives a training example.
        valid: Gives a held-out example.
        beta: Weight of the latent vector's nats.
        free: Nats of it that cost nothing.
        facts: What config.json says beside what is found out here.
        played: Weight of the numbers' nats beside those of the events.
        robust: Fit the numbers' means by Huber's loss instead of their likelihood, which forgives a far number for a
            wide spread, so that means hardly learn where much is uncertain; the spreads are fitted apart.
        surveyed: Gives the examples near which new ones are to lie; None: those of the training.
        kinds: How many kinds of examples there are that new ones are drawn apart for: the value of the condition after
            the one that says what is there, in the first token.
        members: Examples in a group of latent vectors from which new ones are drawn; 0: all are one group.
        spread: How far they stray from their group's centre, as a share of how far those of the examples do.
    """

    options: Options
    draw: Draw
    valid: Draw
    beta: float
    free: float
    facts: dict[str, Any]
    played: float = 1.0
    robust: bool = False
    surveyed: Draw | None = None
    kinds: int = 1
    members: int = 0
    spread: float = 1.0


def train(run: Run, plan: Plan) -> None:
    """Train to ``run.steps`` (a run that has reached them only exports) and write the model."""
    import keras  # noqa: PLC0415  it reads the threads when first imported

    from chorale.models.sequences.variational import build  # noqa: PLC0415
    from chorale.training.loop import Schedule, Trainer  # noqa: PLC0415
    from chorale.training.running import compiled  # noqa: PLC0415

    keras.utils.set_random_seed(run.seed)
    parts = build(plan.options)
    model = compiled(parts.whole, _loss(plan), PEAK)
    trainer = Trainer(model, Schedule(run.steps, PEAK), run.folder, run.seed)
    trainer.restore()
    probe = batch(plan.valid, PROBED, np.random.default_rng(1))
    trainer.run(
        lambda rng: forgotten(batch(plan.draw, BATCH, rng), plan.options.classes, rng),
        lambda whole: measure(plan, whole, probe),
        every=VALIDATE,
    )
    trainer.averaged(lambda whole: _export(plan, parts, run, _found(plan, whole, trainer, probe)))


def batch(draw: Draw, size: int, rng: np.random.Generator) -> tuple[list[Any], Any]:
    """Return inputs and target (B, 64, 2 + 2 N): class, weight, numbers, their weights; of so many examples."""
    examples = [draw(rng) for _ in range(size)]
    tokens, given, before = (
        np.stack([getattr(one, name) for one in examples]) for name in ("tokens", "given", "before")
    )
    events = np.stack([one.events for one in examples])[..., None]
    numbers, counted = (np.stack([getattr(one, name) for one in examples]) for name in ("numbers", "counted"))
    target = np.concatenate([np.maximum(events, 0), events >= 0, numbers, counted], axis=-1)
    return [tokens, given, before.astype(np.int32)], target.astype(np.float32)


def forgotten(drawn: tuple[list[Any], Any], none: int, rng: np.random.Generator) -> tuple[list[Any], Any]:
    """Return a batch in which some of the events before each step are not seen."""
    (tokens, given, before), target = drawn
    hidden = rng.random(before.shape) < FORGET
    hidden |= rng.random((*before.shape[:2], 1)) < FORGET  # sometimes all of them
    return [tokens, given, np.where(hidden, none, before).astype(np.int32)], target


def _split(plan: Plan, target: Tensor, output: Tensor) -> tuple[Tensor, ...]:
    """Return class, weight, logits; numbers, their weights, means, logarithms of variances; nats of the latent (B,)."""
    classes, numbers = plan.options.classes, plan.options.numbers
    logits, means, logarithms = (
        output[..., :classes],
        output[..., classes : classes + numbers],
        output[..., classes + numbers : classes + 2 * numbers],
    )
    truth, counted = target[..., 2 : 2 + numbers], target[..., 2 + numbers :]
    return target[..., 0], target[..., 1], logits, truth, counted, means, logarithms, output[:, 0, -1]


def _loss(plan: Plan) -> Callable[[Tensor, Tensor], Tensor]:
    def loss(target: Tensor, output: Tensor) -> Tensor:
        """Return nats of events and numbers, and the cost of the latent vector, a step: (B,)."""
        from keras import ops  # noqa: PLC0415

        event, weight, logits, truth, counted, means, logarithms, latent = _split(plan, target, output)
        cost = plan.beta * ops.maximum(latent - plan.free, 0.0)
        if plan.options.classes:
            picked = ops.one_hot(ops.cast(event, "int32"), plan.options.classes)
            cost -= ops.sum(ops.sum(picked * ops.log_softmax(logits, axis=-1), axis=-1) * weight, axis=-1)
        if plan.options.numbers:
            nats = _robust(truth, means, logarithms) if plan.robust else gaussian(truth, means, logarithms, ops)
            cost += plan.played * ops.sum(nats * counted, axis=(1, 2))
        return cost / STEPS

    return loss


def _robust(truth: Tensor, means: Tensor, logarithms: Tensor) -> Tensor:
    """Return Huber's loss of the means, and a little of the nats of the spreads around them."""
    from keras import ops  # noqa: PLC0415

    stray = ops.abs(truth - means)
    near = ops.minimum(stray, FAR)
    huber = near * (stray - 0.5 * near)
    return huber + SPREADS * gaussian(truth, ops.stop_gradient(means), logarithms, ops)


def gaussian(truth: Tensor, means: Tensor, logarithms: Tensor, ops: Any) -> Tensor:  # noqa: ANN401  keras.ops or numpy
    """Return the nats of numbers under normal distributions, less a constant; a spread has its least."""
    bounded = ops.clip(logarithms, -6.0, 1.0)
    return 0.5 * ((truth - means) ** 2 * ops.exp(-bounded) + bounded)


def measure(plan: Plan, model: keras.Model, probe: tuple[list[Any], Any]) -> dict[str, float]:
    """Return what the network gives back of held-out examples through their mean latent vectors.

    nats: of an event; right: share of events that were likeliest; error: root mean square of the numbers; latent: nats.
    """
    inputs, target = probe
    output = np.concatenate(
        [model.predict_on_batch([each[at : at + BATCH] for each in inputs]) for at in range(0, len(target), BATCH)]
    )
    event, weight, logits, truth, counted, means, _, latent = _split(plan, target, output)
    figures = {"latent": float(latent.mean())}
    if plan.options.classes:
        logits = logits - logits.max(axis=-1, keepdims=True)
        picked = np.take_along_axis(logits, event[..., None].astype(int), axis=-1)[..., 0]
        nats = (np.log(np.exp(logits).sum(axis=-1)) - picked) * weight
        figures["nats"] = float(nats.sum() / weight.sum())
        figures["right"] = float(((logits.argmax(axis=-1) == event) * weight).sum() / weight.sum())
    half = plan.options.numbers // 2
    for name, part in (("velocity", slice(None, half)), ("offset", slice(half, None))) if half else ():
        squares = ((truth - means) ** 2 * counted)[..., part].sum() / counted[..., part].sum()
        figures[name] = float(np.sqrt(squares))
    return figures


def _found(plan: Plan, model: keras.Model, trainer: Trainer, probe: tuple[list[Any], Any]) -> dict[str, Any]:
    figures = measure(plan, model, probe)
    return plan.facts | {
        "training": {"steps": trainer.step, "minutes": round(trainer.seconds / 60), "batch": BATCH},
        "validation": {name: round(value, 4) for name, value in figures.items()},
    }


def _export(plan: Plan, parts: Parts, run: Run, facts: dict[str, Any]) -> None:
    from chorale.training.latents import survey  # noqa: PLC0415  it needs what is written here
    from chorale.training.running import export  # noqa: PLC0415

    run.out.mkdir(parents=True, exist_ok=True)
    networks = {"encoder": parts.encoder, "decoder": parts.decoder, "head": parts.head}
    for name, network in networks.items():
        if network is not None:
            export(network, run.out / f"{name}.onnx")
    survey(plan, run.out)
    write_config(run.out, facts)
