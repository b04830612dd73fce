"""Which pieces are measured: places in a split of the chorales, and the melodies that people typed into the Doodle."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from chorale.errors import InputError
from chorale.music import REST, Chorale, Score
from chorale.theory.key_finding import estimate_key
from chorale.training import datasets
from chorale.training.harmonizers.work import fingerprint

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from chorale.training.datasets import Piece, Split

__all__ = ["Place", "lower_writable", "melodies", "piece_at", "places"]

MELODIES = "doodle_melodies.json"


@dataclass(frozen=True)
class Place:
    """Where a piece is found, and what tells its content from another's.

    Attributes:
        split: Of the chorales.
        folder: Of the data.
        number: In the split.
        content: A fingerprint of the piece.
    """

    split: str
    folder: str
    number: int
    content: str

    @property
    def address(self) -> tuple[str, str, int]:
        """What ``piece_at`` takes."""
        return self.split, self.folder, self.number


def places(split: str, folder: Path, count: int | None = None) -> list[Place]:
    """Return the places of the pieces of a split, or of the first few."""
    pieces = _split(split, str(folder))[:count]
    return [Place(split, str(folder), number, _content(piece)) for number, piece in enumerate(pieces)]


def piece_at(split: str, folder: str, number: int) -> Piece:
    """Return one piece of a split."""
    return _split(split, folder)[number]


@functools.lru_cache(maxsize=3)
def _split(split: str, folder: str) -> list[Piece]:
    return datasets.load(cast("Split", split), Path(folder))


def _content(piece: Piece) -> str:
    arrays = (piece.pitches, piece.onsets, piece.fermata, piece.phase, piece.bar)
    return fingerprint([array.astype(int).tolist() for array in arrays])


@functools.lru_cache(maxsize=2)
def melodies(folder: str, count: int, seed: int) -> tuple[Score, ...]:
    """Return melodies that people typed into the Bach Doodle: two bars each, as sopranos in the key they suggest.

    Args:
        folder: Of the data; its ``doodle_melodies.json`` has a list of notes (pitch, first step, step after).
        count: How many, drawn without repetition; all if there are no more.
        seed: Of the draw.

    Raises:
        InputError: the folder has no such file, or it is damaged.
    """
    path = Path(folder) / MELODIES
    try:
        listed = [entry["timing"] for entry in json.loads(path.read_text(encoding="utf-8"))["melodies"]]
    except OSError as error:
        raise InputError(f"melodies: {folder} has no file {MELODIES}; wanted it, or --melodies 0") from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"melodies: {path} is damaged; wanted a list of notes (pitch, start, end) each") from error
    drawn = np.random.default_rng(seed).permutation(len(listed))[:count]
    return tuple(_score(listed[number]) for number in drawn)


def _score(timing: list[tuple[int, int, int]]) -> Score:
    steps = -(-max(end for _, _, end in timing) // 32) * 32
    pitches = np.full((steps, 4), REST, np.int16)
    onsets = np.zeros((steps, 4), bool)
    for pitch, start, end in timing:
        pitches[start:end, 0], onsets[start, 0] = pitch, True
    chorale = Chorale(pitches, onsets & (pitches != REST))
    return Score(chorale, estimate_key(chorale.notes(0)))


def lower_writable(score: Score) -> NDArray[np.bool_]:
    """Return the mask (T, 4) of the job: alto, tenor and bass are written."""
    writable = np.zeros(score.chorale.pitches.shape, bool)
    writable[:, 1:] = True
    return writable
