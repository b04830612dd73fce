"""Exports opened in MuseScore 3 and LilyPond."""

import os
import shutil
import subprocess

import pytest

from chorale import io

pytestmark = pytest.mark.programs


def _program(name):
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.mark.parametrize("layout", io.LAYOUTS)
@pytest.mark.parametrize("suffix", [".musicxml", ".mxl"])
def test_musescore_makes_a_page_of_it(score, layout, suffix, tmp_path):
    musescore = _program("mscore3")
    io.write(score, tmp_path / f"a{suffix}", layout=layout)
    subprocess.run(
        [musescore, "-o", tmp_path / "a.pdf", tmp_path / f"a{suffix}"],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)},
        capture_output=True,
        timeout=120,
        check=True,
    )
    page = (tmp_path / "a.pdf").read_bytes()
    assert page.startswith(b"%PDF")
    assert len(page) > 10_000


@pytest.mark.parametrize("layout", io.LAYOUTS)
def test_lilypond_converts_it_without_a_warning(score, layout, tmp_path):
    musicxml2ly = _program("musicxml2ly")
    io.write(score, tmp_path / "a.musicxml", layout=layout)
    done = subprocess.run(
        [musicxml2ly, "-o", tmp_path / "a.ly", tmp_path / "a.musicxml"],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert "warning" not in (done.stdout + done.stderr).lower()
    text = (tmp_path / "a.ly").read_text()
    assert text.count(r"\context Voice") == 4
    assert r"\partial 4" in text
