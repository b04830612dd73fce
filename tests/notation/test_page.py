"""Where things are: what an editor asks a page."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chorale.notation import Options, lay_out
from chorale.notation.ghost import ghost_note
from chorale.notation.primitives import Glyph, Line, box_of


@pytest.fixture(scope="module")
def page(corpus_score):
    return lay_out(corpus_score("bach/bwv269"), Options(width=90.0))


def test_every_head_stands_where_its_step_and_pitch_say(corpus_score, page):
    score = corpus_score("bach/bwv269")
    for voice in range(4):
        for note, pitch in score.notes(voice):
            box = page.note_boxes[voice, note.start]
            assert box.y == pytest.approx(page.y_of(pitch.place, voice, note.start))
            assert abs(box.x - page.x_of(note.start)) < 1.3


@given(data=st.data())
def test_a_step_found_again_under_its_own_place(page, data):
    step = data.draw(st.floats(0, page.systems[-1].last - 0.001))
    voice = data.draw(st.sampled_from(range(4)))
    place = data.draw(st.integers(30, 38) if voice < 2 else st.integers(18, 26))
    spot = page.place_at(page.x_of(step), page.y_of(place, voice, step))
    assert spot.step == pytest.approx(step, abs=1e-4)
    assert spot.place == place
    assert spot.staff == (0 if voice < 2 else 1)
    assert spot.system == page.system_at(step).index


@given(x=st.floats(-50, 200), y=st.floats(-50, 300))
def test_any_point_names_a_step_of_the_score(page, x, y):
    spot = page.place_at(x, y)
    assert 0 <= spot.step < page.systems[-1].last
    system = page.systems[spot.system]
    assert system.first <= spot.step < system.last


def test_a_point_just_left_of_a_bar_line_belongs_to_the_bar_before(page):
    bar, after = page.systems[0].bars[1:3]
    y = page.systems[0].staves[0]
    assert page.place_at(bar.right - 0.01, y).step < after.start
    assert page.place_at(bar.right + 0.01, y).step == after.start


def test_the_playhead_only_moves_forward_within_a_system(page):
    system = page.systems[1]
    xs = [page.playhead_x(system.first + i / 7) for i in range(int((system.last - system.first) * 7))]
    assert xs == sorted(xs)
    jumps = [b - a for a, b in itertools.pairwise(xs)]
    assert max(jumps) < 0.6


def test_a_head_is_found_by_pointing_near_it(page):
    note = page.note_boxes[2, 4]
    assert page.note_at(note.x + 0.3, note.y - 0.2) == note
    assert page.note_at(note.x, note.y - 1.6) is None


def test_the_primitives_of_a_note_are_its_own(page):
    items = page.items_of(0, 4)
    assert {item.mark.role.value for item in items} >= {"head", "stem"}
    assert all(item.mark[1:3] == (0, 4) for item in items)
    assert page.items_of(0, 5) == ()


def test_a_ghost_stands_where_the_note_would(page_of):
    before = page_of("c5 d5 e5:8")
    after = page_of("c5 d5 e5:8")
    ghost = ghost_note(before, 4, 0, after.note_boxes[0, 4].box and 36, base=4)
    (head,) = [item for item in ghost if isinstance(item, Glyph)]
    (real,) = [item for item in after.items_of(0, 4) if isinstance(item, Glyph)]
    assert head.name == real.name
    assert box_of(head) == pytest.approx(box_of(real))


def test_a_ghost_shows_ledger_lines_dots_flag_and_accidental(page_of):
    page = page_of("c5 d5 e5:8", "a4:16")
    ghost = ghost_note(page, 6, 0, 42, base=8, dots=1, alter=1)
    names = [item.name for item in ghost if isinstance(item, Glyph)]
    assert names == ["noteheadBlack", "augmentationDot", "flag8thUp", "accidentalSharp"]
    assert len([item for item in ghost if isinstance(item, Line)]) == 3
    assert {item.mark.voice for item in ghost} == {0}
