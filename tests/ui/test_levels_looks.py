"""How the Levels room is laid out: nothing overlaps or leaves the window, and every text of every level fits."""

from itertools import product

import pygame
import pytest

from chorale.app.studio import Studio
from chorale.levels.worlds import load_shipped
from chorale.ui.pictures import FrozenSound
from chorale.ui.scene import Place, Services
from chorale.ui.scenes.levels.card import CardSheet
from chorale.ui.scenes.levels.goals_list import GoalsList
from chorale.ui.scenes.levels.pictures import stage
from chorale.ui.scenes.levels.speech import Speech
from chorale.ui.theme import Theme
from chorale.ui.widgets.button import Button
from tests.ui.learner import Learner

SIZES = ((1280, 720), (1920, 1080), (1120, 640))
ON_A_CARD = {"remark-hear", "remark-show", "remarks"}


@pytest.fixture
def learner(tmp_path):
    someone = Learner(tmp_path)
    yield someone
    someone.close()


def at(learner, where):
    """Go to a page of the room."""
    if where == "map":
        learner.room.open("map")
    elif where in {"level", "result"}:
        learner.goes_to("school/place")
        if where == "result":
            learner.writes("abd")
            learner.hands_in()
    learner.turn(2)
    return learner.room


def fitted(learner, room, size, scale=None):
    """Give the room a size and a scale; return its theme."""
    theme = Theme.fitting(size, scale)
    room.resize(size, theme)
    room.update(learner.time)
    return theme


@pytest.mark.parametrize("where", ["title", "map", "level", "result"])
def test_no_two_controls_overlap_and_all_are_on_the_screen(learner, where):
    room = at(learner, where)
    for size, scale in product(SIZES, (None, 2.0)):
        fitted(learner, room, size, scale)
        widgets = [widget for widget in room.page.board.widgets if widget.visible and widget.rect.width]
        for index, widget in enumerate(widgets):
            assert pygame.Rect(0, 0, *size).contains(widget.rect), (size, scale, widget.id)
            for other in widgets[index + 1 :]:
                apart = not widget.rect.colliderect(other.rect)
                assert apart or {widget.id, other.id} <= ON_A_CARD, (size, scale, widget.id, other.id)


@pytest.mark.parametrize("where", ["title", "map", "level", "result"])
def test_words_on_buttons_fit_their_boxes(learner, where):
    room = at(learner, where)
    for size, scale in product(SIZES, (None, 2.0)):
        theme = fitted(learner, room, size, scale)
        for widget in room.page.board.widgets:
            if isinstance(widget, Button) and widget.text and widget.rect.width and widget.visible:
                sign = theme.px(widget.picture_size + 6) if widget.picture is not None else 0
                space = widget.rect.width - theme.px(12) - sign
                words = theme.fitted(widget.text, space, widget.text_size, "semibold")
                assert words == widget.text, (size, scale, widget.id)


@pytest.fixture(scope="module")
def levels():
    return load_shipped().by_id.values()


@pytest.mark.parametrize("size", SIZES[:2])
def test_every_introduction_and_all_goals_fit_beside_the_music(levels, size):
    theme = Theme.fitting(size)
    width, room = theme.px(300), theme.px(720 - 56 - 76 - 14 - 131 - 14 - 16 - 52 - 8)
    for level in levels:
        buttons = theme.px(66) * ("harmonize" in level.offers) + theme.px(54) * bool(level.errors)
        speech, goals = Speech(), GoalsList(level)
        speech.say(level.intro)
        goals.rect.width = width
        needed = speech.needs(theme, width, 12.5) + theme.px(40) + goals.needs(theme)
        assert needed <= room - buttons, f"{level.id}: intro and goals are {needed - room + buttons} pixels too long"


@pytest.mark.parametrize("size", SIZES[:2])
def test_every_theory_card_fits_its_leaf(levels, size):
    theme = Theme.fitting(size)
    for level in levels:
        if level.card:
            card = CardSheet(level.title, level.card, lambda: None)
            card.resize(size, theme)
            assert card.size_for(theme) is not None, level.id
            room = card.rect.width - theme.px(88)
            assert theme.fitted(level.title, room, 26, "serif") == level.title, level.id


@pytest.mark.parametrize("size", SIZES[:2])
def test_every_title_fits_the_bar_and_the_card_of_the_map(levels, size):
    theme = Theme.fitting(size)
    for level in levels:
        assert theme.width(f"8.8  {level.title}", 22, "serif") <= theme.px(620), level.id
        assert theme.width(", ".join(level.teaches), 14) <= theme.px(620), level.id
        assert theme.width(f"8.8  {level.title}", 18, "serif") <= theme.px(420), level.id


def test_every_world_is_on_the_map_and_its_title_fits_its_plaque():
    size = (1280, 720)
    room = stage("map", services(), size)
    theme = room.hall.theme
    towers = room.page.organ.towers
    assert [tower.title for tower in towers] == [world.title for world in load_shipped().worlds]
    for tower in towers:
        assert theme.width(tower.title, 15.5, "serif-bold") <= theme.px(190), tower.title
    room.close()


def services():
    return Services(Studio(), FrozenSound(), lambda: 40.0, places=tuple(Place), place=Place.LEVELS)


def test_stars_pop_one_by_one_and_stand_at_once_where_animations_are_off(learner):
    learner.goes_to("school/place")
    learner.writes("abc")
    learner.click("hand-in")
    stars = learner.find("stars")
    assert stars.since < 0
    learner.turn(60)
    assert learner.chimes[-3:] == ["star-1", "star-2", "star-3"]
    learner.click("again")
    learner.studio.change_settings(animations=False)
    learner.window.refit()
    learner.click("hand-in")
    assert learner.find("stars").since > 1


def test_the_room_sleeps_where_nothing_moves(learner):
    learner.studio.change_settings(animations=False)
    learner.window.refit()
    for where in ("map", "level", "result"):
        at(learner, where)
        learner.turn(80, seconds=0.1)
        assert learner.room.update(learner.time) is None, where


def test_effects_streak_and_animations_can_be_switched_off(learner):
    learner.click("choices")
    learner.turn(15)
    for name in ("effects", "streak", "animations"):
        assert learner.find(name).on
        learner.click(name)
        learner.turn(15)
        assert not learner.find(name).on
    assert not learner.studio.settings.effects
    assert learner.game.streak is None
    assert not learner.studio.settings.animations
    learner.key(pygame.K_ESCAPE)
    assert learner.room.overlay is None
