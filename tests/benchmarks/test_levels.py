"""How long the game takes: reading its levels, marking an answer, playing a level by itself."""

import statistics
import time

import pytest

from chorale.levels.player import play
from chorale.levels.scoring import mark
from chorale.levels.worlds import load_shipped

pytestmark = pytest.mark.benchmark


def timed(work):
    started = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - started)


def told(name, milliseconds):
    print(f"{name}: median {statistics.median(milliseconds):.1f} ms, longest {max(milliseconds):.1f} ms")


def test_levels_are_read_marked_and_played():
    told("all levels read", [timed(load_shipped) for _ in range(5)])
    levels = list(load_shipped().by_id.values())
    marks = [timed(lambda level=level: mark(level, level.solution)) for level in levels for _ in range(3)]
    told("an answer marked", marks)
    told("a level played", [timed(lambda level=level: play(level)) for level in levels])
    assert max(marks) < 1000, "live feedback would be out of the question"
