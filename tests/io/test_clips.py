"""Clips: exact times and velocities through MIDI and back, and bad input in one line."""

from fractions import Fraction

import pytest

from chorale.errors import InputError
from chorale.io.midi import midi_clip, read_midi_clip, write_clip
from chorale.io.midi.clips import clip_bytes
from chorale.music import Clip, ClipNote, DrumPattern, Meter, Piece


def clip(*, drums=False, pitches=(60, 64)):
    notes = [
        ClipNote(Fraction(7 * n, 3), pitch, Fraction(7 * n, 3) + Fraction(5, 4), 40 + n)
        for n, pitch in enumerate(pitches)
    ]
    return Clip(tuple(notes), 16, qpm=96, drums=drums)


def test_times_and_velocities_come_back_exactly(tmp_path):
    write_clip(clip(), tmp_path / "a.mid")
    back = read_midi_clip(tmp_path / "a.mid", "melody").clip
    assert back.notes == clip().notes
    assert (back.steps, round(back.qpm), back.name) == (16, 96, "a")


def test_drums_are_read_as_pieces_with_offsets_and_other_percussion_is_told():
    reading = midi_clip(clip_bytes(clip(drums=True, pitches=(36, 22, 70))), "drums")
    kick, hat = reading.clip.pattern.strokes()
    assert (kick.piece, hat.piece) == (Piece.KICK, Piece.CLOSED_HAT)
    assert hat.offset == pytest.approx(1 / 3)
    assert "1 note of other percussion" in reading.warnings[0]


def test_of_chords_the_top_line_is_taken_and_said_so():
    notes = [ClipNote(Fraction(0), pitch, Fraction(4)) for pitch in (60, 64, 67)]
    reading = midi_clip(clip_bytes(Clip(tuple(notes), 16)), "melody")
    assert [note.pitch for note in reading.clip.notes] == [67]
    assert "took the top line" in reading.warnings[0]


@pytest.mark.parametrize(
    ("made", "wanted", "words"),
    [
        (clip(), "drums", "no drums"),
        (clip(drums=True, pitches=(36,)), "melody", "only drums: wanted a melody"),
        (Clip((), 16), "anything", "no notes"),
    ],
)
def test_what_is_not_there_is_told_in_one_line(made, wanted, words):
    with pytest.raises(InputError, match=words):
        midi_clip(clip_bytes(made), wanted)


def test_a_pattern_becomes_notes_on_the_keys_of_general_midi_and_again_the_pattern():
    pattern = clip(drums=True, pitches=(36, 42)).pattern
    again = Clip.of_pattern(pattern, meter=Meter(4, 4)).pattern
    assert (again.hits == pattern.hits).all()
    assert DrumPattern(again.hits, again.velocities) == DrumPattern(pattern.hits, pattern.velocities)


def test_a_key_that_is_struck_while_it_is_down_is_let_go_first():
    notes = (ClipNote(Fraction(0), 38, Fraction(2), 90), ClipNote(Fraction(1), 38, Fraction(3), 40))
    read = midi_clip(clip_bytes(Clip(notes, 16, drums=True)), "drums").clip
    assert [(note.start, note.end, note.velocity) for note in read.notes] == [(0, 1, 90), (1, 3, 40)]
