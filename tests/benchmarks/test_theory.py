"""How long theory takes on whole chorales: run with ``pytest -m benchmark -s tests/benchmarks/test_theory.py``."""

import time

import numpy as np
import pytest

from chorale.theory import RULES, Texture, analyze, check, tally
from chorale.theory.texture import _texture
from tests.theory.conftest import bach_chorales  # noqa: F401  the fixture lives with the tests of theory

pytestmark = pytest.mark.benchmark

ANALYSIS_BUDGET = 0.050  # seconds for a whole chorale
CHECK_BUDGET = 0.010


def milliseconds(function, scores):
    """Return the median, the 95th percentile and the longest of the calls' processor time (the machine is shared)."""
    times = []
    for score in scores:
        Texture.of(score)
        start = time.process_time()
        function(score)
        times.append(1000 * (time.process_time() - start))
    return tuple(float(time) for time in np.percentile(times, [50, 95, 100]))


@pytest.fixture(scope="module")
def chorales(bach_chorales):  # noqa: F811
    return list(bach_chorales.values())[::4]


def test_a_whole_chorale_is_analysed_within_its_budget(chorales):
    analyze(chorales[0])
    median, most, longest = milliseconds(analyze, chorales)
    print(
        f"\nanalysis of {len(chorales)} chorales: median {median:.1f} ms, 95 % {most:.1f} ms, longest {longest:.1f} ms"
    )
    assert median < 1000 * ANALYSIS_BUDGET


def test_reading_the_moments_is_quick(chorales):
    _texture.cache_clear()
    start = time.process_time()
    for score in chorales:
        Texture.of(score)
    print(f"\nmoments: {1000 * (time.process_time() - start) / len(chorales):.1f} ms a chorale")


@pytest.mark.parametrize("call", [check, tally])
def test_all_rules_look_at_a_whole_chorale_within_their_budget(chorales, call):
    analyses = {id(score): analyze(score) for score in chorales}
    call(chorales[0])
    median, most, longest = milliseconds(lambda score: call(score, analyze=lambda _: analyses[id(score)]), chorales)
    print(f"\n{call.__name__}, all rules: median {median:.1f} ms, 95 % {most:.1f} ms, longest {longest:.1f} ms")
    assert median < 1000 * CHECK_BUDGET


def test_the_rules_that_need_no_chords_are_quicker_still(chorales):
    codes = {code for code, rule in RULES.items() if not rule.needs_chords}
    median, most, longest = milliseconds(lambda score: tally(score, codes=codes), chorales)
    print(f"\n{len(codes)} rules without chords: median {median:.1f} ms, 95 % {most:.1f} ms, longest {longest:.1f} ms")
    assert median < 1000 * CHECK_BUDGET
