"""Stems: direction and length."""

import pytest

from chorale.notation.primitives import Role


def lengths(page, pick):
    """Return (voice, signed length) of every stem, up positive, from the head's middle, left to right."""
    heads = {(note.voice, note.start): note.y for note in page.notes}
    return [
        (stem.mark.voice, round(heads[stem.mark.voice, stem.mark.start] - stem.y2, 2)) for stem in pick(page, Role.STEM)
    ]


def test_a_single_line_turns_its_stems_at_the_middle_line(page_of, pick):
    signs = [length > 0 for _, length in lengths(page_of("e4 a4 b4 c5 f5:16"), pick)]
    assert signs == [True, True, False, False]


def test_an_ordinary_stem_is_three_and_a_half_spaces(page_of, pick):
    assert lengths(page_of("e4 g4 d5 f5"), pick) == [(0, 3.5), (0, 3.5), (0, -3.5), (0, -3.5)]


def test_a_note_on_ledger_lines_reaches_the_middle_line(page_of, pick):
    page = page_of("g3 c6 b4:8")
    top = page.systems[0].staves[0]
    assert [round(stem.y2 - top, 2) for stem in pick(page, Role.STEM)][:2] == [2.0, 2.0]


def test_two_voices_point_apart_and_shorten_outside_the_staff(page_of, pick):
    found = lengths(page_of("f5 d5 b4 g4", "d4 f4 f4 e4"), pick)
    assert all((length > 0) == (voice == 0) for voice, length in found)
    assert [length for voice, length in found if voice == 0] == [2.5, 3.0, 3.5, 3.5]
    assert [length for voice, length in found if voice == 1] == [-2.5, -2.75, -2.75, -2.5]


def test_where_only_one_of_two_voices_is_left_it_is_written_like_a_melody(page_of, pick):
    page = page_of("d5:16 d5:16", "b4:4 a4 g4 a4 r:16")
    lone = [note for note in page.notes if note.start == 16]
    assert len(lone) == 1
    page = page_of("d5:8 c5:8 d5:8 e5:8", "b4:8 a4:8")
    assert [length < 0 for voice, length in lengths(page, pick) if voice == 0] == [False, False, True, True]


def test_whole_notes_have_no_stem(page_of, pick):
    assert pick(page_of("d5:16"), Role.STEM) == []


@pytest.mark.parametrize(("line", "flag"), [("g4:2 r:14", "flag8thUp"), ("d5:1 r:15", "flag16thDown")])
def test_a_lone_short_note_has_a_flag_at_its_stems_end(page_of, pick, line, flag):
    page = page_of(line)
    (stem,), (found,) = pick(page, Role.STEM), pick(page, Role.FLAG)
    assert found.name == flag
    assert found.y == pytest.approx(stem.y2, abs=0.14)
    assert found.x == pytest.approx(stem.x1, abs=0.07)
