"""NoteSequences in and out, where note-seq is installed."""

import importlib.util
import sys

import numpy as np
import pytest

from chorale.errors import InputError, ModelError
from chorale.io import note_sequence
from chorale.music import Chorale, DrumPattern, Key, Melody, Meter, Note, Piece, Score

INSTALLED = importlib.util.find_spec("note_seq") is not None
needs_note_seq = [
    pytest.mark.magenta,
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.skipif(not INSTALLED, reason="note-seq is not installed: wanted the dependency group magenta"),
]


def marked(test):
    for mark in needs_note_seq:
        test = mark(test)
    return test


def score(**facts):
    voices = [[Note(0, 4, 72), Note(4, 4, 71), Note(8, 4, 72)], [Note(0, 12, 67)], [Note(4, 8, 62)], [Note(0, 12, 48)]]
    return Score(Chorale.from_voices(voices, 12), meter=Meter(3, 4), qpm=96.0, **facts)


def groove():
    hits, offsets = np.zeros((16, 9), bool), np.zeros((16, 9))
    hits[0, Piece.KICK] = hits[4, Piece.SNARE] = hits[15, Piece.OPEN_HAT] = True
    offsets[4, Piece.SNARE], offsets[0, Piece.KICK] = 0.25, -0.125
    return DrumPattern(hits, np.full((16, 9), 101), offsets)


@marked
@pytest.mark.parametrize("key", [Key.parse("D major"), Key.parse("f minor"), Key.parse("Eb major")])
def test_a_score_comes_back(key):
    piece = score(key=key, title="A tune", composer="Somebody")
    reading = note_sequence.score_from(note_sequence.score_to(piece))
    assert reading.score == piece
    assert reading.warnings == ()


@marked
def test_a_pickup_is_written_after_the_silence_that_fills_its_bar():
    sequence = note_sequence.score_to(score(pickup=4))
    assert sequence.notes[0].start_time == pytest.approx(8 * 15 / 96)
    assert sequence.total_time == pytest.approx(20 * 15 / 96)


@marked
def test_a_melody_comes_back():
    melody = Melody.from_notes([Note(2, 3, 60), Note(5, 1, 60), Note(8, 8, 64)], 16)
    assert note_sequence.melody_from(note_sequence.melody_to(melody, qpm=77.0)) == melody


@marked
@pytest.mark.parametrize("qpm", [120.0, 88.5])
def test_a_groove_comes_back_with_velocities_and_timing(qpm):
    found = note_sequence.drums_from(note_sequence.drums_to(groove(), qpm))
    assert (found.hits == groove().hits).all()
    assert (found.velocities == groove().velocities).all()
    np.testing.assert_allclose(found.offsets, groove().offsets, atol=1e-5)


@marked
def test_what_a_score_cannot_keep_is_told():
    sequence = note_sequence.score_to(score())
    sequence.tempos.add(qpm=50, time=1)
    sequence.notes.extend(note_sequence.drums_to(groove()).notes)
    warnings = note_sequence.score_from(sequence).warnings
    assert warnings == ("the tempo may change: kept the first", "left out the percussion, 3 notes")


@marked
def test_a_sequence_without_what_is_wanted_is_refused():
    with pytest.raises(InputError, match="no drums"):
        note_sequence.drums_from(note_sequence.score_to(score()))
    with pytest.raises(InputError, match="no notes"):
        note_sequence.melody_from(note_sequence.drums_to(groove()))


@marked
def test_a_file_comes_back_and_a_damaged_one_is_refused(tmp_path):
    path = tmp_path / "tune.pb"
    note_sequence.write_note_sequence(note_sequence.score_to(score()), path)
    assert note_sequence.score_from(note_sequence.read_note_sequence(path)).score == score()
    path.write_bytes(b"\xff" * 40)
    with pytest.raises(InputError, match=r"tune\.pb holds no NoteSequence"):
        note_sequence.read_note_sequence(path)


def test_without_note_seq_it_is_said_what_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "note_seq.protobuf", None)
    monkeypatch.setitem(sys.modules, "note_seq", None)
    with pytest.raises(ModelError, match="note-seq is not installed"):
        note_sequence.score_to(score())
