"""The interface's own sounds: recipes and what comes of them."""

import numpy as np
import pytest

from chorale.audio import RATE, interface
from chorale.errors import InputError

GOOD = """
about = "a test"
seconds = 0.2
[[tones]]
timbre = "bell"
pitch = "G5"
ring = 0.3
"""


@pytest.fixture
def make(tmp_path):
    def read(text):
        path = tmp_path / "mine.toml"
        path.write_text(text)
        return interface.read(path)

    return read


def test_the_game_s_sounds_are_there():
    wanted = {"star-1", "star-2", "star-3", "level-passed", "level-failed", "hint", "page-turn", "unlock", "click"}
    assert wanted <= set(interface.names())


@pytest.mark.parametrize("name", interface.names())
def test_a_sound_is_short_soft_and_begins_and_ends_in_silence(name):
    sound = interface.effect(name)
    assert interface.SHORTEST <= len(sound) / RATE <= interface.LONGEST
    assert np.abs(sound).max() <= interface.PEAK
    assert not sound[[0, -1]].any()
    ends = np.abs(np.diff(np.concatenate([sound[:8], sound[-8:]]), axis=0))
    assert ends.max() < 0.004  # a seam that cannot be heard: -48 dBFS


@pytest.mark.parametrize("name", interface.names())
def test_all_sounds_are_about_as_loud_as_one_another(name):
    assert -32.5 <= interface.heard_power_db(interface.effect(name)) <= -26.5


@pytest.mark.parametrize("name", interface.names())
def test_what_rings_belongs_to_g_major(name):
    sound = interface.effect(name)[:, 0]
    strengths = np.abs(np.fft.rfft(sound * np.hanning(len(sound)), 8 * RATE))
    loudest = np.argmax(strengths) / 8
    degree = (69 + 12 * np.log2(loudest / 440) - 67) % 12
    if name != "page-turn":
        assert min(abs(degree - scale) for scale in (0, 2, 4, 5, 7, 9, 11, 12)) < 0.1


def test_a_pitch_sounds_as_written(make, strength):
    sound = make(GOOD)[:, 0]
    assert strength(sound, 783.99, 0.05) > 20 * strength(sound, 739.99, 0.05)


def test_loudness_is_the_same_whatever_the_recipe_s_levels(make):
    soft = make(GOOD + "level_db = -30\n")
    assert interface.heard_power_db(soft) == pytest.approx(interface.heard_power_db(make(GOOD)), abs=0.1)
    lower = make("level_db = -6\n" + GOOD)
    assert interface.heard_power_db(lower) == pytest.approx(interface.heard_power_db(soft) - 6, abs=0.1)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("seconds = 0.2", "seconds = 2", "mine: seconds is 2, wanted a number from 0.04 to 0.9"),
        ("seconds = 0.2", "", "seconds is None"),
        ("bell", "gong", "mine, tone 1: timbre is 'gong', wanted one of bell"),
        ('"bell"', "['bell']", "timbre is ['bell']"),
        ('"G5"', '"H5"', "pitch is 'H5', wanted a note such as G5"),
        ('"G5"', "79", "pitch is 79"),
        ("ring = 0.3", "ring = true", "ring is True"),
        ("ring", "rnig", "unknown key 'rnig'"),
        ("about", "abuot", "unknown key 'abuot'"),
        ("[[tones]]", "[tones]", "no tones"),
        ("[[tones]]", "[[tones", "not a TOML file"),
    ],
)
def test_a_wrong_recipe_gets_one_line_that_names_it(make, old, new, told):
    with pytest.raises(InputError) as caught:
        make(GOOD.replace(old, new))
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_an_unknown_name_are_told(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        interface.read(tmp_path / "none.toml")
    with pytest.raises(InputError, match="wanted one of click"):
        interface.effect("kazoo")
