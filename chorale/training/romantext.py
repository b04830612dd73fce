"""The 20 analyses of Bach's chorales that music21 ships (Riemenschneider 1 to 20, in romantext), laid over the scores.

How each is read
    * music21 reads the file; variants ("m11var1") are left out, as its reader does.
    * The score is the piece of that BWV number in music21's corpus. Two of them stand in another key than the analysis
      and are found by trying the nearest transpositions; in one the score writes the repeat out, and the
      reference is made to; from BWV 41.6 the instruments' interludes, silent in all four voices, are cut.
    * Every step carries the chord in force, in the key in force; at a pivot chord the reference names two keys.
"""

import re
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from chorale import io
from chorale.music import REST, Key, Score
from chorale.music.pitch import fifth_of_name
from chorale.theory.harmony import Chord, Harmony, Quality

__all__ = ["Reference", "Row", "quality_of", "references"]

Stream: TypeAlias = Any  # music21's; it ships no types
_NAMES = {"248(2).12": "bwv248.12-2", "41.6s": "bwv41.6"}


@dataclass(frozen=True)
class Row:
    """One chord of the reference: from a step on."""

    step: int
    root: int
    bass: int
    tones: tuple[int, ...]
    keys: tuple[Key, ...]  # two at a pivot chord, the old one first
    figure: str

    def moved(self, steps: int, fifths: int) -> "Row":
        """Return it so many steps later and so many fifths higher."""
        keys = tuple(Key(key.tonic + fifths, key.mode) for key in self.keys)
        tones = tuple(tone + fifths for tone in self.tones)
        return Row(self.step + steps, self.root + fifths, self.bass + fifths, tones, keys, self.figure)


@dataclass(frozen=True)
class Reference:
    """An analysis laid over its score.

    Attributes:
        number: Riemenschneider's.
        name: the corpus file.
        score: the score.
        rows: (T,) the row in force at each step.
        agreement: which part of the sounding steps belongs to the chord in force; a wrong version would show.
    """

    number: int
    name: str
    score: Score
    rows: tuple[Row | None, ...]
    agreement: float

    def harmonies(self) -> list[Harmony]:
        """Return the reference as harmonies, for the definitions of cadences; nameless chords are left out."""
        rows = enumerate(self.rows)
        starts = [(step, row) for step, row in rows if row and (step == 0 or row is not self.rows[step - 1])]
        ends = [*(start for start, _ in starts[1:]), len(self.rows)]
        found = [_harmony(row, start, end) for (start, row), end in zip(starts, ends, strict=True)]
        return [harmony for harmony in found if harmony is not None]


Laid: TypeAlias = list[Row | None]


def references(chorales: Mapping[str, Score]) -> list[Reference]:
    """Return the 20 references.

    Args:
        chorales: by name ("bwv269"), from music21's corpus; one that is missing is read anew.
    """
    import music21  # noqa: PLC0415  takes seconds

    corpus = Path(music21.__file__).parent / "corpus" / "bach"
    files = sorted((corpus / "choraleAnalyses").glob("riemenschneider*.rntxt"))
    return [_reference(number, file, chorales, corpus) for number, file in enumerate(files, 1)]


def _reference(number: int, file: Path, chorales: Mapping[str, Score], corpus: Path) -> Reference:
    bwv = re.findall(r"BWV: *(\S+)", file.read_text(encoding="utf-8"))[0]
    name = _NAMES.get(bwv, f"bwv{bwv}")
    score = chorales[name] if name in chorales else _without_silence(_read(corpus / f"{name}.mxl"))
    rows = _rows(file)
    end = _end_of_repeat(file)
    readings = [rows] if end is None else [rows, _repeated(rows, end)]
    laid = [
        _laid(score, [row.moved(0, fifths) for row in reading]) for reading in readings for fifths in (-2, -1, 0, 1, 2)
    ]
    agreement, best = max(laid, key=lambda pair: pair[0])
    return Reference(number, name, score, tuple(best), agreement)


def _read(path: Path) -> Score:
    """Read a file whose four voices stand among parts of other instruments."""
    import music21  # noqa: PLC0415

    whole = music21.converter.parse(path)
    for part in list(whole.parts):
        if not part.partName.startswith(("Soprano", "Alto", "Tenor", "Bass")):
            whole.remove(part)
    for group in list(whole.getElementsByClass("StaffGroup")):
        whole.remove(group)
    with tempfile.TemporaryDirectory() as folder:
        return io.read(whole.write("musicxml", Path(folder) / "voices.musicxml")).score


def _without_silence(score: Score) -> Score:
    """Cut the steps on which all four voices rest."""
    kept = (score.chorale.pitches != REST).any(axis=1)
    places = np.cumsum(kept) - 1
    chorale = type(score.chorale)(score.chorale.pitches[kept], score.chorale.onsets[kept])
    fermatas = frozenset(int(places[step]) for step in score.fermatas)
    return Score(chorale, score.key, score.meter, score.pickup, fermatas=fermatas, spelling=score.spelling[kept])


@cache
def _parsed(file: Path) -> Stream:
    import music21  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return music21.converter.parse(file)


def _rows(file: Path) -> list[Row]:
    return [_row(one, _parsed(file)) for one in _parsed(file).recurse().getElementsByClass("RomanNumeral")]


def _row(one: Stream, whole: Stream) -> Row:
    pivot = getattr(one, "pivotChord", None)
    keys = (_key(one.key), *([_key(pivot.key)] if pivot else []))
    tones = tuple(_fifth(pitch) for pitch in one.pitches)
    step = round(4 * one.getOffsetInHierarchy(whole))
    return Row(step, _fifth(one.root()), _fifth(one.bass()), tones, keys, one.figure)


def _fifth(pitch: Stream) -> int:
    return fifth_of_name(pitch.name.replace("-", "b"))


def _key(key: Stream) -> Key:
    return Key(_fifth(key.tonic), key.mode)


def _end_of_repeat(file: Path) -> int | None:
    """Return the step at which the first part ends that is to be repeated, or None; its pickup belongs to the part."""
    measures = list(_parsed(file).recurse().getElementsByClass("Measure"))
    pickup = measures[0].quarterLength if measures[0].paddingLeft else 0.0
    for measure in measures:
        if type(measure.rightBarline).__name__ == "Repeat":
            return round(4 * float(measure.offset + measure.quarterLength - pickup))
    return None


def _repeated(rows: Sequence[Row], end: int) -> list[Row]:
    first, rest = [row for row in rows if row.step < end], [row for row in rows if row.step >= end]
    return [*first, *(row.moved(end, 0) for row in [*first, *rest])]


def _laid(score: Score, rows: Sequence[Row]) -> tuple[float, Laid]:
    """Return how well the rows agree with the sounding tones, and the row in force at each step."""
    laid: Laid = [None] * score.steps
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        for step in range(row.step, min(score.steps, after.step if after else score.steps)):
            laid[step] = row
    sounding = [
        (laid[step], int(score.spelling[step, voice])) for step, voice in np.argwhere(score.chorale.pitches != REST)
    ]
    return sum(row is not None and fifth in row.tones for row, fifth in sounding) / len(sounding), laid


def _harmony(row: Row, start: int, end: int) -> Harmony | None:
    quality = quality_of(row)
    if quality is None:
        return None
    return Harmony(start, end, Chord(row.root, quality, row.bass), row.keys[0], "", "")


def quality_of(row: Row) -> Quality | None:
    """Return the quality of the chord, or None where it has none of ours."""
    above = frozenset(tone - row.root for tone in row.tones)
    return next((quality for quality in Quality if frozenset(quality.value) == above), None)
