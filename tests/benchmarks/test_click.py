"""Measures from a click on the staff to its sound handed to the mixer; run with ``pytest -m benchmark -s``."""

import time

import pygame
import pytest

from chorale.audio import Player
from chorale.audio.output import MixerOutput
from chorale.ui.pictures import stage
from chorale.ui.sound import Sound

pytestmark = pytest.mark.benchmark
CLICKS = 40


def test_a_click_is_heard_within_twenty_milliseconds(monkeypatch):
    pygame.display.init()
    pygame.display.set_mode((1920, 1080))
    editor = stage("empty", (1920, 1080))
    player = Player(threaded=False)
    assert not player.silent, "this measurement needs SDL's dummy audio driver at least"
    player.warm_up()
    monkeypatch.setattr(Player, "warm_up", lambda _: None)
    sound = Sound(lambda: player)
    sound.warm_up()
    sound._thread.join()
    editor.state.services.sound = sound
    heard = []
    monkeypatch.setattr(MixerOutput, "strike", lambda *_: heard.append(time.perf_counter()))
    wall = []
    for click in range(CLICKS):
        position = editor.page.screen_of(4 * (click % 28), 33 + click % 7, 0)
        editor.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=position, rel=(0, 0), buttons=(0, 0, 0)))
        heard.clear()
        begun = time.perf_counter()
        editor.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=position, button=1))
        editor.handle(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=position, button=1))
        if heard:
            wall.append(heard[0] - begun)
        editor.update(50.0 + click)
    player.close()
    editor.state.studio.close()
    wall.sort()
    print(f"{len(wall)} notes: median {wall[len(wall) // 2] * 1e3:.2f} ms, slowest {wall[-1] * 1e3:.2f} ms")
    assert len(wall) > CLICKS // 2
    assert wall[len(wall) // 2] < 0.020
    pygame.display.quit()
