"""Scores a harmonizer on held-out chorales: ``chorale evaluate coconet``, or any other by its name.

Scores, each a number in one flat table:
    one_pass.*    soprano given, the others hidden, one pass, first 64 steps: nats a cell and share right, by voice
    joint.*       the same with a random share of the others hidden: what writing them in random order costs
    framewise.*   the negative log-likelihood of Coconet's paper, nats a frame
    writing.*     what the harmonizer makes of the sopranos, whole pieces: parallels and texture a bar, accuracy,
                  time, and the shares of ``writing.SHARES``: chromatic notes and steps, bare chords, closes
    bach.*        the same counts in Bach's own pieces
    gibbs.*       with --gibbs: parallels and texture a bar when Coconet's published sampler alone writes the first 64
                  steps, and gibbs_bach.* Bach's in the same phrases
"bare" is the model with nothing but pitches; "informed", where it can be, knows fermatas, meter and key. The key is
read off the piece's last bass note, so informed scores know a little of what they predict. Nats are a sounding cell.
Two models see the same hidden cells if split, pieces and seed are the same.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import TYPE_CHECKING

import numpy as np

from chorale.models import registry
from chorale.training import datasets, measures
from chorale.training.evaluate import model_of
from chorale.training.view import views
from chorale.training.writing import gibbs_scores, harmonized, writing_scores

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from chorale.models.coconet.sampling import Coconet
    from chorale.training.datasets import Piece

    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]

__all__ = ["likelihood_scores", "run"]

PHRASE = 64  # steps, of the one-pass scores: those of the measurements we compare with
MASKS = 5  # random ones a phrase, of the joint score


def run(name: str, model: Coconet, arguments: Sequence[str]) -> int:
    """Score the model ``name``, and its peers, as the command line says; print the table."""
    options = _options(name, arguments)
    models = {name: model, **{peer: model_of(peer, "chorales") for peer in options.peer}}
    pieces = datasets.load(options.split, datasets.data_folder(options.data))[: options.pieces]
    scores = {each: _scores(model, pieces, options) for each, model in models.items()}
    _print(scores, as_json=options.json)
    if options.save:
        _save(registry.folder_of(name), options.split, scores[name])
    return 0


def _options(name: str, arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"chorale evaluate {name}", description="Score on held-out chorales.")
    parser.add_argument("--data", help="folder of the data; default: the environment variable CHORALE_DATA")
    parser.add_argument("--split", choices=("valid", "test"), default="valid", help="test: once, for the card")
    parser.add_argument("--pieces", type=int, help="only so many; default: all")
    parser.add_argument("--orders", type=int, default=5, help="random orders of the framewise score")
    parser.add_argument("--frames", type=int, default=12, help="random frames a piece of it; 0: all, hours")
    parser.add_argument("--seed", type=int, default=0)
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--writing", action="store_true", help="only what it writes, in a few minutes")
    only.add_argument("--likelihood", action="store_true", help="only how well it predicts")
    parser.add_argument("--gibbs", action="store_true", help="also what the published sampler writes with it")
    parser.add_argument("--peer", action="append", default=[], help="another model to stand beside it in the table")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--save", action="store_true", help="write the scores into the model's config.json")
    return parser.parse_args(list(arguments))


def _scores(model: Coconet, pieces: Sequence[Piece], options: argparse.Namespace) -> dict[str, float]:
    scores: dict[str, float] = {"pieces": len(pieces)}
    if not options.writing:
        rng = np.random.default_rng(options.seed)
        scores |= likelihood_scores(model, pieces, orders=options.orders, frames=options.frames or None, rng=rng)
    if not options.likelihood:
        scores |= writing_scores(pieces, [harmonized(model, piece, options.seed) for piece in pieces])
    if options.gibbs:
        scores |= gibbs_scores(model, pieces, options.seed)
    return scores


def likelihood_scores(
    model: Coconet, pieces: Sequence[Piece], *, orders: int, frames: int | None, rng: np.random.Generator
) -> dict[str, float]:
    """Return the likelihood scores of a harmonizer on some pieces."""
    scores: dict[str, float] = {}
    phrases = [piece.pitches[:PHRASE] for piece in pieces]
    jobs = [(phrase, measures.lower_voices(len(phrase))) for phrase in phrases]
    shares = [(phrase, measures.random_share(len(phrase), rng, soprano=True)) for phrase in phrases * MASKS]
    seen = [views(model.predictor, piece) for piece in pieces]
    for kind in seen[0] if seen else ():
        seers = [each[kind] for each in seen]
        scores |= _one_pass(f"one_pass.{kind}", seers, jobs)
        scores |= _mean(f"joint.{kind}", _nats(_answers(seers * MASKS, shares)))
        nats = [
            measures.framewise(seer, piece.pitches, orders=orders, rng=rng, frames=frames)
            for seer, piece in zip(seers, pieces, strict=True)
        ]
        scores |= _mean(f"framewise.{kind}", nats)
    return scores


def _answers(
    seers: Sequence[measures.Predictor], questions: Sequence[tuple[IntArray, BoolArray]]
) -> Iterator[tuple[NDArray[np.float64], BoolArray, BoolArray]]:
    """Yield nats (T, 4), whether right, and which cells count, for each phrase and its hidden cells.

    Silent cells do not count: not every network knows silence.
    """
    for seer, (phrase, hidden) in zip(seers, questions, strict=True):
        yield *measures.hidden_cells(seer, phrase, hidden), hidden & (phrase != measures.REST)


def _nats(answers: Iterable[tuple[NDArray[np.float64], BoolArray, BoolArray]]) -> list[float]:
    """Return the mean nats of the counted cells of each answer that has any."""
    return [float(nats[counted].mean()) for nats, _, counted in answers if counted.any()]


def _mean(name: str, nats: Sequence[float]) -> dict[str, float]:
    return {f"{name}.nats": float(np.mean(nats)), f"{name}.error": float(np.std(nats) / np.sqrt(len(nats)))}


def _one_pass(
    name: str, seers: Sequence[measures.Predictor], jobs: Sequence[tuple[IntArray, BoolArray]]
) -> dict[str, float]:
    """Return the nats a hidden cell over all pieces, and the share of right cells of each hidden voice."""
    answers = list(_answers(seers, jobs))
    scores = _mean(name, _nats(answers))
    for voice, letter in enumerate("SATB"[1:], 1):
        right = [right[counted[:, voice], voice].mean() for _, right, counted in answers if counted[:, voice].any()]
        scores[f"{name}.{letter}"] = float(np.mean(right))
    return scores


def _print(scores: dict[str, dict[str, float]], *, as_json: bool) -> None:
    """Print one column a model; as JSON, of one model alone, its scores."""
    columns = list(scores.values())
    if as_json:
        print(json.dumps(scores if len(scores) > 1 else columns[0]))
        return
    if len(columns) > 1:
        print(" " * 28, *(f"{name:>10.10}" for name in scores))
    for row in dict.fromkeys(row for column in columns for row in column):
        print(f"{row:28}", *(f"{column[row]:10.4f}" if row in column else f"{'-':>10}" for column in columns))


def _save(folder: Path, split: str, scores: dict[str, float]) -> None:
    """Write the scores beside what config.json says already."""
    path = folder / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    saved = config.setdefault("scores", {}).setdefault(split, {})
    saved |= {name: round(value, 4) for name, value in scores.items()}
    part = path.with_suffix(".part")
    part.write_text(json.dumps(config, indent=2, ensure_ascii=False) + os.linesep, encoding="utf-8")
    part.replace(path)
    print(f"scores saved in {path}", file=sys.stderr)
