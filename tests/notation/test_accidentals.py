"""Which notes show an accidental."""

import pytest

SIGNS = {"accidentalSharp": "#", "accidentalFlat": "b", "accidentalNatural": "n"}
SIGNS |= {"accidentalDoubleSharp": "x", "accidentalDoubleFlat": "bb"}


@pytest.fixture
def shown(page_of, pick):
    """Read the accidentals of a melody as (first step of the note, sign)."""

    def read(*lines, **fields):
        page = page_of(*lines, **fields)
        return sorted((sign.mark.start, SIGNS[sign.name]) for sign in pick(page, "accidental"))

    return read


def test_a_note_of_the_key_shows_none(shown):
    assert shown("f#4 c#5 d5 a4", key="D") == []


def test_an_accidental_is_shown_once_in_a_bar_and_again_in_the_next(shown):
    assert shown("f#4 g4 f#4 a4 f#4:16") == [(0, "#"), (16, "#")]


def test_a_natural_cancels_the_signature_and_a_sharp_restores_it(shown):
    assert shown("f4 f#4 g4 f#4", key="G") == [(0, "n"), (4, "#")]


def test_an_accidental_holds_for_its_own_octave_only(shown):
    assert shown("f#4 f#5 f5 f4") == [(0, "#"), (4, "#"), (8, "n"), (12, "n")]


def test_both_voices_of_a_staff_share_the_memory_and_the_other_staff_does_not(shown):
    assert shown("a4 f#4 g4:8", "f#4 e4 e4:8") == [(0, "#")]
    assert shown("f#4 a4:12", "r:16", "f#4 a4:12") == [(0, "#"), (0, "#")]


def test_two_voices_that_clash_on_one_place_both_show_theirs(shown):
    assert shown("f4:16", "f#4:16") == [(0, "#"), (0, "n")]


def test_a_note_tied_over_the_bar_line_shows_none_and_the_next_is_written_out(shown):
    assert shown("a4:12 f#4:8 f#4 g4:8") == [(12, "#"), (20, "#")]


def test_after_a_tied_accidental_the_plain_note_gets_a_courtesy_natural(shown):
    assert shown("a4:12 f#4:8 f4 f4:8") == [(12, "#"), (20, "n")]


def test_doubles_are_written(shown):
    assert shown("fx4 bbb4 a4:8", key="C") == [(0, "x"), (4, "bb")]


def test_an_altered_note_is_cancelled_by_the_end_of_the_bar(shown):
    assert shown("bb4:8 b4:8 b4:16") == [(0, "b"), (8, "n")]
