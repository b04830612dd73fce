"""Figured bass: which tones figures ask for."""

import pytest

from chorale.errors import InputError
from chorale.levels.figures import read_figures
from chorale.music import Key, Pitch
from chorale.music.pitch import name_of_fifth


def tones(text, bass, key="C major"):
    read = read_figures(text, Pitch.parse(bass), Key.parse(key))
    return " ".join(name_of_fifth(tone) for tone in read.tones), " ".join(name_of_fifth(tone) for tone in read.needed)


@pytest.mark.parametrize(
    ("text", "bass", "key", "sounding", "needed"),
    [
        ("", "C3", "C major", "C G E", "E"),
        ("5", "C3", "C major", "C G E", "E"),
        ("6", "E3", "C major", "E C G", "C G"),
        ("6/4", "G3", "C major", "G E C", "E C"),
        ("7", "G3", "C major", "G F D B", "F B"),
        ("6/5", "B2", "C major", "B G F D", "G F D"),
        ("4/3", "D3", "C major", "D B G F", "B G F"),
        ("4/2", "F3", "C major", "F D B G", "D B G"),
        ("2", "F3", "C major", "F D B G", "D B G"),
        ("4", "G3", "C major", "G D C", "D C"),
        ("#", "A3", "A minor", "A E C#", "C#"),
        ("=", "G3", "C minor", "G D B", "B"),
        ("#6", "D3", "A minor", "D B# F", "B# F"),
        ("b7", "C3", "C major", "C Bb G E", "Bb E"),
        ("b5", "E3", "C major", "E Bb G", "Bb G"),
        ("9", "C3", "C major", "C D G E", "D E"),
    ],
)
def test_figures_ask_for_tones_above_the_bass(text, bass, key, sounding, needed):
    assert tones(text, bass, key) == (sounding, needed)


@pytest.mark.parametrize("text", ["x", "1", "66", "6/x", "6 5"])
def test_what_is_no_figure_is_told(text):
    with pytest.raises(InputError, match="wanted figures such as 6, 6/5, #6 or 4/3"):
        tones(text, "C3")
