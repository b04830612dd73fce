"""Quality against work: every number of draft passes, rounds of sweeps and candidates, on the same phrases.

Each point is measured on the first 64 steps of validation pieces, soprano given:
    fifths, octaves, beat_fifths, beat_octaves   a bar, as in ``counting``
    nats        pseudo-likelihood: nats a written cell, given the other voices; too low is too smooth (Bach's is stated)
    right       share of cells as in Bach, the mean of A, T and B
    texture     distance from Bach's texture: the mean of |ratio - 1| over changes, those on odd sixteenths, those on
                off-beat eighths, and the share of steps in the bass; 0 is Bach's
    ms          milliseconds a phrase, in one process, with the application's threads
"""

from __future__ import annotations

import itertools
import time
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from chorale.models import registry
from chorale.models.coconet.sampling import Settings
from chorale.training.harmonizers import counting
from chorale.training.harmonizers.drawing import Panel, drawn
from chorale.training.harmonizers.pieces import lower_writable, piece_at, places
from chorale.training.harmonizers.sopranos import OUR_SOURCES, written
from chorale.training.harmonizers.work import Job, Workshop, fingerprint, model_fingerprint, source_of
from chorale.training.writing import score_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from chorale.music import Score

__all__ = ["CANDIDATES", "PASSES", "ROUNDS", "Point", "markdown", "measured", "svg", "texture_distance"]

PHRASE = 64  # steps
PIECES = 8
PASSES, ROUNDS, CANDIDATES = (1, 2, 4, 8, 16), (0, 1, 2, 3), (1, 4, 8)
_PANELS = {
    "parallel fifths and octaves a bar": ("fifths", "octaves"),
    "right cells of A, T and B": ("right",),
    "distance from Bach's texture": ("texture",),
}


@dataclass(frozen=True)
class Point:
    """One setting and what came of it; see the module."""

    passes: int
    rounds: int
    candidates: int
    fifths: float
    octaves: float
    beat_fifths: float
    beat_octaves: float
    nats: float
    right: float
    texture: float
    ms: float


def measured(name: str, folder: Path, workshop: Workshop, *, pieces: int | None, seed: int) -> list[Point]:
    """Return the points of a model, measured one after another so that each has the machine to itself.

    Args:
        name: The model's.
        folder: Of the data.
        workshop: Keeps what is measured.
        pieces: How many validation pieces; None: PIECES.
        seed: Of the harmonizations.
    """
    chosen = places("valid", folder, pieces or PIECES)
    depends = fingerprint(
        model_fingerprint(name), source_of(write, score_of, *OUR_SOURCES), [place.content for place in chosen]
    )
    settings = list(itertools.product(PASSES, ROUNDS, CANDIDATES))
    jobs = [Job(f"{__name__}:write", (name, str(folder), len(chosen), seed, *each), depends) for each in settings]
    results = Workshop(workshop.folder, 1).do(f"{name}: curve", jobs)
    truths = _phrases(str(folder), len(chosen))
    return [_point(each, truths, result) for each, result in zip(settings, results, strict=True)]


def write(name: str, folder: str, count: int, seed: int, passes: int, rounds: int, candidates: int) -> list[Any]:
    """Do one job: harmonize each phrase; return pitches, onsets, seconds and nats of each."""
    model = registry.load(name)
    settings = replace(Settings(), passes=passes, rounds=rounds, candidates=candidates)
    results = []
    for score in _phrases(folder, count):
        began = time.perf_counter()
        best = model.harmonize(score, lower_writable(score), seed=seed, settings=settings)[0]
        seconds = time.perf_counter() - began
        chorale = best.score.chorale
        results.append([chorale.pitches.tolist(), chorale.onsets.astype(int).tolist(), seconds, -best.log_likelihood])
    return results


def _phrases(folder: str, count: int) -> list[Score]:
    return [score_of(piece_at("valid", folder, number), PHRASE) for number in range(count)]


def _point(setting: tuple[int, int, int], truths: Sequence[Score], results: Sequence[Any]) -> Point:
    scores = [written(truth, result[:3]).score for truth, result in zip(truths, results, strict=True)]
    found = counting.rates([counting.count(score, score.key) for score in scores])
    near, beats = (found["fifths"], found["octaves"]), (found["beat_fifths"], found["beat_octaves"])
    return Point(
        *setting,
        *near,
        *beats,
        nats=float(np.mean([result[3] for result in results])),
        right=float(np.mean(list(counting.accuracy(truths, scores).values()))),
        texture=texture_distance(scores, truths),
        ms=1000 * float(np.median([result[2] for result in results])),
    )


def texture_distance(scores: Sequence[Score], truths: Sequence[Score]) -> float:
    """Return how far the texture of some scores is from that of others, as the module says; 0: alike."""
    ours, theirs = counting.phrase_rates(scores), counting.phrase_rates(truths)
    apart = [abs(ours[name] / theirs[name] - 1) for name in theirs if theirs[name]]
    return float(np.mean(apart)) if apart else 0.0


def markdown(points: Sequence[Point]) -> str:
    """Return the points as a table."""
    head = ["passes", "rounds", "candidates", "fifths / octaves a bar", "from beat to beat", "nats", "right", "texture"]
    rows = [[*head, "ms"], ["---"] * (len(head) + 1), *map(_cells, points)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _cells(point: Point) -> list[str]:
    default = Settings()
    usual = (point.passes, point.rounds, point.candidates) == (default.passes, default.rounds, default.candidates)
    mark = " (default)" if usual else ""
    return [
        *(f"{point.passes}", f"{point.rounds}", f"{point.candidates}{mark}"),
        f"{point.fifths:.3f} / {point.octaves:.3f}",
        f"{point.beat_fifths:.3f} / {point.beat_octaves:.3f}",
        *(f"{point.nats:.3f}", f"{point.right:.3f}", f"{point.texture:.2f}", f"{point.ms:.0f}"),
    ]


def svg(points: Sequence[Point]) -> str:
    """Return a picture: quality against milliseconds, a line for each number of rounds, its dots the passes.

    At the default number of candidates; all of them are in the table.
    """
    usual = [point for point in points if point.candidates == Settings().candidates] or list(points)
    series = {f"{rounds} rounds": [p for p in usual if p.rounds == rounds] for rounds in ROUNDS}
    panels = []
    for title, figures in _PANELS.items():
        lines = {
            name: [(p.ms, sum(getattr(p, each) for each in figures)) for p in line] for name, line in series.items()
        }
        panels.append(Panel(title, lines))
    dots = " ".join(str(passes) for passes in PASSES)
    return drawn(panels, f"milliseconds for 64 steps (dots: {dots} passes)")


def as_json(points: Sequence[Point]) -> list[dict[str, float]]:
    """Return the points as JSON."""
    return [asdict(point) for point in points]
