"""How long a harmonization takes with the model warm, how soon something is heard, how long and large the model is.

Times are medians of several calls in this process, with the threads that the application uses; other work on the
machine counts too, so measure when it is idle.
"""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import numpy as np

from chorale.models import registry
from chorale.models.runtime import THREADS
from chorale.music import REST, Chorale, Key, Note, Score
from chorale.training.harmonizers.pieces import lower_writable
from chorale.training.harmonizers.sopranos import gibbs

if TYPE_CHECKING:
    from collections.abc import Callable

    from chorale.models.base import Progress
    from chorale.models.coconet.sampling import Coconet

__all__ = ["first_light", "speed_scores", "tune"]

SHORT, LONG = 32, 256  # steps: what the Doodle took, and sixteen bars
CALLS = 5
TUNE = (67, 67, 69, 71, 72, 71, 69, 67, 74, 72, 71, 69, 71, 69, 69, 67)  # quarters in G, of our own
_LOAD = (
    "import sys, time; began = time.perf_counter();"
    "import numpy as np; from chorale.models import registry;"
    "registry.load(sys.argv[1]).log_probs(np.full((1, 32, 4), 60), np.ones((1, 32, 4), bool));"
    "print(1000 * (time.perf_counter() - began))"
)


def tune(steps: int) -> Score:
    """Return a melody of quarters as a soprano."""
    notes = [Note(start, 4, TUNE[start // 4 % len(TUNE)]) for start in range(0, steps, 4)]
    return Score(Chorale.from_voices([notes], steps), Key.parse("G"))


def speed_scores(name: str, *, published: bool) -> dict[str, float]:
    """Return the times and the size of a model.

    ms_32 and ms_256, a default harmonization of so many steps; light_ms, until the first answer in which all voices
    sing (see ``first_light``), of 32 steps; load_ms, from the start of a process (Python itself is up) to the first
    answer of the network; megabytes, the model's files, without its card; threads.

    Args:
        name: The model's.
        published: Whether Coconet's published sampler writes; it has no answer before its last, and 256 steps of it
            are left out.
    """
    model: Coconet = registry.load(name)
    scores = {"speed.threads": float(THREADS), "speed.megabytes": _megabytes(name), "speed.load_ms": _load_ms(name)}
    if published:
        return scores | {"speed.ms_32": _median(lambda: gibbs(model, tune(SHORT), 0), calls=3)}
    short, long = tune(SHORT), tune(LONG)
    scores["speed.ms_32"] = _median(lambda: model.harmonize(short, lower_writable(short)))
    scores["speed.ms_256"] = _median(lambda: model.harmonize(long, lower_writable(long)))
    return scores | {"speed.light_ms": _middle([first_light(model, short) for _ in range(CALLS)])}


def first_light(model: Coconet, score: Score) -> float:
    """Return the milliseconds until a harmonizer first shows an answer in which all written voices sing all the time.

    That is what the window and the player can show and play while the rest of the work goes on.
    """
    began = time.perf_counter()
    shown: list[float] = []

    def report(progress: Progress) -> None:
        if not shown and progress.score is not None and (progress.score.chorale.pitches != REST).all():
            shown.append(time.perf_counter() - began)

    model.harmonize(score, lower_writable(score), report=report)
    return 1000 * (shown[0] if shown else time.perf_counter() - began)


def _median(call: Callable[[], object], calls: int = CALLS) -> float:
    """Return the median of some calls, in milliseconds; one more goes before, so that the model is warm."""
    call()
    taken = []
    for _ in range(calls):
        began = time.perf_counter()
        call()
        taken.append(1000 * (time.perf_counter() - began))
    return _middle(taken)


def _middle(values: list[float]) -> float:
    return float(np.median(values))


def _load_ms(name: str) -> float:
    """Return what a fresh process takes until the network has answered once."""
    command = [sys.executable, "-c", _LOAD, name]
    runs = [subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(3)]  # noqa: S603  our own
    return _middle([float(run.stdout) for run in runs])


def _megabytes(name: str) -> float:
    folder = registry.folder_of(name)
    sizes = [(folder / file).stat().st_size for file in registry.checked_config(folder)["files"]]
    return float(sum(sizes)) / 1e6
