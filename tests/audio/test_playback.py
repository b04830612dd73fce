"""The player against a tape recorder that runs by a clock of the test's own: nothing sleeps."""

import threading
import time
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from chorale.audio import RATE, Mix, Player, SilentOutput, load, playback
from chorale.audio.output import TAPE, OutputLostError
from chorale.errors import InputError
from chorale.music import Clip, ClipNote, DrumPattern, Piece

STEP = 60 / 120 / 4
DRY = replace(load("organ"), reverb=0.0, release=0.02)


class Recorder:
    """An output that keeps what would be heard."""

    latency = 0.05

    def __init__(self):
        self.tape = np.zeros((5, TAPE * 4, 2), dtype=np.int16)
        self.gains, self.struck, self.calls = None, [], []

    def write(self, frame, block):
        self.tape[:, frame : frame + block.shape[1]] = block

    def blend(self, frame, block, frames):
        self.calls.append(("blend", frame))
        share = np.linspace(0, 1, frames)[:, None]
        crossed = block.copy()
        crossed[:, :frames] = block[:, :frames] * share + self.tape[:, frame : frame + frames] * (1 - share)
        self.write(frame, crossed)

    def start(self):
        self.calls.append("start")

    def halt(self):
        self.calls.append("halt")

    def clear(self):
        self.tape[:] = 0

    def set_gains(self, gains):
        self.gains = gains

    def strike(self, note, gain):
        self.struck.append((len(note), gain))

    def chime(self, sound):
        self.chimed = len(sound)

    def close(self):
        self.calls.append("close")


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def desk(make_score):
    """A player with a sixteen-step melody, its recorder, and a function that lets time pass."""
    recorder, clock = Recorder(), Clock()
    player = Player(recorder, clock=clock, threaded=False)
    player.preset = DRY
    player.load(make_score([(0, 4, 69), (4, 4, 71), (8, 4, 72), (12, 4, 74)]))

    def wait(seconds):
        for _ in range(max(1, round(seconds / 0.05))):
            clock.now += min(0.05, seconds)
            player.update()

    return player, recorder, wait


def _sounds(recorder, strength, pitch, at, voice=0):
    tone = recorder.tape[voice].mean(axis=1) / 32768
    return strength(tone, 440 * 2 ** ((pitch - 69) / 12), at, 0.1) > 0.01


def test_the_position_is_what_is_heard_the_latency_included(desk):
    player, _, wait = desk
    player.play()
    player.update()
    assert player.playing
    wait(0.05)
    assert player.position == pytest.approx(0, abs=0.01)
    wait(1.0)
    assert player.position == pytest.approx(1.0 / STEP, abs=0.01)


def test_the_tape_holds_the_notes_at_their_times(desk, strength):
    player, recorder, _ = desk
    player.play()
    player.update()
    for index, pitch in enumerate((69, 71, 72, 74)):
        assert _sounds(recorder, strength, pitch, index * 0.5 + 0.1)
        assert not _sounds(recorder, strength, 69, 0.6)


def test_at_the_end_it_stops_the_tail_rings_and_play_begins_anew(desk):
    player, recorder, wait = desk
    player.play()
    player.update()
    wait(2.04)
    assert player.playing
    wait(0.1)
    assert not player.playing
    assert player.position == 16
    assert "halt" not in recorder.calls
    wait(0.5)
    assert recorder.calls[-1] == "halt"
    player.play()
    player.update()
    assert player.position == 0


def test_pause_keeps_the_place_and_play_goes_on_from_it(desk, strength):
    player, recorder, wait = desk
    player.play()
    player.update()
    wait(0.8)
    player.toggle()
    place = player.position
    assert place == pytest.approx(6, abs=0.1)
    wait(1.0)
    assert player.position == place
    player.toggle()
    player.update()
    assert player.position == pytest.approx(place)
    assert _sounds(recorder, strength, 71, 0.1)
    assert _sounds(recorder, strength, 72, 0.4)


def test_stop_goes_back_to_the_beginning(desk):
    player, _, wait = desk
    player.play(8)
    player.update()
    wait(0.3)
    player.stop()
    assert (player.playing, player.position) == (False, 0)


def test_seeking_while_it_plays_jumps_and_goes_on(desk, strength):
    player, recorder, wait = desk
    player.play()
    player.update()
    wait(0.3)
    player.seek(12)
    assert player.position == 12
    wait(0.15)
    assert player.position == pytest.approx(12, abs=1.5)
    assert _sounds(recorder, strength, 74, 0.45)
    assert not _sounds(recorder, strength, 71, 0.6)


def test_seeking_at_rest_moves_the_place_within_the_score(desk):
    player, _, _ = desk
    player.seek(99)
    assert player.position == 16
    player.seek(-3)
    assert player.position == 0


def test_a_loop_goes_round(desk, strength):
    player, recorder, wait = desk
    player.loop = (4, 8)
    player.play(4)
    player.update()
    wait(0.05 + 4.5 * 0.5)
    assert player.playing
    assert player.position == pytest.approx(6, abs=0.1)
    for turn in range(4):
        assert _sounds(recorder, strength, 71, turn * 0.5 + 0.15)


def test_play_from_beyond_the_loop_begins_at_its_start(desk):
    player, _, _ = desk
    player.loop = (4, 8)
    player.play(12)
    player.update()
    assert player.position == 4


def test_an_impossible_loop_is_refused_and_the_old_one_stays(desk):
    player, _, _ = desk
    player.loop = (4, 8)
    with pytest.raises(InputError):
        player.loop = (8, 8)
    assert player.loop == (4, 8)


def test_a_loop_is_cut_to_a_shorter_score(desk, make_score):
    player, _, _ = desk
    player.loop = (4, 16)
    player.load(make_score([(0, 8, 60)]))
    assert player.loop == (4, 8)
    player.load(make_score([(0, 4, 60)]))
    assert player.loop is None


def test_an_edit_is_heard_in_mid_flight_without_a_jump(desk, strength, make_score):
    player, recorder, wait = desk
    player.play()
    player.update()
    wait(0.7)
    before = player.position
    player.load(make_score([(0, 4, 69), (4, 4, 71), (8, 4, 61), (12, 4, 74)]))
    player.update()
    assert player.position == pytest.approx(before)
    wait(0.4)
    assert player.position == pytest.approx(before + 0.4 / STEP, abs=0.05)
    assert recorder.calls.count("start") == 1
    assert _sounds(recorder, strength, 61, 1.15)
    assert not _sounds(recorder, strength, 72, 1.15)


def test_a_new_tempo_keeps_the_place_and_changes_the_pace(desk):
    player, _, wait = desk
    player.play()
    player.update()
    wait(0.55)
    player.speed = 0.5
    wait(0.3)
    place = player.position
    wait(0.5)
    assert player.position == pytest.approx(place + 0.25 / STEP, abs=0.05)
    player.speed = 99
    assert player.speed == 4.0


def test_mutes_reach_the_output_at_once(desk):
    player, recorder, _ = desk
    player.play()
    player.update()
    player.mix = Mix().with_mute(1, on=True)
    assert recorder.gains == (1, 0, 1, 1, 1)


def test_a_mix_that_was_set_before_holds_from_the_first_note(desk):
    player, recorder, _ = desk
    player.mix = Mix().with_volume(3, 0.0)
    recorder.gains = None
    player.play()
    player.update()
    assert recorder.gains == (1, 1, 1, 0, 1)


def test_notes_to_try_sound_at_once_when_ready(desk):
    player, recorder, _ = desk
    player.audition(67, 0)
    assert recorder.struck == []
    player.update()
    assert len(recorder.struck) == 1
    player.audition(67, 0)
    assert len(recorder.struck) == 2


def test_a_click_on_a_warm_note_is_queued_within_twenty_milliseconds(desk):
    player, recorder, _ = desk
    player.warm_up()
    player.update()
    began = time.perf_counter()
    player.audition(72, 0)
    assert time.perf_counter() - began < 0.02
    assert len(recorder.struck) == 1


def test_an_empty_score_does_not_play():
    player = Player(SilentOutput(), threaded=False)
    player.play()
    player.update()
    assert not player.playing


def test_in_silence_time_passes_all_the_same(make_score):
    clock = Clock()
    player = Player(SilentOutput(), clock=clock, threaded=False)
    player.load(make_score([(0, 16, 60)]))
    player.play()
    player.update()
    clock.now += 1
    assert player.silent
    assert player.position == pytest.approx(1 / STEP)


def test_a_sound_card_that_goes_leaves_a_note_and_a_moving_playhead(desk):
    player, recorder, wait = desk
    player.play()
    player.update()
    wait(0.3)

    def gone(*_):
        raise OutputLostError("unplugged")

    recorder.set_gains = gone
    player.mix = Mix().with_mute(0, on=True)
    assert "unplugged" in player.note
    assert player.silent
    place = player.position
    wait(0.5)
    assert player.playing
    assert player.position > place


def test_a_bad_font_is_refused_and_the_old_one_stays(desk, tmp_path):
    player, recorder, _ = desk
    bad = tmp_path / "bad.sf2"
    bad.write_bytes(b"no font")
    with pytest.raises(InputError, match=r"bad\.sf2"):
        player.use_soundfont(bad)
    player.play()
    player.update()
    assert recorder.tape.any()


def test_without_any_font_there_is_a_note_and_no_crash(desk, monkeypatch):
    player, _, _ = desk

    def missing(_):
        raise InputError("no SoundFont: reinstall it")

    monkeypatch.setattr(playback, "bank", missing)
    player.play()
    player.update()
    assert not player.playing
    assert player.note == "no SoundFont: reinstall it"


def test_with_a_thread_play_answers_at_once_and_sound_follows(make_score):
    recorder = Recorder()
    player = Player(recorder)
    player.preset = DRY
    player.load(make_score([(0, 16, 69)]))
    began = time.perf_counter()
    player.play()
    assert time.perf_counter() - began < 0.05
    deadline = time.monotonic() + 5
    while not recorder.tape[0, RATE // 2].any() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert recorder.tape[0].any()
    player.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "player" and thread.is_alive()]


def test_hasty_hands_do_not_upset_the_thread(make_score):
    recorder = Recorder()
    player = Player(recorder)
    player.preset = DRY
    rng = np.random.default_rng(3)
    for turn in range(150):
        steps = int(rng.integers(4, 40))
        player.load(make_score([(step, 1, 60 + step % 9) for step in range(steps)]))
        player.loop = (steps // 2, steps) if turn % 3 else None
        (player.play, player.pause, player.toggle, player.update, lambda: player.seek(3))[turn % 5]()
        time.sleep(0.004)
    player.play(0)
    deadline = time.monotonic() + 5
    while not player.position and time.monotonic() < deadline:
        time.sleep(0.005)
    assert player.position > 0
    assert player.note == ""
    player.close()


def test_a_chime_sounds_beside_everything_else(desk):
    player, recorder, _ = desk
    player.chime("click")
    assert recorder.chimed == 0.06 * 44100
    assert not recorder.struck


def _clip(*, drums):
    notes = (ClipNote(Fraction(4 * n), 38 if drums else 69, Fraction(4 * n + 3), 100) for n in range(4))
    return Clip(tuple(notes), 16, qpm=120, drums=drums)


def test_a_clip_is_played_whatever_is_muted_in_the_score_and_the_score_as_before_after_it(desk, make_score):
    player, recorder, _ = desk
    player.mix = Mix().with_mute(0, on=True).with_volume(4, 0.0)
    player.load(_clip(drums=True), load("piano"))
    assert recorder.gains == (1,) * 5
    player.play()
    player.update()
    assert recorder.tape[4].any()
    assert not recorder.tape[:4].any()
    player.load(make_score([(0, 4, 69)]))
    assert recorder.gains == (0, 1, 1, 1, 0)


def test_a_clip_ends_goes_round_and_is_sought_in_as_a_score_is(desk):
    player, _, wait = desk
    player.load(_clip(drums=False), load("piano"))
    player.seek(12)
    player.play()
    player.update()
    wait(0.6)
    assert not player.playing
    assert player.position == 16
    player.loop = (0, 8)
    player.play(4)
    player.update()
    wait(0.05 + 6 * STEP)
    assert player.position == pytest.approx(2, abs=0.5)


def test_an_instrument_for_a_clip_alone_leaves_the_scores_as_it_was(desk, make_score):
    player, _, _ = desk
    before = player.preset
    player.load(_clip(drums=False), load("music_box"))
    assert player.preset is before
    assert player._program.preset.name == "music_box"
    player.load(make_score([(0, 4, 69)]))
    assert player._program.preset is before


def test_drums_and_voices_begin_with_one_another_to_the_sample(desk, make_score):
    player, recorder, _ = desk
    hits = np.zeros((16, 9), bool)
    hits[::4, Piece.SNARE] = True
    player.load(make_score([(0, 4, 69), (4, 4, 71), (8, 4, 72), (12, 4, 74)], drums=DrumPattern(hits)))
    player.play()
    player.update()
    for index in range(4):
        first = round(index * 0.5 * RATE)
        snare = np.abs(recorder.tape[4, first : first + 2000]).max(axis=1)
        assert np.argmax(snare > snare.max() / 10) < 0.003 * RATE
    player.mix = Mix().with_mute(4, on=True)
    assert recorder.gains == (1, 1, 1, 1, 0)


def test_pieces_of_the_kit_are_struck_without_ending_one_another(desk):
    player, recorder, _ = desk
    player.warm_up(kit=True)
    player.update()
    player.audition(36, 4, 100)
    assert recorder.chimed > 0
    assert recorder.struck == []
