"""How long a fix takes to find: run with ``pytest -m benchmark -s tests/benchmarks/test_fixes.py``."""

import time

import numpy as np
import pytest

from chorale.theory import analyze, check, profile
from chorale.theory.fixes import suggest
from tests.theory.conftest import bach_chorales  # noqa: F401  the fixture lives with the tests of theory

pytestmark = pytest.mark.benchmark

BUDGET = 0.200  # seconds of processor time, the analysis at hand; 0.150 on a machine that does nothing else


def test_a_fix_is_found_within_its_budget(bach_chorales):  # noqa: F811
    strictness, times, found = profile("textbook"), [], 0
    for score in list(bach_chorales.values())[::15]:
        analysis = analyze(score)
        for finding in check(score, strictness, analyze=lambda _, known=analysis: known)[:4]:
            start = time.process_time()
            found += suggest(score, finding, strictness, analysis=analysis) is not None
            times.append(time.process_time() - start)
    median, most, longest = np.percentile(times, [50, 95, 100]) * 1000
    print(f"\n{found} fixes of {len(times)}: median {median:.0f} ms, 95 % {most:.0f} ms, longest {longest:.0f} ms")
    assert median < 1000 * BUDGET
