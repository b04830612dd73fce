"""The ear of the window."""

import time

import pytest

from chorale.errors import InputError
from chorale.ui.sound import Sound


class Player:
    note = ""

    def __init__(self):
        self.chimed = []

    def chime(self, name):
        if name == "kazoo":
            raise InputError("sound 'kazoo': wanted one of click")
        self.chimed.append(name)

    def warm_up(self):
        pass

    def update(self):
        pass

    def close(self):
        pass


@pytest.fixture
def opened():
    """A sound whose player is there, the player, and the switch of the effects."""
    player, switch = Player(), [True]
    sound = Sound(lambda: player, effects=lambda: switch[0])
    sound.warm_up()
    until = time.monotonic() + 10
    while not sound.ready and time.monotonic() < until:
        time.sleep(0.005)
    yield sound, player, switch
    sound.close()


def test_an_effect_sounds_unless_effects_are_switched_off(opened):
    sound, player, switch = opened
    sound.effect("star-1")
    switch[0] = False
    sound.effect("star-2")
    assert player.chimed == ["star-1"]


def test_an_effect_that_cannot_be_made_is_told_and_harms_nothing(opened):
    sound, player, _ = opened
    sound.effect("kazoo")
    assert "kazoo" in sound.take_note()
    sound.effect("click")
    assert player.chimed == ["click"]


def test_before_the_player_is_there_no_effect_is_kept_for_later():
    player = Player()
    sound = Sound(lambda: player)
    sound.effect("click")
    sound.warm_up()
    sound.close()
    sound.update()
    assert player.chimed == []
