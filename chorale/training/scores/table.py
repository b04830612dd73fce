"""What the evaluations of the Studio's models share: their command line, printing and saving."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

import numpy as np

from chorale.files import atomic_write
from chorale.models import registry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["asked", "predicted", "told"]


def asked(name: str, arguments: Sequence[str], description: str | None) -> argparse.Namespace:
    """Return what ``chorale evaluate`` was told: data, split, pieces, seed, json, save."""
    parser = argparse.ArgumentParser(prog=f"chorale evaluate {name}", description=description)
    parser.add_argument("--data", help="folder of the data; default: the environment variable CHORALE_DATA")
    parser.add_argument("--split", choices=("valid", "test"), default="valid", help="test: once, for the card")
    parser.add_argument("--pieces", type=int, help="only so many; default: all")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--save", action="store_true", help="write the scores into the model's config.json")
    return parser.parse_args(list(arguments))


def predicted(
    label: str, log_probs: NDArray[np.floating], truth: NDArray[np.int64], first_onset: int
) -> dict[str, float]:
    """Return nats, perplexity and accuracy of log-probabilities (T, classes), at all steps and at onsets.

    Args:
        label: What the figures' names begin with.
        log_probs: Of every event, given those before it.
        truth: (T,) what came.
        first_onset: The first event that strikes something; those below do not.
    """
    nats = -log_probs[np.arange(len(truth)), truth]
    right = log_probs.argmax(axis=1) == truth
    onset = truth >= first_onset
    return {
        f"{label}.nats": float(nats.mean()),
        f"{label}.perplexity": float(np.exp(nats.mean())),
        f"{label}.accuracy": float(right.mean()),
        f"{label}.onset.nats": float(nats[onset].mean()),
        f"{label}.onset.accuracy": float(right[onset].mean()),
    }


def told(name: str, options: argparse.Namespace, scores: dict[str, float]) -> int:
    """Print the scores, save them if that was asked, and return the exit status."""
    rounded = {key: round(value, 4) for key, value in scores.items()}
    if options.json:
        print(json.dumps(rounded))
    else:
        print("\n".join(f"{key:28}{value:10.4f}" for key, value in rounded.items()))
    if options.save:
        path = registry.folder_of(name) / "config.json"
        config = json.loads(path.read_text(encoding="utf-8"))
        config.setdefault("scores", {})[options.split] = rounded
        atomic_write(path, (json.dumps(config, indent=2, ensure_ascii=False) + "\n").encode())
    return 0
