import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chorale.audio.cues import cues
from chorale.audio.timeline import HOLD, Route, TimeMap
from chorale.errors import InputError

MELODY = [(0, 4, 60), (4, 4, 62), (8, 4, 62), (12, 4, 64)]
STEP = 60 / 120 / 4


def test_without_fermatas_steps_are_even(make_score):
    times = TimeMap.of(make_score(MELODY))
    assert [times.seconds_at(step) for step in (0, 1, 2.5, 16)] == pytest.approx([0, STEP, 2.5 * STEP, 16 * STEP])
    assert times.seconds == pytest.approx(make_score(MELODY).seconds)


def test_speed_divides_every_time(make_score):
    assert TimeMap.of(make_score(MELODY), speed=2).seconds == pytest.approx(8 * STEP)


def test_a_fermata_lengthens_the_note_it_stands_on_and_a_breath_follows(make_score):
    times = TimeMap.of(make_score(MELODY, fermatas=frozenset({4})))
    assert times.release_at(8) - times.seconds_at(4) == pytest.approx(4 * STEP * HOLD)
    assert 0.1 < times.seconds_at(8) - times.release_at(8) < 0.4
    assert times.seconds_at(4) == pytest.approx(4 * STEP)
    assert times.seconds_at(12) - times.seconds_at(8) == pytest.approx(4 * STEP)


def test_fermatas_can_be_left_out(make_score):
    score = make_score(MELODY, fermatas=frozenset({4}))
    assert TimeMap.of(score, fermatas=False).seconds == pytest.approx(score.seconds)


def test_two_fermatas_on_one_note_hold_it_once(make_score):
    score = make_score([(0, 8, 60), (8, 4, 62)], fermatas=frozenset({0, 2}))
    assert TimeMap.of(score).release_at(8) == pytest.approx(8 * STEP * HOLD)


def test_a_fermata_on_a_rest_holds_a_beat(make_score):
    score = make_score([(0, 4, 60), (12, 4, 60)], fermatas=frozenset({4}))
    assert TimeMap.of(score).release_at(8) == pytest.approx(4 * STEP + 4 * STEP * HOLD)


@given(step=st.floats(0, 16), fermatas=st.frozensets(st.integers(0, 15)), speed=st.floats(0.25, 4))
def test_steps_and_seconds_are_each_others_inverse(make_score, step, fermatas, speed):
    times = TimeMap.of(make_score(MELODY, fermatas=fermatas), speed=speed)
    assert times.step_at(times.seconds_at(step)) == pytest.approx(step, abs=1e-6)


def test_cues_tell_which_note_follows_at_once(make_score):
    score = make_score([*MELODY, (20, 4, 65)], fermatas=frozenset({12}))
    found = cues(score, TimeMap.of(score))
    assert [cue.followed for cue in found] == [62, 62, 64, None, None]
    assert [cue.pitch for cue in found] == [60, 62, 62, 64, 65]


def test_downbeats_are_a_little_louder(make_score):
    found = cues(make_score(MELODY), TimeMap.of(make_score(MELODY)))
    assert found[0].accent > found[1].accent > 0.8


def test_a_route_reaches_the_end_and_stays_there(make_score):
    route = Route(TimeMap.of(make_score(MELODY)), 4)
    assert route.seconds == pytest.approx(12 * STEP)
    assert [route.step_after(t) for t in (-1, 0, STEP, 99)] == pytest.approx([4, 4, 5, 16])


def test_a_loop_is_entered_from_before_and_never_left(make_score):
    route = Route(TimeMap.of(make_score(MELODY)), 2, (4, 12))
    assert route.step_after(10 * STEP - 1e-6) == pytest.approx(12, abs=1e-3)
    assert route.step_after(10 * STEP) == pytest.approx(4)
    assert route.step_after((10 + 8 * 5 + 3) * STEP) == pytest.approx(7)
    stretches = list(itertools.islice(route.stretches(), 3))
    assert stretches == [pytest.approx((0, 2 * STEP, 12 * STEP)), pytest.approx((10 * STEP, 4 * STEP, 12 * STEP)),
                         pytest.approx((18 * STEP, 4 * STEP, 12 * STEP))]  # fmt: skip


def test_a_route_from_beyond_the_loop_goes_to_the_end(make_score):
    assert not Route(TimeMap.of(make_score(MELODY)), 13, (4, 12)).loops


@pytest.mark.parametrize("loop", [(4, 4), (8, 4), (-1, 4), (0, 17)])
def test_an_impossible_loop_is_refused(make_score, loop):
    with pytest.raises(InputError, match="loop"):
        Route(TimeMap.of(make_score(MELODY)), 0, loop)


def test_a_score_without_steps_lasts_no_time(make_score):
    times = TimeMap.of(make_score())
    assert (times.seconds, times.seconds_at(3), times.step_at(3)) == (0, 0, 0)
