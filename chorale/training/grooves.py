"""Drum grooves to train on and to score with: the Groove MIDI Dataset, in its own split by session and performance.

``groove-midionly.zip`` is CC BY 4.0; Gillick et al., Learning to Groove with Inverse Sequence Transformations, 2019.
The dataset's split is kept as it is: no test or validation performance ever trains. Only performances in 4/4 are used.
"""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import platformdirs

from chorale.errors import InputError
from chorale.io.midi import midi_clip
from chorale.music import DrumPattern

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from chorale.training.datasets import Split

__all__ = ["BAR", "Groove", "load", "windows"]

BAR = 16  # steps
_FILE = "groove-midionly.zip"
_SPLITS = {"train": "train", "validation": "valid", "test": "test"}
_VERSION = 1  # of the cache; raise it when what is stored changes


@dataclass(frozen=True)
class Groove:
    """One performance.

    Attributes:
        name: Its file in the dataset.
        pattern: Hits, velocities and offsets, whole bars.
        qpm: The metronome's quarters a minute.
    """

    name: str
    pattern: DrumPattern
    qpm: float


def load(split: Split, folder: Path) -> list[Groove]:
    """Return the performances of a split; reading them takes a minute, so the result is kept in the cache folder.

    Raises:
        InputError: the folder has no such file.
    """
    path = Path(platformdirs.user_cache_dir("chorale")) / f"grooves-{_VERSION}.npz"
    if not path.is_file():
        _build(folder / _FILE, path)
    with np.load(path, allow_pickle=False) as stored:
        ends = np.cumsum(stored["length"])
        cells = {name: stored[name] for name in ("hits", "velocities", "offsets")}
        return [
            Groove(
                str(stored["name"][number]),
                DrumPattern(
                    **{
                        name: part[ends[number] - stored["length"][number] : ends[number]]
                        for name, part in cells.items()
                    }
                ),
                float(stored["qpm"][number]),
            )
            for number in np.flatnonzero(stored["split"] == split)
        ]


def windows(grooves: list[Groove], bars: int, hop: int = 1) -> list[Groove]:
    """Return every stretch of so many bars, ``hop`` bars apart; a shorter performance gives one, filled up."""
    found = []
    for groove in grooves:
        total = len(groove.pattern) // BAR
        for first in range(0, max(1, total - bars + 1), hop):
            part = groove.pattern.cut(first * BAR, (first + bars) * BAR)
            if part.hits.any():
                found.append(Groove(f"{groove.name} {first}", part, groove.qpm))
    return found


def _build(archive: Path, path: Path) -> None:
    if not archive.is_file():
        raise InputError(f"training data: {archive.parent} has no file {archive.name}")
    grooves, splits = [], []
    with zipfile.ZipFile(archive) as dataset:
        table = csv.DictReader(io.StringIO(dataset.read("groove/info.csv").decode()))
        for row in table:
            groove = _read(dataset, row) if row["time_signature"] == "4-4" else None
            if groove is not None:
                grooves.append(groove)
                splits.append(_SPLITS[row["split"]])
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part.npz")
    np.savez_compressed(part, allow_pickle=False, split=np.array(splits), **_stacked(grooves))
    part.replace(path)


def _read(dataset: zipfile.ZipFile, row: dict[str, str]) -> Groove | None:
    """Return a performance from the bar in which it begins, or None if nothing is in it."""
    name = row["midi_filename"]
    pattern = midi_clip(dataset.read(f"groove/{name}"), "drums", name).clip.pattern
    struck = np.flatnonzero(pattern.hits.any(axis=1))
    if not len(struck):
        return None
    first, last = struck[0] // BAR * BAR, (struck[-1] // BAR + 1) * BAR
    return Groove(name, pattern.cut(int(first), int(last)), float(row["bpm"]))


def _stacked(grooves: list[Groove]) -> dict[str, NDArray[np.generic]]:
    patterns = [groove.pattern for groove in grooves]
    return {
        "name": np.array([groove.name for groove in grooves]),
        "qpm": np.array([groove.qpm for groove in grooves]),
        "length": np.array([len(pattern) for pattern in patterns]),
        "hits": np.concatenate([pattern.hits for pattern in patterns]),
        "velocities": np.concatenate([pattern.velocities for pattern in patterns]),
        "offsets": np.concatenate([pattern.offsets for pattern in patterns]),
    }
