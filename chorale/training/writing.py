"""What a harmonizer makes of the sopranos of held-out chorales, counted beside what Bach made of them."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chorale.models.coconet.codec import PITCHES
from chorale.models.coconet.filling import anneal
from chorale.music import REST, Chorale, Key, Meter, Score
from chorale.theory.instruments import count_parallels
from chorale.training import measures
from chorale.training.batches import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from chorale.models.base import Harmonizer
    from chorale.models.coconet.sampling import Coconet
    from chorale.training.datasets import Piece

    IntArray = NDArray[np.int64]

__all__ = [
    "Written",
    "gibbs_scores",
    "harmonized",
    "harmony",
    "harmony_shares",
    "score_of",
    "texture",
    "writing_scores",
]

PHRASE = 64  # steps
GIBBS_PASSES, GIBBS_TEMPERATURE = 96, 0.99  # the Bach Doodle's own
STEPS_PER_BAR = 16  # of the published counts: a measure is four quarters, whatever the meter
SHARES = {
    "foreign": "cells",
    "beat_foreign": "beat_cells",
    "off_foreign": "off_cells",
    "chromatic_steps": "lower_moves",
    "chromatic_neighbours": "lower_moves",
    "bare_chords": "chords",
    "common_closes": "closes",
    "closes_by_fifth": "closes",
    "tonic_finals": "finals",
    "final_by_fifth": "finals",
}  # what is counted in ``harmony``, and of what it is a share
METERS = {8: Meter(2, 4), 12: Meter(3, 4), 16: Meter(4, 4), 24: Meter(3, 2)}


@dataclass(frozen=True)
class Written:
    """One harmonization: pitches (T, 4), and the seconds it took."""

    pitches: IntArray
    seconds: float


def score_of(piece: Piece, steps: int | None = None) -> Score:
    """Return a piece, or its first steps, as a score with key, meter, pickup and fermatas as far as known."""
    pitches, onsets = piece.pitches[:steps], piece.onsets[:steps]
    bar = int(piece.bar[0]) if piece.bar[0] in METERS else STEPS_PER_BAR
    pickup = int(-piece.phase[0] % bar) if piece.phase[0] >= 0 else 0
    found = key_of(piece)
    key = Key(0)
    if found is not None:
        key = _key(*found)
    under = np.flatnonzero((piece.fermata[: len(pitches)] == 1) & onsets[:, 0])
    return Score(
        Chorale(pitches.astype(np.int16), onsets), key, METERS[bar], pickup, fermatas=frozenset(under.tolist())
    )


def _key(tonic: int, minor: bool) -> Key:  # noqa: FBT001  as key_of returns it
    sharps = (tonic * 7 + (9 if minor else 0) + 5) % 12 - 5
    return Key.from_signature(sharps, "minor" if minor else "major")


def harmonized(model: Harmonizer, piece: Piece, seed: int) -> Written:
    """Return the default harmonization of a piece's soprano."""
    score = score_of(piece)
    writable = np.zeros(score.chorale.pitches.shape, bool)
    writable[:, 1:] = True
    start = time.perf_counter()
    best = model.harmonize(score, writable, seed=seed)[0]
    return Written(best.score.chorale.pitches.astype(np.int64), time.perf_counter() - start)


def writing_scores(pieces: Sequence[Piece], written: Sequence[Written]) -> dict[str, float]:
    """Return the counts of the harmonizations and of Bach's own, a bar of sixteen steps each."""
    bars = sum(len(piece.pitches) for piece in pieces) / STEPS_PER_BAR
    scores: dict[str, float] = {}
    for name, rolls in (
        ("writing", [result.pitches for result in written]),
        ("bach", [piece.pitches for piece in pieces]),
    ):
        counts = _sum(texture(roll) for roll in rolls)
        scores |= {f"{name}.{key}": value / bars for key, value in counts.items() if key != "bass_steps"}
        scores[f"{name}.stepwise_bass"] = counts["bass_steps"] / (counts["bass_moves"] or 1)
        scores |= {f"{name}.{key}": share for key, share in harmony_shares(pieces, rolls).items()}
    right = [(piece.pitches == result.pitches).mean(axis=0) for piece, result in zip(pieces, written, strict=True)]
    scores |= {f"writing.{'SATB'[voice]}": float(np.mean(right, axis=0)[voice]) for voice in range(1, 4)}
    scores["writing.soprano_kept"] = float(np.mean([share[0] == 1 for share in right]))
    scores["writing.ms_a_bar"] = round(1000 * sum(result.seconds for result in written) / bars, 1)
    return scores


def gibbs_scores(model: Coconet, pieces: Sequence[Piece], seed: int) -> dict[str, float]:
    """Return the texture of phrases that Coconet's published sampler writes to the sopranos, and of Bach's own.

    Annealed blocked Gibbs sampling by the network alone, from pitches alone: no rules, no choice among candidates.
    """
    phrases = [piece.pitches[:PHRASE] for piece in pieces]
    bars = sum(map(len, phrases)) / STEPS_PER_BAR
    rolls = {"gibbs": [_gibbs(model, phrase, seed) for phrase in phrases], "gibbs_bach": phrases}
    totals = {name: _sum(texture(roll) for roll in each) for name, each in rolls.items()}
    return {f"{name}.{key}": count / bars for name, counts in totals.items() for key, count in counts.items()}


def _gibbs(model: Coconet, phrase: IntArray, seed: int) -> IntArray:
    """Return one phrase (T, 4) with its lower voices written anew."""
    hidden = measures.lower_voices(len(phrase))
    passes = anneal(
        model.log_probs,
        phrase[None],
        hidden,
        np.ones((4, PITCHES), bool),
        passes=GIBBS_PASSES,
        temperature=GIBBS_TEMPERATURE,
        rng=np.random.default_rng(seed),
    )
    written: IntArray = list(passes)[-1][0][0]
    return written


def harmony_shares(pieces: Sequence[Piece], rolls: Sequence[IntArray]) -> dict[str, float]:
    """Return SHARES of harmonies (T, 4) that were written to the sopranos of pieces."""
    counts = _sum(harmony(piece, roll) for piece, roll in zip(pieces, rolls, strict=True))
    return {key: counts[key] / (counts[of] or 1) for key, of in SHARES.items()}


def _sum(tables: Iterable[dict[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for table in tables:
        total.update(table)
    return total


def harmony(piece: Piece, pitches: IntArray) -> dict[str, int]:
    """Return counts of a harmony written to a piece's soprano, in that piece's key; none where it has no key."""
    found = key_of(piece)
    if found is None:
        return {}
    tonic, minor = found
    ends = np.flatnonzero((piece.fermata == 1) & piece.onsets[:, 0])
    return (
        measures.tonality(pitches, tonic, minor=minor)
        | measures.chords(pitches)
        | measures.closes(pitches, ends, tonic, minor=minor)
    )


def texture(pitches: IntArray) -> dict[str, int]:
    """Return counts of one piece: parallels, also from beat to beat; changes of A, T, B; crossings; bass steps."""
    short = pitches.astype(np.int16)
    near, beats = count_parallels(short), count_parallels(short, 4)
    moved = (pitches[1:] != pitches[:-1]) & (pitches[1:] != REST) & (pitches[:-1] != REST)
    place = np.arange(1, len(pitches)) % 4
    lower = moved[:, 1:]
    both = (pitches[:, :-1] != REST) & (pitches[:, 1:] != REST)
    bass = np.abs(np.diff(pitches[:, 3]))[moved[:, 3]]
    return {
        "fifths": near.fifths,
        "octaves": near.octaves,
        "beat_fifths": beats.fifths,
        "beat_octaves": beats.octaves,
        "changes": int(lower.sum()),
        "odd_changes": int(lower[place % 2 == 1].sum()),
        "offbeat_changes": int(lower[place == 2].sum()),
        "crossed_steps": int(((pitches[:, :-1] < pitches[:, 1:]) & both).sum()),
        "bass_moves": len(bass),
        "bass_steps": int((bass <= 2).sum()),
    }
