"""chorale levels."""

import json
import shutil
from datetime import date

import pytest

from chorale import assets
from chorale.levels import progress as keeping
from chorale.levels.progress import Progress, Result


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch):
    """A person's data folder of its own."""
    folder = tmp_path / "data"
    monkeypatch.setattr(keeping, "data_folder", lambda: folder)
    return folder


@pytest.fixture
def mine(tmp_path):
    """A copy of the example levels."""
    folder = tmp_path / "mine"
    shutil.copytree(assets.folder("levels") / "examples", folder)
    return folder


def test_levels_are_listed_with_their_stars(chorale, data):
    _, before, _ = chorale("levels")
    first = json.loads("\n".join(chorale("levels", "--json")[1]))["worlds"][0]["levels"][0]
    keeping.save(Progress().reached(first["id"], Result(2, 85.0), date(2026, 11, 23)), data)
    status, after, said = chorale("levels")
    assert (status, said) == (0, [])
    assert before[1].startswith(f"  ...  {first['id']}")
    assert after[1].startswith(f"  **.  {first['id']}")
    assert after[2].startswith("  ..."), "open now"
    assert before[2].startswith("   - ")


def test_a_listing_for_programs_says_what_is_open(chorale):
    status, out, _ = chorale("levels", "--json")
    told = json.loads("\n".join(out))
    first, second = told["worlds"][0]["levels"][:2]
    assert status == 0
    assert told["problems"] == []
    assert (first["open"], first["stars"], first["points"]) == (True, 0, None)
    assert (second["open"], second["requires"]) == (False, [first["id"]])


def test_a_damaged_progress_file_is_told_and_the_list_printed(chorale, data):
    data.mkdir()
    (data / keeping.NAME).write_text("{")
    status, out, (said,) = chorale("levels")
    assert status == 0
    assert out
    assert "was damaged" in said


def test_sound_levels_are_told(chorale, mine):
    status, out, said = chorale("levels", "--check", mine, "--solve")
    assert (status, said) == (0, [])
    assert out == [f"{path}: sound" for path in sorted(mine.glob("*.toml"))]


def test_a_level_that_does_not_work_is_told_and_the_exit_status_says_so(chorale, mine):
    path = mine / "2-cadence.toml"
    path.write_text(path.read_text().replace('is = "PAC"', 'is = "HC"').replace("misses", "misss"))
    (mine / "3-fix.toml").write_text((mine / "3-fix.toml").read_text().replace("f3 g3 c3 |", "d3 g3 c3 |"))
    status, out, said = chorale("levels", "--check", mine)
    assert status == 2
    assert out == [f"{mine / '1-tutorial.toml'}: sound"]
    assert said[0].startswith(f"chorale: {path}: unknown field 'wrong[1].misss': did you mean wrong[1].misses?")
    assert said[1].startswith(f"chorale: {mine / '3-fix.toml'}: solution: it earns 0 stars of 3")


def test_checks_are_told_to_programs_too(chorale, mine, tmp_path):
    status, out, _ = chorale("levels", "--json", "--check", mine / "1-tutorial.toml", tmp_path / "nowhere")
    told = json.loads("\n".join(out))
    assert status == 2
    assert told["sound"] == ["examples/tutorial"]
    assert told["problems"][0].endswith("no such file or folder: wanted a level file or a folder of them")


def test_progress_is_carried(chorale, data, tmp_path):
    keeping.save(Progress().reached("a", Result(3, 100.0), date(2026, 11, 23)), data)
    file = tmp_path / "ann.json"
    assert chorale("levels", "--progress", "export", file)[:2] == (0, [f"1 results written to {file}"])
    shutil.rmtree(data)
    assert chorale("levels", "--progress", "import", file)[0] == 0
    assert keeping.load(data)[0].best("a").stars == 3


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--progress", "send", "x"), "--progress send: wanted export or import"),
        (("--progress", "import", "nowhere.json"), "cannot read the progress nowhere.json: no such file"),
        (("--solve",), "--solve: wanted level files to solve"),
        (("--progress", "export", "x", "--check", "y"), "--progress beside --check: wanted one of them"),
        (("--progress", "export", "nowhere/x.json"), "cannot write"),
    ],
)
def test_a_wrong_call_is_told(chorale, arguments, told):
    status, _, (said,) = chorale("levels", *arguments)
    assert status == 2
    assert told in said
