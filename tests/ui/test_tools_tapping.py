"""From the keyboard to drums: a rhythm is tapped in the Studio, and Drumify takes it."""

import pygame
import pytest


def strike(visitor, key, seconds=0.1):
    """Press a key and let it go."""
    visitor.key(key)
    visitor.turn(5, seconds / 5)
    visitor.post(pygame.KEYUP, key=key, mod=0, unicode="", scancode=0)
    visitor.turn()


def test_a_tapped_rhythm_becomes_drums(visitor):
    visitor.click("tool-drumify")
    visitor.click("input-1-tap")
    assert visitor.find("tapping-use").enabled is False
    visitor.key(pygame.K_RETURN)
    recorder = visitor.room.overlay.recorder
    visitor.wait_for(lambda: recorder.playhead is not None)
    for _ in range(4):
        strike(visitor, pygame.K_f)
        visitor.turn(20, 0.02)
    visitor.key(pygame.K_ESCAPE)
    visitor.key(pygame.K_RETURN, ctrl=True)
    source = visitor.session.bench.inputs[0]
    assert source.origin == "taps"
    assert len(source.clip.notes) == 4
    assert source.clip.qpm == visitor.score.qpm
    visitor.click("start")
    visitor.made()
    assert all(result.clip.drums for result in visitor.session.bench.results)


def test_a_melody_slot_is_a_piano(visitor):
    visitor.click("tool-continue")
    visitor.click("input-1-tap")
    visitor.turn()
    with pytest.raises(KeyError):
        visitor.find("tapping-drums")
    visitor.key(pygame.K_ESCAPE)
    assert visitor.session.bench.inputs[0] is None
