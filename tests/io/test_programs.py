"""Exports opened in MuseScore 3 and LilyPond."""

import os
import shutil
import subprocess

import numpy as np
import pytest

from chorale import io
from chorale.music import DrumPattern

pytestmark = pytest.mark.programs


def _program(name):
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.mark.parametrize("layout", io.LAYOUTS)
@pytest.mark.parametrize(("suffix", "drums"), [(".musicxml", False), (".mxl", False), (".mxl", True)])
def test_musescore_makes_a_page_of_it(score, layout, suffix, drums, tmp_path):
    musescore = _program("mscore3")
    hits = np.random.default_rng(1).random((score.steps, 9)) < 0.2
    io.write(score.replace(drums=DrumPattern(hits) if drums else None), tmp_path / f"a{suffix}", layout=layout)
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
