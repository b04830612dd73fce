"""Melodies to train on and to score with: folk tunes, songs and chorale tunes, split by tune.

Sources: OpenEWLD (``openewld.zip``), music21's Aird, O'Neill and Ryan collections, and the sopranos of the JSB
training split. The Essen collection, whose licence forbids commerce, is left out.

A tune that stands in several collections, or twice in one, must not be on both sides of the split. So tunes that share
any run of ``RUN`` melodic intervals are one family, and families are split, not tunes.

Conventions: one step is a sixteenth; bars have 16 steps (4/4, 2/2, and two bars of 2/4) or 12 (3/4). Pitches are moved
so that the signature is empty and the octave the one around A4.
"""

from __future__ import annotations

import hashlib
import importlib.util
import tempfile
import zipfile
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import platformdirs

from chorale.errors import InputError
from chorale.io import read
from chorale.io.abc_notation import read_abc_tunes
from chorale.music import REST, Key, Score
from chorale.training import datasets
from chorale.training.batches import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from chorale.training.datasets import Piece, Split

    IntArray = NDArray[np.int16]

__all__ = ["RUN", "Tune", "families", "load", "normal"]

RUN = 14  # intervals: shorter runs are stock phrases that unrelated tunes share
SHARES = {"test": 0.08, "valid": 0.08}  # of the families; the rest trains
BARS = {8: 16, 12: 12, 16: 16}  # steps of a bar as written, and as we count it
COLLECTIONS = ("airdsAirs", "oneills1850", "ryansMammoth")
CENTRE = 69.0  # A4, about the mean pitch of the collections
_SHORTEST = 32  # steps: two bars
_MOST_MOVED = 0.03  # share of notes off the grid of sixteenths: more, and the tune is in triplets
_VERSION = 1  # of the cache; raise it when what is stored changes


@dataclass(frozen=True)
class Tune:
    """One tune on the grid, in the signature of C.

    Attributes:
        name: Collection and title.
        pitches: (T,) MIDI numbers, REST where silent.
        onsets: (T,) True where a note begins.
        bar: Steps in a bar, 12 or 16.
        pickup: Steps before the first whole bar.
    """

    name: str
    pitches: NDArray[np.int16]
    onsets: NDArray[np.bool_]
    bar: int
    pickup: int


def load(split: Split, folder: Path) -> list[Tune]:
    """Return the tunes of a split; reading the collections takes minutes, so the result is kept in the cache folder."""
    path = Path(platformdirs.user_cache_dir("chorale")) / f"melodies-{_VERSION}.npz"
    if not path.is_file():
        _build(folder, path)
    with np.load(path, allow_pickle=False) as stored:
        chosen = np.flatnonzero(stored["split"] == split)
        ends = np.cumsum(stored["length"])
        return [_stored(stored, int(number), ends) for number in chosen]


def _stored(stored: Any, number: int, ends: NDArray[np.int64]) -> Tune:  # noqa: ANN401  an archive of NumPy
    here = slice(int(ends[number] - stored["length"][number]), int(ends[number]))
    return Tune(
        str(stored["name"][number]),
        stored["pitches"][here],
        stored["onsets"][here],
        int(stored["bar"][number]),
        int(stored["pickup"][number]),
    )


def _build(folder: Path, path: Path) -> None:
    tunes = [tune for score in _scores(folder) if (tune := _tune(*score)) is not None]
    tunes += [_soprano(piece) for piece in datasets.load("train", folder)]
    family = families([tune.pitches for tune in tunes])
    arrays = {field.name: [getattr(tune, field.name) for tune in tunes] for field in fields(Tune)}
    stacked = {name: np.concatenate(arrays.pop(name)) for name in ("pitches", "onsets")}
    splits = np.array([_split_of(tunes[number].name) for number in family])
    lengths = np.array([len(tune.pitches) for tune in tunes])
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part.npz")
    np.savez_compressed(
        part, allow_pickle=False, split=splits, length=lengths, **stacked, **{k: np.array(v) for k, v in arrays.items()}
    )
    part.replace(path)


def _split_of(name: str) -> str:
    """Return the split of a family, drawn by the name of its first tune."""
    share = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") / 2**32
    if share < SHARES["test"]:
        return "test"
    return "valid" if share < SHARES["test"] + SHARES["valid"] else "train"


def families(lines: list[IntArray]) -> list[int]:
    """Return for each tune the number of the first tune that it is one family with, maybe its own.

    Two tunes are related if they share ``RUN`` intervals in a row, in any key and rhythm; relatives of relatives are.
    """
    first_with: dict[bytes, int] = {}
    parent = list(range(len(lines)))

    def root(number: int) -> int:
        while parent[number] != number:
            number = parent[number]
        return number

    for number, line in enumerate(lines):
        for run in _runs(line):
            other = root(first_with.setdefault(run, number))
            mine = root(number)
            parent[max(mine, other)] = min(mine, other)
    return [root(number) for number in range(len(lines))]


def _runs(pitches: IntArray) -> set[bytes]:
    """Return the runs of intervals between successive different pitches; runs of hardly any variety tell nothing."""
    sounding = pitches[pitches != REST]
    moves = np.diff(sounding)
    moves = np.clip(moves[moves != 0], -24, 24).astype(np.int8)
    if len(moves) < RUN:
        return {moves.tobytes()} if len(moves) > 2 else set()
    windows = np.lib.stride_tricks.sliding_window_view(moves, RUN)
    return {window.tobytes() for window in windows if len(set(window.tolist())) > 3}


def _scores(folder: Path) -> Iterator[tuple[str, Score, tuple[str, ...]]]:
    """Yield (name, score, warnings) of every tune of the collections."""
    spec = importlib.util.find_spec("music21")
    if spec is None or not spec.submodule_search_locations:
        raise InputError("training data: music21 is not installed, which holds the folk collections")
    root = Path(spec.submodule_search_locations[0]) / "corpus"
    for collection in COLLECTIONS:
        for file in sorted((root / collection).rglob("*.abc")):
            for number, reading in enumerate(read_abc_tunes(file)):
                title = f"{collection} {file.stem} {number} {reading.score.title}"
                yield title, reading.score, reading.warnings
    yield from _lead_sheets(folder / "openewld.zip")


def _lead_sheets(archive: Path) -> Iterator[tuple[str, Score, tuple[str, ...]]]:
    if not archive.is_file():
        raise InputError(f"training data: {archive.parent} has no file {archive.name}")
    with zipfile.ZipFile(archive) as sheets, tempfile.TemporaryDirectory() as work:
        for name in sorted(each for each in sheets.namelist() if each.endswith(".mxl")):
            file = Path(work) / "sheet.musicxml"
            file.write_bytes(_inner(sheets, name))
            try:
                reading = read(file)
            except InputError:
                continue
            yield f"openewld {Path(name).stem}", reading.score, reading.warnings


def _inner(sheets: zipfile.ZipFile, name: str) -> bytes:
    """Return the score in a compressed MusicXML file; many containers of OpenEWLD are not well-formed XML."""
    with sheets.open(name) as packed, zipfile.ZipFile(packed) as sheet:
        inside = [each for each in sheet.namelist() if each.endswith(".xml") and not each.startswith("META-INF")]
        return sheet.read(inside[0])


def _tune(name: str, score: Score, warnings: tuple[str, ...]) -> Tune | None:
    """Return a score's soprano, or None if it is in another meter, in triplets or hardly there."""
    written = score.meter.steps_per_bar
    if written not in BARS or score.meter.is_compound or _moved(warnings) > _MOST_MOVED:
        return None
    end = _end_of_sense(score, warnings)
    melody = score.chorale.melody()
    pitches, onsets = melody.pitches[:end], melody.onsets[:end]
    if onsets.sum() < 8 or len(pitches) < _SHORTEST:
        return None
    return normal(name, pitches, onsets, score.key, BARS[written], score.pickup % BARS[written])


def _moved(warnings: tuple[str, ...]) -> float:
    """Return the share of the notes that were not on the grid."""
    for warning in warnings:
        if "moved to the grid" in warning:
            words = warning.split()
            return int(words[0]) / int(words[2])
    return 0.0


def _end_of_sense(score: Score, warnings: tuple[str, ...]) -> int:
    """Return the step up to which the bars are where the meter says."""
    for warning in warnings:
        if "is not of the meter's length" in warning:
            return score.pickup + (int(warning.split()[1]) - 1) * score.meter.steps_per_bar
    return score.steps


def _soprano(piece: Piece) -> Tune:
    """Return the soprano of one of Bach's chorales; what the corpus does not know is taken as 4/4 from a bar line."""
    bar = int(piece.bar[0]) if piece.bar[0] in BARS else 16
    pickup = int(-piece.phase[0] % bar) if piece.phase[0] >= 0 else 0
    found = key_of(piece)
    sharps = 0
    if found is not None:
        tonic, minor = found
        sharps = (tonic * 7 + (9 if minor else 0) + 5) % 12 - 5
    line, onsets = piece.pitches[:, 0].astype(np.int16), piece.onsets[:, 0]
    return normal(f"jsb {piece.name}", line, onsets, Key.from_signature(sharps), BARS[bar], pickup)


def normal(name: str, pitches: IntArray, onsets: NDArray[np.bool_], key: Key, bar: int, pickup: int) -> Tune:
    """Return a line moved to the signature of C and the octave around ``CENTRE``."""
    shift = (-7 * key.signature + 5) % 12 - 5
    sounding = pitches[pitches != REST]
    shift += 12 * round((CENTRE - float(sounding.mean()) - shift) / 12)
    moved = np.where(pitches == REST, REST, pitches + shift).astype(np.int16)
    return Tune(name, moved, onsets, bar, pickup)
