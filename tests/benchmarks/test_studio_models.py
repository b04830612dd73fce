"""How long the Studio's models take to load and to answer; run with ``pytest -m benchmark -s``."""

import statistics
import time

import numpy as np
import pytest

from chorale.models import registry
from chorale.models.base import Surroundings, Taps
from chorale.music import DrumPattern, Melody, Note

pytestmark = pytest.mark.benchmark
STEPS, TIMES = 64, 5
AROUND = Surroundings()
TUNE = Melody.from_notes([Note(4 * number, 4, 60 + number % 8) for number in range(8)], 32)
GROOVE = DrumPattern(np.arange(STEPS * 9).reshape(STEPS, 9) % 4 == 0)
TAPS = Taps(GROOVE.hits.any(axis=1), np.zeros(STEPS, np.float32))
HALVES = (0.0, 0.5, 1.0)
WORK = {
    "melody_rnn": lambda model: model.continued(TUNE, STEPS, AROUND),
    "drum_rnn": lambda model: model.continued(GROOVE, STEPS, AROUND),
    "melody_vae": lambda model: model.generated(STEPS, AROUND),
    "drum_vae": lambda model: model.interpolated(GROOVE, GROOVE.cut(0, 32), HALVES, AROUND),
    "groove_vae": lambda model: model.grooved(GROOVE, AROUND),
    "tap_vae": lambda model: model.drummed(TAPS, AROUND),
}


@pytest.mark.parametrize("name", WORK)
def test_four_bars_are_there_within_a_second(name):
    begun = time.perf_counter()
    model = registry.load(name)
    WORK[name](model)
    loading = time.perf_counter() - begun
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        WORK[name](model)
        taken.append(time.perf_counter() - begun)
    print(f"{name}: loading and the first answer {loading * 1e3:.0f} ms, then {statistics.median(taken) * 1e3:.0f} ms")
    assert loading < 2
    assert statistics.median(taken) < 1
