"""Which held-out tunes are new, and what one knows of the lower voices from the soprano's pitch alone."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np

from chorale.training import datasets
from chorale.training.datasets import REST

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from chorale.training.datasets import Piece

__all__ = ["floor", "mapped_tunes", "new_tunes", "shared_runs"]

RUN = 6  # intervals, of seven notes
ALIKE = 0.25  # of a soprano's runs in one other soprano: by then the two begin or end alike


def new_tunes(split: str, folder: Path) -> list[bool]:
    """Return for each piece of a split whether its tune is in no training piece, in whatever setting.

    A tune is old if the map of the data says that a training file has it (directly, or through files that share a
    tune with both), or if a quarter of its runs of seven notes, as intervals, is in one training soprano. The second
    finds variants that the map does not know; it may also find tunes that merely have a line in common.
    """
    pieces = datasets.load(_known(split), folder)
    sopranos = [_runs(piece) for piece in datasets.load("train", folder)]
    old = mapped_tunes(json.loads((folder / "jsb_split_bwv.json").read_text(encoding="utf-8")), split)
    return [
        piece.name not in old and shared_runs(_runs(piece), sopranos) < ALIKE for piece in pieces
    ]  # pieces are named by the split and the place that they have in the map


def _known(split: str) -> datasets.Split:
    return "test" if split == "test" else "valid"


def mapped_tunes(facts: dict[str, list[dict[str, object]]], split: str) -> set[str]:
    """Return the names ("test 12") of a split's pieces whose tune is in training according to the map."""
    tunes = _Groups()
    for entry in facts["detail"]:
        files = [*_listed(entry.get("same_tune_m21")), *_listed([entry["m21_file"]])]
        tunes.join(files)
    trained = {*_listed(facts["m21_train_pool"])}
    trained |= {file for entry in facts["detail"] if entry["split"] == "train" for file in _listed([entry["m21_file"]])}
    known = {tunes.of(file) for file in trained}
    return {
        f"{split} {entry['index']}"
        for entry in facts["detail"]
        if entry["split"] == split and any(tunes.of(file) in known for file in _listed([entry["m21_file"]]))
    }


def _listed(files: object) -> list[str]:
    return [str(file) for file in files if file] if isinstance(files, list) else []


class _Groups:
    """Names that belong together, directly or through others."""

    def __init__(self) -> None:
        self.leader: dict[str, str] = {}

    def of(self, name: str) -> str:
        """Return the name that stands for a name's group."""
        while (above := self.leader.get(name, name)) != name:
            name = above
        return name

    def join(self, names: Sequence[str]) -> None:
        """Say that names belong together."""
        for name in names[1:]:
            self.leader[self.of(name)] = self.of(names[0])


def _runs(piece: Piece) -> set[tuple[int, ...]]:
    struck = piece.pitches[piece.onsets[:, 0], 0]
    moves = np.diff(struck).tolist()
    return {tuple(moves[first : first + RUN]) for first in range(len(moves) - RUN + 1)}


def shared_runs(runs: set[tuple[int, ...]], others: Sequence[set[tuple[int, ...]]]) -> float:
    """Return the largest share of some runs that is in one of the others."""
    return max((len(runs & other) / len(runs) for other in others if runs), default=0.0)


def floor(training: Sequence[Piece], pieces: Sequence[Piece]) -> dict[str, float]:
    """Return the share of sounding cells of A, T and B that the commonest training pitch under the soprano's gives."""
    shares = {}
    for voice, letter in enumerate("ATB", 1):
        commonest = _commonest(training, voice)
        right = sounding = 0
        for piece in pieces:
            sounds = piece.pitches[:, voice] != REST
            guessed = np.array([commonest.get(int(pitch), REST - 1) for pitch in piece.pitches[:, 0]])
            right += int((guessed == piece.pitches[:, voice])[sounds].sum())
            sounding += int(sounds.sum())
        shares[letter] = right / max(1, sounding)
    return shares


def _commonest(training: Sequence[Piece], voice: int) -> dict[int, int]:
    under: dict[int, Counter[int]] = defaultdict(Counter)
    for piece in training:
        for soprano, pitch in piece.pitches[:, [0, voice]].tolist():
            under[soprano][pitch] += pitch != REST
    return {soprano: pitches.most_common(1)[0][0] for soprano, pitches in under.items()}
