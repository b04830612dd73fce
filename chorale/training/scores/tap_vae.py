"""Scores TapVAE on held-out grooves of four bars: each is folded into taps, from which the model makes drums again.

kick, snare, hat: share of patterns in which they appear; on_taps: share of the hits that
fall on tapped steps; answered: share of the taps that are answered by a hit. hits: hits a bar.
nats: of a step under DrumRNN, an event of 512; of_drummer: as a share of what the drummers' own patterns cost. *.random
strikes at each tap a set of pieces that is drawn from the training grooves' sets, the baseline; *.drummer is what was
played. Temperature 1, one seed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chorale.models.base import Surroundings, Taps
from chorale.models.drum_rnn.codec import events_of, hits_of
from chorale.models.tap_vae.codec import taps_of
from chorale.music import DrumPattern, Piece
from chorale.training import datasets, grooves
from chorale.training.evaluate import model_of
from chorale.training.scores.table import asked, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from chorale.models.drum_rnn.sampling import DrumRNN
    from chorale.models.tap_vae.sampling import TapVAE
    from chorale.training.grooves import Groove

    IntArray = NDArray[np.int64]

__all__ = ["figures", "run"]

BARS = 4
CLIPS = 300  # spread over all that there are
_HATS = [Piece.CLOSED_HAT, Piece.OPEN_HAT]


def run(name: str, model: TapVAE, arguments: Sequence[str]) -> int:
    """Score the model as the command line says."""
    options = asked(name, arguments, __doc__)
    folder = datasets.data_folder(options.data)
    clips = [
        clip for clip in grooves.windows(grooves.load(options.split, folder), BARS, hop=BARS) if _filled(clip.pattern)
    ]
    clips = clips[:: max(1, len(clips) // CLIPS)][: options.pieces]
    sets = np.concatenate([events_of(groove.pattern.hits) for groove in grooves.load("train", folder)])
    rng = np.random.default_rng(options.seed)
    patterns = {
        "model": [_drummed(model, clip, options.seed + number) for number, clip in enumerate(clips)],
        "random": [_random(clip, sets[sets > 0], rng) for clip in clips],
        "drummer": [clip.pattern for clip in clips],
    }
    judge = model_of("drum_rnn", "drum_rnn")
    scores: dict[str, float] = {"clips": len(clips)}
    for label, written in patterns.items():
        scores |= {f"{key}.{label}": value for key, value in figures(clips, written, judge).items()}
    scores |= {f"of_drummer.{label}": scores[f"nats.{label}"] / scores["nats.drummer"] for label in ("model", "random")}
    return told(name, options, scores)


def figures(clips: Sequence[Groove], written: Sequence[DrumPattern], judge: DrumRNN) -> dict[str, float]:
    """Return the figures of patterns that go with clips."""
    hits = np.stack([pattern.hits for pattern in written])
    taps = np.stack([taps_of(clip.pattern)[0] for clip in clips])
    events = events_of(hits)
    nats = -np.take_along_axis(judge.log_probs(events), events[..., np.newaxis], axis=-1)
    return {
        "kick": float(hits[..., Piece.KICK].any(axis=1).mean()),
        "snare": float(hits[..., Piece.SNARE].any(axis=1).mean()),
        "hat": float(hits[..., _HATS].any(axis=(1, 2)).mean()),
        "on_taps": float(hits[taps].sum() / hits.sum()),
        "answered": float((hits.sum(axis=2) > 0)[taps].mean()),
        "hits": float(hits.sum(axis=(1, 2)).mean() / BARS),
        "nats": float(nats.mean()),
    }


def _filled(pattern: DrumPattern) -> bool:
    """Return whether something is struck in each bar."""
    return bool(pattern.hits.reshape(BARS, -1).any(axis=1).all())


def _drummed(model: TapVAE, clip: Groove, seed: int) -> DrumPattern:
    taps = Taps(*taps_of(clip.pattern))
    return model.drummed(taps, Surroundings(qpm=clip.qpm), seed=seed)[0].music


def _random(clip: Groove, sets: IntArray, rng: np.random.Generator) -> DrumPattern:
    struck = taps_of(clip.pattern)[0]
    return DrumPattern(hits_of(np.where(struck, rng.choice(sets, len(struck)), 0)))
