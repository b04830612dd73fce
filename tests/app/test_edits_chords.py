"""Asking for chords: an edit like any other, that bars, keys and files take along."""

import pytest

from chorale import io
from chorale.app import edits
from chorale.errors import InputError
from chorale.music import Key, Meter


def test_a_chord_is_asked_for_on_the_beat_that_holds_a_step_and_printed_as_books_do(score):
    asked = edits.ask_chord(score, 6, "V65")
    assert asked.chords == ((4, "V6/5"),)
    assert edits.ask_chord(asked, 4, "D7/F#").chords == ((4, "D7/F#"),)
    assert edits.ask_chord(asked, 5, "  ").chords == ()


def test_asking_for_what_is_asked_for_changes_nothing(score):
    asked = edits.ask_chord(score, 4, "V7")
    assert edits.ask_chord(asked, 4, "V7") is asked
    assert edits.ask_chord(score, 4, "") is score


@pytest.mark.parametrize(
    ("step", "name", "told"), [(-1, "V", "beat of the score"), (64, "V", "64 steps"), (0, "Q", "Q")]
)
def test_what_cannot_be_asked_for_is_refused(score, step, name, told):
    with pytest.raises(InputError, match=told):
        edits.ask_chord(score, step, name)


def test_a_list_names_bars_and_beats(score):
    asked = edits.ask_chords(score, "1=I 1.2=V6, 2.1-2.3=Cad64; 3=V7")
    assert asked.chords == ((0, "I"), (4, "V6"), (16, "I6/4"), (20, "I6/4"), (24, "I6/4"), (32, "V7"))


def test_a_pickup_is_bar_0_and_its_beats_are_the_last_of_a_bar():
    score = edits.empty(2, pickup=4)
    assert edits.ask_chords(score, "0.4=V 1.1=I").chords == ((0, "V"), (4, "I"))
    with pytest.raises(InputError, match=r"0\.3: wanted a place from 0\.4 to 2\.4"):
        edits.ask_chords(score, "0.3=V")


def test_the_beats_of_six_eight_are_dotted():
    score = edits.empty(2, Meter(6, 8))
    assert edits.ask_chords(score, "1.2=V").chords == ((6, "V"),)
    assert (edits.beat_at(score, 11), edits.beat_after(score, 11)) == (6, 12)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "wanted places and chords such as"),
        ("I V I", "wanted places and chords such as"),
        ("1.1:I", "wanted places and chords such as"),
        ("1.1=I=V", "chord 'I=V'"),
        ("1.1=V9", "chord 'V9'"),
        ("1.5=V", "a bar of 4/4 has beats 1 to 4"),
        ("5=V", r"wanted a place from 1\.1 to 4\.4"),
        ("99999=V", "wanted places and chords"),
        ("2.1-1.1=V", r"1\.1 is before 2\.1"),
    ],
)
def test_a_wrong_list_is_refused_in_one_line(score, text, told):
    with pytest.raises(InputError, match=told) as error:
        edits.ask_chords(score, text)
    assert "\n" not in str(error.value)


def test_chords_move_with_their_bars(score):
    asked = edits.ask_chords(score, "1=I 2=IV 3=V7 4=I")
    assert edits.insert_bars(asked, 2).chords == ((0, "I"), (32, "IV"), (48, "V7"), (64, "I"))
    assert edits.remove_bars(asked, 2).chords == ((0, "I"), (16, "V7"), (32, "I"))
    assert edits.set_bars(asked, 2).chords == ((0, "I"), (16, "IV"))


def test_names_are_transposed_with_the_music_and_numerals_mean_the_new_key(score):
    asked = edits.ask_chords(score, "1=D7/F# 2=V6/5")
    moved = edits.set_key(asked, Key.parse("A major"), transposing=True)
    assert moved.chords == ((0, "E7/G#"), (16, "V6/5"))
    assert edits.set_key(asked, Key.parse("A major")).chords == asked.chords


def test_edits_of_notes_leave_them_alone(score):
    asked = edits.ask_chord(score, 0, "I")
    assert edits.place(asked, 0, 0, 4, 71).chords == asked.chords
    assert edits.cut(asked, 0, 16).chords == asked.chords


def test_undo_takes_them_back_and_a_project_file_keeps_them(studio, score, tmp_path):
    studio.edit("Write", lambda _: score)
    studio.edit("Ask for V7", lambda each: edits.ask_chord(each, 0, "V7"))
    studio.save(tmp_path / "a.chorale")
    assert studio.undo() == "Ask for V7"
    assert studio.score.chords == ()
    studio.open(tmp_path / "a.chorale")
    assert studio.score.chords == ((0, "V7"),)


def test_a_file_of_before_there_were_chords_is_read(score, tmp_path):
    path = tmp_path / "a.chorale"
    io.write(score, path)
    text = path.read_text().replace(',\n  "chords": []', "")
    assert "chords" not in text
    path.write_text(text)
    assert io.read(path).score == score


@pytest.mark.parametrize("line", ['"x V"', '"9999 V"', '"3"', "3"])
def test_a_damaged_chord_in_a_file_is_told(score, tmp_path, line):
    path = tmp_path / "a.chorale"
    io.write(score, path)
    path.write_text(path.read_text().replace('"chords": []', f'"chords": [{line}]'))
    with pytest.raises(InputError, match="chords"):
        io.read(path)
