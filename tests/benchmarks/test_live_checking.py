"""Measures frames while one types, and while it plays, without live checking and with it.

    pytest -m benchmark -s tests/benchmarks/test_live_checking.py

The editor is driven as the window drives it, sixty times a second: what the person does, ``update``, ``draw``,
``update``, and a rest. Frames that show an edit are counted apart from all others. The checks run in a process of their
own, as in the window ("apart"), and for comparison in this one ("here"), as they once did.

On a machine that other programs keep busy the wall clock says little. So each frame's time is taken three times: by the
wall clock; what the window's thread spent on the processor; and the wall clock without the time for which that thread
was ready but no processor was free. The last holds the waits for other threads of ours, which is what live checking
may cost: by it a frame is late or not.
"""

import gc
import sys
import time
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import numpy as np
import pygame
import pytest

from chorale.app import Studio, edits
from chorale.app.assistant import Apart, Here
from chorale.app.edits import Selection
from chorale.music import Chorale
from chorale.ui.desk import SWITCH_SECONDS, THRESHOLDS
from chorale.ui.pictures import stage
from chorale.ui.scene import Services
from chorale.ui.scenes.editor.scene import Editor
from chorale.ui.sound import Sound
from chorale.ui.theme import Theme

pytestmark = pytest.mark.benchmark
FRAME = 1 / 60
SIZE = (1920, 1080)
ROUNDS, EDITS, FRAMES_PER_EDIT, LAST_FRAME = 3, 8, 15, 240  # an edit each 250 ms
STATISTICS = Path("/proc/thread-self/schedstat")
ASSISTANTS = {"no checking": lambda _: Here(), "checking here": lambda _: Here(), "checking apart": Apart}


def chorale_of(bars, score):
    """Return the score repeated, or cut, to so many bars."""
    steps = bars * score.meter.steps_per_bar
    times = -(-steps // score.steps)
    pitches = np.tile(score.chorale.pitches, (times, 1))[:steps]
    onsets = np.tile(score.chorale.onsets, (times, 1))[:steps]
    onsets[0] = True
    spelling = np.tile(score.spelling, (times, 1))[:steps]
    phrase = 4 * score.meter.steps_per_bar
    ends = frozenset(range(phrase - 4, steps, phrase))
    return score.replace(
        chorale=Chorale(pitches, onsets), spelling=spelling, locked=None, fermatas=ends, lyrics=(), pickup=0
    )


def waited():
    """Return the seconds for which this thread was ready to run and no processor was free."""
    return int(STATISTICS.read_text().split()[1]) / 1e9 if STATISTICS.exists() else 0.0


@dataclass
class Times:
    """Seconds of each frame."""

    wall: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)

    def take(self, frame):
        """Take the time of a frame."""
        begun, busy, queued = time.perf_counter(), time.thread_time(), waited()
        frame()
        wall = time.perf_counter() - begun
        self.wall.append(wall)
        self.work.append(time.thread_time() - busy)
        self.own.append(max(0.0, wall - (waited() - queued)))

    @classmethod
    def together(cls, several):
        """Return the frames of several measurements as of one."""
        return cls(
            *([*chain.from_iterable(getattr(each, name) for each in several)] for name in ("wall", "work", "own"))
        )

    @property
    def late(self):
        """How many frames took longer than there is time for."""
        return sum(each > FRAME for each in self.own)

    def report(self, title):
        print(f"  {title}, {len(self.wall)} frames, {self.late} late")
        for name, times in (("wall", self.wall), ("processor", self.work), ("without queueing", self.own)):
            median, most, worst = (1e3 * np.percentile(times, share) for share in (50, 99, 100))
            print(f"    {name:16} median {median:5.1f}, 99th {most:5.1f}, worst {worst:5.1f} ms")


class Desk:
    """The editor at 1920 x 1080, with music on it."""

    def __init__(self, screen, bars, assistant):
        self.screen = screen
        self.studio = Studio(assistant=ASSISTANTS[assistant])
        self.studio.change_settings(checking=assistant != "no checking")
        self.sound = Sound()
        self.editor = Editor(Services(self.studio, self.sound, time.monotonic))
        faulty = stage("findings", SIZE).state.studio.score
        self.studio.edit("Long", lambda _: chorale_of(bars, faulty))
        self.editor.resize(SIZE, Theme.fitting(SIZE))
        self.sound.warm_up()
        self.sound._thread.join()
        self.studio.teacher.warm_up()
        self.edited, self.others = Times(), Times()

    def frame(self, act=None):
        """Let a frame pass, in which the person does something."""
        begun = time.perf_counter()
        (self.others if act is None else self.edited).take(lambda: self._turn(act))
        time.sleep(max(0.0, FRAME - (time.perf_counter() - begun)))

    def _turn(self, act):
        if act is not None:
            act()
        self.editor.update(time.monotonic())
        self.editor.draw(self.screen)
        pygame.display.flip()
        self.editor.update(time.monotonic())

    def settle(self):
        """Let frames pass until all is known that is asked for."""
        for count in range(LAST_FRAME):
            self.frame()
            if count > FRAMES_PER_EDIT and not self.studio.teacher.is_at_work:
                return

    def type(self, number):
        """Move a note of the alto up, each time another one."""
        notes = self.studio.score.chorale.notes(1)
        chosen = Selection.of((1, notes[(number * 7) % len(notes)].start))
        self.studio.edit("Move", lambda score: edits.move_diatonic(score, chosen, 1))

    def close(self):
        self.sound.close()
        self.studio.close()


@pytest.fixture
def screen():
    pygame.display.init()
    before = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.set_threshold(*THRESHOLDS)
    yield pygame.display.set_mode(SIZE)
    sys.setswitchinterval(before[0])
    gc.set_threshold(*before[1])
    pygame.display.quit()


def _warm(desk):
    for _ in range(30):
        desk.frame()
    desk.settle()
    desk.type(0)
    desk.settle()
    gc.collect()
    desk.edited, desk.others = Times(), Times()


def _measured(screen, bars, assistant, *, playing):
    """Return the times of frames that show an edit, and of all others."""
    desk = Desk(screen, bars, assistant)
    _warm(desk)
    if playing:
        desk.editor.playing.toggle()
    at = desk.sound.position
    for number in range(1, EDITS + 1):
        desk.frame(lambda count=number: desk.type(count))
        for _ in range(FRAMES_PER_EDIT - 1):
            desk.frame()
    desk.settle()
    assert desk.studio.teacher.checked is not None or assistant == "no checking", "all was checked in the end"
    assert desk.sound.position > at or not playing, "it plays"
    desk.close()
    return desk.edited, desk.others


@pytest.mark.parametrize("activity", ["typing", "typing while it plays"])
@pytest.mark.parametrize("bars", [16, 64])
def test_live_checking_makes_no_frame_late(screen, bars, activity):
    print(f"\n{bars} bars, {activity}; {ROUNDS} rounds in turn")
    rounds = {assistant: [] for assistant in ASSISTANTS}
    for _ in range(ROUNDS):
        for assistant, measured in rounds.items():
            measured.append(_measured(screen, bars, assistant, playing=activity != "typing"))
    for assistant, measured in rounds.items():
        edited, others = (Times.together(each) for each in zip(*measured, strict=True))
        edited.report(f"{assistant}: frames that show an edit")
        others.report(f"{assistant}: all others")
    late = {assistant: [others.late for _, others in measured] for assistant, measured in rounds.items()}
    print(f"  late frames that show no edit, a round: {late}")
    apart, without = sum(late["checking apart"]), sum(late["no checking"])
    assert apart - without <= 2 * (apart + without + 1) ** 0.5, "two counts differ by chance by a root of their sum"
