"""How long the staff takes: run with ``pytest -m benchmark -s tests/benchmarks/test_notation.py``."""

import time

import numpy as np
import pygame
import pytest

from chorale.music import Chorale, Score
from chorale.notation import Options, lay_out, paint, smufl
from chorale.notation.theme import SCREEN

pytestmark = pytest.mark.benchmark


def chorale_like(bars):
    """Return four voices in quarters and eighths, the same every time."""
    random = np.random.default_rng(1)
    columns = []
    for centre in (72, 67, 60, 48):
        steps = np.repeat(centre + random.integers(-5, 6, bars * 8), 2)
        columns.append(steps.astype(np.int16))
    pitches = np.stack(columns, axis=1)
    onsets = np.zeros(pitches.shape, dtype=bool)
    onsets[::4] = True
    return Score(Chorale(pitches, onsets), title="Benchmark")


def edited(score, amount):
    pitches = score.chorale.pitches.copy()
    pitches[8:12, 0] = 60 + amount
    return score.replace(chorale=Chorale(pitches, score.chorale.onsets))


def median_ms(work, arguments):
    times = []
    for argument in arguments:
        start = time.perf_counter()
        work(argument)
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times)[len(times) // 2]


@pytest.mark.parametrize(("bars", "layout_ms", "paint_ms"), [(16, 40, 60), (64, 120, 150)])
def test_an_edit_is_laid_out_and_painted_in_a_few_frames(bars, layout_ms, paint_ms):
    score = chorale_like(bars)
    options = Options(width=150.0)
    surface = pygame.Surface((1500, 3000))

    def repaint(page):
        surface.fill(SCREEN.paper)
        paint.paint(page, surface, 10)

    repaint(lay_out(score, options))
    versions = [edited(score, amount) for amount in range(15)]
    layout = median_ms(lambda each: lay_out(each, options), versions)
    painting = median_ms(repaint, [lay_out(each, options) for each in versions])
    print(f"\n{bars} bars: an edit {layout:.1f} ms layout, {painting:.1f} ms painting the whole page")
    assert layout < layout_ms
    assert painting < paint_ms


def test_the_first_page_costs_little_more_than_the_next():
    smufl._index.cache_clear()
    smufl.glyph.cache_clear()
    start = time.perf_counter()
    lay_out(chorale_like(8))
    print(f"\nfirst page, font index included: {(time.perf_counter() - start) * 1000:.1f} ms")
    assert time.perf_counter() - start < 0.5
