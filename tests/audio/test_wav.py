import wave

import numpy as np
import pytest

from chorale.audio import Mix, load, render_stems, write_stems, write_wav
from chorale.audio.loudness import limited
from chorale.errors import Cancelled, InputError
from chorale.music import DrumPattern

PIANO = load("piano")
LINES = ([(0, 4, 72), (4, 4, 74)], [(0, 8, 67)], [(0, 8, 60)], [(0, 4, 48), (4, 4, 43)])


def _read(path):
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 2, 44100)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2) / 32767


def test_the_file_holds_the_sum_of_the_stems(tmp_path, make_score):
    score = make_score(*LINES)
    write_wav(score, tmp_path / "out.wav", PIANO)
    written, stems = _read(tmp_path / "out.wav"), render_stems(score, PIANO)
    assert len(written) == stems.shape[1]
    assert np.abs(written - stems.sum(axis=0)).max() < 2.5 / 32767


def test_the_mix_is_written_as_it_is_heard(tmp_path, make_score):
    score = make_score(*LINES)
    write_wav(score, tmp_path / "out.wav", PIANO, mix=Mix().with_solo(1, on=True).with_volume(1, 0.5))
    wanted = render_stems(score, PIANO)[1] * 0.25
    assert np.abs(_read(tmp_path / "out.wav") - wanted).max() < 2.5 / 32767


def test_the_same_score_gives_the_same_bytes(tmp_path, make_score):
    for name in ("a.wav", "b.wav"):
        write_wav(make_score(*LINES), tmp_path / name, PIANO)
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()


def test_practice_tracks_are_one_file_a_voice_of_one_length(tmp_path, make_score):
    score = make_score(*LINES)
    paths = write_stems(score, tmp_path / "tracks", PIANO)
    assert [path.name for path in paths] == ["soprano.wav", "alto.wav", "tenor.wav", "bass.wav"]
    for path, stem in zip(paths, render_stems(score, PIANO)[:4], strict=True):
        assert np.abs(_read(path) - stem).max() < 2.5 / 32767


def test_a_score_without_notes_is_a_silent_file(tmp_path, make_score):
    write_wav(make_score([], steps=16), tmp_path / "out.wav", PIANO)
    assert np.abs(_read(tmp_path / "out.wav")).max() <= 1 / 32767


def test_progress_is_told_and_a_cancel_leaves_nothing(tmp_path, make_score):
    heard = []
    write_wav(make_score(*LINES), tmp_path / "out.wav", PIANO, report=heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 1

    def cancel(_):
        raise Cancelled("stopped")

    before = (tmp_path / "out.wav").read_bytes()
    with pytest.raises(Cancelled):
        write_wav(make_score(*LINES), tmp_path / "out.wav", PIANO, report=cancel)
    assert (tmp_path / "out.wav").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["out.wav"]


def test_what_cannot_be_written_gets_one_line(tmp_path, make_score):
    (tmp_path / "file").touch()
    score = make_score(*LINES)
    for action in (
        lambda: write_wav(score, tmp_path / "none" / "out.wav", PIANO),
        lambda: write_wav(score, tmp_path / "out.wav", PIANO, soundfont=tmp_path / "none.sf2"),
        lambda: write_stems(score, tmp_path / "file" / "tracks", PIANO),
        lambda: write_wav(make_score([(0, 4, 60)], steps=16 * 7000, qpm=40.0), tmp_path / "out.wav", PIANO),
    ):
        with pytest.raises(InputError) as caught:
            action()
        assert "\n" not in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_drums_are_in_the_mix_and_have_a_practice_track_of_their_own(tmp_path, make_score):
    hits = np.zeros((8, 9), bool)
    hits[::2, 1] = True
    score = make_score(*LINES, drums=DrumPattern(hits))
    write_wav(score, tmp_path / "out.wav", PIANO)
    stems = render_stems(score, PIANO)
    assert stems[4].any()
    assert np.abs(_read(tmp_path / "out.wav") - limited(stems.sum(axis=0))).max() < 2.5 / 32767
    paths = write_stems(score, tmp_path / "tracks", PIANO)
    assert [path.name for path in paths][3:] == ["bass.wav", "drums.wav"]
    assert np.abs(_read(paths[-1]) - limited(stems[4])).max() < 2.5 / 32767
