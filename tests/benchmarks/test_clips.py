"""How much work it is to draw clips and to have them heard: cards in the Studio, and what the pointer rests on."""

import statistics
import time
from fractions import Fraction

import numpy as np
import pygame
import pytest

from chorale.audio import Player, SilentOutput, load
from chorale.music import Clip, ClipNote, Piece
from chorale.ui.theme import Theme
from chorale.ui.widgets.clip_view import ClipView

pytestmark = pytest.mark.benchmark


def beats(bars=4, seed=0):
    chance = np.random.default_rng(seed)
    notes = [
        ClipNote(Fraction(step) + Fraction(int(late), 120), Piece(piece).key, Fraction(step + 1), int(loud))
        for step in range(1, 16 * bars)
        for piece, late, loud in zip(range(9), chance.integers(-40, 40, 9), chance.integers(20, 127, 9), strict=True)
        if chance.random() < 0.25
    ]
    return Clip(tuple(notes), 16 * bars, drums=True)


def median_ms(action, times=15):
    taken = []
    for number in range(times):
        began = time.thread_time()
        action(number)
        taken.append(1000 * (time.thread_time() - began))
    return statistics.median(taken)


@pytest.mark.parametrize(("size", "first", "again"), [((220, 96), 30, 1), ((900, 220), 60, 1.5)])
def test_a_clip_is_drawn_in_a_frame_or_two_and_then_copied(size, first, again):
    pygame.display.init()
    pygame.font.init()
    surface, view = pygame.Surface((1000, 400)), ClipView("clip", "Clip", playhead=lambda: 7.5)
    view.rect = pygame.Rect((5, 5), size)

    def anew(number):
        view.show(beats(seed=number))
        view.draw(surface, Theme(1.0))

    fresh, kept = median_ms(anew), median_ms(lambda _: view.draw(surface, Theme(1.0)))
    print(f"\n{size[0]}x{size[1]}: drawn in {fresh:.1f} ms, copied with its playhead in {kept:.2f} ms")
    assert fresh < first
    assert kept < again


def test_a_clip_that_is_pointed_at_is_on_the_tapes_within_a_fifth_of_a_second():
    player = Player(SilentOutput(), threaded=False)

    def hear(number):
        player.load(beats(seed=number), load("piano"))
        player.play(0.0)
        player._fulfil(player._wish, player._version)

    hear(99)
    taken = median_ms(hear, 7)
    print(f"\nfour bars of drums: first block rendered in {taken:.0f} ms")
    assert taken < 200
