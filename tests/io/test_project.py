"""Project files: exact, readable, versioned, and never half written."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chorale import io
from chorale.errors import InputError
from chorale.music import Chorale, Score


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_every_field_survives_exactly(data, scores, tmp_path_factory):
    score = data.draw(scores)
    locked = data.draw(st.lists(st.booleans(), min_size=score.steps * 4, max_size=score.steps * 4))
    chords = [(step, "V6/5") for step in range(0, score.steps, 7)]
    score = score.replace(locked=np.array(locked).reshape(-1, 4), fermatas=range(0, score.steps, 5), chords=chords)
    path = tmp_path_factory.mktemp("files") / "a.chorale"
    io.write(score, path)
    assert io.read(path) == io.Reading(score)


@pytest.mark.parametrize("pitch", [0, 1, 11, 12, 127])
def test_the_lowest_and_the_highest_midi_numbers_survive(pitch, tmp_path):
    score = Score(Chorale(np.full((4, 4), pitch)))
    io.write(score, tmp_path / "a.chorale")
    assert io.read(tmp_path / "a.chorale").score == score


def test_an_empty_score_survives(tmp_path):
    io.write(Score(Chorale.silent(0)), tmp_path / "a.chorale")
    assert io.read(tmp_path / "a.chorale").score == Score(Chorale.silent(0))


def test_extra_data_comes_back(score, tmp_path):
    extra = {"seed": 7, "preset": "organ", "alternatives": [{"seed": 8, "title": "é"}]}
    io.write_project(score, tmp_path / "a.chorale", extra=extra)
    assert io.read_project(tmp_path / "a.chorale") == io.Project(score, extra)


def test_extra_data_that_json_cannot_hold_is_refused_before_anything_is_written(score, tmp_path):
    with pytest.raises(InputError, match="wanted JSON values"):
        io.write_project(score, tmp_path / "a.chorale", extra={"seed": object()})
    assert not list(tmp_path.iterdir())


def test_people_can_read_it_and_the_same_score_gives_the_same_bytes(score, tmp_path):
    io.write(score, tmp_path / "a.chorale")
    io.write(score, tmp_path / "b.chorale")
    text = (tmp_path / "a.chorale").read_text()
    assert '"24 4 G#4"' in text
    assert '"key": "G major"' in text
    assert text == (tmp_path / "b.chorale").read_text()


def test_a_newer_version_is_refused_with_both_numbers(score, tmp_path):
    path = tmp_path / "a.chorale"
    io.write(score, path)
    path.write_text(path.read_text().replace('"version": 1', '"version": 9'))
    with pytest.raises(InputError, match=r"a newer Chorale \(format 9\): this one reads up to format 2"):
        io.read(path)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"format": "chorale-project"', '"format": "other"', "no Chorale project"),
        ('"version": 1', '"version": "x"', "version 'x'"),
        ('"steps": 28', '"steps": -1', '"steps"'),
        ('"steps": 28', '"steps": 999999999999', '"steps"'),
        ('"steps": 28', '"steps": true', '"steps"'),
        ('"steps": 28', '"steps": 20', "ends at step"),
        ('"meter": "3/4"', '"meter": "3/5"', '"meter"'),
        ('"key": "G major"', '"key": "H sharp"', '"key"'),
        ('"key": "G major"', '"key": 3', '"key"'),
        ('"pickup": 4', '"pickup": 400', "pickup"),
        ('"qpm": 84', '"qpm": "fast"', '"qpm"'),
        ('"qpm": 84', '"qpm": NaN', "tempo"),
        ('"24 4 G#4"', '"24 4"', "wanted start, length and pitch"),
        ('"24 4 G#4"', '"24 4 Q4"', "pitch 'Q4'"),
        ('"24 4 G#4"', '"24 4 G#44"', "pitch"),
        ('"24 4 G#4"', "17", '"voices"'),
        ('"soprano"', '"flute"', '"voices"'),
        ('"lyrics"', '"lyric"', '"lyrics" is missing'),
        ('"extra": {}', '"extra": 3', '"extra"'),
        ('"score": {', '"score": 1, "other": {', '"score"'),
    ],
)
def test_damage_is_told_with_its_place(score, tmp_path, old, new, said):
    path = tmp_path / "a.chorale"
    io.write(score, path)
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(InputError) as caught:
        io.read(path)
    assert said in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("keep", [1, 10, 200, 700])
def test_a_file_that_was_cut_short_is_told_with_line_and_column(score, tmp_path, keep):
    path = tmp_path / "a.chorale"
    io.write(score, path)
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(InputError, match=r"damaged at line \d+, column \d+"):
        io.read(path)


def test_brackets_without_end_are_no_stack_overflow(tmp_path):
    (tmp_path / "a.chorale").write_text("[" * 200_000)
    with pytest.raises(InputError, match="damaged"):
        io.read(tmp_path / "a.chorale")


@pytest.mark.parametrize("suffix", io.WRITABLE)
def test_a_full_disk_leaves_the_old_file_and_nothing_else(score, melody, tmp_path, monkeypatch, suffix):
    path = tmp_path / f"a{suffix}"
    io.write(melody, path)
    before = path.read_bytes()

    def full(_handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="no space left on device"):
        io.write(score, path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


_WRITER = """
import sys
import numpy as np
from chorale import io
from chorale.music import Chorale, Score
scores = [Score(Chorale(np.full((4000, 4), pitch))) for pitch in (60, 62)]
print("ready", flush=True)
while True:
    for score in scores:
        io.write_project(score, sys.argv[1], extra={"fill": ["x" * 1000] * 2000})
"""


def test_a_kill_in_the_middle_leaves_a_whole_file(tmp_path):
    path = tmp_path / "a.chorale"
    for wait in (0.02, 0.05, 0.09):
        writer = subprocess.Popen([sys.executable, "-c", _WRITER, str(path)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        with writer.stdout as ready:
            ready.readline()
            while not path.exists():
                time.sleep(0.005)
            time.sleep(wait)
            writer.send_signal(signal.SIGKILL)
            writer.wait()
        assert io.read(path).score.steps == 4000


@pytest.mark.parametrize("suffix", io.WRITABLE)
def test_a_folder_that_is_not_there_is_one_clear_line(score, tmp_path, suffix):
    with pytest.raises(InputError, match=r"cannot write .*no such file or directory"):
        io.write(score, tmp_path / "nowhere" / f"a{suffix}")


def test_a_folder_in_the_place_of_the_file_is_one_clear_line(score, tmp_path):
    (tmp_path / "a.chorale").mkdir()
    with pytest.raises(InputError, match="cannot write"):
        io.write(score, Path(tmp_path / "a.chorale"))
