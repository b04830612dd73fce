"""How long MusicXML takes, there and back: run with ``pytest -m benchmark -s tests/benchmarks/test_files.py``.

A class's hand-ins are read, checked and written with marks in one go, and an export must not be felt.
"""

import time

import numpy as np
import pytest

from chorale import io
from chorale.io.musicxml.write import musicxml
from chorale.theory import analyze, check
from tests.theory.conftest import bach_chorales  # noqa: F401  the fixture lives with the tests of theory

pytestmark = pytest.mark.benchmark

READ_BUDGET = 0.10  # seconds of processor time for a whole chorale; music21 took 0.3
WRITE_BUDGET = 0.30


@pytest.fixture(scope="module")
def chorales(bach_chorales):  # noqa: F811
    return list(bach_chorales.values())[::30]


def _median(function, items):
    """Return the median of the calls' processor time (the machine is shared)."""
    times = []
    for item in items:
        start = time.process_time()
        function(item)
        times.append(time.process_time() - start)
    return float(np.median(times))


def test_our_own_files_are_read_within_the_budget(chorales, tmp_path):
    paths = [tmp_path / f"{number}.musicxml" for number in range(len(chorales))]
    for score, path in zip(chorales, paths, strict=True):
        io.write(score, path)
    median = _median(io.read, paths)
    print(f"\nreading a chorale: {1000 * median:.0f} ms")
    assert median < READ_BUDGET


def test_pages_are_written_within_the_budget_with_marks_and_without(chorales):
    told = []
    for score in chorales:
        analysis = analyze(score)
        told.append((score, io.Annotations.of(analysis, check(score, analyze=lambda _, known=analysis: known))))
    plain, marked = _median(musicxml, chorales), _median(lambda each: musicxml(each[0], annotations=each[1]), told)
    print(f"\nwriting a chorale: {1000 * plain:.0f} ms, with findings and numerals {1000 * marked:.0f} ms")
    assert plain < WRITE_BUDGET
    assert marked < 1.5 * WRITE_BUDGET
