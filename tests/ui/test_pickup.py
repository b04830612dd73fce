"""The pickup, chosen in the meter's menu."""

import pygame
import pytest

from chorale.app import edits
from chorale.ui.theme import Theme


def chosen(person):
    person.click("meter")
    entries = person.editor.state.board.menu.entries
    heading = next(index for index, entry in enumerate(entries) if entry.label == "Pickup")
    labels = [entry.label for entry in entries[heading + 1 :]]
    marked = [entry.label for entry in entries[heading + 1 :] if entry.chosen]
    person.key(pygame.K_ESCAPE)
    return labels, marked


def test_a_pickup_moves_the_bar_lines_and_not_the_notes(tune):
    before = tune.notes()
    tune.click("meter")
    tune.choose("A quarter")
    assert tune.score.pickup == 4
    assert tune.notes() == before
    assert [(bar.start, bar.end) for bar in tune.score.bars][:2] == [(0, 4), (4, 20)]
    assert chosen(tune)[1] == ["A quarter"]
    tune.key(pygame.K_z, ctrl=True)
    assert tune.score.pickup == 0
    assert chosen(tune)[1] == ["None"]


def test_only_pickups_shorter_than_a_bar_are_offered(person):
    assert chosen(person)[0] == ["None", "An eighth", "A quarter", "A dotted quarter", "A half", "A dotted half"]
    person.click("meter")
    person.choose("2/4")
    assert chosen(person)[0] == ["None", "An eighth", "A quarter", "A dotted quarter"]


def test_an_unusual_pickup_of_a_file_is_named(person):
    person.studio.edit("Pickup", lambda score: edits.set_pickup(score, 3))
    assert chosen(person)[1] == ["3 sixteenths"]


def test_a_pickup_that_the_music_has_no_room_for_is_one_line(person):
    person.studio.edit("Short", lambda score: edits.set_bars(score, 1))
    person.studio.edit("Pickup", lambda score: edits.set_pickup(score, 12))
    before = person.score
    person.editor.top._set_pickup(999)
    assert person.score is before
    assert any("ickup" in text for text in person.said())


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (1120, 640)])
def test_the_menu_of_meters_and_pickups_stays_on_the_screen_whole(person, size):
    person.editor.resize(size, Theme.fitting(size))
    person.click("meter")
    menu = person.editor.state.board.menu
    assert pygame.Rect(0, 0, *size).contains(menu.rect)
    assert all(menu.rect.contains(menu.row(index)) for index in range(len(menu.entries)))
