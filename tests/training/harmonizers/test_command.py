"""``chorale evaluate`` of a harmonizer: models side by side, the report, and what it says to wrong calls."""

import json

import numpy as np
import pytest

from chorale.errors import InputError
from chorale.training import evaluate

NOTHING = np.log(46)
QUICK = ("--workers", "1", "--frames", "2", "--orders", "1")


@pytest.fixture
def run(ignorant, tmp_path, capsys):
    def evaluated(*arguments, quick=QUICK):
        assert evaluate.run("ours", [*arguments, *quick, "--run", str(tmp_path / "run")]) == 0
        return capsys.readouterr().out

    evaluated.model = ignorant
    return evaluated


def test_models_stand_side_by_side(run):
    head, pieces, *rows = run("--peer", "theirs", "--only", "likelihood").splitlines()
    assert head.split() == ["ours", "theirs"]
    assert pieces.split() == ["pieces", "2.0000", "2.0000"]
    assert rows[0].split() == ["one_pass.bare.nats", f"{NOTHING:.4f}", f"{NOTHING:.4f}"]


def test_json_of_one_model_is_flat(run):
    assert json.loads(run("--only", "likelihood", "--json"))["one_pass.bare.nats"] == pytest.approx(NOTHING)


def test_what_was_measured_is_not_measured_again(run):
    first = run("--only", "likelihood", "--only", "writing")
    asked, written = len(run.model.seen), run.model.harmonized
    assert run("--only", "likelihood", "--only", "writing") == first
    assert (len(run.model.seen), run.model.harmonized) == (asked, written)
    run("--only", "writing", "--seed", "1")
    assert run.model.harmonized == written + 2


def test_the_report_has_a_row_for_each_measure_and_the_command_of_each_figure(run):
    told = run("--only", "writing", "--only", "melodies", "--report")
    rows = {line.split("|")[1].strip(): line for line in told.splitlines() if line.startswith("| ")}
    assert "| 100.0 | - | yes | b |" in rows["soprano and rhythm kept, %"]
    assert rows["user melodies: parallel fifths / octaves a bar"].endswith("| 0.000 / 0.750 | - | **no** | c |")
    assert "* c: `chorale evaluate ours --split valid --seed 0 --only melodies --melodies 300`" in told


def test_the_report_can_be_a_page_or_a_file_of_markdown(run, tmp_path):
    assert run("--only", "likelihood", "--report", str(tmp_path / "out.html")) == ""
    assert (tmp_path / "out.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    run("--only", "likelihood", "--report", str(tmp_path / "out.md"))
    assert (tmp_path / "out.md").read_text(encoding="utf-8").startswith("| measure |")


def test_a_model_of_another_kind_is_refused(ignorant):
    with pytest.raises(InputError, match="'melody': nothing scores its kind; wanted one that is scored on chorales"):
        evaluate.run("melody", [])
    with pytest.raises(InputError, match="'melody': wanted a peer that is scored on chorales, too"):
        evaluate.run("ours", ["--peer", "melody"])
    assert not ignorant.seen


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--peer-share", "0"], "peer share 0: wanted more than 0"),
        (["--orders", "0"], "0 orders, .*: wanted at least one"),
        (["--pieces", "0"], "0 pieces: wanted at least one"),
    ],
)
def test_numbers_out_of_range_are_told(ignorant, arguments, message):
    with pytest.raises(InputError, match=message):
        evaluate.run("ours", arguments)
    assert not ignorant.seen


@pytest.mark.parametrize("arguments", [["--workers", "0"], ["--frames", "many"], ["--only", "speech"]])
def test_what_is_no_such_number_ends_the_call(ignorant, arguments, capsys):
    with pytest.raises(SystemExit) as end:
        evaluate.run("ours", arguments)
    assert end.value.code == 2
    assert arguments[0] in capsys.readouterr().err
    assert not ignorant.seen


def test_melodies_that_are_missing_or_damaged_are_told(run, tmp_path):
    (tmp_path / "doodle_melodies.json").write_text("{}")
    with pytest.raises(InputError, match=r"doodle_melodies\.json is damaged; wanted a list"):
        run("--only", "melodies")
    (tmp_path / "doodle_melodies.json").unlink()
    with pytest.raises(InputError, match=r"has no file doodle_melodies\.json; wanted it, or --melodies 0"):
        run("--only", "melodies")
    assert "melodies" not in run("--only", "melodies", "--melodies", "0")
