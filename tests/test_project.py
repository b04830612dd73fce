"""Promises of the project as a whole: README, licences, cards."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _commands():
    command = [sys.executable, "-m", "chorale", "--help"]
    text = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    listed = re.findall(r"^    ([a-z]+)(?:\s|$)", text.partition("COMMAND\n")[2].partition("options:")[0], re.MULTILINE)
    assert "harmonize" in listed, text
    return listed


def test_the_readme_has_the_two_commands_that_do_everything():
    assert "pip install uv && uv run chorale\n" in README
    assert "pip install uv && uv run pytest\n" in README


def test_every_command_is_in_the_readme():
    missing = [command for command in _commands() if f"chorale {command}" not in README]
    assert not missing


def test_every_link_of_the_readme_leads_somewhere():
    links = re.findall(r"\]\((?!http)([^)#]+)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("folder", ["models/coconet", "sounds", "levels/tunes"])
def test_every_folder_of_assets_states_its_licence(folder):
    text = (ROOT / folder / "README.md").read_text(encoding="utf-8").lower()
    assert "licen" in text or "public domain" in text


def test_a_model_card_tells_the_scores_of_its_configuration():
    for config_file in ROOT.glob("models/*/config.json"):
        scores = json.loads(config_file.read_text(encoding="utf-8"))["scores"]
        card = config_file.with_name("README.md").read_text(encoding="utf-8")
        figures = list(_figures(scores))
        assert figures
        assert [figure for figure in figures if f"{figure:g}" not in card] == []


def _figures(scores):
    for value in scores.values():
        if isinstance(value, dict):
            yield from _figures(value)
        elif isinstance(value, float):
            yield value


def test_the_weights_stay_under_forty_megabytes():
    assert sum(file.stat().st_size for file in ROOT.glob("models/**/*") if file.is_file()) < 40_000_000


def test_the_window_and_the_training_extra_are_declared_apart():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    default = " ".join(project["dependencies"])
    assert "tensorflow" not in default
    assert "keras" not in default
    assert any("tensorflow" in line for line in project["optional-dependencies"]["train"])
