"""The tunes to start from."""

import re
import tomllib

import pytest

from chorale import assets
from chorale.errors import InputError
from chorale.levels import tunes
from chorale.levels.notation import parse
from chorale.music import METERS

NAMES = tunes.names()
GOOD = """\
title = "T"
composer = "C"
source = "S"
key = "G major"
meter = "3/4"
tempo = 90
pickup = "1/4"
text = \"\"\"
d4:4 |
g4:2. |
\"\"\"
"""


def test_there_are_a_dozen_tunes_and_more_in_every_meter_and_both_modes():
    scores = tunes.load_all().values()
    assert len(scores) >= 14
    assert {score.meter for score in scores} == set(METERS)
    assert {score.key.mode for score in scores} == {"major", "minor"}
    assert any(score.pickup for score in scores)
    assert any(not score.pickup for score in scores)


@pytest.mark.parametrize("name", NAMES)
def test_a_tune_is_a_soprano_alone_in_a_singers_range(name):
    score = tunes.load(name)
    pitches = [note.pitch for note in score.chorale.notes(0)]
    assert 20 <= len(pitches) <= 100
    assert min(pitches) >= 57
    assert max(pitches) <= 84
    assert not any(score.chorale.notes(voice) for voice in (1, 2, 3))
    assert score.title
    assert score.composer


@pytest.mark.parametrize("name", NAMES)
def test_a_tunes_bars_add_up_and_the_last_completes_the_pickup_or_is_whole(name):
    score = tunes.load(name)
    last = score.bars[-1].length
    assert last in {score.meter.steps_per_bar, score.meter.steps_per_bar - score.pickup}


@pytest.mark.parametrize("name", NAMES)
def test_a_tunes_source_names_a_year_before_1900_and_a_chorale_ends_its_phrases(name):
    entry = tunes.read(assets.folder("levels") / "tunes" / f"{name}.toml")
    years = re.findall(r"\b1[4-9]\d\d\b", entry.source)
    assert years
    assert int(years[0]) < 1900
    if "Bach" in entry.source:
        starts = [note.start for note in entry.score.chorale.notes(0)]
        assert len(entry.score.fermatas) >= 4
        assert starts[-1] in entry.score.fermatas


@pytest.mark.parametrize("name", NAMES)
def test_a_tunes_words_fit_its_notes(name):
    path = assets.folder("levels") / "tunes" / f"{name}.toml"
    words = tomllib.loads(path.read_text(encoding="utf-8")).get("lyrics", "")
    score = tunes.load(name)
    syllables = [part for word in words.split() for part in re.findall("[^-]+-?", word)]
    assert len(syllables) in {0, len(score.chorale.notes(0))}
    assert len(score.lyrics) == sum(part != "_" for part in syllables)


def test_ties_signs_and_spelling_come_through():
    score = tunes.load("greensleeves")
    assert "G#4" in [str(pitch) for _, pitch in score.notes(0)]
    ode = tunes.load("ode_to_joy")
    assert any(ode.bar_at(note.start) != ode.bar_at(note.end - 1) for note in ode.chorale.notes(0))
    dorian = tunes.load("christ_lag_in_todesbanden")
    assert {"B4", "Bb4"} <= {str(pitch) for _, pitch in dorian.notes(0)}


def test_a_tune_that_is_not_there_is_told_with_those_that_are():
    with pytest.raises(InputError, match="tune 'x': wanted one of amazing_grace"):
        tunes.load("x")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            ('text = """\nd4:4 |\ng4:2. |', 'text = """\nd4:4 |\ng4:2 | a4'),
            "x.toml, line 10: bar 1 holds 8 sixteenths: wanted 12",
        ),
        (("d4:4", "d4:2"), "x.toml, line 9: 'd4:2' runs over the end of bar 0"),
        (('key = "G major"\n', ""), "x.toml: the field 'key' is missing; wanted a key"),
        (('"G major"', '"G mixolydian"'), "x.toml, key 'G mixolydian'"),
        (("tempo = 90", 'tempo = "fast"'), "x.toml: tempo is 'fast'; wanted quarter notes a minute"),
        (("tempo = 90", "tempo = true"), "x.toml: tempo is True"),
        (("tempo = 90", "tempo = 9000"), "tempo 9000"),
        (('"3/4"', '"3/7"'), "meter '3/7'"),
        (('"1/4"', '"1/5"'), "pickup '1/5': wanted a part of a whole note"),
        (('"1/4"', '"1/0"'), "pickup '1/0'"),
        (("title", "titel"), "x.toml: unknown field 'titel'; wanted title"),
        (('source = "S"', "source = "), "x.toml: "),
    ],
)
def test_a_damaged_file_is_told_with_file_line_and_what_was_wanted(tmp_path, change, told):
    path = tmp_path / "x.toml"
    assert change[0] in GOOD
    path.write_text(GOOD.replace(*change), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        tunes.read(path)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"\x00" * 100])
def test_what_is_no_text_at_all_is_told(tmp_path, content):
    (tmp_path / "x.toml").write_bytes(content)
    with pytest.raises(InputError, match=r"x\.toml"):
        tunes.read(tmp_path / "x.toml")
    with pytest.raises(InputError, match=r"none\.toml: no such file"):
        tunes.read(tmp_path / "none.toml")


def test_a_good_file_is_read(tmp_path):
    (tmp_path / "x.toml").write_text(GOOD, encoding="utf-8")
    entry = tunes.read(tmp_path / "x.toml")
    assert (entry.name, entry.source, entry.score.pickup, entry.score.qpm) == ("x", "S", 4, 90)
    assert parse("d4:4 | g4:2. |", entry.score.key, entry.score.meter, 4).melody.notes == entry.score.chorale.notes(0)
