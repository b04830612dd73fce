"""The rooms of the program: one at a time fills the window, and each is as one left it."""

import pygame
import pytest

from chorale.app.studio import Studio
from chorale.ui.house import House
from chorale.ui.pictures import FrozenSound
from chorale.ui.scene import Place, Services
from chorale.ui.scenes.editor.scene import Editor
from chorale.ui.theme import Theme


class OtherRoom:
    """A room that writes down what happens to it."""

    def __init__(self, _services):
        self.log = ["built"]

    def enter(self):
        self.log.append("enter")

    def leave(self):
        self.log.append("leave")

    def close(self):
        self.log.append("close")

    def handle(self, event):
        self.log.append(pygame.event.event_name(event.type))

    def update(self, _now):
        return None

    def draw(self, _surface):
        self.log.append("draw")

    def resize(self, size, _theme):
        self.log.append(size)

    def find(self, name):
        raise KeyError(name)


@pytest.fixture
def house():
    studio = Studio()
    services = Services(studio, FrozenSound(), lambda: 0.0)
    rooms = House(services, {Place.COMPOSE: Editor, Place.STUDIO: OtherRoom})
    rooms.resize((1280, 720), Theme.fitting((1280, 720)))
    yield rooms
    studio.close()


def key(code):
    return pygame.event.Event(pygame.KEYDOWN, key=code, mod=0, unicode="", scancode=0)


def test_a_key_leads_to_a_room_that_is_built_and_fitted_then(house):
    house.handle(key(pygame.K_F6))
    assert house.place is Place.STUDIO
    assert house.here.log == ["built", (1280, 720), "enter"]


def test_one_comes_back_to_the_room_as_it_was(house):
    editor = house.here
    house.go(Place.STUDIO)
    other = house.here
    house.go(Place.COMPOSE)
    assert house.here is editor
    assert other.log[-1] == "leave"


def test_a_tab_leads_to_a_room_and_the_other_is_lit(house):
    assert house.find("place-compose").value == "here"
    house.find("place-studio").activate()
    assert house.place is Place.STUDIO


def test_events_go_to_the_room_that_is_shown_and_to_no_other(house):
    house.go(Place.STUDIO)
    house.handle(key(pygame.K_a))
    assert house.here.log[-1] == "KeyDown"
    assert not house.services.studio.score.chorale.onsets.any()


def test_there_is_no_way_to_a_room_that_does_not_exist(house):
    house.handle(key(pygame.K_F7))
    assert house.place is Place.COMPOSE


def test_the_playhead_stays_where_it_was_in_the_room_one_leaves(house):
    sound = house.services.sound
    sought = []
    sound.seek = sought.append
    sound.at = 12.0
    house.go(Place.STUDIO)
    sound.at = 3.0
    house.go(Place.COMPOSE)
    assert sought == [12.0]


def test_all_rooms_that_were_built_are_closed_with_the_house(house):
    house.go(Place.STUDIO)
    other = house.here
    house.go(Place.COMPOSE)
    house.close()
    assert other.log[-1] == "close"
