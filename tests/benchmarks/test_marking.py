"""How long a class of 120 takes: run with ``pytest -m benchmark -s tests/benchmarks/test_marking.py``."""

import os
import time
from pathlib import Path

import pytest

from chorale import io
from chorale.app.marking import mark_class
from tests.app.marking.classroom import fill

pytestmark = pytest.mark.benchmark
ASSIGNMENT = 'title = "Homework"\npreset = "textbook"\n[given]\nfile = "given.chorale"\n'


@pytest.fixture
def school(tmp_path):
    import music21  # noqa: PLC0415  takes seconds

    chorale = io.read(Path(music21.__file__).parent / "corpus" / "bach" / "bwv269.mxl").score
    io.write(chorale, tmp_path / "given.chorale")
    (tmp_path / "homework.toml").write_text(ASSIGNMENT, encoding="utf-8")
    fill(tmp_path / "hand-ins", chorale)
    return tmp_path


def test_a_class_of_120_is_marked_in_half_a_minute(school):
    times = []
    for _ in range(2):
        start = time.perf_counter()
        mark_class(school / "hand-ins", school / "homework.toml", school / "report")
        times.append(time.perf_counter() - start)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"\n120 hand-ins on {cores} cores: {times[0]:.1f} s; again, nothing changed: {times[1]:.2f} s")
    assert times[0] < 30
    assert times[1] < 3
