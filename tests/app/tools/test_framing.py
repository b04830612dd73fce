"""Bars of any meter lie at the beginnings of bars of 4/4, and come out of them as they were."""

import numpy as np
import pytest

from chorale.app.tools.framing import Frame
from chorale.models.base import Surroundings, Taps, Written
from chorale.music import DrumPattern, Meter

ABOUT = Surroundings(Meter(3, 4), 0, 120.0, None, False, None)


@pytest.mark.parametrize("meter", ["4/4", "2/2", "2/4"])
def test_bars_that_make_up_bars_of_sixteen_steps_stay_where_they_are(meter):
    frame = Frame.around(40, Meter.parse(meter))
    assert frame.is_plain
    assert frame.places.tolist() == list(range(40))


@pytest.mark.parametrize(("meter", "first"), [("3/4", 16), ("6/8", 16), ("5/4", 32), ("12/8", 32)])
def test_every_other_bar_begins_a_bar(meter, first):
    meter = Meter.parse(meter)
    frame = Frame.around(2 * meter.steps_per_bar + 3, meter)
    assert frame.places[meter.steps_per_bar] == first
    assert frame.places[2 * meter.steps_per_bar] == 2 * first
    assert frame.steps == 3 * first


def test_taps_and_hits_keep_bar_beat_and_lateness():
    struck = np.arange(24) % 4 == 0
    taps = Taps(struck, np.where(struck, 0.25, 0.0).astype(np.float32))
    lying = Frame.around(24, Meter(3, 4)).taps(taps)
    assert np.flatnonzero(lying.struck).tolist() == [0, 4, 8, 16, 20, 24]
    assert lying.offsets[lying.struck].tolist() == [0.25] * 6


def test_what_lies_in_a_frame_comes_out_as_it_was_and_that_is_said():
    hits = np.zeros((24, 9), bool)
    hits[::4, 2] = True
    pattern, frame = DrumPattern(hits, hits * 90, hits * -0.125), Frame.around(24, Meter(3, 4))
    freed = frame.freed(Written(frame.pattern(pattern), 7, ("first",)))
    assert freed.music == pattern
    assert (freed.seed, freed.notes[0]) == (7, "first")
    assert "every bar of 3/4 was played as the beginning of one" in freed.notes[1]


def test_the_model_is_told_the_meter_of_the_frame():
    assert Frame.around(24, Meter(3, 4)).surroundings(ABOUT).meter == Meter(4, 4)
    assert Frame.around(16, Meter(2, 4)).surroundings(ABOUT) is ABOUT
