"""What a harmonizer makes of sopranos: Bach's own, whole pieces, and melodies that people typed.

A harmonizer writes by its default setting. Or, as the Bach Doodle's network was published, by Coconet's own sampler:
annealed blocked Gibbs sampling from pitches alone, no rules, no choice among candidates.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from chorale.models import registry
from chorale.models.coconet.codec import HIGHEST, LOWEST, PITCHES, classes_of, codes_of
from chorale.models.coconet.filling import anneal, draw_classes, gibbs_rate
from chorale.music import REST, Chorale, Score
from chorale.training.harmonizers.pieces import lower_writable, melodies, piece_at
from chorale.training.harmonizers.work import Job, fingerprint, model_fingerprint, source_of
from chorale.training.writing import score_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from chorale.models.coconet.sampling import Coconet
    from chorale.training.harmonizers.pieces import Place

    IntArray = NDArray[np.int64]

__all__ = [
    "GIBBS_PASSES",
    "OUR_SOURCES",
    "Written",
    "gibbs",
    "has_published_sampler",
    "melody_jobs",
    "piece_jobs",
    "written",
]

GIBBS_PASSES, GIBBS_TEMPERATURE = 96, 0.99  # the Bach Doodle's own
OUR_SOURCES = ("models/coconet", "theory", "music")  # on which depends what our sampler writes
TOGETHER = 5  # melodies a job


@dataclass(frozen=True)
class Written:
    """One harmonization.

    Attributes:
        given: What was given.
        score: What came back.
        seconds: How long it took, with whatever else the machine did.
    """

    given: Score
    score: Score
    seconds: float


def has_published_sampler(model: Coconet) -> bool:
    """Return whether a network came with a sampler of its own, by which it shall be judged."""
    return model.config.get("kind") == "doodle"


def piece_jobs(model: str, places: Sequence[Place], seed: int, *, published: bool) -> list[Job]:
    """Return the jobs that harmonize the sopranos of some pieces, by Coconet's published sampler or the model's own."""
    depends = _depends(model, published=published)
    name = f"{__name__}:write_piece"
    return [
        Job(name, (model, *place.address, seed, published), fingerprint(depends, place.content)) for place in places
    ]


def melody_jobs(model: str, folder: str, count: int, seed: int, *, published: bool) -> list[Job]:
    """Return the jobs that harmonize melodies from the Doodle, TOGETHER in each job."""
    depends = _depends(model, published=published)
    name, starts = f"{__name__}:write_melodies", range(0, len(melodies(folder, count, seed)), TOGETHER)
    return [Job(name, (model, folder, count, seed, first, published), depends) for first in starts]


def _depends(model: str, *, published: bool) -> str:
    """Return a fingerprint of the network and of all that writes with it."""
    by_published = (anneal, draw_classes, gibbs_rate, codes_of, classes_of, gibbs, _within_reach)
    sources = (score_of, _write, "models/doodle/playing.py", *(by_published if published else OUR_SOURCES))
    return fingerprint(model_fingerprint(model), source_of(*sources))


def write_piece(
    model: str,
    split: str,
    folder: str,
    number: int,
    seed: int,
    published: bool,  # noqa: FBT001  a job's arguments are JSON, without names
) -> list[Any]:
    """Do one job: harmonize the soprano of one piece; see ``written`` for what comes back."""
    return _write(registry.load(model), score_of(piece_at(split, folder, number)), seed, published=published)


def write_melodies(
    model: str,
    folder: str,
    count: int,
    seed: int,
    first: int,
    published: bool,  # noqa: FBT001  a job's arguments are JSON, without names
) -> list[list[Any]]:
    """Do one job: harmonize TOGETHER melodies from the ``first`` on."""
    drawn = melodies(folder, count, seed)[first : first + TOGETHER]
    return [_write(registry.load(model), score, seed, published=published) for score in drawn]


def _write(model: Coconet, score: Score, seed: int, *, published: bool) -> list[Any]:
    start = time.perf_counter()
    if published:
        chorale = gibbs(model, score, seed)
    else:
        chorale = model.harmonize(score, lower_writable(score), seed=seed)[0].score.chorale
    return [chorale.pitches.tolist(), chorale.onsets.astype(int).tolist(), time.perf_counter() - start]


def gibbs(model: Coconet, score: Score, seed: int) -> Chorale:
    """Return a soprano's harmonization by Coconet's published sampler; changes of pitch are its only onsets."""
    given = score.chorale
    heard = given.pitches.astype(np.int64)
    heard[:, 0] = _within_reach(heard[:, 0])
    hidden = lower_writable(score)
    passes = anneal(
        model.log_probs,
        np.where(hidden, REST, heard)[None],
        hidden,
        np.ones((4, PITCHES), bool),
        passes=GIBBS_PASSES,
        temperature=GIBBS_TEMPERATURE,
        rng=np.random.default_rng(seed),
    )
    pitches = list(passes)[-1][0][0]
    pitches[:, 0] = given.pitches[:, 0]
    onsets = Chorale(pitches).onsets.copy()
    onsets[:, 0] = given.onsets[:, 0]
    return Chorale(pitches, onsets)


def _within_reach(line: IntArray) -> IntArray:
    """Return pitches moved by octaves into what the network knows."""
    low = np.where(line < LOWEST, LOWEST + (line - LOWEST) % 12, line)
    folded = np.where(low > HIGHEST, HIGHEST - (HIGHEST - low) % 12, low)
    return np.where(line == REST, REST, folded)


def written(given: Score, result: Sequence[Any]) -> Written:
    """Return a job's result as values: pitches, onsets and seconds, for what was given."""
    pitches, onsets, seconds = result
    chorale = Chorale(np.array(pitches, np.int16), np.array(onsets, bool))
    return Written(given, given.replace(chorale=chorale), seconds)
