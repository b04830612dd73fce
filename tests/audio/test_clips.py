"""Clips as sound: hits and notes begin when the clip says, as loud as it says, and nothing is there where it rests."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from chorale.audio import DRUMS, RATE, load, load_all, render_stems
from chorale.audio.cues import cues
from chorale.audio.timeline import TimeMap
from chorale.music import Chorale, Clip, ClipNote, DrumPattern, Piece, Score

PIANO = load("piano")
STEP = 15 / 100  # seconds at 100 quarters a minute


def drums(*hits, steps=32, qpm=100.0):
    """A drum clip of (step, key, velocity)."""
    notes = (ClipNote(Fraction(at), key, Fraction(at) + Fraction(1, 2), loud) for at, key, loud in hits)
    return Clip(tuple(notes), steps, qpm=qpm, drums=True)


def onset(sound, near, *, before=0.02, after=0.1):
    """Return when (n, 2) first reaches a tenth of the peak that follows a moment, seconds."""
    first = max(0, round((near - before) * RATE))
    level = np.abs(sound[first : round((near + after) * RATE)]).max(axis=1)
    return (first + int(np.argmax(level > level.max() / 10))) / RATE


@pytest.mark.parametrize("key", [piece.key for piece in Piece])
def test_a_hit_sounds_within_three_milliseconds_of_its_moment(key):
    dry = replace(PIANO, reverb=0.0)
    for at in (Fraction(4), Fraction(83, 10), Fraction(127, 10), Fraction(353, 24)):
        stem = render_stems(drums((at, key, 100)), dry)[DRUMS]
        assert onset(stem, float(at) * STEP) == pytest.approx(float(at) * STEP, abs=0.003)


def test_a_melody_sounds_where_the_clip_says_between_the_steps_too():
    for at in (Fraction(0), Fraction(25, 8), Fraction(161, 10)):
        clip = Clip((ClipNote(at, 67, at + 3),), 32, qpm=100)
        stem = render_stems(clip, replace(PIANO, reverb=0.0))[0]
        assert onset(stem, float(at) * STEP) == pytest.approx(float(at) * STEP, abs=0.003)


def test_harder_is_louder_on_drums_and_in_melodies():
    peaks = [np.abs(render_stems(drums((0, 38, loud)), PIANO)).max() for loud in (30, 60, 90, 127)]
    assert peaks == sorted(peaks)
    assert peaks[0] < 0.4 * peaks[-1]
    tones = [
        np.abs(render_stems(Clip((ClipNote(Fraction(0), 67, Fraction(4), loud),), 16), PIANO)).max()
        for loud in (40, 80, 127)
    ]
    assert tones == sorted(tones)
    assert tones[0] < 0.4 * tones[1]


def test_nothing_sounds_before_the_first_hit_nor_between_hits():
    stem = render_stems(drums((8, 42, 100), (24, 42, 100), steps=48), replace(PIANO, reverb=0.0))[DRUMS]
    assert not stem[: round((8 * STEP - 0.005) * RATE)].any()
    assert np.abs(stem[round((20 * STEP) * RATE) : round((24 * STEP - 0.005) * RATE)]).max() < 0.001


def test_an_open_hi_hat_rings_until_the_hi_hat_is_struck_again():
    alone = cues(drums((0, 46, 90)), TimeMap.of(drums((0, 46, 90))))
    assert alone[0].release > 2
    both = drums((0, 46, 90), (4, 42, 90), (6, 42, 90))
    found = cues(both, TimeMap.of(both))
    assert found[0].release == pytest.approx(4 * STEP)
    assert found[1].release == pytest.approx(6 * STEP)


def test_a_last_crash_rings_to_its_end():
    stems = render_stems(drums((15, 49, 110), steps=16), PIANO)
    assert len(stems[DRUMS]) / RATE > 16 * STEP + 2.3
    assert np.abs(stems[DRUMS, -400:]).max() < 0.003


@pytest.mark.parametrize("preset", load_all(), ids=lambda preset: preset.name)
def test_a_hard_hit_and_a_loud_line_stay_below_full_scale(preset):
    every = [ClipNote(Fraction(4 * n), 60 + 2 * (n % 7), Fraction(4 * n + 4), 127) for n in range(8)]
    assert np.abs(render_stems(Clip(tuple(every), 32), preset).sum(axis=0)).max() < 1.5  # the player bends it below 1
    loud = [ClipNote(note.start, note.pitch, note.end, 80) for note in every]
    assert np.abs(render_stems(Clip(tuple(loud), 32), preset).sum(axis=0)).max() < 10 ** (-1 / 20)


def test_drums_under_a_chorale_begin_with_its_beats_even_after_a_fermata():
    voices = Chorale.from_voices([[], [], [], []], 32)
    hits = np.zeros((32, 9), bool)
    hits[[0, 16], Piece.KICK] = True
    score = Score(voices, qpm=100, drums=DrumPattern(hits), fermatas=frozenset({8}))
    times = TimeMap.of(score)
    assert times.seconds_at(16) > 16 * STEP
    stem = render_stems(score, replace(PIANO, reverb=0.0))[DRUMS]
    for step in (0, 16):
        assert onset(stem, times.seconds_at(step)) == pytest.approx(times.seconds_at(step), abs=0.003)


def test_keys_that_general_midi_lacks_are_played_by_the_piece_they_mean():
    clip = drums((0, 22, 90), (4, 26, 90))
    assert [cue.pitch for cue in cues(clip, TimeMap.of(clip))] == [42, 46]
