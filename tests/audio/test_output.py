"""The sound card itself, on SDL's dummy driver: opening it, losing it, finding it again."""

import numpy as np
import pytest

from chorale.audio import Mix, MixerOutput, Player
from chorale.audio.output import TAPE, open_output, to_int16
from chorale.audio.reverb import BLOCK


@pytest.fixture
def output():
    opened, note = open_output()
    assert isinstance(opened, MixerOutput), note
    yield opened
    opened.close()


def _ramp(frames):
    return np.broadcast_to(np.arange(1, frames + 1, dtype=np.int16)[None, :, None], (5, frames, 2)).copy()


def test_a_tape_is_written_round_its_end_and_hushed_after_it(output):
    for tape in output._tapes:
        tape[:] = 7
    output.write(TAPE * 3 - 100, _ramp(300))
    for tape in output._tapes:
        assert tape[-100:, 0].tolist() == list(range(1, 101))
        assert tape[:200, 0].tolist() == list(range(101, 301))
        assert not tape[200 : 200 + BLOCK].any()
        assert (tape[200 + BLOCK : -100] == 7).all()


def test_a_splice_crosses_over_from_the_old_to_the_new(output):
    output.write(0, np.full((5, 1000, 2), 1000, dtype=np.int16))
    output.blend(500, np.full((5, 400, 2), -1000, dtype=np.int16), 100)
    tape = output._tapes[0][:, 0]
    assert (tape[:500] == 1000).all()
    assert abs(int(tape[550])) < 30
    assert (tape[600:900] == -1000).all()


def test_gains_survive_a_restart_of_the_tapes(output):
    output.set_gains((1.0, 0.25, 0.0, 0.5, 0.75))
    output.start()
    heard = [
        sound.get_volume() * channel.get_volume()
        for sound, channel in zip(output._sounds, output._channels, strict=True)
    ]
    assert heard == pytest.approx([1.0, 0.25, 0.0, 0.5, 0.75], abs=0.01)
    assert all(channel.get_busy() for channel in output._channels)


def test_notes_to_try_never_take_a_voice_s_channel(output):
    output.start()
    for _ in range(20):
        output.strike(np.zeros((4410, 2), dtype=np.int16), 1.0)
    playing = [channel.get_sound() for channel in output._channels]
    assert playing == output._sounds


def test_full_scale_is_held():
    assert to_int16(np.array([2.0, -2.0, 0.5])).tolist() == [32767, -32768, 16384]


def test_without_a_sound_card_there_is_a_note_and_no_crash(monkeypatch, make_score):
    pygame = pytest.importorskip("pygame")
    pygame.mixer.quit()
    monkeypatch.setenv("SDL_AUDIODRIVER", "no-such-driver")
    player = Player(threaded=False)
    assert player.silent
    assert player.note.startswith("No sound: ")
    assert "\n" not in player.note
    player.load(make_score([(0, 16, 60)]))
    player.play()
    player.audition(60)
    player.update()
    assert player.playing
    player.close()


def test_a_sound_card_that_comes_later_is_found_by_play(monkeypatch, make_score):
    pygame = pytest.importorskip("pygame")
    pygame.mixer.quit()
    monkeypatch.setenv("SDL_AUDIODRIVER", "no-such-driver")
    player = Player(threaded=False)
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    player.load(make_score([(0, 16, 60)]))
    player.play()
    player.update()
    assert not player.silent
    assert player.note == ""
    player.close()


def test_a_mixer_that_is_closed_under_our_hands_is_survived(make_score):
    pygame = pytest.importorskip("pygame")
    player = Player(threaded=False)
    player.load(make_score([(0, 16, 60)]))
    player.play()
    player.update()
    pygame.mixer.quit()
    player.mix = Mix().with_mute(0, on=True)
    player.pause()
    player.play()
    player.update()
    assert player.playing
    player.device_changed()
    player.update()
    assert player.playing
    assert not player.silent
    player.close()
