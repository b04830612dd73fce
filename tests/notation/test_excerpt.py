"""Excerpts: some bars as a picture."""

import pytest

from chorale.errors import InputError
from chorale.music import VOICES
from chorale.notation import Rows, excerpt
from chorale.notation.paint import write_png
from chorale.notation.primitives import Role, box_of
from chorale.notation.svg import svg_of
from tests.notation.analyses import Fault, crowded

S, A, T, B = VOICES


@pytest.fixture
def score(corpus_score):
    return corpus_score("bach/bwv269")


def test_an_excerpt_shows_its_bars_and_nothing_of_the_heading(score):
    page = excerpt(score, 3, 4)
    assert [bar.number for system in page.systems for bar in system.bars] == [3, 4]
    roles = {item.mark.role for item in page.items}
    assert not roles & {Role.TITLE, Role.COMPOSER, Role.TEMPO}
    assert Role.NUMBER in roles
    starts = {note.first for note in page.notes}
    assert starts <= set(range(score.bars[3].start, score.bars[4].end))


def test_a_pickup_is_bar_0_and_the_first_bars_have_no_number(score):
    page = excerpt(score, 0, 1)
    assert [bar.number for bar in page.systems[0].bars] == [0, 1]
    assert Role.NUMBER not in {item.mark.role for item in page.items}


def test_an_excerpt_is_cut_close_with_the_staff_on_whole_heights(score):
    page = excerpt(score, 3, 4, rows=Rows(crowded(score)))
    boxes = [box_of(item) for item in page.items]
    assert 0.9 < min(box.left for box in boxes) < 1.1
    assert 0.9 < min(box.top for box in boxes) < 2.0
    assert page.width - max(box.right for box in boxes) == pytest.approx(1.0, abs=0.01)
    assert page.height - max(box.bottom for box in boxes) == pytest.approx(1.0, abs=0.01)
    assert all(top == int(top) for system in page.systems for top in system.staves)


def test_few_bars_keep_their_natural_width_and_many_go_on_below(score):
    narrow, wide = excerpt(score, 3, 3), excerpt(score, 3, 4)
    assert narrow.width < wide.width
    assert len(wide.systems) == 1
    assert len(excerpt(score, 1, 12).systems) > 1
    assert excerpt(score, 1, 12, width=70).width < 75


def test_only_the_end_of_the_music_has_its_bar_line(score):
    thick = [item for item in excerpt(score, 3, 4).items if item.mark.role == Role.BARLINE and item.thickness > 0.3]
    assert thick == []
    last = score.bars[-1].number
    page = excerpt(score, last, last)
    assert any(item.mark.role == Role.BARLINE and item.thickness > 0.3 for item in page.items)


def test_findings_of_other_bars_are_left_out(score):
    at = score.bars[3].start
    inside = Fault("range", ((S, at),), message="here")
    outside = Fault("range", ((S, 0),), message="elsewhere")
    text = svg_of(excerpt(score, 3, 4, findings=[inside, outside]))
    assert "<title>here</title>" in text
    assert "elsewhere" not in text


def test_where_things_are_is_still_true(score):
    page = excerpt(score, 3, 4, rows=Rows(crowded(score)))
    head = page.note_boxes[S, score.bars[3].start]
    assert page.note_at(head.x, head.y) == head
    assert page.place_at(head.x, head.y).step == pytest.approx(head.first, abs=0.2)
    box = page.harmonies[1].box
    assert page.harmony_at((box.left + box.right) / 2, (box.top + box.bottom) / 2) == page.harmonies[1]


def test_an_excerpt_can_be_written_as_pixels(score, tmp_path):
    write_png(excerpt(score, 3, 4), tmp_path / "bars.png", scale=8)
    assert (tmp_path / "bars.png").stat().st_size > 1000


@pytest.mark.parametrize(("first", "last"), [(-1, 2), (4, 3), (1, 99)])
def test_bars_that_are_not_there_are_refused(score, first, last):
    with pytest.raises(InputError, match=rf"bars {first} to {last}: wanted bars from those of the score, 0 to \d+"):
        excerpt(score, first, last)
