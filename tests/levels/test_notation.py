"""Melodies as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chorale.errors import InputError
from chorale.levels.notation import Gap, Word, lay_text, parse, parse_row, pickup_steps
from chorale.music import Key, Meter

G, COMMON = Key.parse("G major"), Meter(4, 4)


def read(text, key=G, meter=COMMON, pickup=0):
    tune = parse(text, key, meter, pickup)
    names = [str(pitch) for _, pitch in tune.pitches]
    return [(note.start, note.length, name) for note, name in zip(tune.melody.notes, names, strict=True)]


def test_the_signature_alters_a_letter_unless_a_sign_does():
    text = "f4:4 f=4 f##4 fb4"
    assert [name for *_, name in read(text)] == ["F#4", "F4", "F##4", "Fb4"]


def test_a_length_holds_until_another_is_given():
    assert read("g4:2 a4:8 b4 c5:16 r r c5") == [
        (0, 8, "G4"), (8, 2, "A4"), (10, 2, "B4"), (12, 1, "C5"), (15, 1, "C5"),
    ]  # fmt: skip


@pytest.mark.parametrize(("length", "steps"), [("1", 16), ("2.", 12), ("2..", 14), ("4.", 6), ("8.", 3), ("16", 1)])
def test_lengths_are_parts_of_a_whole_note(length, steps):
    assert read(f"g4:{length}")[0][1] == steps


def test_a_tie_makes_one_note_over_the_bar_line():
    assert read("r:2 g4~ | g4:4 a4") == [(8, 12, "G4"), (20, 4, "A4")]


def test_a_fermata_is_at_the_first_step_of_its_note():
    assert parse("g4:4 a4^ r:2 | b4:1^", G, COMMON).fermatas == {4, 16}
    assert parse("r:2 g4~ | g4:4^", G, COMMON).fermatas == {8}


def test_a_pickup_comes_before_the_first_bar():
    assert read("d4:4 | g4:1", pickup=4) == [(0, 4, "D4"), (4, 16, "G4")]


def test_the_last_bar_may_be_short_with_or_without_its_bar_line():
    assert read("g4:1 | a4:2") == read("g4:1 | a4:2 |")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("g4:2 |\na4:1", "line 1: bar 1 holds 8 sixteenths: wanted 16"),
        ("g4:1 |\na4:1 b4", "line 2: 'b4' runs over the end of bar 2"),
        ("g4:1 |\n\nh4", "line 3: 'h4' in bar 2: wanted a note such as"),
        ("g4:3", "line 1: length ':3': wanted one of :1 :2 :4"),
        ("g4:16.", "line 1: length ':16.'"),
        ("g4~ a4", "A4 in bar 1 is tied to G4: wanted the same pitch"),
        ("g4:2~ r", "a rest has no tie"),
        ("g4:2 r^", "a rest has no tie or fermata"),
        ("g4:2~", "leads nowhere"),
        ("", "no notes"),
        ("r:1 |", "no notes"),
        ("g4:2 |\ng#9", "line 1: bar 1"),
        ("g4:1 |\ng#9", "line 2: 'g#9' in bar 2: pitch 128"),
        ("cb0 | ♯", "line 1"),
    ],
)
def test_what_cannot_be_read_is_told_with_line_bar_and_what_was_wanted(text, told):
    with pytest.raises(InputError) as caught:
        parse(text, G, COMMON)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.text(alphabet="abcdefgr#=:48.~^| \n", max_size=60))
def test_any_text_is_read_or_refused_in_one_line(text):
    told = ""
    try:
        assert parse(text, G, COMMON).melody.notes
    except InputError as error:
        told = str(error)
    assert "\n" not in told


def test_a_text_is_laid_under_notes():
    assert lay_text("Al-le- _ lu-ja", [0, 2, 4, 6]) == ((0, "Al-"), (2, "le-"), (6, "lu-"))
    assert lay_text("a b c", [5]) == ((5, "a"),)
    assert lay_text("", [1]) == ()


# Gaps and rows -------------------------------------------------------------------------------------------------


def test_a_gap_has_a_length_like_a_note_and_is_silent():
    tune = parse("g4:4 ? ?:2^", G, COMMON, gaps=True)
    assert tune.gaps == (Gap(4, 4), Gap(8, 8))
    assert tune.fermatas == {8}
    assert tune.melody.pitches.tolist() == [67] * 4 + [-1] * 12


def test_a_gap_may_be_tied_over_the_bar_line():
    assert parse("g4:2. ?:4~ | ?:4 g4", G, COMMON, gaps=True).gaps == (Gap(12, 8),)


def test_a_note_with_a_question_mark_is_free():
    tune = parse("g4:4? a4? b4 c5:4?^", G, COMMON, gaps=True)
    assert tune.free == {0, 4, 12}
    assert tune.fermatas == {12}


def test_a_whole_melody_may_be_gaps():
    assert parse("?:1 |", G, COMMON, gaps=True).gaps == (Gap(0, 16),)


@pytest.mark.parametrize("text", ["?:4", "g4:4?"])
def test_where_nothing_is_to_be_written_there_are_no_gaps(text):
    with pytest.raises(InputError, match="wanted a note such as"):
        parse(text, G, COMMON)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("?:2~ a4:2", "A4 in bar 1 is tied to a gap: wanted a gap"),
        ("a4:2~ ?:2", "'?:2' in bar 1: wanted a note, since one is tied to it"),
        ("g4:4 a4~ ?:2", "'?:2' in bar 1: wanted a note, since one is tied to it"),
        ("?:2 ?~", "the tie ~ in bar 1 leads nowhere"),
        ("?:1 ?:4", "'?:4' runs over the end of bar 1"),
    ],
)
def test_a_gap_that_cannot_be_is_told(text, told):
    with pytest.raises(InputError) as error:
        parse(text, G, COMMON, gaps=True)
    assert told in str(error.value)


def test_a_row_gives_each_word_its_place_and_leaves_some_empty():
    row = parse_row("I:4 | V6/5:4 _ I:2 |", COMMON, pickup=4)
    assert row == (Word(0, 4, "I"), Word(4, 4, "V6/5"), Word(12, 8, "I"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("I:4 V |\nI:1", "line 1: bar 1 holds 8 sixteenths: wanted 16"),
        ("I:4:4", "'I:4:4' in bar 1: wanted a word and its length, such as V6/5:4"),
        ("I:1 V:4", "'V:4' runs over the end of bar 1"),
        ("I:7", "length ':7'"),
    ],
)
def test_a_row_that_does_not_add_up_is_told(text, told):
    with pytest.raises(InputError) as error:
        parse_row(text, COMMON)
    assert told in str(error.value)


def test_a_pickup_is_a_part_of_a_whole_note():
    assert [pickup_steps(text) for text in ("0", "1/4", "3/8", "1/16")] == [0, 4, 6, 1]
    for text in ("x", "1/0", "-1/4", "1/32"):
        with pytest.raises(InputError, match="wanted a part of a whole note such as 1/4"):
            pickup_steps(text)
