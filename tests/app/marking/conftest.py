"""A classroom: an assignment, students who write four parts over it, and the slips and mistakes they make."""

import random
from types import SimpleNamespace

import numpy as np
import pytest

from chorale import io
from chorale.app.marking import assignment
from chorale.levels.notation import parse
from chorale.music import REST, Chorale, Key, Meter, Score

KEY, METER, PICKUP = Key.parse("G major"), Meter(4, 4), 4
LINES = (  # Old Hundredth, its first two lines, four parts without a mistake
    "g4:4 | g4 f4 e4 d4 | g4 a4 b4^ b4 | b4 b4 a4 g4 | c5 b4 a4:2^ |",
    "d4:4 | d4 d4 b3 b3 | d4 d4 d4 d4 | d4 g4 f4 g4 | e4 g4 f4:2 |",
    "b3:4 | b3 a3 g3 f3 | g3 f3 g3 g3 | g3 d4 d4 d4 | c4 d4 d4:2 |",
    "g3:4 | g3 d3 e3 b2 | b2 d3 g2 g2 | g2 g2 d3 b2 | a2 b2 d3:2 |",
)
TEXT = f"""\
title = "Old Hundredth"
key = "G major"
meter = "4/4"
pickup = "1/4"
[given]
soprano = "{LINES[0]}"
"""


def four_parts(lines=LINES, key=KEY, meter=METER, pickup=PICKUP):
    """Return a score of up to four voices in the text notation."""
    tunes = [parse(line, key, meter, pickup) for line in lines]
    steps = max(len(tune.melody) for tune in tunes)
    chorale = Chorale.from_voices([tune.melody.notes for tune in tunes], steps)
    fermatas = frozenset().union(*(tune.fermatas for tune in tunes))
    return Score(chorale, key=key, meter=meter, pickup=pickup, fermatas=fermatas)


def with_cells(score, change):
    """Return a score whose pitches (T, 4) were changed by a function, the rhythm kept."""
    pitches, onsets = score.chorale.pitches.copy(), score.chorale.onsets.copy()
    pitches = change(pitches)
    return score.replace(chorale=Chorale(pitches, onsets & (pitches != REST)), spelling=None)


def planted(score, seed, mistakes):
    """Return a score with so many notes of its lower voices moved by a step or more of the scale."""
    dice = random.Random(seed)  # noqa: S311  the same mistakes every time
    pitches, onsets = score.chorale.pitches.copy(), score.chorale.onsets.copy()
    for _ in range(mistakes):
        voice = dice.choice((1, 2, 3))
        note = dice.choice(score.chorale.notes(voice))
        place = score.key.spell(note.pitch).place + dice.choice((-4, -2, -1, 1, 2, 4))
        pitches[note.start : note.end, voice] = score.key.at_place(place).midi
    return score.replace(chorale=Chorale(pitches, onsets), spelling=None)


def only(score, voices):
    """Return a score in which the other voices rest."""
    return with_cells(score, lambda pitches: np.where(np.isin(np.arange(4), voices), pitches, REST))


@pytest.fixture(scope="session")
def classroom():
    """The text of the assignment, its solution, and what students make of it."""
    return SimpleNamespace(
        text=TEXT,
        lines=LINES,
        solution=four_parts(),
        four_parts=four_parts,
        with_cells=with_cells,
        planted=planted,
        only=only,
    )


@pytest.fixture
def assigned(tmp_path):
    """Write an assignment's text as a file and read it."""

    def read(text=TEXT):
        path = tmp_path / "assignment.toml"
        path.write_text(text, encoding="utf-8")
        return assignment.read(path)

    return read


@pytest.fixture
def handed_in(tmp_path):
    """Write a score as a student's file below the folder of hand-ins; return the folder."""

    def write(score, name):
        path = tmp_path / "hand-ins" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if score is not None:
            io.write(score, path)
        return tmp_path / "hand-ins"

    return write
