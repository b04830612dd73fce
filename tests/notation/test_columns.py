"""What begins at one step: heads side by side, dots, ledger lines, rests."""

import pytest

from chorale.notation.primitives import Role


def heads(page, pick):
    return [(head.mark.voice, head.x, head.name) for head in pick(page, Role.HEAD)]


def test_voices_a_third_apart_stand_in_line(page_of, pick):
    (_, a, _), (_, b, _) = heads(page_of("c5:16", "a4:16"), pick)
    assert a == b


def test_the_lower_of_two_voices_a_second_apart_steps_right_so_that_the_stems_align(page_of, pick):
    page = page_of("c5:8 r:8", "b4:8 r:8")
    (upper, left, _), (lower, right, _) = heads(page, pick)
    assert (upper, lower) == (0, 1)
    assert right - left == pytest.approx(1.06)
    stems = pick(page, Role.STEM)
    assert stems[0].x1 == pytest.approx(stems[1].x1)


def test_a_unison_of_like_notes_shares_one_head_with_two_stems(page_of, pick):
    page = page_of("b4:4 r:12", "b4:4 r:12")
    assert len(pick(page, Role.HEAD)) == 1
    assert len(pick(page, Role.STEM)) == 2
    assert {note.voice for note in page.notes} == {0, 1}


def test_a_quarter_and_an_eighth_in_unison_share_a_head_and_a_half_does_not(page_of, pick):
    assert len(pick(page_of("b4:4 r:12", "b4:2 r:14"), Role.HEAD)) == 1
    assert len(pick(page_of("b4:8 r:8", "b4:4 r:12"), Role.HEAD)) == 2
    assert len(pick(page_of("b4:16", "b4:16"), Role.HEAD)) == 2
    assert len(pick(page_of("b4:6 r:10", "b4:4 r:12"), Role.HEAD)) == 2


def test_crossing_voices_put_the_stem_up_head_to_the_right(page_of, pick):
    at = {voice: x for voice, x, _ in heads(page_of("g4:8 r:8", "b4:8 r:8"), pick)}
    assert at[0] > at[1] + 0.3


def test_a_dot_stands_in_a_space(page_of, pick):
    page = page_of("b4:6 r:10")
    (dot,) = pick(page, Role.DOT)
    assert dot.y - page.systems[0].staves[0] == 1.5
    page = page_of("c5:6 r:10")
    (dot,) = pick(page, Role.DOT)
    assert dot.y - page.systems[0].staves[0] == 1.5


def test_the_lower_voices_dot_goes_below_its_line(page_of, pick):
    page = page_of("d5:6 r:10", "b4:6 r:10")
    top = page.systems[0].staves[0]
    assert sorted(dot.y - top for dot in pick(page, Role.DOT)) == [0.5, 2.5]


@pytest.mark.parametrize(
    ("line", "lines"),
    [("f5:16", []), ("g5:16", []), ("a5:16", [-1]), ("d6:16", [-1, -2]), ("c4:16", [5]), ("d4:16", [])],
)
def test_ledger_lines_reach_to_the_note_and_no_further(page_of, pick, line, lines):
    page = page_of(line)
    top = page.systems[0].staves[0]
    assert sorted((ledger.y1 - top for ledger in pick(page, Role.LEDGER)), reverse=True) == lines


def test_head_shapes_tell_the_values(page_of, pick):
    names = [name for _, _, name in heads(page_of("c5:4 c5:8 c5:2 c5:2 c5:16"), pick)]
    assert names == ["noteheadBlack", "noteheadHalf", "noteheadBlack", "noteheadBlack", "noteheadWhole"]


def test_accidentals_of_close_voices_stagger_and_of_distant_ones_align(page_of, pick):
    close = pick(page_of("f#5:16", "d#5:16"), Role.ACCIDENTAL)
    assert [sign.mark.voice for sign in close] == [1, 0]
    assert close[1].x - close[0].x > 0.9
    far = pick(page_of("f#5:16", "f#4:16"), Role.ACCIDENTAL)
    assert far[0].x == pytest.approx(far[1].x)
