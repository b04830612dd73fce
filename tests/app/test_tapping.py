"""Tapping: what is struck comes out at its time, on its key, as near to the grid as is wanted."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chorale.app.tools.making import taps_of
from chorale.app.tools.tapping import ACCENTED, GRIDS, Kind, Plan, Take
from chorale.errors import InputError
from chorale.music import Meter, Piece

LEAD = 16


def tapped(kind=Kind.RHYTHM, *strokes, latency=0.0, **plan):
    """A take of (step, pitch) or (step, pitch, length) strokes, counted from the first recorded bar."""
    take = Take(Plan(kind, **plan), latency)
    for at, pitch, *length in strokes:
        take.press(pitch, take.plan.lead + at)
        take.release(pitch, take.plan.lead + at + (length[0] if length else 1))
    return take


def test_a_tap_comes_out_where_it_was_struck_to_a_hundredth_of_a_step():
    clip = tapped(Kind.RHYTHM, (0, 60), (4.3, 60), (11.94, 60)).clip()
    assert [float(note.start) for note in clip.notes] == pytest.approx([0, 4.3, 11.94], abs=0.005)
    assert not clip.drums
    assert clip.steps == 32


def test_taps_reach_drumify_with_their_lateness():
    taps = taps_of(tapped(Kind.RHYTHM, (0, 60), (4.25, 60), (7.8, 60)).clip())
    assert np.flatnonzero(taps.struck).tolist() == [0, 4, 8]
    assert taps.offsets[[0, 4, 8]] == pytest.approx([0, 0.25, -0.2], abs=0.005)


@given(st.lists(st.floats(0, 31.4), max_size=20), st.floats(0, 1))
def test_quantizing_draws_every_tap_toward_the_grid_by_its_strength(times, strength):
    take = tapped(Kind.DRUMS, *((at, 36) for at in times))
    for stroke in take.struck:
        note = take._note(stroke, strength, Fraction(1), 32)
        off = stroke.start - round(stroke.start)
        if abs(abs(off) - 0.5) > 0.01:
            assert float(note.start) - round(stroke.start) == pytest.approx(off * (1 - strength), abs=0.02)


def test_full_strength_puts_every_tap_on_the_grid():
    take = tapped(Kind.DRUMS, (0.2, 36), (5.7, 38), (9.1, 42))
    assert [note.start for note in take.clip(1.0).notes] == [0, 6, 9]
    assert [note.start for note in take.clip(1.0, GRIDS["1/8"]).notes] == [0, 6, 10]
    assert [note.start for note in take.clip(1.0, GRIDS["1/8 triplets"]).notes] == [0, Fraction(16, 3), Fraction(28, 3)]


def test_latency_is_taken_off():
    plan = {"qpm": 100.0}
    late = 0.045
    clip = tapped(Kind.RHYTHM, (4 + late / 0.15, 60), latency=late, **plan).clip()
    assert float(clip.notes[0].start) == pytest.approx(4, abs=0.01)


def test_tapping_along_with_the_count_in_tells_how_late_the_keys_come_and_is_not_recorded():
    take = Take(Plan(Kind.RHYTHM, qpm=100))
    for beat in (0, 4, 8, 12):
        assert not take.press(60, beat + 0.3)
    assert take.lateness == pytest.approx(0.045, abs=0.001)
    assert take.clip().notes == ()


def test_two_taps_of_the_count_in_tell_nothing():
    take = Take(Plan(Kind.RHYTHM))
    take.press(60, 0.3)
    take.press(60, 6.0)  # between two beats: no tap along with the click
    take.press(60, 4.3)
    assert take.lateness is None


def test_a_downbeat_that_comes_early_is_the_first_step():
    take = Take(Plan(Kind.RHYTHM))
    assert take.press(60, LEAD - 0.4)
    take.release(60, LEAD + 1)
    assert take.clip().notes[0].start == 0


def test_a_kick_that_comes_early_for_the_next_pass_is_its_downbeat():
    assert tapped(Kind.DRUMS, (31.7, 36)).clip().notes[0].start == 0
    assert float(tapped(Kind.RHYTHM, (31.7, 60)).clip().notes[0].start) == pytest.approx(31.7, abs=0.01)


def test_nothing_is_recorded_after_the_end():
    take = Take(Plan(Kind.RHYTHM, bars=1))
    assert not take.press(60, LEAD + 16.1)


def test_several_keys_are_several_pieces_and_passes_add_up():
    take = tapped(Kind.DRUMS, (0, 36), (8, 36), (0, 42), (4, 42), (4, 38))
    hits = take.clip().pattern.hits
    assert np.flatnonzero(hits[:, Piece.KICK]).tolist() == [0, 8]
    assert np.flatnonzero(hits[:, Piece.SNARE]).tolist() == [4]
    assert np.flatnonzero(hits[:, Piece.CLOSED_HAT]).tolist() == [0, 4]


def test_of_two_hits_of_a_piece_in_one_step_the_louder_stays():
    take = Take(Plan(Kind.DRUMS))
    take.press(36, LEAD + 4)
    take.press(36, LEAD + 4.2, ACCENTED)
    assert [note.velocity for note in take.clip().notes] == [ACCENTED]


def test_a_melody_keeps_its_lengths_and_is_one_line():
    take = Take(Plan(Kind.MELODY))
    take.press(67, LEAD)
    take.press(69, LEAD + 4)  # the first is still held
    take.release(67, LEAD + 5)
    take.release(69, LEAD + 10)
    take.press(71, LEAD + 12)
    take.finish()
    notes = take.clip().notes
    assert [(note.pitch, note.start, note.end) for note in notes] == [(67, 0, 4), (69, 4, 10), (71, 12, 32)]


def test_a_key_that_is_held_has_sounded_until_now():
    take = Take(Plan(Kind.MELODY))
    take.press(67, LEAD + 4)
    assert take.clip(at=LEAD + 7.5).notes[0].end == Fraction(15, 2)
    assert take.clip().notes[0].end == 32


def test_a_note_that_is_held_over_the_end_of_a_pass_ends_there():
    take = Take(Plan(Kind.MELODY))
    take.press(67, LEAD + 30)
    take.release(67, LEAD + 1)  # the next pass
    assert take.clip().notes[0].end == 32


def test_the_metronome_clicks_on_beats_louder_on_bars_and_plays_what_was_tapped():
    plan = Plan(Kind.DRUMS, Meter(3, 4), bars=2)
    clicks = plan.clicks()
    assert [note.start for note in clicks.notes] == list(range(0, 36, 4))
    assert len({note.velocity for note in clicks.notes if note.start % 12 == 0}) == 1
    assert clicks.notes[0].velocity > clicks.notes[1].velocity
    take = Take(plan)
    take.press(36, 12 + 2.5)
    assert Fraction(29, 2) in [note.start for note in plan.clicks(take).notes]
    quiet = Plan(Kind.DRUMS, Meter(3, 4), bars=2, clicking=False)
    assert max(note.start for note in quiet.clicks().notes) < quiet.lead


def test_it_counts_the_beats_that_are_felt():
    assert [Plan(meter=Meter(6, 8)).beat_at(at) for at in (0, 5.9, 6, 11.9, 12)] == [1, 1, 2, 2, None]


def test_a_plan_out_of_range_is_refused():
    with pytest.raises(InputError, match="wanted 1 to 16"):
        Plan(bars=0)
