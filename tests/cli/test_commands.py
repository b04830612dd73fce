"""The other commands, and what is common to all."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from chorale import assets, io, ui
from chorale import training as models_training
from chorale.cli import main, parser, training
from chorale.music import Chorale

COMMANDS = (
    "play",
    "harmonize",
    "batch",
    "check",
    "mark",
    "convert",
    "screenshot",
    "models",
    "doctor",
    "train",
    "evaluate",
    "levels",
    "continue",
    "generate",
    "interpolate",
    "drumify",
    "groove",
)


def program(*arguments, **how):
    return subprocess.Popen(
        [sys.executable, "-m", "chorale", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **how,
    )


def test_help_lists_exactly_the_commands_there_are_and_every_command_has_help(chorale):
    status, out, _ = chorale("--help")
    assert status == 0
    listed = [line.split()[0] for line in out if line.startswith("    ") and not line.startswith("     ")]
    assert tuple(listed) == COMMANDS
    for command in COMMANDS:
        status, out, said = chorale(command, "--help")
        assert (status, said) == (0, [])
        assert out[0].startswith(f"usage: chorale {command}")


@pytest.mark.parametrize("command", ["harmonize", "check", "convert", "screenshot", "models", "train", "evaluate"])
def test_help_shows_examples_that_parse(chorale, command):
    _, out, _ = chorale(command, "--help")
    examples = [line.strip().split("   ")[0].split() for line in out if line.startswith("  chorale ")]
    assert len(examples) >= 2
    for example in examples:
        if "--help" not in example:
            assert parser.parse(example[1:]).command == example[1]


@pytest.mark.parametrize("word", ["harmonise", "konvert", "xyz"])
def test_a_word_that_is_no_command_is_told_with_the_nearest(chorale, word):
    status, _, (line,) = chorale(word)
    assert status == 2
    assert "no command and no file" in line
    assert ("did you mean harmonize" in line) == (word == "harmonise")


def test_the_version_is_told(chorale):
    status, (line,), _ = chorale("--version")
    assert (status, line.split()[0]) == (0, "chorale")


@pytest.mark.parametrize(
    ("arguments", "file"), [([], None), (["play"], None), (["a.mid"], "a.mid"), (["play", "a"], "a")]
)
def test_the_window_opens_with_or_without_a_file(chorale, monkeypatch, arguments, file):
    opened = []
    monkeypatch.setattr(ui, "main", opened.append, raising=False)
    assert chorale(*arguments)[0] == 0
    assert opened == [file if file is None else Path(file)]


def test_screenshot_hands_scene_size_and_file_on(chorale, monkeypatch, tmp_path):
    asked = []
    monkeypatch.setattr(ui, "screenshot", lambda *what: asked.append(what), raising=False)
    out = tmp_path / "a.png"
    assert chorale("screenshot", "editor", "-o", out, "--size", "1920x1080", "x.mid")[0] == 0
    assert chorale("screenshot", "editor", "-o", out)[0] == 0
    assert asked == [("editor", out, (1920, 1080), Path("x.mid")), ("editor", out, (1280, 720), None)]
    for size in ("big", "0x0", "1280", "99999x10"):
        assert chorale("screenshot", "editor", "-o", out, "--size", size)[0] == 2
    assert chorale("screenshot", "editor", "-o", tmp_path / "a.jpg")[0] == 2


@pytest.mark.parametrize("suffix", ["musicxml", "mxl", "mid", "wav", "svg", "png", "pdf", "chorale"])
def test_convert_writes_every_format(chorale, tune, tmp_path, suffix):
    target = tmp_path / f"out.{suffix}"
    assert chorale("convert", tune("old_hundredth"), "-o", target) == (0, [], [])
    assert target.stat().st_size > 100


def test_convert_keeps_the_music_there_and_back(chorale, tune, tmp_path):
    source = tune("wachet_auf")
    for one, other in ((source, "a.musicxml"), (tmp_path / "a.musicxml", "b.mxl"), (tmp_path / "b.mxl", "c.chorale")):
        assert chorale("convert", one, "-o", tmp_path / other)[0] == 0
    before, after = io.read(source).score, io.read(tmp_path / "c.chorale").score
    assert after.chorale.notes(0) == before.chorale.notes(0)
    assert (after.key, after.meter, after.fermatas, after.title) == (
        before.key,
        before.meter,
        before.fermatas,
        before.title,
    )


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02" * 50, b"<?xml version='1.0'?><score-partwise>", b"MThd"])
@pytest.mark.parametrize("suffix", ["musicxml", "mxl", "mid", "chorale", "abc"])
def test_a_bad_file_is_one_line_and_writes_nothing(chorale, tmp_path, content, suffix):
    path = tmp_path / f"bad.{suffix}"
    path.write_bytes(content)
    status, out, said = chorale("convert", path, "-o", tmp_path / "out.mid")
    assert (status, out, len(said)) == (2, [], 1)
    assert f"bad.{suffix}" in said[0]
    assert not (tmp_path / "out.mid").exists()


def test_convert_refuses_what_cannot_be_written(chorale, tune, tmp_path):
    source = tune()
    (tmp_path / "folder.mid").mkdir()
    for target in ("x.doc", "none/x.mid", "folder.mid", source):
        status, _, said = chorale("convert", source, "-o", tmp_path / target)
        assert (status, len(said)) == (2, 1)


def test_a_full_disk_is_one_line_and_leaves_the_old_file(chorale, tune, tmp_path, monkeypatch):
    source, target = tune(), tmp_path / "out.chorale"
    target.write_bytes(b"old")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    status, _, said = chorale("convert", source, "-o", target)
    assert (status, len(said)) == (2, 1)
    assert "no space left on device" in said[0]
    assert target.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out.chorale"]


def test_an_unexpected_error_is_one_line_unless_a_traceback_is_asked_for(chorale, monkeypatch, tune):
    def broken(*_):
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(io, "read_project", broken)
    source = tune()
    status, _, (line,) = chorale("convert", source, "-o", source.with_suffix(".mid"))
    assert status == 1
    assert "internal error: ZeroDivisionError('oops')" in line
    monkeypatch.setenv("CHORALE_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        main(["convert", str(source), "-o", str(source.with_suffix(".mid"))])


@pytest.fixture
def model_folder(tmp_path, monkeypatch):
    """An installation with one small model in it."""
    folder = tmp_path / "models" / "small"
    folder.mkdir(parents=True)
    (folder / "weights").write_bytes(b"abc")
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    config = {"kind": "coconet", "files": {"weights": digest}, "scores": {"validation": {"nll": 0.5}}}
    (folder / "config.json").write_text(json.dumps(config))
    real = assets.folder
    monkeypatch.setattr(assets, "folder", lambda name: tmp_path / name if name == "models" else real(name))
    return folder


def test_models_are_listed_with_state_and_scores(chorale, model_folder):
    assert chorale("models")[:2] == (0, ["small  ok"])
    assert chorale("models", "--scores")[:2] == (0, ["small  ok", "    validation nll: 0.5"])
    status, (line,), _ = chorale("models", "--json")
    assert status == 0
    state = {"name": "small", "status": "ok", "kind": "coconet", "description": "", "added": False}
    assert json.loads(line)["models"] == [state | {"scores": {"validation": {"nll": 0.5}}}]
    (model_folder / "weights").write_bytes(b"abd")
    status, (line, *_), _ = chorale("models")
    assert status == 1
    assert "damaged (checksum)" in line


def test_without_a_model_the_list_says_where_it_looked(chorale, model_folder, tmp_path):
    (model_folder / "config.json").unlink()
    assert chorale("models")[:2] == (0, [f"no models in {tmp_path / 'models'}"])


def test_doctor_reports_and_its_status_tells_whether_all_is_well(chorale, model_folder):
    status, (line,), _ = chorale("doctor", "--json")
    report = json.loads(line)
    assert report["ok"] is (status == 0) is True
    assert {"chorale", "python", "package", "model", "sound", "tunes", "fonts", "audio", "folder"} == {
        finding["topic"] for finding in report["findings"]
    }
    (model_folder / "weights").unlink()
    status, out, _ = chorale("doctor")
    assert status == 1
    assert any(line.startswith("!! model") and "missing" in line for line in out)
    assert "wrong" in out[-1]


def test_training_without_keras_says_how_to_get_it(chorale, monkeypatch):
    monkeypatch.setattr(training, "find_spec", lambda _: None)
    status, _, (line,) = chorale("train", "coconet")
    assert status == 2
    assert "--extra train" in line


def test_evaluation_needs_no_training_library(chorale, monkeypatch):
    monkeypatch.setattr(training, "find_spec", lambda _: None)
    status, _, (line,) = chorale("evaluate", "nobody")
    assert status == 2
    assert "model 'nobody': wanted one of" in line


def test_train_hands_the_rest_of_the_line_on(chorale, monkeypatch):
    told = []
    monkeypatch.setattr(training, "find_spec", lambda _: True)
    monkeypatch.setattr(models_training, "run", lambda *what: told.append(what), raising=False)
    assert chorale("train", "coconet", "--epochs", "3", "-x")[0] == 0
    assert told == [("coconet", ["--epochs", "3", "-x"])]


def test_the_program_runs_as_a_module_and_a_reader_that_left_is_no_error():
    process = program("doctor")
    process.stdout.close()
    assert process.wait(60) in {141, 1, 0}
    said = process.stderr.read()
    process.stderr.close()
    assert "Traceback" not in said
    assert "Exception ignored" not in said


def test_ctrl_c_ends_a_running_program_in_one_line(tune, tmp_path):
    long = tmp_path / "long.wav"
    process = program("convert", tune("wachet_auf"), "-o", long)
    deadline = time.monotonic() + 30
    while not list(tmp_path.glob(".long*")) and not long.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert "Traceback" not in said
    assert process.returncode in {0, 130}
    if process.returncode == 130:
        assert said == "chorale: stopped\n"
        assert not long.exists()
    assert not list(tmp_path.glob(".long*"))


def test_help_imports_nothing_heavy():
    code = "import sys; from chorale.cli import main; main(['--help']); print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    for heavy in ("numpy", "pygame", "music21", "mido", "onnxruntime", "tensorflow", "verovio"):
        assert f"'{heavy}'" not in loaded


def test_a_model_is_added_listed_and_removed(chorale, monkeypatch, tmp_path):
    from chorale.models import adding, registry  # noqa: PLC0415  numpy loads with it

    asked = []

    def added(folder, name):
        asked.append((folder, name))
        kept = registry.user_folder() / "mine"
        kept.mkdir(parents=True)
        (kept / "config.json").write_text('{"kind": "doodle", "description": "a network", "files": {}}')
        return adding.Added("mine", "a network", kept)

    monkeypatch.setattr(adding, "add", added)
    status, (line,), _ = chorale("models", "add", tmp_path, "--name", "mine")
    assert (status, asked) == (0, [(tmp_path, "mine")])
    assert line.startswith("added mine: a network, in ")
    lines = chorale("models")[1]
    place = lines.index("mine  ok, added by you")
    assert lines[place + 1] == "    a network"
    assert chorale("models", "remove", "mine")[:2] == (0, ["removed mine"])
    assert not any(line.startswith("mine") for line in chorale("models")[1])


def test_adding_what_is_no_checkpoint_and_removing_what_is_ours_are_one_line(chorale, tmp_path):
    for arguments in (("add", tmp_path), ("add", tmp_path / "none"), ("remove", "coconet"), ("remove", "../x")):
        status, out, said = chorale("models", *arguments)
        assert (status, out, len(said)) == (2, [], 1)


@pytest.mark.parametrize("suffix", ["musicxml", "svg"])
def test_convert_writes_numerals_and_cadences_when_asked(chorale, tune, tmp_path, suffix):
    four = tmp_path / "four.chorale"
    score = io.read(tune()).score
    pitches = score.chorale.pitches
    below = [pitches[:, :1] - interval * (pitches[:, :1] >= 0) for interval in (0, 4, 9, 12)]
    io.write(score.replace(chorale=Chorale(np.concatenate(below, axis=1))), four)
    for name, options in (("plain", ()), ("told", ("--analysis",))):
        assert chorale("convert", four, "-o", tmp_path / f"{name}.{suffix}", *options)[0] == 0
    plain, told = (len((tmp_path / f"{name}.{suffix}").read_bytes()) for name in ("plain", "told"))
    assert told > 1.05 * plain


def test_convert_draws_an_open_score_on_four_staves(chorale, tune, tmp_path):
    for layout in ("closed", "open"):
        assert chorale("convert", tune(), "-o", tmp_path / f"{layout}.svg", "--layout", layout)[0] == 0
    closed, opened = (len((tmp_path / f"{layout}.svg").read_bytes()) for layout in ("closed", "open"))
    assert opened > closed
