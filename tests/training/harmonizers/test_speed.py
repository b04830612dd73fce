"""How times are taken; the times themselves are the machine's business."""

from types import SimpleNamespace

import numpy as np
import pytest

from chorale.models.base import Progress
from chorale.music import REST, Chorale
from chorale.training.harmonizers import speed


def test_the_first_light_is_the_first_answer_in_which_all_voices_sing_throughout(monkeypatch):
    clock = iter([0.0, 0.010, 0.150, 0.5])
    monkeypatch.setattr(speed.time, "perf_counter", lambda: next(clock))
    score = speed.tune(32)
    whole = score.replace(chorale=Chorale(np.full((32, 4), 60)))

    def harmonize(given, writable, *, report):
        assert writable[:, 1:].all()
        next(clock)
        report(Progress(0.1, given))  # the lower voices are silent still
        report(Progress(0.2))
        report(Progress(0.5, whole))
        report(Progress(0.9, whole))

    assert speed.first_light(SimpleNamespace(harmonize=harmonize), score) == 150


def test_without_such_an_answer_it_is_the_end(monkeypatch):
    clock = iter([0.0, 0.7])
    monkeypatch.setattr(speed.time, "perf_counter", lambda: next(clock))
    silent = SimpleNamespace(harmonize=lambda *_, report: report(Progress(0.5, None)))
    assert speed.first_light(silent, speed.tune(32)) == 700


def test_the_tune_is_a_soprano_of_so_many_steps():
    score = speed.tune(256)
    assert score.steps == 256
    assert (score.chorale.pitches[:, 0] != REST).all()
    assert (score.chorale.pitches[:, 1:] == REST).all()


@pytest.mark.benchmark
def test_a_model_is_timed_warm_and_weighed():
    scores = speed.speed_scores("coconet", published=False)
    names = {"ms_32", "ms_256", "light_ms", "load_ms", "megabytes", "threads"}
    assert set(scores) == {f"speed.{name}" for name in names}
    assert 1 < scores["speed.megabytes"] <= 25
    assert scores["speed.light_ms"] > 0
    assert scores["speed.ms_32"] < scores["speed.ms_256"]
