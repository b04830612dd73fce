"""How well a harmonizer predicts Bach: nats and right cells, piece by piece.

Every piece has its own random numbers (of the seed and its place in the split), so that pieces can be scored in any
order, and two models see the same hidden cells. Silent cells do not count: not every network knows silence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from chorale.models import registry
from chorale.models.coconet.codec import classes_of, codes_of
from chorale.training import measures
from chorale.training.harmonizers.pieces import piece_at
from chorale.training.harmonizers.work import Job, fingerprint, model_fingerprint, source_of
from chorale.training.view import WholeView, views

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from chorale.models.coconet.predictor import Predictor
    from chorale.training.datasets import Piece
    from chorale.training.harmonizers.pieces import Place

    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]

__all__ = ["LOWER", "MASKS", "PHRASE", "jobs_for", "predicted", "scores_of"]

PHRASE = 64  # steps, of the one-pass scores: those of the measurements we compare with
MASKS = 5  # random ones a phrase, of the joint score
LOWER = "ATB"
_OURS = ("training/view.py", *(f"models/coconet/{name}.py" for name in ("codec", "keys", "predictor", "windows")))
_PITCHES_ALONE = ("models/doodle/playing.py", WholeView)

Facts = dict[str, dict[str, Any]]


def jobs_for(
    model: str, places: Sequence[Place], *, orders: int, frames: int, seed: int, framed: int | None = None
) -> list[Job]:
    """Return the jobs that score a model on some pieces.

    Args:
        model: Its name in the registry.
        places: Of the pieces.
        orders: Random orders of the framewise score.
        frames: Random frames a piece of it; 0: all.
        seed: Of the masks, orders and frames.
        framed: Only the first so many pieces get a framewise score, which takes longest; None: all.
    """
    reader = _OURS if registry.load(model).predictor.reads_context else _PITCHES_ALONE
    asking = ("training/measures.py", score, predicted, _answer, codes_of, classes_of)
    depends = fingerprint(model_fingerprint(model), source_of(*asking, *reader))
    name = f"{__name__}:score"
    told = [(orders if framed is None or number < framed else 0, frames, seed) for number in range(len(places))]
    return [
        Job(name, (model, *place.address, *each), fingerprint(depends, place.content))
        for place, each in zip(places, told, strict=True)
    ]


def score(model: str, split: str, folder: str, number: int, orders: int, frames: int, seed: int) -> Facts:
    """Do one job: what ``predicted`` says of one piece of a split."""
    piece = piece_at(split, folder, number)
    rng = np.random.default_rng([seed, number])
    return predicted(registry.load(model).predictor, piece, orders=orders, frames=frames or None, rng=rng)


def predicted(
    predictor: Predictor, piece: Piece, *, orders: int, frames: int | None, rng: np.random.Generator
) -> Facts:
    """Return what a network says of one piece in each of its views (see ``view.views``).

    Each view has: one_pass, the mean nats of the hidden lower voices in the first PHRASE steps; voices, the same by
    voice; right, the share of right cells by voice; joint, the mean nats under each random mask; framewise, the
    piece's nats a frame, None with 0 orders. What has no sounding cell is None, too.
    """
    phrase = piece.pitches[:PHRASE]
    masks = [measures.random_share(len(phrase), rng, soprano=True) for _ in range(MASKS)]
    seed = rng.integers(2**32)
    facts: Facts = {}
    for kind, seer in views(predictor, piece).items():
        nats, right, counted = _answer(seer, phrase, measures.lower_voices(len(phrase)))
        same = np.random.default_rng(seed)
        facts[kind] = {
            "one_pass": _mean(nats, counted),
            "voices": [_mean(nats[:, voice], counted[:, voice]) for voice in (1, 2, 3)],
            "right": [_mean(right[:, voice], counted[:, voice]) for voice in (1, 2, 3)],
            "joint": [_mean(nats, counted) for nats, _, counted in (_answer(seer, phrase, mask) for mask in masks)],
            "framewise": measures.framewise(seer, piece.pitches, orders=orders, rng=same, frames=frames)
            if orders
            else None,
        }
    return facts


def _answer(
    seer: measures.Predictor, phrase: IntArray, hidden: BoolArray
) -> tuple[NDArray[np.float64], BoolArray, BoolArray]:
    """Return nats (T, 4), whether right, and which cells count: hidden ones that sound."""
    return *measures.hidden_cells(seer, phrase, hidden), hidden & (phrase != measures.REST)


def _mean(values: NDArray[Any], counted: BoolArray) -> float | None:
    return float(values[counted].mean()) if counted.any() else None


def scores_of(facts: Sequence[Facts]) -> dict[str, float]:
    """Return the flat scores of what ``predicted`` said of some pieces: one_pass.*, joint.* and framewise.*."""
    scores: dict[str, float] = {}
    for kind in facts[0] if facts else ():
        seen = [each[kind] for each in facts]
        scores |= _spread(f"one_pass.{kind}", [each["one_pass"] for each in seen])
        for voice, letter in enumerate(LOWER):
            scores[f"one_pass.{kind}.{letter}"] = _known_mean(each["right"][voice] for each in seen)
            scores[f"one_pass.{kind}.{letter}_nats"] = _known_mean(each["voices"][voice] for each in seen)
        scores |= _spread(f"joint.{kind}", [nats for each in seen for nats in each["joint"]])
        scores |= _spread(f"framewise.{kind}", [each["framewise"] for each in seen])
    return scores


def _spread(name: str, values: Sequence[float | None]) -> Mapping[str, float]:
    """Return the mean and its standard error; nothing of no values."""
    known = np.array([value for value in values if value is not None])
    if not len(known):
        return {}
    return {f"{name}.nats": float(known.mean()), f"{name}.error": float(known.std() / np.sqrt(len(known)))}


def _known_mean(values: Any) -> float:  # noqa: ANN401  a generator of numbers and None
    return float(np.mean([value for value in values if value is not None]))
