"""A class of 120 hand-ins, made from one of Bach's chorales with planted mistakes, some files damaged."""

import csv
import json
import os
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from chorale import io
from chorale.app.marking import mark_class
from tests.app.marking.classroom import fill

ASSIGNMENT = """\
title = "Aus meines Herzens Grunde"
preset = "textbook"
[given]
file = "given.chorale"
"""


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    """Mark the class on all cores; return the folder of everything, what was damaged, and the summary."""
    import music21  # noqa: PLC0415  takes seconds

    place = tmp_path_factory.mktemp("school")
    chorale = io.read(Path(music21.__file__).parent / "corpus" / "bach" / "bwv269.mxl").score
    io.write(chorale, place / "given.chorale")
    (place / "homework.toml").write_text(ASSIGNMENT, encoding="utf-8")
    damaged = fill(place / "hand-ins", chorale)
    return place, damaged, mark_class(place / "hand-ins", place / "homework.toml", place / "report")


@pytest.mark.acceptance
def test_everybody_is_marked_or_listed(school):
    place, damaged, summary = school
    assert summary.marked + summary.unreadable == 120
    assert summary.unreadable == len(damaged) == 6
    rows = list(csv.DictReader((place / "report" / "scores.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 120
    assert sorted(row["File"] for row in rows if not row["Score"]) == sorted(damaged)
    assert all(any(file in line for line in summary.says) for file in damaged)
    overview = (place / "report" / "index.html").read_text(encoding="utf-8")
    assert all(file in overview for file in damaged)


@pytest.mark.acceptance
def test_more_mistakes_have_fewer_points(school):
    place, _, _ = school
    memory = json.loads((place / "report" / ".chorale-marking.json").read_text(encoding="utf-8"))
    outcomes = [kept["outcome"] for kept in memory["handins"].values() if not kept["outcome"]["reason"]]
    by_errors = sorted(outcomes, key=lambda each: sum(finding["severity"] == "error" for finding in each["findings"]))
    third = len(by_errors) // 3
    mean = [sum(each["score"] for each in part) / third for part in (by_errors[:third], by_errors[-third:])]
    assert mean[0] > mean[1] + 3


@pytest.mark.acceptance
def test_every_page_is_well_formed(school):
    place, _, summary = school
    pages = [*(place / "report" / "students").glob("*.html"), place / "report" / "index.html"]
    assert len(pages) == summary.marked + 1
    for page in pages:
        ET.fromstring(page.read_text(encoding="utf-8").removeprefix("<!DOCTYPE html>\n"))  # noqa: S314  our own


@pytest.mark.acceptance
def test_marking_again_changes_nothing(school):
    place, _, _ = school
    files = [path for path in (place / "report").rglob("*") if path.is_file()]
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}
    summary = mark_class(place / "hand-ins", place / "homework.toml", place / "report")
    assert (summary.again, summary.written) == (0, 0)
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files} == before


@pytest.mark.acceptance
@pytest.mark.programs
def test_annotated_scores_open_in_musescore(school):
    musescore = shutil.which("mscore3")
    if musescore is None:
        pytest.skip("mscore3 is not installed")
    place, _, _ = school
    for path in sorted((place / "report" / "annotated").glob("*.musicxml"))[::20]:
        target = place / f"{path.stem}.pdf"
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(place)}
        command = [musescore, "-o", target, path]
        subprocess.run(command, env=environment, capture_output=True, timeout=120, check=True)
        assert target.read_bytes().startswith(b"%PDF")
