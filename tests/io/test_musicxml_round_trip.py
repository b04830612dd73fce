"""Score to MusicXML and back."""

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from chorale import io
from chorale.music import Chorale, Score

# Without shrinking: an example costs a tenth of a second, and a failing score is read well enough by its fields.
_FEW = settings(max_examples=15, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("layout", io.LAYOUTS)
@_FEW
@given(data=st.data())
def test_every_field_survives(data, scores, layout, tmp_path_factory):
    score = data.draw(scores)
    path = tmp_path_factory.mktemp("files") / "score.musicxml"
    io.write(score, path, layout=layout)
    reading = io.read(path)
    assert reading.score == score
    assert not reading.warnings


@pytest.mark.parametrize("layout", io.LAYOUTS)
@pytest.mark.parametrize("suffix", [".musicxml", ".mxl", ".xml"])
def test_the_same_score_gives_the_same_bytes(score, layout, suffix, tmp_path):
    first, second = (tmp_path / f"{name}{suffix}" for name in "ab")
    io.write(score, first, layout=layout)
    io.write(score, second, layout=layout)
    assert first.read_bytes() == second.read_bytes()


def test_a_compressed_file_reads_as_the_plain_one(score, tmp_path):
    io.write(score, tmp_path / "a.mxl")
    assert io.read(tmp_path / "a.mxl").score == score


def test_an_mxl_leaves_a_musicxml_of_the_same_name_alone(score, melody, tmp_path):
    io.write(melody, tmp_path / "a.musicxml")
    io.write(score, tmp_path / "a.mxl")
    assert io.read(tmp_path / "a.musicxml").score == melody


def test_a_melody_alone_keeps_the_empty_staff_for_the_other_voices(melody, tmp_path):
    io.write(melody, tmp_path / "a.musicxml")
    assert (tmp_path / "a.musicxml").read_text().count("<staff>2</staff>") == 1
    assert io.read(tmp_path / "a.musicxml").score == melody


def test_repeated_notes_do_not_become_held_ones(tmp_path):
    pitches = np.full((16, 4), 60)
    onsets = np.zeros((16, 4), dtype=bool)
    onsets[::4] = True
    score = Score(Chorale(pitches, onsets))
    io.write(score, tmp_path / "a.musicxml")
    assert io.read(tmp_path / "a.musicxml").score.chorale == score.chorale


def test_a_fermata_between_onsets_comes_back_at_the_start_of_its_note(score, tmp_path):
    io.write(score.replace(fermatas={26}), tmp_path / "a.musicxml")
    assert io.read(tmp_path / "a.musicxml").score.fermatas == {24}
