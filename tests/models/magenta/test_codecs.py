"""Events, encodings and tensors: round trips, and the rules one by one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chorale.models.magenta.encodings import ENCODINGS, Keyed, Lookback, OneHot
from chorale.models.magenta.events import (
    HOLD,
    OFF,
    drum_events,
    melody_events,
    melody_of,
    moved,
    pattern_of,
    shift_to_c,
)
from chorale.models.magenta.tensors import (
    KEYBOARD,
    drum_rolls,
    groove,
    groove_of,
    humanized,
    melody_rows,
    melody_written,
    tapped,
)
from chorale.music import REST, DrumPattern, Melody, Note, Piece


def lines(lowest, highest):
    notes = st.tuples(st.integers(0, 2), st.integers(1, 5), st.integers(lowest, highest))
    return st.lists(notes, max_size=12).map(laid_out)


def laid_out(triples):
    """Return a melody of (rest, length, pitch)."""
    notes, now = [], 0
    for rest, length, pitch in triples:
        notes.append(Note(now + rest, length, pitch))
        now += rest + length
    return Melody.from_notes(notes, now + 2)


def patterns():
    return st.tuples(st.integers(0, 2**32 - 1), st.floats(0, 1)).map(struck)


def struck(drawn):
    """Return a random pattern, of a seed and of how much is struck."""
    rng, shape = np.random.default_rng(drawn[0]), (8, 9)
    offsets = rng.uniform(-0.5, 0.5, shape).astype(np.float32)
    return DrumPattern(rng.random(shape) < drawn[1], rng.integers(1, 128, shape), offsets)


@given(lines(0, 127))
def test_a_melody_comes_back_from_its_events(melody):
    assert melody_of(melody_events(melody)) == melody


def test_events_tell_onsets_holding_and_the_beginning_of_silence():
    melody = laid_out([(2, 2, 60), (0, 1, 60), (1, 1, 64)])
    assert melody_events(melody).tolist() == [HOLD, HOLD, 60, HOLD, 60, OFF, 64, OFF, HOLD]


@given(patterns())
def test_a_pattern_comes_back_from_its_events_but_for_velocity_and_offset(pattern):
    assert (pattern_of(drum_events(pattern)).hits == pattern.hits).all()


@given(patterns())
def test_a_groove_comes_back_from_its_tensor(pattern):
    found = groove_of(groove(pattern))
    assert (found.hits == pattern.hits).all()
    assert (found.velocities == pattern.velocities).all()
    np.testing.assert_allclose(found.offsets, pattern.offsets, atol=1e-6)


def test_late_is_negative_in_a_tensor():
    hits = np.zeros((1, 9), bool)
    hits[0, Piece.SNARE] = True
    assert groove(DrumPattern(hits, None, np.full((1, 9), 0.25)))[0, 18 + Piece.SNARE] == -0.5


@given(patterns())
def test_humanizing_reads_hits_alone(pattern):
    assert (humanized(pattern)[:, :9] == pattern.hits).all()
    assert not humanized(pattern)[:, 9:].any()


@given(patterns())
def test_tapping_is_one_line_with_the_timing_of_the_loudest_hits(pattern):
    rows = tapped(pattern)
    assert (rows[:, Piece.OPEN_HAT] == pattern.hits.any(axis=1)).all()
    for step in np.flatnonzero(pattern.hits.any(axis=1)):
        loudest = pattern.velocities[step] == pattern.velocities[step].max()
        assert rows[step, 18 + Piece.OPEN_HAT] in -2 * pattern.offsets[step, loudest]
    rows[:, [Piece.OPEN_HAT, 18 + Piece.OPEN_HAT]] = 0
    assert not rows.any()


@given(patterns())
def test_a_roll_says_where_nothing_is_struck(pattern):
    rows = drum_rolls(pattern)
    assert (rows[:, 9] == ~pattern.hits.any(axis=1)).all()


@given(lines(21, 108))
def test_a_melody_comes_back_from_its_tensor(melody):
    assert melody_written(melody_rows(melody).argmax(axis=1)) == melody
    assert melody_rows(melody).shape == (len(melody), KEYBOARD.classes)


@given(lines(0, 127))
def test_a_melody_is_moved_to_where_its_middle_is_in_range(melody):
    events = melody_events(melody)
    shift = shift_to_c(events, 48, 83)
    sounds = events >= 0
    notes, sounding = moved(events, shift, 48, 83)[sounds], events[sounds] + shift
    assert ((notes >= 48) & (notes <= 83) & ((notes - sounding) % 12 == 0)).all()
    assert (moved(events, shift, 48, 83)[~sounds] == events[~sounds]).all()
    if sounds.any():
        assert abs((sounding.min() + sounding.max()) / 2 - 65.5) <= 6


def test_a_tune_in_d_major_is_moved_to_c():
    assert shift_to_c(np.array([62, 64, 66, 67, 69, 71, 73]), 48, 83) == -2


@pytest.mark.parametrize("name", sorted(set(ENCODINGS) - {"drums"}))
@given(lines(48, 83).filter(len))
def test_what_is_read_and_answered_has_the_published_size(name, melody):
    encoding, events = ENCODINGS[name], melody_events(melody)
    assert encoding.read(events).shape == (encoding.inputs,)
    answers = [encoding.event(answer, events) for answer in range(encoding.classes)]
    assert set(answers) >= {HOLD, OFF, *range(48, 84)}


def test_the_published_sizes():
    sizes = {name: (encoding.inputs, encoding.classes) for name, encoding in ENCODINGS.items()}
    assert sizes == {
        "basic": (38, 38),
        "mono": (130, 130),
        "lookback": (121, 40),
        "attention": (74, 40),
        "drums": (518, 512),
    }


def test_an_answer_may_mean_what_was_a_bar_or_two_ago():
    events = np.array([60, *[HOLD] * 15, 62, *[HOLD] * 15])
    for encoding, first in ((Lookback(), 38), (Keyed(), 38)):
        assert [encoding.event(answer, events) for answer in (first, first + 1)] == [62, 60]
        assert encoding.event(first + 1, events[:31]) == HOLD


def test_lookback_reads_what_followed_and_the_place():
    events = np.array([60, *[HOLD] * 15, 60, 62])
    row = Lookback().read(events)
    one_hot = OneHot()
    assert row[one_hot.answer(62)] == 1
    assert row[38 + one_hot.answer(HOLD)] == 1  # what came 16 steps before the next event
    assert row[114:119].tolist() == [-1, 1, -1, -1, 1]  # 18
    assert row[119:].tolist() == [0, 0]
    assert Lookback().read(events[:17])[119] == 1


def test_the_key_encoding_tells_pitch_contour_and_keys():
    row = Keyed().read(np.array([60, 64, 62, OFF]))
    assert row[:37].sum() == 0
    assert row[37] == 1  # silence
    assert row[38] == 1  # the last event that is not OFF is an onset
    assert row[39] == -1  # the line fell
    assert row[50:62].tolist() == row[62:].tolist()  # three notes are all the notes
    assert row[50] == 1  # C major has them all
    assert row[51] == 0


def test_silence_is_no_pitch():
    nothing = np.array([HOLD, HOLD])
    row = Keyed().read(nothing)
    assert row[37] == 1
    assert row[50:].all()
    assert Melody(np.full(3, REST)) == melody_of(np.array([HOLD] * 3))
