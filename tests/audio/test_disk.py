"""The real player on SDL's disk driver, which writes to a file, in real time, what a sound card would play.

The driver asks for a buffer of 512 frames every 12 ms, as a card does, so the file is the mixer's true output.
"""

import os
import subprocess
import sys

import numpy as np
import pytest

from chorale.audio import RATE

PROGRAM = """
import sys, time
import numpy as np
from dataclasses import replace
from chorale.audio import Mix, Player, load
from chorale.music import Chorale, Score
from chorale.music.line import Note

def play(lines, preset, qpm=120.0, font=None, loop=None, seconds=None, at=lambda player, elapsed: None):
    player = Player()
    assert not player.silent, player.note
    lines = [[Note(*note) for note in line] for line in lines]
    player.preset = preset
    player.use_soundfont(font)
    player.load(Score(Chorale.from_voices(lines, max(line[-1].end for line in lines)), qpm=qpm))
    player.loop = loop
    player.play()
    while player.position == 0:
        time.sleep(0.001)
    began = time.monotonic()
    while player.playing and (seconds is None or time.monotonic() - began < seconds):
        player.update()
        at(player, time.monotonic() - began)
        time.sleep(0.004)
    time.sleep(0.5)
    player.close()
"""


@pytest.fixture
def recorded(tmp_path):
    """Run a program that plays, and return what the sound card would have been given, (n, 2)."""

    def run(program):
        file = tmp_path / "sound.raw"
        wanted = {"SDL_AUDIODRIVER": "disk", "SDL_DISKAUDIOFILE": str(file), "PYGAME_HIDE_SUPPORT_PROMPT": "1"}
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM + program],
            env=os.environ | wanted, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return np.fromfile(file, dtype="<i2").reshape(-1, 2) / 32768

    return run


def _hertz(pitch):
    return 440 * 2 ** ((pitch - 69) / 12)


def _onset(sound, pitch, near, reach=0.12):
    """Return when a pitch's first partials rise to half their strength, in seconds, looked for around a time."""
    frames = round(0.04 * RATE)
    waves = [np.exp(-2j * np.pi * partial * _hertz(pitch) * np.arange(frames) / RATE) for partial in (1, 2, 3)]
    first = round((near - reach) * RATE)
    part = np.zeros(round(2 * reach * RATE) + frames)
    found = sound[max(0, first) : first + len(part)]
    part[max(0, -first) : max(0, -first) + len(found)] = found
    strength = sum(np.abs(np.convolve(part, np.hanning(frames) * wave, "valid")) for wave in waves)
    level = np.median(strength[-round(0.05 * RATE) :])
    return (first + frames / 2 + int(np.argmax(strength > level / 2))) / RATE


def _begin(sound):
    return int(np.argmax(np.abs(sound).max(axis=1) > 0.003)) / RATE


@pytest.mark.parametrize("name", ["piano", "choir"])
def test_each_of_eight_notes_sounds_at_its_time(recorded, name):
    pitches = [67, 70, 66, 71, 65, 68, 64, 69]  # leaps: a semitone is too close to be told apart in 40 ms
    sound = recorded(f"""
line = [(2 * index, 2, pitch) for index, pitch in enumerate({pitches})]
play([line], replace(load("{name}"), vibrato=(0.0, 0.0)), qpm=100.0)
""")
    tone = sound.mean(axis=1)
    begin = _begin(sound)
    lags = [_onset(tone, pitch, begin + 0.3 * index) - begin - 0.3 * index for index, pitch in enumerate(pitches)]
    assert max(np.abs(np.array(lags) - np.median(lags))) < 0.03, lags
    assert abs(np.median(lags)) < 0.03, lags
    quiet = [np.abs(tone[round((begin + t) * RATE) :][:2205]).max() for t in np.arange(0.05, 2.35, 0.1)]
    assert min(quiet) > 0.01
    assert np.abs(sound).max() < 0.9
    last = np.flatnonzero(np.abs(tone) > 0.002).max() / RATE - begin
    assert last > 2.5  # the tail was not cut


def test_four_voices_sound_together_and_a_mute_takes_one_away_at_once(recorded, sine_font):
    sound = recorded(f"""
def mute(player, elapsed):
    if elapsed > 0.7 and not player.mix.muted:
        player.mix = Mix().with_mute(1, on=True)

dry = replace(load("organ"), reverb=0.0)
play([[(0, 16, 79)], [(0, 16, 69)], [(0, 16, 60)], [(0, 16, 51)]], dry, font="{sine_font}", at=mute)
""")
    tone = sound.mean(axis=1)
    begin = _begin(sound)
    onsets = [_onset(tone, pitch, begin) for pitch in (79, 69, 60, 51)]
    assert max(onsets) - min(onsets) < 0.006, onsets  # half a buffer of the mixer
    alto = [
        np.abs((tone[at : at + 1764] * np.hanning(1764) * np.exp(-2j * np.pi * 441 * np.arange(1764) / RATE)).sum())
        for at in range(round((begin + 0.2) * RATE), round((begin + 1.6) * RATE), 220)
    ]
    steady, gone = np.median(alto[:40]), np.median(alto[-40:])
    assert gone < 0.05 * steady
    falling = [index for index, value in enumerate(alto) if 0.1 * steady < value < 0.9 * steady]
    assert falling
    assert (falling[-1] - falling[0]) * 5 < 60  # milliseconds, the analysis window's own 40 included
    assert abs(0.2 + falling[0] * 0.005 - 0.7) < 0.12


def test_a_loop_goes_round_without_a_seam(recorded):
    sound = recorded("""
dry = replace(load("organ"), reverb=0.0, vibrato=(0.0, 0.0))
play([[(0, 4, 69), (4, 4, 72), (8, 4, 76)]], dry, qpm=150.0, loop=(0, 8), seconds=2.6)
""")
    tone = sound.mean(axis=1)
    begin = _begin(sound)
    onsets = [_onset(tone, (69, 72)[index % 2], begin + 0.4 * index) for index in range(1, 7)]
    assert np.abs(np.diff(onsets) - 0.4).max() < 0.02, onsets
    parts = [tone[round((begin + 0.8 * turn + 0.1) * RATE) :][: round(0.6 * RATE)] for turn in (1, 2)]
    assert np.abs(parts[0] - parts[1]).max() < 0.01
