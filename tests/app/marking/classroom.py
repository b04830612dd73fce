"""A classroom: an assignment, a solution, and the slips and mistakes that students make."""

import random

import numpy as np

from chorale import io
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


SOLUTION = four_parts()
FIRST = "Ann Ben Chloé Dörte Émile Fatima Goran Hana Ivo Jürgen Kim Lena Mirosław Noor Ole Priya Quinn Rosa Søren Tuva"
LAST = "Adler Bloch Čapek Díaz Evans Fuchs"
SUFFIXES = (".musicxml", ".mxl", ".musicxml", ".mid", ".chorale", ".xml")


def fill(folder, score, count=120):
    """Write a class's hand-ins below a folder, as Moodle packs them; return the files that cannot be read.

    Most students have planted mistakes, from none to nine; every thirtieth file is cut short, one is empty, one is
    no score at all; one student writes only the soprano, one everything an octave lower, one in another key.
    """
    names = [f"{first} {last}" for last in LAST.split() for first in FIRST.split()][:count]
    damaged = []
    for number, name in enumerate(names):
        path = (
            folder / f"{name}_{10_000 + number}_assignsubmission_file" / f"homework{SUFFIXES[number % len(SUFFIXES)]}"
        )
        path.parent.mkdir(parents=True)
        io.write(_as_written_by(number, score), path)
        if number % 30 == 7:
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        elif number == 22:
            path.write_bytes(b"")
        elif number == 41:
            path = path.rename(path.with_suffix(".pdf"))
        else:
            continue
        damaged.append(path.relative_to(folder).as_posix())
    return damaged


def _as_written_by(number, score):
    if number == 50:
        return only(score, [0])
    if number == 60:
        return with_cells(score, lambda cells: np.where(cells == REST, REST, cells - 12))
    if number == 70:
        return score.replace(key=Key.parse("A major"))
    return planted(score, number, (0, 1, 1, 2, 3, 4, 6, 9)[number % 8]).replace(title="Homework")
