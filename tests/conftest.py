"""What every test needs: no screen, no sound card, no user's folders."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory, monkeypatch):
    """Give every test its own settings, data and cache folders."""
    home = tmp_path_factory.mktemp("home")
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(variable, str(home))


@pytest.fixture(scope="session")
def data_folder():
    """The folder with the chorale data sets, where there is one."""
    folder = os.environ.get("CHORALE_DATA")
    if not folder or not Path(folder).is_dir():
        pytest.skip("CHORALE_DATA names no folder with the data sets")
    return Path(folder)
