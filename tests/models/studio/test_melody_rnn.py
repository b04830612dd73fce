"""MelodyRNN: its codec loses nothing, and what it writes is what was asked for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chorale.errors import InputError
from chorale.models import registry
from chorale.models.base import Surroundings
from chorale.models.melody_rnn import codec
from chorale.music import REST, Key, Melody, Meter, Note
from chorale.training.scores.melody_rnn import longest_run

LINE = [67, 69, 71, 72, 74, 72, 71, 67]
TUNE = Melody.from_notes([Note(4 * number, 4, pitch) for number, pitch in enumerate(LINE)], 32)
G_MAJOR = Surroundings(key=Key.parse("G"))
cells = st.lists(st.tuples(st.sampled_from([REST, 48, 60, 61, 95]), st.booleans()), min_size=1, max_size=60)


@pytest.fixture(scope="module")
def model():
    return registry.load("melody_rnn")


@given(cells)
def test_melodies_come_back_from_events(line):
    melody = Melody(np.array([pitch for pitch, _ in line]), np.array([onset for _, onset in line]))
    assert codec.melody_of(codec.events_of(melody)) == melody


@given(st.lists(st.integers(0, codec.CLASSES - 1), min_size=1, max_size=200), st.sampled_from([12, 16]))
def test_columns_never_leave_their_tables_and_never_look_ahead(events, bar):
    line = np.array(events)
    columns = codec.columns_of(line, bar, 3)
    assert columns.shape == (len(line) + 1, len(codec.COLUMNS))
    assert (columns >= 0).all()
    assert (columns < np.array(codec.COLUMNS)).all()
    half = len(line) // 2
    np.testing.assert_array_equal(codec.columns_of(line[:half], bar, 3), columns[: half + 1])


def test_the_same_seed_gives_the_same_notes_and_variations_differ(model):
    first = model.continued(TUNE, 32, G_MAJOR, seed=3, variations=3)
    again = model.continued(TUNE, 32, G_MAJOR, seed=4)[0]
    assert again.music == first[1].music
    assert len({each.music for each in first}) == 3
    assert all(len(each.music) == 32 for each in first)


def test_temperature_zero_is_the_single_best_whatever_the_seed(model):
    one, other = (model.continued(TUNE, 16, G_MAJOR, seed=seed, temperature=0)[0].music for seed in (0, 9))
    assert one == other


def test_a_locked_key_is_kept_even_when_it_is_hot(model):
    locked = Surroundings(key=Key.parse("G"), locked=True)
    for written in model.continued(TUNE, 32, locked, variations=4, temperature=2):
        assert {note.pitch % 12 for note in written.music.notes} <= Key.parse("G").scale


def test_an_ending_rests_on_the_tonic_chord_on_a_strong_beat(model):
    for written in model.continued(TUNE, 32, G_MAJOR, variations=4, temperature=1.5, ending=True):
        last = written.music.notes[-1]
        assert last.pitch % 12 in {7, 11, 2}
        assert (last.start % 8, last.end) == (0, 32)


def test_no_note_lasts_for_more_than_two_bars(model):
    held = Melody.from_notes([Note(0, 64, 67)], 64)
    for written in model.continued(held, 64, G_MAJOR, variations=4, temperature=0.3):
        assert longest_run(written.music) <= 32


def test_a_line_far_outside_its_range_is_read_in_another_octave_and_comes_back(model):
    low = Melody.from_notes([Note(note.start, note.length, note.pitch - 36) for note in TUNE.notes], 32)
    written = model.continued(low, 16, G_MAJOR)[0]
    assert "octave" in written.notes[0]
    assert max(note.pitch for note in written.music.notes) < 60


def test_what_it_cannot_do_is_told_in_one_line(model):
    with pytest.raises(InputError, match="meter 6/8: wanted 4/4"):
        model.continued(TUNE, 16, Surroundings(Meter(6, 8)))
    with pytest.raises(InputError, match="temperature 3: wanted 0 to 2"):
        model.continued(TUNE, 16, G_MAJOR, temperature=3)
