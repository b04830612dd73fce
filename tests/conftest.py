"""What every test needs: no screen, no sound card, no user's folders."""

import os
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

from chorale.models import registry
from chorale.models.base import Progress, Written
from chorale.music import DrumPattern, Melody

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


class SmallModel:
    """Stands in for a model of the Studio: quick, the same for the same seed, plain enough to be checked by eye.

    It continues a melody by a scale and drums by quarters; walks by taking the first part of the one and the rest of
    the other; makes a snare of each tap; plays every hit a fifth of a step late.
    """

    def __init__(self, drums):
        self.drums, self.hold, self.error, self.asked = drums, None, None, []

    def longest(self, surroundings):
        return 4 * surroundings.meter.steps_per_bar

    def _made(self, variations, seed, make, asked):
        self.asked.append(asked)
        while self.hold is not None and not self.hold.is_set():
            if asked.get("report") is not None:
                asked["report"](Progress(0.5))
            time.sleep(0.002)
        if self.error is not None:
            raise self.error
        return [Written(make(seed + number), seed + number) for number in range(variations)]

    def _music(self, steps, seed):
        beats = np.arange(0, steps, 4)
        if self.drums:
            hits = np.zeros((steps, 9), bool)
            hits[beats, (beats // 4 + seed) % 9] = True
            return DrumPattern(hits)
        pitches = np.repeat(60 + np.array([0, 2, 4, 5, 7, 9, 11])[(beats // 4 + seed) % 7], 4)[:steps]
        return Melody(pitches.astype(np.int16), np.arange(steps) % 4 == 0)

    def continued(self, music, steps, surroundings, *, seed=0, variations=1, **asked):
        asked |= {"music": music, "surroundings": surroundings}
        best = asked.get("temperature") == 0
        return self._made(variations, seed, lambda each: self._music(steps, 0 if best else each), asked)

    def generated(self, steps, surroundings, *, seed=0, variations=1, **asked):
        asked |= {"surroundings": surroundings}
        return self._made(variations, seed, lambda each: self._music(steps, each), asked)

    def interpolated(self, first, second, places, surroundings, *, seed=0, **asked):
        def between(place):
            cut = round(len(first) * (1 - place))
            if self.drums:
                return first.cut(0, cut) + second.cut(cut, len(second))
            arrays = (
                (one[:cut], other[cut:])
                for one, other in ((first.pitches, second.pitches), (first.onsets, second.onsets))
            )
            return Melody(*map(np.concatenate, arrays))

        asked |= {"surroundings": surroundings}
        self._made(1, seed, lambda _: None, asked)
        return [Written(between(place), seed) for place in places]

    def drummed(self, taps, surroundings, *, seed=0, variations=1, **asked):
        asked |= {"taps": taps, "surroundings": surroundings}
        hits = np.zeros((len(taps.struck), 9), bool)
        hits[:, 1] = taps.struck
        return self._made(variations, seed, lambda _: DrumPattern(hits), asked)

    def grooved(self, pattern, surroundings, *, seed=0, variations=1, **asked):
        asked |= {"surroundings": surroundings}

        def played(each):
            return DrumPattern(pattern.hits, np.where(pattern.hits, 60 + each, 0), np.where(pattern.hits, 0.2, 0.0))

        return self._made(variations, seed, played, asked)


@pytest.fixture
def small_models(monkeypatch):
    """Small models in the place of all the Studio's; a dict of them by name."""
    names = ("melody_rnn", "drum_rnn", "melody_vae", "drum_vae", "tap_vae", "groove_vae")
    models = {name: SmallModel(drums=not name.startswith("melody")) for name in names}
    monkeypatch.setattr(registry, "available", lambda: tuple(sorted(models)))
    monkeypatch.setattr(registry, "kind_of", lambda name: name)
    monkeypatch.setattr(registry, "load", models.__getitem__)
    return models
