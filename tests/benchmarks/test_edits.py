"""How long an edit with undo takes: run with ``pytest -m benchmark -s tests/benchmarks/test_edits.py``."""

import time

import numpy as np
import pytest

from chorale.app import Document, Selection, edits
from chorale.music import Chorale, Key, Meter

pytestmark = pytest.mark.benchmark

_ONE = Selection.of((0, 400))
EVERYDAY = {
    "place a note": lambda score: edits.place(score, 0, 402, 4, 72),
    "delete a note": lambda score: edits.delete(score, _ONE),
    "move it a step up": lambda score: edits.move_diatonic(score, _ONE, 1),
    "move it in time": lambda score: edits.move_in_time(score, _ONE, 2),
    "double it": lambda score: edits.double(score, _ONE),
    "respell it": lambda score: edits.respell(score, _ONE),
    "lock it": lambda score: edits.toggle_lock(score, _ONE),
    "a fermata": lambda score: edits.toggle_fermata(score, 400),
    "tempo": lambda score: edits.set_tempo(score, 99),
    "key signature": lambda score: edits.set_key(score, Key(1)),
    "meter": lambda score: edits.set_meter(score, Meter(3, 4)),
    "insert a bar": lambda score: edits.insert_bars(score, 9),
}
WHOLE = {
    "transpose all 1024 notes": lambda score: edits.set_key(score, Key(1), transposing=True),
    "move all 1024 notes a step up": lambda score: edits.move_diatonic(score, Selection.all_of(score), 1),
}


@pytest.fixture
def score():
    """64 bars of four voices in quarters."""
    random = np.random.default_rng(5)
    pitches = np.repeat(random.integers(0, 12, (256, 4)) + np.array([62, 57, 52, 43]), 4, axis=0)
    onsets = np.zeros(pitches.shape, dtype=bool)
    onsets[::4] = True
    return edits.empty(64).replace(chorale=Chorale(pitches, onsets))


def median_ms(score, change):
    times = []
    for _ in range(50):
        document = Document(score)
        start = time.perf_counter()
        assert document.edit("Edit", change)
        document.undo()
        times.append((time.perf_counter() - start) * 1000)
    return float(np.median(times))


@pytest.mark.parametrize("name", EVERYDAY)
def test_an_edit_with_undo_at_64_bars_takes_less_than_a_millisecond(score, name):
    taken = median_ms(score, EVERYDAY[name])
    print(f"\n{name}: {taken:.2f} ms")
    assert taken < 1


@pytest.mark.parametrize("name", WHOLE)
def test_an_edit_of_every_note_takes_less_than_a_tenth_of_a_second(score, name):
    taken = median_ms(score, WHOLE[name])
    print(f"\n{name}: {taken:.1f} ms")
    assert taken < 100
