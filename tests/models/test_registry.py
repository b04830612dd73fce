"""Finding, checking and loading models."""

import json
import shutil
import subprocess
import sys

import pytest

from chorale import assets, models
from chorale.errors import InputError, ModelError
from chorale.models.registry import checked_config, open_folder


@pytest.fixture
def copy(tmp_path):
    folder = tmp_path / "coconet"
    shutil.copytree(assets.folder("models") / "coconet", folder)
    return folder


def test_coconet_is_available_and_loads_once():
    assert "coconet" in models.available()
    assert models.load("coconet") is models.load("coconet")


def test_an_unknown_model_is_named_with_those_there_are():
    with pytest.raises(InputError, match=r"'bachbot': wanted one of .*coconet"):
        models.load("bachbot")


def test_a_damaged_weights_file_is_one_clear_line(copy):
    weights = copy / "network.onnx"
    data = bytearray(weights.read_bytes())
    data[len(data) // 2] ^= 1
    weights.write_bytes(data)
    with pytest.raises(ModelError, match=r"network\.onnx is damaged") as caught:
        open_folder(copy)
    assert "\n" not in str(caught.value)


def test_a_missing_weights_file_is_one_clear_line(copy):
    (copy / "network.onnx").unlink()
    with pytest.raises(ModelError, match=r"network\.onnx is missing"):
        open_folder(copy)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"files": 3}'])
def test_a_damaged_configuration_is_one_clear_line(copy, text):
    (copy / "config.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=r"config\.json is missing or damaged"):
        checked_config(copy)


def test_a_model_of_another_kind_is_refused(copy):
    config = json.loads((copy / "config.json").read_text(encoding="utf-8"))
    (copy / "config.json").write_text(json.dumps(config | {"kind": "oracle"}), encoding="utf-8")
    with pytest.raises(ModelError, match="kind 'oracle' is unknown"):
        open_folder(copy)


def test_loading_and_playing_imports_no_training_library():
    program = (
        "import sys, numpy as np, chorale.models as m;"
        "m.load('coconet').log_probs(np.full((1, 8, 4), 60), np.zeros((1, 8, 4), bool));"
        "print([name for name in ('tensorflow', 'keras', 'torch', 'onnx', 'music21') if name in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_the_card_and_the_configuration_give_the_same_scores():
    folder = assets.folder("models") / "coconet"
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    card = (folder / "README.md").read_text(encoding="utf-8")
    rows = {
        cells[1].strip().strip("`"): cells[2:-1]
        for cells in (line.split("|") for line in card.partition("## Scores")[2].splitlines())
        if len(cells) == 5 and cells[1].strip().startswith("`")
    }
    assert len(rows) > 10
    for name, cells in rows.items():
        for split, cell in zip(("valid", "test"), cells, strict=True):
            if cell.strip() != "-":
                assert float(cell) == config["scores"][split][name], (split, name)
