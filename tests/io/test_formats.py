"""Choosing a reader by the suffix, and what every reader says to what is no score."""

import os
import subprocess
import sys

import pytest

from chorale import io
from chorale.errors import InputError
from chorale.music import Chorale, Score


def _said(path):
    """The one line that reading a file gives."""
    with pytest.raises(InputError) as caught:
        io.read(path)
    message = str(caught.value)
    assert str(path) in message
    assert "\n" not in message
    assert len(message) < 400 + len(str(path))
    return message


@pytest.mark.parametrize("name", ["a.docx", "a", "a.musicxml.bak"])
def test_an_unknown_suffix_is_told_with_the_known_ones(name, score, tmp_path):
    assert ".musicxml" in _said(tmp_path / name)
    with pytest.raises(InputError, match=r"wanted one of .*musicxml"):
        io.write(score, tmp_path / name)


def test_abc_is_read_but_not_written(score, tmp_path):
    with pytest.raises(InputError, match=r"suffix '\.abc'"):
        io.write(score, tmp_path / "a.abc")


def test_suffixes_may_be_in_capitals(score, tmp_path):
    io.write(score, tmp_path / "A.MusicXML")
    assert io.read(tmp_path / "A.MusicXML").score == score


@pytest.mark.parametrize("suffix", io.READABLE)
def test_a_missing_file_is_one_line(suffix, tmp_path):
    assert "no such file" in _said(tmp_path / f"a{suffix}")


@pytest.mark.parametrize("suffix", io.READABLE)
def test_a_folder_is_one_line(suffix, tmp_path):
    (tmp_path / f"a{suffix}").mkdir()
    assert "is a folder" in _said(tmp_path / f"a{suffix}")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize("suffix", io.READABLE)
def test_a_pipe_is_one_line_and_no_wait(suffix, tmp_path):
    os.mkfifo(tmp_path / f"a{suffix}")
    assert "pipe" in _said(tmp_path / f"a{suffix}")


@pytest.mark.parametrize("suffix", io.READABLE)
def test_an_empty_file_is_one_line(suffix, tmp_path):
    (tmp_path / f"a{suffix}").touch()
    assert "is empty" in _said(tmp_path / f"a{suffix}")


@pytest.mark.parametrize("suffix", io.READABLE)
def test_a_binary_file_is_one_line(suffix, tmp_path):
    (tmp_path / f"a{suffix}").write_bytes(bytes(range(256)) * 16)
    assert _said(tmp_path / f"a{suffix}")


@pytest.mark.parametrize("suffix", io.READABLE)
def test_text_of_another_kind_is_one_line(suffix, tmp_path):
    (tmp_path / f"a{suffix}").write_text("Dear diary,\ntoday I wrote no music at all.\n")
    assert _said(tmp_path / f"a{suffix}")


@pytest.mark.parametrize("suffix", io.READABLE)
def test_a_huge_file_is_refused_unread(suffix, tmp_path):
    path = tmp_path / f"a{suffix}"
    with path.open("wb") as file:
        file.truncate(300 << 20)
    assert "larger than" in _said(path)


@pytest.mark.parametrize("suffix", io.WRITABLE)
def test_a_file_cut_anywhere_is_one_line_or_still_music(suffix, score, tmp_path):
    path = tmp_path / f"a{suffix}"
    io.write(score, path)
    data = path.read_bytes()
    for share in (0.02, 0.3, 0.6, 0.9, 0.99):
        path.write_bytes(data[: int(share * len(data))])
        assert _said(path)


@pytest.mark.parametrize("suffix", [".musicxml", ".mxl", ".mid"])
def test_a_score_without_steps_is_not_written(suffix, tmp_path):
    with pytest.raises(InputError, match="the score is empty"):
        io.write(Score(Chorale.silent(0)), tmp_path / f"a{suffix}")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("suffix", [".musicxml", ".mxl", ".mid"])
def test_a_file_without_notes_is_one_line(suffix, tmp_path):
    io.write(Score(Chorale.silent(32)), tmp_path / f"a{suffix}")
    assert "no notes" in _said(tmp_path / f"a{suffix}")


def test_an_unknown_layout_is_one_line(score, tmp_path):
    with pytest.raises(InputError, match="wanted closed or open"):
        io.write(score, tmp_path / "a.musicxml", layout="half-open")


def test_importing_the_package_loads_no_heavy_library():
    program = "import sys, chorale.io; print([n for n in ('music21', 'mido', 'defusedxml') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
