"""Inputs for the command line, and a harmonizer that answers at once."""

import numpy as np
import pytest

from chorale import io, models
from chorale.cli import main
from chorale.levels import tunes
from chorale.models.base import Harmonization, Progress
from chorale.music import REST, Chorale


class Shadows:
    """Lets every voice follow the soprano at a distance that the seed and the alternative choose."""

    def harmonize(self, score, writable, *, seed=0, alternatives=1, report=None, **_):
        if report is not None:
            report(Progress(0.5, score))
        return [self._answer(score, writable, seed, index) for index in range(alternatives)]

    def _answer(self, score, writable, seed, index):
        top = score.chorale.pitches[:, :1]
        below = np.where(top == REST, REST, top - np.array([0, 5, 12, 17]) - (seed + index) % 5)
        pitches = np.where(writable, below, score.chorale.pitches)
        onsets = np.where(writable, score.chorale.onsets[:, :1], score.chorale.onsets)
        notes = ("harmonized a fourth higher and moved back",) if seed == 99 else ()
        return Harmonization(score.replace(chorale=Chorale(pitches, onsets)), seed, -1.0, notes)


@pytest.fixture
def shadows(monkeypatch):
    made = Shadows()
    monkeypatch.setattr(models, "load", lambda _: made)
    return made


@pytest.fixture
def tune(tmp_path):
    """Write a tune of ours as a file and return its path."""

    def write(name="twinkle", suffix=".chorale", folder="in"):
        path = tmp_path / folder / f"{name}{suffix}"
        path.parent.mkdir(exist_ok=True)
        io.write(tunes.load(name), path)
        return path

    return write


@pytest.fixture
def chorale(capsys):
    """Run the command line; return its status and the lines of both streams."""

    def run(*arguments):
        status = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return status, said.out.splitlines(), said.err.splitlines()

    return run
