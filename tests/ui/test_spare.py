from itertools import count

import pytest

from chorale.ui.spare import SpareTime


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def slices(clock, seconds, amount):
    for _ in range(amount):
        clock.now += seconds
        yield


def test_a_little_is_done_after_each_frame_that_was_drawn(clock):
    spare = SpareTime(clock)
    numbers = count()
    go_on = spare.spend_on(next(numbers) for _ in slices(clock, 0.001, 5))
    assert not go_on()
    assert next(numbers) == 0, "the frame that shows what there is comes first"
    spare.drawn()
    assert not go_on()
    done = next(numbers)
    assert 3 <= done <= 5, "three milliseconds of it"
    assert not go_on()
    assert next(numbers) == done + 1, "no frame was drawn: nothing more was done"
    spare.drawn()
    assert go_on()


def test_where_nothing_is_drawn_it_goes_on_all_the_same(clock):
    spare = SpareTime(clock)
    go_on = spare.spend_on(slices(clock, 0.002, 4))
    for _ in range(2):
        assert not go_on()
        clock.now += 0.1
        assert not go_on()
    clock.now += 0.1
    assert go_on()
