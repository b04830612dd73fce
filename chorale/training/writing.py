"""Pieces of the splits as scores to harmonize, and the counts that a harmony to their sopranos gives."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from chorale.music import REST, VOICES, Chorale, Meter, Score
from chorale.theory.instruments import count_parallels
from chorale.theory.key_finding import estimate_key
from chorale.training import measures
from chorale.training.batches import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from chorale.training.datasets import Piece

    IntArray = NDArray[np.int64]

__all__ = ["SHARES", "STEPS_PER_BAR", "harmony", "harmony_shares", "score_of", "texture"]

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
    "tonic_openings": "openings",
    "tonic_finals": "finals",
    "final_by_fifth": "finals",
}  # what is counted in ``harmony``, and of what it is a share
METERS = {8: Meter(2, 4), 12: Meter(3, 4), 16: Meter(4, 4), 24: Meter(3, 2)}


def score_of(piece: Piece, steps: int | None = None) -> Score:
    """Return a piece, or its first steps, as a score with key, meter, pickup and fermatas as far as known.

    The key is the one that is found in all voices of the whole piece: what stands at the head of a page.
    """
    pitches, onsets = piece.pitches[:steps], piece.onsets[:steps]
    bar = int(piece.bar[0]) if piece.bar[0] in METERS else STEPS_PER_BAR
    pickup = int(-piece.phase[0] % bar) if piece.phase[0] >= 0 else 0
    whole = Chorale(piece.pitches.astype(np.int16), piece.onsets)
    key = estimate_key(note for voice in VOICES for note in whole.notes(voice))
    under = np.flatnonzero((piece.fermata[: len(pitches)] == 1) & onsets[:, 0])
    return Score(
        Chorale(pitches.astype(np.int16), onsets), key, METERS[bar], pickup, fermatas=frozenset(under.tolist())
    )


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
        | measures.opening(pitches, tonic, minor=minor)
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
