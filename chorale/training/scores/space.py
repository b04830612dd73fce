"""What MelodyVAE and DrumVAE are scored on alike.

reconstruction: share of the steps of two-bar clips that come back as they were, drawn at temperature 1; expected: at
temperature 0; commonest: what one gets who always writes the commonest event of each step of the training clips.
exact: share of clips that come back whole.
monotone: share of paths of five clips between two held-out ones (ends re-created, temperature 1, one seed a path) on
which each clip is at least as far from the first, and as near to the last, as the one before; monotone.strangers: the
same where the three clips between are other held-out clips. even: the largest step of a path, as a share of the way, on
the average (a quarter if all steps were alike).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

from chorale.music import DrumPattern, Melody

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]
    Rngs = Sequence[np.random.Generator]

__all__ = ["PAIRS", "PLACES", "SPACING", "Trial", "baseline", "figures"]

PLACES = (0.0, 0.25, 0.5, 0.75, 1.0)
PAIRS = 200
SPACING = 97  # clips between the two of a pair: another piece
_TOGETHER = 64  # clips that are re-created at once

Music = TypeVar("Music", Melody, DrumPattern)


@dataclass(frozen=True)
class Trial(Generic[Music]):
    """How one kind of model is asked.

    Attributes:
        events: Returns the events (T,) of a clip.
        recreate: Returns what becomes of clips, with a generator each and a temperature.
        walk: Returns the clips at ``PLACES`` between two, with a seed.
        distance: Returns how unlike two clips are.
    """

    events: Callable[[Music], IntArray]
    recreate: Callable[[Sequence[Music], Rngs, float], list[Music]]
    walk: Callable[[Music, Music, int], list[Music]]
    distance: Callable[[Music, Music], float]


def figures(trial: Trial[Music], clips: Sequence[Music], seed: int) -> dict[str, float]:
    """Return the figures of held-out clips of one length."""
    scores: dict[str, float] = {"clips": len(clips)}
    truth = np.stack([trial.events(clip) for clip in clips])
    for label, temperature in (("reconstruction", 1.0), ("reconstruction.expected", 0.0)):
        same = _recreated(trial, clips, seed, temperature) == truth
        scores |= {label: float(same.mean()), f"{label}.exact": float(same.all(axis=1).mean())}
    pairs = [(clips[at], clips[(at + SPACING) % len(clips)]) for at in _spread(len(clips))]
    paths = [trial.walk(*pair, seed + number) for number, pair in enumerate(pairs)]
    strangers = [_strangers(clips, at) for at in _spread(len(clips))]
    return scores | {
        "paths": len(paths),
        "monotone": float(np.mean([_monotone(path, trial.distance) for path in paths])),
        "monotone.strangers": float(np.mean([_monotone(path, trial.distance) for path in strangers])),
        "even": float(np.mean([_largest_step(path, trial.distance) for path in paths])),
    }


def baseline(known: Sequence[IntArray], truth: Sequence[IntArray]) -> float:
    """Return how often the commonest event of its step in known clips stands in other clips of the length."""
    lines = np.stack(known)
    commonest = np.array([np.bincount(column).argmax() for column in lines.T])
    return float((np.stack(truth) == commonest).mean())


def _recreated(trial: Trial[Music], clips: Sequence[Music], seed: int, temperature: float) -> IntArray:
    """Return the events (N, T) of what becomes of clips."""
    made: list[IntArray] = []
    for at in range(0, len(clips), _TOGETHER):
        here = clips[at : at + _TOGETHER]
        rngs = [np.random.default_rng(seed + at + number) for number in range(len(here))]
        made += [trial.events(new) for new in trial.recreate(here, rngs, temperature)]
    return np.stack(made)


def _strangers(clips: Sequence[Music], at: int) -> list[Music]:
    """Return the ends of a path with other held-out clips between."""
    return [clips[(at + ahead) % len(clips)] for ahead in (0, 11, 23, 41, SPACING)]


def _spread(clips: int) -> list[int]:
    return [at * clips // PAIRS for at in range(PAIRS)]


def _monotone(path: Sequence[Music], distance: Callable[[Music, Music], float]) -> bool:
    away = [distance(path[0], each) for each in path]
    near = [distance(path[-1], each) for each in path]
    return bool((np.diff(away) >= 0).all() and (np.diff(near) <= 0).all())


def _largest_step(path: Sequence[Music], distance: Callable[[Music, Music], float]) -> float:
    steps = [distance(one, other) for one, other in pairwise(path)]
    return max(steps) / max(sum(steps), 1e-9)
