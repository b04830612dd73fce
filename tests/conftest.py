"""What every test needs: no screen, no sound card, no user's folders."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# No test is timed: the machines are noisy. CI draws the same examples every time, people draw new ones.
settings.register_profile("people", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("people"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "people")

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
