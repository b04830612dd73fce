"""Chorales to train on and to score with: the JSB split, with what music21's corpus knows about each piece.

``Jsb16thSeparated.npz`` gives pitches only. ``jsb_split_bwv.json`` says which file of music21's corpus each
piece is; that file, aligned step by step, adds the onsets, the fermatas and the place in the bar. Only files
of the map's safe pool ever train (the rest are the test and validation pieces in other guises).

Reading the corpus takes minutes, so the result is kept in the user's cache folder.

Conventions: arrays have one row a sixteenth (T) and the voices soprano, alto, tenor, bass; ``REST`` is silence.
"""

from __future__ import annotations

import json
import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np
import platformdirs

from chorale.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["UNKNOWN", "Piece", "data_folder", "load"]

REST = -1
UNKNOWN = -1
STEPS_PER_QUARTER = 4
SPLITS = ("train", "valid", "test")
Split = Literal["train", "valid", "test"]
_VERSION = 4  # of the cache; raise it when what is stored changes


@dataclass(frozen=True)
class Piece:
    """One chorale on the grid.

    Attributes:
        name: Where it comes from: "train 12", or the corpus file.
        pitches: (T, 4) MIDI numbers, REST where silent.
        onsets: (T, 4) True where a note is struck; from changes of pitch alone where the corpus has no match.
        fermata: (T,) 1 while a note with a fermata sounds, 0 elsewhere, UNKNOWN where the corpus has no match.
        phase: (T,) steps since the last bar line, or UNKNOWN.
        bar: (T,) steps in that bar, or UNKNOWN.
        aligned: Share of steps that the corpus file explains, 0..1.
    """

    name: str
    pitches: NDArray[np.int64]
    onsets: NDArray[np.bool_]
    fermata: NDArray[np.int64]
    phase: NDArray[np.int64]
    bar: NDArray[np.int64]
    aligned: float


def data_folder(argument: str | None) -> Path:
    """Return the folder of the data: the argument, or else the environment variable CHORALE_DATA.

    Raises:
        InputError: neither is given, or the folder lacks the two files.
    """
    named = argument or os.environ.get("CHORALE_DATA")
    if not named:
        raise InputError("training data: give its folder with --data or in the environment variable CHORALE_DATA")
    folder = Path(named)
    for needed in ("Jsb16thSeparated.npz", "jsb_split_bwv.json"):
        if not (folder / needed).is_file():
            raise InputError(f"training data: {folder} has no file {needed}")
    return folder


def load(split: Split, folder: Path) -> list[Piece]:
    """Return the pieces of a split; "train" has the safe part of the official split and of the corpus.

    Two validation pieces that are also in the training split (the map lists them) are left out of it.
    """
    path = _cache_file()
    if not path.is_file():
        _build_cache(folder, path)
    with np.load(path, allow_pickle=False) as stored:
        return _unpack({key: stored[key] for key in stored.files}, split)


def _cache_file() -> Path:
    return Path(platformdirs.user_cache_dir("chorale")) / f"chorales-{_VERSION}.npz"


def _build_cache(folder: Path, path: Path) -> None:
    facts = json.loads((folder / "jsb_split_bwv.json").read_text(encoding="utf-8"))
    with np.load(folder / "Jsb16thSeparated.npz", allow_pickle=True, encoding="latin1") as arrays:
        grids = {split: [_from_floats(array) for array in arrays[split]] for split in SPLITS}
    corpus = _read_corpus(_needed_files(facts))
    pieces = {split: _official(split, grids[split], facts, corpus) for split in SPLITS}
    used = {entry["m21_file"] for entry in facts["detail"] if entry["split"] == "train"}
    pieces["train"] += [corpus[name] for name in facts["m21_train_pool"] if name in corpus and name not in used]
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part.npz")
    np.savez_compressed(part, **_pack(pieces))
    part.replace(path)


def _from_floats(array: NDArray[np.float16]) -> NDArray[np.int64]:
    return np.where(np.isnan(array), REST, np.nan_to_num(array)).astype(np.int64)


def _needed_files(facts: dict[str, Any]) -> list[str]:
    named = {entry["m21_file"] for entry in facts["detail"] if entry["m21_file"]}
    return sorted(named | set(facts["m21_train_pool"]))


def _read_corpus(names: list[str]) -> dict[str, Piece]:
    with ProcessPoolExecutor() as workers:
        read = workers.map(_read_or_none, names, chunksize=8)
        return {name: piece for name, piece in zip(names, read, strict=True) if piece is not None}


def _read_or_none(name: str) -> Piece | None:
    """Return a corpus piece, or None for a file without four voices that music21 can tell apart."""
    from chorale.training.corpus import read_piece  # noqa: PLC0415  music21 takes seconds to import

    return read_piece(name)


def _official(
    split: str, grids: list[NDArray[np.int64]], facts: dict[str, Any], corpus: dict[str, Piece]
) -> list[Piece]:
    """Return the official pieces of a split, each with what its corpus file knows, without the leaks."""
    safe = set(facts["m21_train_pool"])
    leaks = {index for where, index, *_ in facts["jsb_leakage_test_valid_into_train"] if where == "valid"}
    pieces = []
    for entry in (entry for entry in facts["detail"] if entry["split"] == split):
        index, file = entry["index"], entry["m21_file"]
        unsafe = split == "train" and file is not None and file not in safe
        if unsafe or (split == "valid" and index in leaks):
            continue
        shift = entry["semitones_jsb_to_m21"] or 0
        pieces.append(_aligned(f"{split} {index}", grids[index], corpus.get(file), shift))
    return pieces


def _aligned(name: str, pitches: NDArray[np.int64], other: Piece | None, shift: int) -> Piece:
    """Return a piece with the onsets, fermatas and bar places of the corpus file wherever the two agree."""
    steps = len(pitches)
    onsets = _changes(pitches)
    facts = np.full((3, steps), UNKNOWN)
    if other is None:
        return Piece(name, pitches, onsets, facts[0], facts[1], facts[2], 0.0)
    ours = [tuple(row) for row in np.where(pitches == REST, REST, pitches + shift)]
    blocks = _matching_blocks(ours, [tuple(row) for row in other.pitches])
    for start, there, length in blocks:
        here, source = slice(start, start + length), slice(there, there + length)
        same = np.array(ours[here]) == other.pitches[source]
        onsets[here] |= other.onsets[source] & same & (pitches[here] != REST)
        facts[:, here] = other.fermata[source], other.phase[source], other.bar[source]
    matched = sum(length for _, _, length in blocks)
    return Piece(name, pitches, onsets, facts[0], facts[1], facts[2], matched / steps)


def _matching_blocks(ours: list[Any], theirs: list[Any]) -> list[tuple[int, int, int]]:
    """Return (start here, start there, length) of the stretches that run in step.

    A difference of a few notes between two stretches that keep step is inside the music, so it is bridged;
    a match shorter than two beats may be another place that looks the same, so it is dropped.
    """
    found = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    long = [block for block in found if block.size >= 2 * STEPS_PER_QUARTER]
    joined: list[tuple[int, int, int]] = []
    for start, there, length in long:
        if joined and joined[-1][1] - joined[-1][0] == there - start:
            first, first_there, _ = joined.pop()
            joined.append((first, first_there, start + length - first))
        else:
            joined.append((start, there, length))
    return _reach_ends(joined, len(ours), len(theirs))


def _reach_ends(blocks: list[tuple[int, int, int]], ours: int, theirs: int) -> list[tuple[int, int, int]]:
    """Extend the first block to the beginning and the last to the end, as far as both pieces go."""
    if not blocks:
        return blocks
    start, there, length = blocks[0]
    back = min(start, there)
    blocks[0] = (start - back, there - back, length + back)
    start, there, length = blocks[-1]
    blocks[-1] = (start, there, min(ours - start, theirs - there))
    return blocks


def _changes(pitches: NDArray[np.int64]) -> NDArray[np.bool_]:
    before = np.vstack([np.full((1, 4), REST), pitches[:-1]])
    return cast("NDArray[np.bool_]", (pitches != before) & (pitches != REST))


def _pack(pieces: dict[str, list[Piece]]) -> dict[str, Any]:
    return {
        f"{split}/{number}/{field.name}": getattr(piece, field.name)
        for split, members in pieces.items()
        for number, piece in enumerate(members)
        for field in fields(Piece)
    }


def _unpack(stored: dict[str, Any], split: str) -> list[Piece]:
    count = sum(key.startswith(f"{split}/") and key.endswith("/name") for key in stored)
    return [
        _piece({field.name: stored[f"{split}/{number}/{field.name}"] for field in fields(Piece)})
        for number in range(count)
    ]


def _piece(arrays: dict[str, Any]) -> Piece:
    return Piece(**arrays | {"name": str(arrays["name"]), "aligned": float(arrays["aligned"])})
