"""How fast the harmonizers are, ours and the Bach Doodle's network in our sampler.

    CHORALE_DATA=FOLDER pytest tests/benchmarks/test_models.py -m benchmark -s

Median milliseconds with the threads that the application uses: one pass over 32 and 64 steps (three keys guessed and
mixed for ours, as ``log_probs`` does), and a default harmonization of as much.
"""

import time

import numpy as np
import pytest

from chorale import models
from chorale.models import adding
from chorale.music import Chorale, Key, Note, Score

pytestmark = pytest.mark.benchmark
TUNE = (67, 67, 69, 71, 72, 71, 69, 67)
STEPS = (32, 64)


@pytest.fixture(params=["coconet", "doodle"])
def named(request, data_folder):
    if request.param == "doodle":
        pytest.importorskip("onnx")
        adding.add(data_folder / "coconet_bach", "doodle")
    return request.param, models.load(request.param)


def median(call, times):
    call()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return 1000 * float(np.median(taken))


def test_a_pass_and_a_harmonization_take_so_long(named):
    name, model = named
    cells = []
    for steps in STEPS:
        notes = [Note(start, 4, TUNE[start // 4 % len(TUNE)]) for start in range(0, steps, 4)]
        score = Score(Chorale.from_voices([notes], steps), Key.parse("G"))
        hidden = np.ones((steps, 4), bool)
        hidden[:, 0] = False
        pitches = score.chorale.pitches.astype(int)[None]
        cells.append(median(lambda given=pitches, mask=hidden: model.log_probs(given, mask[None]), 15))
        cells.append(median(lambda given=score, mask=hidden: model.harmonize(given, mask), 3))
    print(f"\n| {name} | {' | '.join(f'{cell:.0f}' for cell in cells)} |")
    assert cells[0] < cells[1]
