"""Measures frames while one edits and every edit is checked in the background; run with ``pytest -m benchmark -s``."""

import sys
import time

import numpy as np
import pygame
import pytest

from chorale.app import edits
from chorale.app.edits import Selection
from chorale.music import Chorale
from chorale.ui.desk import SWITCH_SECONDS
from chorale.ui.pictures import stage

pytestmark = pytest.mark.benchmark
FRAME = 1 / 60
SIZE = (1920, 1080)
EDITS = 12
FRAMES_PER_EDIT = 40  # two thirds of a second: long enough for every check to end and be shown


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


@pytest.mark.parametrize("bars", [16, 64])
def test_frames_while_editing_with_live_checking(bars):
    pygame.display.init()
    surface = pygame.display.set_mode(SIZE)
    editor = stage("findings", SIZE)
    studio = editor.state.studio
    studio.edit("Long", lambda score: chorale_of(bars, score))
    editor.state.services.clock = time.monotonic
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_SECONDS)
    wall, work, checks = [], [], 0
    try:
        settle(editor, surface)
        for number in range(EDITS):
            notes = studio.score.chorale.notes(1)
            note = notes[(number * 7) % len(notes)]
            seen = studio.teacher.checked
            for frame in range(FRAMES_PER_EDIT):
                begun, busy = time.perf_counter(), time.thread_time()
                if frame in {3, 6}:
                    studio.edit("Move", lambda s, n=note: edits.move_diatonic(s, Selection.of((1, n.start)), 1))
                editor.update(time.monotonic())
                editor.draw(surface)
                pygame.display.flip()
                wall.append(time.perf_counter() - begun)
                work.append(time.thread_time() - busy)
                time.sleep(max(0.0, FRAME - (time.perf_counter() - begun)))
            checks += studio.teacher.checked is not None and studio.teacher.checked is not seen
    finally:
        sys.setswitchinterval(before)
        studio.close()
        pygame.display.quit()
    report(bars, wall, work, checks)
    assert checks == EDITS, "every edit was checked and shown"


def settle(editor, surface):
    for _ in range(120):
        editor.update(time.monotonic())
        editor.draw(surface)
        time.sleep(FRAME)


def report(bars, wall, work, checks):
    print(f"\n{bars} bars, {len(wall)} frames, {checks} checks")
    for name, times in (("wall", sorted(wall)), ("processor", sorted(work))):
        at = [times[len(times) * share // 1000] * 1e3 for share in (500, 900, 990, 999)]
        late = sum(each > FRAME for each in times)
        shares = f"median {at[0]:.1f}, 90th {at[1]:.1f}, 99th {at[2]:.1f}, worst {times[-1] * 1e3:.1f} ms"
        print(f"{name}: {shares}; {late} later than a frame")
