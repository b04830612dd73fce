"""The scrollbar of the page, with the mouse."""

import pytest

from chorale.app import edits


@pytest.fixture
def long(person):
    """The person with a score of sixty bars."""
    person.studio.edit("Long", lambda score: edits.set_bars(score, 60))
    person.turn(3)
    assert person.editor.page.scroll_range > 500
    return person


def scroll(person):
    return round(person.editor.page.rect.y - person.editor.page.sheet.y + person.editor.page._theme.px(20))


def test_the_thumb_is_dragged_to_the_end_and_back(long):
    page = long.editor.page
    start = page.scrollbar.thumb.center
    long.move(start)
    long.down(start)
    long.move((start[0], start[1] + 40))
    share = 40 / (page.rect.height - 16 - page.scrollbar.thumb.height)
    assert scroll(long) == pytest.approx(share * page.scroll_range, abs=2)
    assert page.scrollbar.thumb.centery == pytest.approx(start[1] + 40, abs=1)
    long.move((start[0] - 300, 4000))
    assert scroll(long) == page.scroll_range
    long.move((start[0], -4000))
    long.up((start[0], -4000))
    assert scroll(long) == 0
    assert not page.scrollbar.held


def test_a_click_on_the_track_brings_the_thumb_there(long):
    page = long.editor.page
    long.click_at((page.rect.right - 6, page.rect.centery + 60))
    assert page.scrollbar.thumb.centery == pytest.approx(page.rect.centery + 60, abs=1)


def test_the_pointer_on_the_bar_lights_it_and_writes_nothing(long):
    page = long.editor.page
    before = long.score
    long.move((page.rect.right - 6, page.rect.centery))
    assert page.scrollbar.hot
    long.click_at((page.rect.right - 6, page.rect.centery))
    assert long.score is before
    long.move(page.rect.center)
    assert not page.scrollbar.hot


def test_a_page_that_is_seen_whole_has_no_bar(person):
    person.studio.edit("Short", lambda score: edits.set_bars(score, 4))
    person.turn(3)
    page = person.editor.page
    assert page.scroll_range == 0
    person.move((page.rect.right - 6, page.rect.centery))
    assert not page.scrollbar.hot
