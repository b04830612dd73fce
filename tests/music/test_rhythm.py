import pytest
from hypothesis import given
from hypothesis import strategies as st

from chorale.music import METERS, Meter, written

QUARTER = "4/4"


def _values(meter, start, length, *, rest=False):
    return [(head.length, head.base, head.dots) for head in written(start, length, Meter.parse(meter), rest=rest)]


@given(st.sampled_from(METERS), st.integers(0, 60), st.integers(1, 80), st.booleans(), st.data())
def test_heads_cover_the_note_and_never_cross_a_bar(meter, start, length, rest, data):
    pickup = data.draw(st.integers(0, meter.steps_per_bar - 1))
    heads = written(start, length, meter, pickup, rest=rest)
    assert [head.start for head in heads] == [start, *(head.start + head.length for head in heads)][: len(heads)]
    assert sum(head.length for head in heads) == length
    for head in heads:
        first, last = head.start - pickup, head.start + head.length - 1 - pickup
        assert first // meter.steps_per_bar == last // meter.steps_per_bar
        if not head.is_bar_rest:
            assert head.length * head.base * 2**head.dots == 16 * (2 ** (head.dots + 1) - 1)


@pytest.mark.parametrize(
    ("meter", "start", "length", "sizes"),
    [
        ("4/4", 0, 16, [16]),
        ("4/4", 12, 8, [4, 4]),  # over the bar line
        ("4/4", 4, 8, [8]),  # quarter, half, quarter
        ("4/4", 4, 6, [6]),  # quarter, dotted quarter, eighth, quarter
        ("4/4", 6, 4, [2, 2]),  # the middle of the bar is shown
        ("4/4", 2, 4, [4]),  # eighth, quarter, eighth
        ("4/4", 3, 5, [1, 4]),
        ("4/4", 0, 5, [4, 1]),
        ("4/4", 4, 12, [8, 4]),
        ("3/4", 0, 12, [12]),
        ("3/4", 4, 8, [8]),
        ("6/8", 0, 12, [12]),
        ("6/8", 0, 8, [6, 2]),  # not a half note, which hides both beats
        ("3/2", 0, 24, [24]),
        ("3/2", 0, 12, [12]),
        ("2/4", 0, 8, [8]),
    ],
)
def test_notes_are_written_as_a_copyist_would(meter, start, length, sizes):
    assert [size for size, _, _ in _values(meter, start, length)] == sizes


@pytest.mark.parametrize(
    ("meter", "start", "length", "sizes"),
    [
        ("4/4", 4, 8, [4, 4]),
        ("4/4", 8, 8, [8]),
        ("4/4", 0, 12, [8, 4]),
        ("3/4", 4, 8, [4, 4]),
        ("6/8", 2, 4, [2, 2]),
        ("6/8", 6, 6, [6]),
        ("4/4", 6, 4, [2, 2]),
    ],
)
def test_rests_show_the_beats(meter, start, length, sizes):
    assert [size for size, _, _ in _values(meter, start, length, rest=True)] == sizes


def test_a_silent_bar_is_one_bar_rest_in_any_meter():
    for meter in METERS:
        (head,) = written(meter.steps_per_bar, meter.steps_per_bar, meter, rest=True)
        assert head.is_bar_rest
