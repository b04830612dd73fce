"""A small real harmonizer, a clock that stands still, and scores to work on."""

import numpy as np
import pytest

from chorale.app import Studio, edits
from chorale.models.base import Harmonization, Progress
from chorale.music import REST, Chorale, Key, Pitch


class BlockChords:
    """Sets a triad of the key under every soprano note, each voice in its range; the seed picks among triads."""

    def __init__(self):
        self.calls = []
        self.hold = None  # an Event to wait for before the end

    def harmonize(self, score, writable, *, seed=0, alternatives=1, temperature=1.0, report=None, **asked):
        self.calls.append((seed, alternatives, temperature))
        self.asked = asked
        answers = []
        for index in range(alternatives):
            chorale = self._filled(score, writable, seed + index)
            done = score.replace(chorale=chorale, spelling=None)
            report(Progress((index + 1) / (alternatives + 1), done))
            answers.append(Harmonization(done, seed, -1.0 - index))
        if self.hold is not None:
            self.hold.wait(10)
            report(Progress(1.0))
        return answers

    def _filled(self, score, writable, choice):
        pitches, onsets = score.chorale.pitches.copy(), score.chorale.onsets.copy()
        for step in range(score.steps):
            top = int(score.chorale.pitches[step, 0])
            degrees = sorted(score.key.scale, key=lambda note: (note - score.key.tonic_class) % 12)[:7]
            root = top - (0, 4, 7)[choice % 3] if top != REST else degrees[0] + 60
            for voice, (low, interval) in enumerate(((60, 0), (55, 4), (48, 7), (40, 0))):
                if writable[step, voice]:
                    pitches[step, voice] = low + (root + interval - low) % 12
                    onsets[step, voice] = score.chorale.onsets[step, 0] or step == 0
        return Chorale(pitches, onsets)


class Clock:
    """Seconds that pass only when told to."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now

    def pass_(self, seconds):
        self.now += seconds


def notes(score, voice=0):
    return [(note.start, note.length, str(pitch)) for note, pitch in score.notes(voice)]


@pytest.fixture
def heard():
    return notes


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def chords():
    return BlockChords()


@pytest.fixture
def score():
    """Four bars of four-four in G: quarters g a b c5 in bar 1, a half d5 tied over into nothing, the rest silent."""
    made = edits.empty(4)
    made = edits.set_key(made, Key.parse("G major"))
    for index, name in enumerate(("G4", "A4", "B4", "C5")):
        made = edits.place(made, 0, 4 * index, 4, Pitch.parse(name))
    return edits.place(made, 0, 16, 8, Pitch.parse("D5"))


@pytest.fixture
def studio(chords, clock):
    made = Studio(load=lambda _: chords, clock=clock)
    yield made
    made.close()


@pytest.fixture
def bach():
    """A 64-bar score of four full voices."""
    generator = np.random.default_rng(5)
    steps = 64 * 16
    pitches = np.repeat(generator.integers(0, 12, (steps // 4, 4)) + np.array([62, 57, 52, 43]), 4, axis=0)
    onsets = np.zeros((steps, 4), dtype=bool)
    onsets[::4] = True
    return edits.empty(64).replace(chorale=Chorale(pitches, onsets))
