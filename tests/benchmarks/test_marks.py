"""What rows and marks cost the window: run with ``pytest -m benchmark -s tests/benchmarks/test_marks.py``."""

import time

import pygame
import pytest

from chorale.music import VOICES
from chorale.notation import Options, Rows, lay_out, mark_findings, paint
from chorale.notation.tags import TAGS
from tests.benchmarks.test_notation import chorale_like, edited, median_ms
from tests.notation.analyses import Fault, crowded

pytestmark = pytest.mark.benchmark
_FRAME_MS = 1.0


def faults(score, count):
    codes = sorted(TAGS)
    for index in range(count):
        start = index * (score.steps - 8) // count // 4 * 4
        pair = [VOICES[index % 3], VOICES[index % 3 + 1]]
        notes = tuple((voice, step) for step in (start, start + 4) for voice in pair)
        yield Fault(codes[index % len(codes)], notes, index % 3, f"finding {index}")


def test_an_analysis_that_arrives_after_the_notes_costs_a_few_frames():
    score = chorale_like(16)
    analysis = crowded(score)
    lay_out(score, Options(width=150.0, rows=Rows(None)))
    start = time.perf_counter()
    lay_out(score, Options(width=150.0, rows=Rows(analysis)))
    first = (time.perf_counter() - start) * 1000
    again = median_ms(lambda rows: lay_out(score, Options(width=150.0, rows=rows)), [Rows(crowded(score))] * 9)
    print(f"\n16 bars, notes known: analysis arrives {first:.1f} ms; an equal one {again:.1f} ms")
    assert again < 30


def test_an_edit_with_rows_costs_little_more_than_one_without():
    score = chorale_like(16)
    versions = [edited(score, amount) for amount in range(15)]
    analysis = crowded(score)
    lay_out(score, Options(width=150.0, rows=Rows(analysis)))
    with_rows = median_ms(lambda each: lay_out(each, Options(width=150.0, rows=Rows(analysis))), versions)
    print(f"\n16 bars: an edit under the rows of the analysis before it {with_rows:.1f} ms")
    assert with_rows < 100


def test_marks_are_placed_in_a_frame_or_two_and_painted_in_a_fraction_of_one():
    score = chorale_like(16)
    page = lay_out(score, Options(width=97.0, rows=Rows(crowded(score))))
    found = list(faults(score, 30))
    placing = median_ms(lambda each: mark_findings(page, each), [found] * 9)
    marks = mark_findings(page, found)
    ready = median_ms(lambda _: paint.Stencil(marks.items(), 9), range(9))
    stencil = paint.Stencil(marks.items(found[3]), 9)
    surface = pygame.Surface((876, 560))
    painting = median_ms(lambda _: stencil.paint(surface), range(50))
    hit = median_ms(lambda i: marks.at(30 + i, 20), range(50))
    print(
        f"\n30 findings: placing {placing:.1f} ms, making ready {ready:.2f}, a frame {painting:.2f}, a hit {hit:.2f} ms"
    )
    assert placing < 100
    assert painting < _FRAME_MS
