"""All that is measured of a harmonizer, as flat scores: a number for each name.

    pieces          how many of the split
    one_pass.*      soprano given, A, T and B hidden, one pass, first 64 steps: nats a cell, its standard error; share
                    right by voice (A, T, B) and nats by voice (A_nats ...)
    joint.*         the same with a random share of A, T and B hidden: what writing them in random order costs
    framewise.*     the negative log-likelihood of Coconet's paper, nats a frame
    new_tunes.*     of these, one_pass and writing of the pieces whose tune is not in training
    floor.A ...     share right for whoever names the commonest pitch under the soprano's
    writing.*       what is counted in the harmonizations of the sopranos (``counting``, ``writing.SHARES``); share of
                    cells as in Bach (A, T, B); soprano_kept, pitches and rhythm; pieces, how many were written
    bach.*          the same counts in Bach's own pieces
    phrase.*        texture in the first 64 steps; bach_phrase.*, Bach's
    melodies.*      what is counted in harmonizations of melodies that people typed into the Bach Doodle
    speed.*         see ``speed``

"bare" is the network with nothing but pitches; "informed", where it can be, is told fermatas, meter and key. The key
is read off the piece's last bass note; harmonizations are told the key that is found in all four voices of Bach's
setting. So both know a little of what they predict, as who writes a key signature does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chorale.models import registry
from chorale.training import datasets
from chorale.training.harmonizers import counting, likelihood, sopranos
from chorale.training.harmonizers.pieces import Place, melodies, piece_at, places
from chorale.training.harmonizers.sopranos import Written, has_published_sampler, written
from chorale.training.harmonizers.speed import speed_scores
from chorale.training.harmonizers.tunes import floor, new_tunes
from chorale.training.writing import harmony_shares, score_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from chorale.music import Score
    from chorale.training.harmonizers.work import Workshop

__all__ = ["Measuring", "Plan"]

Scores = dict[str, float]


@dataclass(frozen=True)
class Plan:
    """What shall be measured.

    Attributes:
        split: "valid" or "test".
        pieces: So many of the split; None: all.
        orders, frames: Of the framewise score; 0 frames: all.
        melodies: How many of the Doodle's; 0: none.
        seed: Of everything random.
        peer_share: Peers write this share of the pieces and melodies, the first ones, and get framewise scores there.
        gibbs: The published sampler writes, whatever the model.
        parts: Of PARTS.
    """

    split: str = "valid"
    pieces: int | None = None
    orders: int = 5
    frames: int = 6
    melodies: int = 300
    seed: int = 0
    peer_share: float = 0.25
    gibbs: bool = False
    parts: tuple[str, ...] = ("likelihood", "writing", "melodies", "speed")


class Measuring:
    """Measures by a plan.

    Args:
        plan: What.
        folder: Of the data.
        workshop: Does the jobs.
    """

    def __init__(self, plan: Plan, folder: Path, workshop: Workshop) -> None:
        self.plan, self.folder, self.workshop = plan, folder, workshop
        self.places = places(plan.split, folder, plan.pieces)

    def scores(self, model: str, *, peer: bool = False) -> Scores:
        """Return the flat scores of a model; a peer writes less."""
        parts = {
            "likelihood": lambda: self._likelihood(model, self._share(len(self.places)) if peer else len(self.places)),
            "writing": lambda: self._writing(model, self._share(len(self.places)) if peer else len(self.places)),
            "melodies": lambda: self._melodies(model, self._share(self.plan.melodies) if peer else self.plan.melodies),
            "speed": lambda: speed_scores(model, published=self._published(model)),
        }
        scores: Scores = {"pieces": float(len(self.places))}
        for part in self.plan.parts:
            scores |= parts[part]()
        return scores

    def _share(self, count: int) -> int:
        return min(count, max(1, round(count * self.plan.peer_share)))

    def _published(self, model: str) -> bool:
        return self.plan.gibbs or has_published_sampler(registry.load(model))

    def _likelihood(self, model: str, framed: int) -> Scores:
        how = {"orders": self.plan.orders, "frames": self.plan.frames, "seed": self.plan.seed, "framed": framed}
        jobs = likelihood.jobs_for(model, self.places, **how)
        facts = self.workshop.do(f"{model}: predicting", jobs)
        fresh = [each for each, is_new in zip(facts, self._new(len(facts)), strict=True) if is_new]
        wanted = [f"one_pass.{kind}.{figure}" for kind in ("bare", "informed") for figure in ("nats", *"ATB")]
        few = likelihood.scores_of(fresh)
        return (
            likelihood.scores_of(facts)
            | {"new_tunes.pieces": float(len(fresh))}
            | {f"new_tunes.{name}": few[name] for name in wanted if name in few}
            | {f"floor.{letter}": share for letter, share in self._floor().items()}
        )

    def _new(self, count: int) -> list[bool]:
        return new_tunes(self.plan.split, self.folder)[:count]

    def _floor(self) -> Scores:
        pieces = [piece_at(*place.address) for place in self.places]
        return floor(datasets.load("train", self.folder), pieces)

    def _writing(self, model: str, count: int) -> Scores:
        chosen = self.places[:count]
        jobs = sopranos.piece_jobs(model, chosen, self.plan.seed, published=self._published(model))
        results = self.workshop.do(f"{model}: harmonizing", jobs)
        truths = [score_of(piece_at(*place.address)) for place in chosen]
        done = [written(truth, result) for truth, result in zip(truths, results, strict=True)]
        return {
            "writing.pieces": float(count),
            **_named("writing", self._counted(chosen, [each.score for each in done])),
            **_named("bach", self._counted(chosen, truths)),
            **_named("phrase", counting.phrase_rates([each.score for each in done])),
            **_named("bach_phrase", counting.phrase_rates(truths)),
            **_named("writing", counting.accuracy(truths, [each.score for each in done])),
            **_named("new_tunes.writing", self._fresh_accuracy(done)),
            "writing.soprano_kept": _kept(done),
        }

    def _counted(self, chosen: Sequence[Place], scores: Sequence[Score]) -> Scores:
        counted = [counting.count(score, score.key) for score in scores]
        pitches = [score.chorale.pitches.astype(np.int64) for score in scores]
        return counting.rates(counted) | harmony_shares([piece_at(*place.address) for place in chosen], pitches)

    def _fresh_accuracy(self, done: Sequence[Written]) -> Scores:
        fresh = [each for each, is_new in zip(done, self._new(len(done)), strict=True) if is_new]
        return counting.accuracy([each.given for each in fresh], [each.score for each in fresh])

    def _melodies(self, model: str, count: int) -> Scores:
        if not count:
            return {}
        published = self._published(model)
        jobs = sopranos.melody_jobs(model, str(self.folder), count, self.plan.seed, published=published)
        results = [result for some in self.workshop.do(f"{model}: melodies", jobs) for result in some]
        given = melodies(str(self.folder), count, self.plan.seed)
        done = [written(score, result) for score, result in zip(given, results, strict=True)]
        found = counting.rates([counting.count(each.score, each.given.key) for each in done])
        wanted = ("fifths", "octaves", "beat_fifths", "beat_octaves", "key_kept", "signature_kept")
        return {
            "melodies.count": float(len(done)),
            **_named("melodies", {name: found[name] for name in wanted}),
            "melodies.soprano_kept": _kept(done),
        }


def _named(name: str, scores: Scores) -> Scores:
    return {f"{name}.{key}": value for key, value in scores.items()}


def _kept(done: Sequence[Written]) -> float:
    return float(np.mean([counting.given_kept(each.given, each.score) for each in done]))
