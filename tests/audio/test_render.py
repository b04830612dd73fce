import itertools
from dataclasses import replace

import numpy as np
import pytest

from chorale.audio import RATE, load, load_all, render_note, render_stems
from chorale.audio.cues import cues
from chorale.audio.loudness import loudness
from chorale.audio.render import LONGEST_STEMS_SECONDS, Stream, bank
from chorale.audio.reverb import BLOCK
from chorale.audio.timeline import Route, TimeMap
from chorale.errors import InputError

PRESETS = load_all()
DRY = replace(load("organ"), reverb=0.0)


def _level(sound, at, seconds=0.05):
    """Return the RMS of (n, 2) from a time on."""
    return float(np.sqrt((sound[round(at * RATE) : round((at + seconds) * RATE)] ** 2).mean()))


@pytest.fixture(scope="module", params=PRESETS, ids=lambda preset: preset.name)
def rendered(request, hymn):
    return request.param, render_stems(hymn, request.param)


def test_instruments_are_equally_loud_and_never_near_full_scale(rendered):
    _, stems = rendered
    mix = stems.sum(axis=0)
    assert loudness(mix) == pytest.approx(-18, abs=1)
    assert np.abs(mix).max() < 10 ** (-1 / 20)
    parts = [loudness(stem) for stem in stems[:4]]
    assert max(parts) - min(parts) < 4


def test_there_is_sound_wherever_there_are_notes(rendered, hymn):
    _, stems = rendered
    times = TimeMap.of(hymn)
    for voice in range(4):
        loud = _level(stems[voice], 0, times.seconds)
        for note in hymn.chorale.notes(voice):
            assert _level(stems[voice], times.seconds_at(note.start) + 0.03, 0.1) > 0.1 * loud


def test_tails_die_away_and_are_not_cut(rendered, hymn):
    preset, stems = rendered
    mix = stems.sum(axis=0)
    end = TimeMap.of(hymn).seconds
    assert len(mix) / RATE > end + preset.release
    assert _level(mix, len(mix) / RATE - 0.05) < 0.004 * _level(mix, end - 0.6, 0.3)
    jump = np.abs(np.diff(mix[round(end * RATE) :], axis=0)).max()
    assert jump < 0.1  # nothing is switched off


def test_the_same_score_gives_the_same_sound(hymn):
    assert np.array_equal(render_stems(hymn, load("winds")), render_stems(hymn, load("winds")))


def test_a_voice_alone_is_its_stem_and_the_others_are_silent(make_score):
    stems = render_stems(make_score([(0, 4, 72)], [(4, 4, 65)]), load("choir"))
    assert stems.shape[0] == 5  # the drums are the last
    assert stems.dtype == np.float32
    assert stems[0].any()
    assert stems[1].any()
    assert not stems[2:].any()
    assert np.abs(stems[1, : RATE // 2]).max() < 1e-6


def test_a_repeated_note_is_struck_again_and_a_held_one_goes_on(make_score):
    again = render_stems(make_score([(0, 4, 67), (4, 4, 67)]), DRY)[0]
    held = render_stems(make_score([(0, 8, 67)]), DRY)[0]
    steady = _level(held, 0.3)
    assert _level(again, 0.475, 0.02) < 0.6 * steady
    assert _level(again, 0.55) > 0.8 * steady
    assert min(_level(held, at) for at in np.arange(0.1, 0.95, 0.05)) > 0.8 * steady


def test_a_long_note_holds_through_block_boundaries_without_a_click(make_score):
    held = render_stems(make_score([(0, 64, 67)], qpm=60.0), replace(DRY, brightness_db=-24.0))[0]
    steps = np.abs(np.diff(held, axis=0)).max(axis=1)
    usual = np.quantile(steps[RATE : 10 * RATE], 0.999)
    for seam in range(BLOCK, 14 * RATE, BLOCK):
        assert steps[seam - 3 : seam + 3].max() < 2 * usual


def test_a_note_longer_than_any_sample_dies_away_instead_of_being_cut(make_score):
    stem = render_stems(make_score([(0, 40, 67)], qpm=10.0), DRY)[0]  # a minute
    end = int(np.flatnonzero(np.abs(stem).max(axis=1) > 1e-4).max())
    assert 40 < end / RATE < 50
    assert _level(stem, end / RATE - 0.03, 0.03) < 0.05 * _level(stem, 20)


def test_notes_that_follow_overlap_a_little(make_score, strength):
    stem = render_stems(make_score([(0, 4, 60), (4, 4, 67)]), DRY)[0].mean(axis=1)
    first = 440 * 2 ** (-9 / 12)
    assert strength(stem, first, 0.45) > 0.01
    assert strength(stem, first, 0.8) < 0.05 * strength(stem, first, 0.4)


def test_a_fermata_is_held_and_breathed_after(make_score):
    score = make_score([(0, 4, 60), (4, 4, 64)], fermatas=frozenset({0}))
    stem = render_stems(score, DRY)[0]
    assert _level(stem, 0.65) > 0.5 * _level(stem, 0.3)
    assert _level(stem, 0.95) < 0.1 * _level(stem, 0.3)
    assert len(render_stems(score, DRY, fermatas=False)[0]) < len(stem)


def test_tempo_moves_the_notes_and_not_their_pitch(make_score, strength):
    stem = render_stems(make_score([(0, 4, 69), (4, 4, 76)]), DRY, speed=2.0)[0].mean(axis=1)
    assert strength(stem, 440, 0.1, 0.1) > 0.02
    assert strength(stem, 659.26, 0.3, 0.1) > 0.02


def test_a_loop_repeats_without_a_seam(make_score):
    score = make_score([(0, 4, 60), (4, 4, 64), (8, 4, 67)])
    times = TimeMap.of(score)
    stream = Stream(cues(score, times), Route(times, 0, (0, 12)), DRY, bank())
    tape = np.concatenate([stream.block()[0] for _ in range(5)])
    turn = round(1.5 * RATE)
    assert np.allclose(tape[turn : 2 * turn], tape[2 * turn : 3 * turn], atol=1e-4)
    assert stream.frames == np.inf


def test_an_empty_loop_passes_in_silence(make_score):
    score = make_score([(0, 4, 60)], steps=16)
    times = TimeMap.of(score)
    stream = Stream(cues(score, times), Route(times, 8, (8, 9)), DRY, bank())
    assert not any(stream.block().any() for _ in range(3))


def test_starting_within_a_note_continues_it(make_score):
    score = make_score([(0, 16, 67)])
    times = TimeMap.of(score)
    whole = render_stems(score, DRY)[0]
    late = Stream(cues(score, times), Route(times, 8), DRY, bank()).block()[0]
    assert np.allclose(late[2000:20000], whole[RATE + 2000 : RATE + 20000], atol=1e-4)


def test_a_score_without_notes_or_steps_is_silence(make_score):
    assert not render_stems(make_score([], steps=16), DRY).any()
    assert render_stems(make_score(), DRY).shape[0] == 5


def test_extreme_tempi_and_pitches_sound_somehow(make_score):
    fast = render_stems(make_score([(step, 1, 60 + step % 12) for step in range(32)], qpm=400.0), DRY, speed=4)
    assert 0.01 < np.abs(fast).max() < 1
    slow = render_stems(make_score([(0, 8, 0), (8, 8, 127)], qpm=10.0), DRY)
    assert np.isfinite(slow).all()
    assert np.abs(slow).max() < 1


def test_stems_of_a_whole_oratorio_are_refused_with_one_line(make_score):
    score = make_score([(0, 16, 60)], steps=16 * 40 * 30, qpm=120.0)
    with pytest.raises(InputError, match=f"40 minutes: stems are made of {LONGEST_STEMS_SECONDS // 60} at most"):
        render_stems(score, DRY)


def test_forty_minutes_stream_in_the_memory_of_some_blocks(make_score):
    notes = [(4 * beat, 4, 60 + beat % 5) for beat in range(40 * 120)]
    score = make_score(notes, qpm=120.0)
    times = TimeMap.of(score)
    stream = Stream(cues(score, times), Route(times, score.steps - 64), DRY, bank())
    for _ in itertools.repeat(None, 6):
        assert stream.block().any()
    assert all(len(notes) < 20 for notes in stream._sounding)


def test_a_user_s_font_is_taken(make_score, sine_font, strength):
    stem = render_stems(make_score([(0, 8, 69)]), DRY, soundfont=sine_font)[0].mean(axis=1)
    assert strength(stem, 441, 0.2, 0.2) > 0.9 * np.abs(stem[RATE // 4 : RATE // 2]).max()


def test_one_note_to_try_is_short_and_free_the_second_time():
    note = render_note(67, load("piano"), 0)
    assert 0.4 < len(note) / RATE < 3
    assert np.abs(note).max() > 0.02
    assert render_note(67, load("piano"), 0) is note
