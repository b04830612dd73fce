import pytest

from chorale.audio import Mix
from chorale.errors import InputError


def test_all_voices_and_the_drums_sound_at_first():
    assert Mix().gains == (1, 1, 1, 1, 1)


def test_half_way_sounds_about_half_as_loud():
    assert Mix().with_volume(1, 0.5).gains == (1, 0.25, 1, 1, 1)


def test_a_slider_cannot_leave_its_range():
    assert Mix().with_volume(0, 7).with_volume(1, -7).volumes == (1, 0, 1, 1, 1)


def test_mute_silences_and_gives_back_the_volume():
    mix = Mix().with_volume(2, 0.5).with_mute(2, on=True)
    assert mix.gains == (1, 1, 0, 1, 1)
    assert mix.with_mute(2, on=False).gains == (1, 1, 0.25, 1, 1)


def test_solos_silence_the_others_and_a_muted_solo_is_silent():
    mix = Mix().with_solo(0, on=True).with_solo(3, on=True)
    assert mix.gains == (1, 0, 0, 1, 0)
    assert mix.with_mute(0, on=True).gains == (0, 0, 0, 1, 0)
    assert mix.with_solo(0, on=False).with_solo(3, on=False) == Mix()


def test_a_mix_from_a_damaged_settings_file_is_refused():
    for volumes in ((1, 1, 1, 1), (1, 1, 1, 1, 2), (1, 1, float("nan"), 1, 1)):
        with pytest.raises(InputError, match="wanted five numbers"):
            Mix(volumes)
