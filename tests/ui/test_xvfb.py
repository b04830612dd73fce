"""The real window on a virtual screen, driven by xdotool as a person would; the exported file tells what came of it.

Where things lie is computed by the same layout code in this process, at the same window size.
"""

import os
import shutil
import subprocess
import sys
import time

import pytest

from chorale import io
from chorale.app.studio import Studio
from chorale.ui.pictures import stage

missing = [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]
pytestmark = [
    pytest.mark.xvfb,
    pytest.mark.skipif(bool(missing), reason=f"{' and '.join(missing)} not installed"),
]
SIZE = (1280, 720)
EIGHT = (35, 34, 33, 32, 33, 34, 35, 35)


class Screen:
    """A virtual screen with the program's window on it."""

    def __init__(self, home):
        read, write = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x720x24", "-nolisten", "tcp"],
            pass_fds=[write], stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(write)
        with os.fdopen(read) as pipe:
            display = f":{pipe.readline().strip()}"
        folders = dict.fromkeys(
            ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"), str(home)
        )
        self.environment = {
            **os.environ,
            **folders,
            "DISPLAY": display,
            "SDL_VIDEODRIVER": "x11",
            "SDL_AUDIODRIVER": "dummy",
        }
        self.program = subprocess.Popen(
            [sys.executable, "-m", "chorale"], env=self.environment, stderr=subprocess.DEVNULL
        )
        self.window = ""

    def find(self):
        """Wait for the window and give it the keyboard."""
        self.window = self._found()
        time.sleep(1)
        self.do("windowmove", self.window, "0", "0")
        self.do("windowfocus", self.window)

    def _found(self):
        for _ in range(150):
            done = subprocess.run(
                ["xdotool", "search", "--onlyvisible", "--class", "chorale"],
                env=self.environment, capture_output=True, text=True, check=False,
            )  # fmt: skip
            if done.stdout.strip():
                return done.stdout.split()[0]
            assert self.program.poll() is None, "the program ended"
            time.sleep(0.2)
        raise AssertionError("no window came up")

    def do(self, *words):
        subprocess.run(["xdotool", *words], env=self.environment, check=True, timeout=20)

    def click(self, position):
        self.do("mousemove", str(position[0]), str(position[1]))
        time.sleep(0.1)
        self.do("click", "1")
        time.sleep(0.3)

    def close(self):
        for process in (self.program, self.server):
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture
def screen(tmp_path):
    one = Screen(tmp_path)
    try:
        one.find()
        yield one
    finally:
        one.close()


def wait_until(condition, seconds):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def exported(screen, path):
    """Export by keys under a name, and read what was written."""
    screen.do("key", "ctrl+e")
    time.sleep(1)
    screen.do("type", path.stem)
    time.sleep(0.5)
    screen.do("key", "Return")
    wait_until(path.is_file, 60)
    time.sleep(0.5)
    return io.read(path).score


def test_eight_clicks_harmonize_play_and_export_with_a_real_mouse(screen, tmp_path):
    guide = stage("empty", SIZE)
    for index, place in enumerate(EIGHT):
        screen.click(guide.page.screen_of(4 * index, place, 0))
        guide.writing.place(4 * index, place, 0)
        guide.page.refresh()
    screen.click(guide.find("harmonize").rect.center)
    time.sleep(8)
    screen.click(guide.find("play").rect.center)
    time.sleep(1.5)
    score = exported(screen, tmp_path / "song.musicxml")
    for attempt in range(6):  # Harmonize takes its time on a busy machine, and nothing on the screen can be asked
        if all(list(score.notes(voice)) for voice in range(4)):
            break
        time.sleep(5)
        score = exported(screen, tmp_path / f"song{attempt}.musicxml")
    notes = [(note.start, note.length, str(pitch)) for note, pitch in score.notes(0)]
    names = ["C5", "B4", "A4", "G4", "A4", "B4", "C5", "C5"]
    assert notes == [(4 * index, 4, name) for index, name in enumerate(names)]
    assert all(list(score.notes(voice)) for voice in range(4))
    assert isinstance(guide.state.studio, Studio)
