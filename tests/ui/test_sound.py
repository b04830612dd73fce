"""The ear of the window with clips: what was asked before the player was there is done once it is, and once only."""

from fractions import Fraction

import pytest

from chorale.music import Chorale, Clip, ClipNote, Score
from chorale.ui.sound import Sound


class Player:
    """A player that remembers what it was given."""

    def __init__(self):
        self.loaded, self.playing, self.note, self.position = [], False, "", 0.0

    def load(self, piece, preset=None):
        self.loaded.append((piece, None if preset is None else preset.name))

    def warm_up(self, *, kit=False):
        pass

    def update(self):
        pass

    close = update


@pytest.fixture
def ear():
    player = Player()
    sound = Sound(lambda: player)
    yield sound, player
    sound.close()


def opened(sound):
    sound.warm_up()
    sound._thread.join()
    sound.update()


CLIP = Clip((ClipNote(Fraction(0), 60, Fraction(4)),), 16)
SCORE = Score(Chorale.silent(16))


def test_a_clip_that_was_asked_for_early_is_loaded_once_the_player_is_there(ear):
    sound, player = ear
    sound.load_clip(CLIP)
    assert player.loaded == []
    opened(sound)
    assert player.loaded == [(CLIP, "piano")]


def test_the_same_clip_is_loaded_once_and_anew_for_another_instrument_or_after_a_score(ear):
    sound, player = ear
    opened(sound)
    for _ in range(3):
        sound.load_clip(CLIP)
    sound.load_clip(CLIP, "music_box")
    sound.load(SCORE)
    sound.load(SCORE)
    sound.load_clip(CLIP, "music_box")
    names = [name for _, name in player.loaded]
    assert names == ["piano", "music_box", None, "music_box"]
