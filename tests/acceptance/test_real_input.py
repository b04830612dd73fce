"""The main job on real input, through the command line.

Every tune of ours, what people typed into the Bach Doodle, and Bach's own sopranos. Slow (minutes), so it runs in CI
and on request: ``pytest -m acceptance``.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from chorale import io
from chorale.cli import main
from chorale.levels import tunes
from chorale.models.coconet.codec import HIGHEST, LOWEST
from chorale.music import REST, Chorale, Note, Score

pytestmark = pytest.mark.acceptance
DOODLE_STEPS = 32


def _harmonize(scores, folder, suffix, seed="5"):
    """Run ``chorale harmonize`` on scores by name; return what it wrote, by name."""
    inputs, outputs = folder / "in", folder / f"out{seed}{suffix}"
    inputs.mkdir(exist_ok=True)
    for name, score in scores.items():
        io.write(score, inputs / f"{name}.chorale")
    outputs.mkdir(exist_ok=True)
    files = [str(inputs / f"{name}.chorale") for name in scores]
    plan = [str(outputs / f"{name}{suffix}") for name in scores]
    for source, target in zip(files, plan, strict=True):
        assert main(["harmonize", source, "-o", target, "--seed", seed]) == 0, source
    return {Path(target).stem: Path(target) for target in plan}


def _check(given, file):
    answer = io.read(file).score
    assert list(answer.notes(0)) == list(given.notes(0)), file.name  # pitch, rhythm and spelling
    lower = answer.chorale.pitches[:, 1:]
    assert (lower.max(axis=0) != REST).all(), f"{file.name}: a voice is missing"
    sounding = lower[lower != REST]
    assert LOWEST <= sounding.min() <= sounding.max() <= HIGHEST, f"{file.name}: {sounding.min()}..{sounding.max()}"
    sung = given.chorale.pitches[:, 0] != REST
    silent = (lower == REST).any(axis=1) & sung[: len(lower)]
    assert not silent.any(), f"{file.name}: a voice rests under the tune at steps {np.flatnonzero(silent)[:5]}"


def test_every_tune_of_ours_is_harmonized_and_kept(tmp_path):
    given = tunes.load_all()
    for name, file in _harmonize(given, tmp_path, ".musicxml").items():
        _check(given[name], file)


def test_what_people_typed_into_the_doodle_is_harmonized_and_kept(tmp_path, data_folder):
    melodies = json.loads((data_folder / "doodle_melodies.json").read_text(encoding="utf-8"))["melodies"][::14][:200]
    assert len(melodies) == 200
    given = {f"doodle{index}": _doodle(melody["timing"]) for index, melody in enumerate(melodies)}
    for name, file in _harmonize(given, tmp_path, ".chorale").items():
        _check(given[name], file)


def _doodle(timing):
    notes = [Note(start, end - start, pitch) for pitch, start, end in timing]
    return Score(Chorale.from_voices([notes], DOODLE_STEPS))


def test_the_sopranos_of_test_chorales_are_harmonized_and_kept(tmp_path, data_folder):
    pieces = np.load(data_folder / "Jsb16thSeparated.npz", allow_pickle=True, encoding="latin1")["test"][:20]
    sopranos = [np.nan_to_num(piece[:, :1], nan=REST).astype(int) for piece in pieces]
    given = {
        f"bach{index}": Score(Chorale(np.hstack([line, np.full((len(line), 3), REST)])))
        for index, line in enumerate(sopranos)
    }
    for name, file in _harmonize(given, tmp_path, ".musicxml").items():
        _check(given[name], file)


def test_the_same_seed_writes_the_same_bytes(tmp_path):
    given = {name: tunes.load(name) for name in ("ode_to_joy", "greensleeves", "ein_feste_burg")}
    first = {name: file.read_bytes() for name, file in _harmonize(given, tmp_path, ".musicxml").items()}
    again = {name: file.read_bytes() for name, file in _harmonize(given, tmp_path, ".musicxml").items()}
    other = {name: file.read_bytes() for name, file in _harmonize(given, tmp_path, ".musicxml", seed="6").items()}
    assert first == again
    assert all(first[name] != other[name] for name in given)
