"""The notes that an assignment gives: whole voices, and single notes of others."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from chorale import io
from chorale.errors import InputError
from chorale.levels.fields import Table
from chorale.levels.notation import Tune, laid, parse
from chorale.music import REST, VOICES, BoolArray, Chorale, Key, Melody, Meter, Score

__all__ = ["Frame", "Given", "read"]

_NAMES = tuple(voice.label.lower() for voice in VOICES)
_EXCERPT = re.compile(r"(\d+)-(\d+)\Z")


@dataclass(frozen=True)
class Frame:
    """Key, meter, pickup (steps) and tempo as the assignment states them; None: as its file has them."""

    key: Key | None
    meter: Meter | None
    pickup: int | None
    qpm: float


@dataclass(frozen=True, eq=False)
class Given:
    """The given notes.

    Attributes:
        score: all of them, the rest silent.
        fixed: (T, 4) bool, the cells that were given or locked.
        voices: those given as a whole.
        source: the bytes of the file they were read from, if any.
        files: that file.
    """

    score: Score
    fixed: BoolArray
    voices: tuple[int, ...]
    source: bytes = b""
    files: tuple[Path, ...] = ()


def read(table: Table, frame: Frame, folder: Path) -> Given:
    """Return the notes of the tables ``[given]`` and ``[locked]``.

    Args:
        table: the assignment; both tables are taken from it.
        frame: what it says of key, meter, pickup and tempo.
        folder: where a file that it names lies.

    Raises:
        InputError: nothing is given, or it cannot be read.
    """
    wanted, locked = table.table("given"), table.table("locked")
    base = _from_file(wanted, frame, folder) if "file" in wanted else _from_texts(wanted, frame)
    wanted.finish()
    made = _with_locked(base, locked)
    locked.finish()
    if not (made.score.chorale.pitches != REST).any():
        raise InputError("given holds no note: wanted at least a voice's melody")
    return made


def _from_texts(table: Table, frame: Frame) -> Given:
    key, meter = _stated(frame)
    pickup = frame.pickup or 0
    tunes = {voice: _tune(table, voice, key, meter, pickup) for voice in VOICES if _NAMES[voice] in table}
    if not tunes:
        for name in (*_NAMES, "file"):
            table.text(name, default="")  # known, so that a misspelt one is told
        table.finish()
        raise InputError("given is missing: wanted a voice such as soprano, or a file, in a table [given]")
    steps = max(len(tune.melody) for tune in tunes.values())
    score = Score(Chorale.silent(steps), key=key, meter=meter, pickup=pickup, qpm=frame.qpm)
    fixed = np.zeros((steps, len(VOICES)), dtype=bool)
    fixed[:, [int(voice) for voice in tunes]] = True
    return Given(laid(score, tunes), fixed, tuple(int(voice) for voice in tunes))


def _stated(frame: Frame) -> tuple[Key, Meter]:
    if frame.key is None:
        raise InputError("key is missing: wanted a key such as G major")
    if frame.meter is None:
        raise InputError("meter is missing: wanted a meter such as 3/4")
    return frame.key, frame.meter


def _tune(table: Table, voice: int, key: Key, meter: Meter, pickup: int) -> Tune:
    wanted = "a melody such as g4:4 a4 b4"
    return table.read(_NAMES[voice], lambda text: parse(text, key, meter, pickup), wanted)


def _from_file(table: Table, frame: Frame, folder: Path) -> Given:
    path = folder / table.text("file")
    letters = table.text("voices", default="S").upper()
    if not letters or set(letters) - set("SATB"):
        raise InputError(f"given.voices is {letters!r}: wanted letters of S, A, T and B, such as S or SB")
    try:
        score = io.read(path).score
    except InputError as error:
        raise InputError(f"given.file: {error}") from None
    score = _framed(score, frame)
    if "excerpt" in table:
        score = table.read("excerpt", lambda text: _cut(score, text), "bars such as 1-8")
    voices = tuple(sorted("SATB".index(letter) for letter in set(letters)))
    return Given(_only(score, voices), _columns(score.steps, voices), voices, path.read_bytes(), (path,))


def _framed(score: Score, frame: Frame) -> Score:
    changes = {"key": frame.key, "meter": frame.meter, "pickup": frame.pickup}
    return score.replace(qpm=frame.qpm, lyrics=(), **{name: each for name, each in changes.items() if each is not None})


def _cut(score: Score, text: str) -> Score:
    """Return some bars of a score, the pickup too if the first is bar 1."""
    match = _EXCERPT.match(text.strip())
    bars = [bar for bar in score.bars if match and int(match[1]) <= max(bar.number, 1) and bar.number <= int(match[2])]
    if not bars:
        raise InputError(f"{text!r}: wanted bars of the file, which are 1-{score.bars[-1].number}")
    first, last = bars[0].start, bars[-1].end
    return score.replace(
        chorale=Chorale(score.chorale.pitches[first:last], score.chorale.onsets[first:last]),
        spelling=score.spelling[first:last],
        locked=score.locked[first:last],
        fermatas=frozenset(step - first for step in score.fermatas if first <= step < last),
        pickup=bars[0].length if bars[0].number == 0 else 0,
    )


def _only(score: Score, voices: tuple[int, ...]) -> Score:
    kept = _columns(score.steps, voices)
    pitches = np.where(kept, score.chorale.pitches, REST).astype(np.int16)
    return score.replace(chorale=Chorale(pitches, score.chorale.onsets & kept), locked=None)


def _columns(steps: int, voices: tuple[int, ...]) -> BoolArray:
    mask = np.zeros((steps, len(VOICES)), dtype=bool)
    mask[:, list(voices)] = True
    return mask


def _with_locked(base: Given, table: Table) -> Given:
    score, fixed = base.score, base.fixed.copy()
    for voice in VOICES:
        if _NAMES[voice] not in table:
            continue
        if voice in base.voices:
            raise InputError(f"{table.path(_NAMES[voice])}: the {_NAMES[voice]} is given already; wanted another voice")
        tune = _tune(table, voice, score.key, score.meter, score.pickup)
        if len(tune.melody) > score.steps:
            raise InputError(f"{table.path(_NAMES[voice])} is longer than what is given: wanted notes within it")
        score = laid(score, {voice: tune})
        fixed[: len(tune.melody), voice] = _sounding(tune.melody)
    return replace(base, score=score, fixed=fixed)


def _sounding(melody: Melody) -> BoolArray:
    sounding: BoolArray = melody.pitches != REST
    return sounding
