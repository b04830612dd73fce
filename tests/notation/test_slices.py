"""Work in slices comes to the same as work in one go."""

from itertools import count

from chorale.notation import Options, lay_out
from chorale.notation.layout import laying_out
from chorale.notation.marks import mark_findings, marking
from chorale.notation.slices import advance, at_once
from tests.notation.analyses import Fault


def counted(slices):
    for _ in range(slices):
        yield
    return "made"


def test_work_in_one_go_returns_what_the_slices_make():
    assert at_once(counted(3)) == "made"
    assert at_once(counted(0)) == "made"


def test_work_goes_on_until_the_time_is_up_and_later_from_there():
    work, clock = counted(5), count()
    assert not advance(work, 2, lambda: next(clock))
    assert len(list(work)) == 3
    assert advance(work, 2, lambda: next(clock))


def test_at_least_one_slice_is_done_however_short_the_time():
    work, turns = counted(4), 1
    while not advance(work, 0.0):
        turns += 1
    assert turns == 5


def test_a_page_and_its_marks_are_the_same_in_slices(score_of):
    score = score_of("c5 d5 e5 f5 " * 8, "e4 f4 g4 a4 " * 8)
    faults = [Fault("parallel-fifths", ((0, 0), (0, 4), (1, 0), (1, 4)))]
    page = lay_out(score, Options(width=60))
    work = laying_out(score, Options(width=60))
    assert not advance(work, 0.0)
    assert at_once(work).items == page.items
    assert at_once(marking(page, faults)).items() == mark_findings(page, faults).items()
