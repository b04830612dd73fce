"""Ties."""

import pytest

from chorale.notation.primitives import Role


def test_a_note_over_the_bar_line_is_two_heads_and_a_tie(page_of, pick):
    page = page_of("b4:12 c5:8 b4:4 b4:8")
    (tie,) = pick(page, Role.TIE)
    first, second = [note for note in page.notes if note.start == 12]
    assert (first.first, first.length, second.first, second.length) == (12, 4, 16, 4)
    assert first.box.right < tie.x1 < tie.x2 < second.box.left
    assert tie.mark[1:3] == (0, 12)


def test_repeated_notes_are_not_tied(page_of, pick):
    assert pick(page_of("c5:16 c5:16"), Role.TIE) == []


def test_a_tie_bends_away_from_the_other_voice_or_else_from_the_stem(page_of, pick):
    upper, lower = sorted(
        pick(page_of("e5:12 d5:8 e5:4 e5:8", "g4:12 a4:8 g4:4 g4:8"), Role.TIE), key=lambda tie: tie.mark.voice
    )
    assert upper.height < 0 < lower.height
    (low,) = pick(page_of("e4:12 f4:8 e4:4 e4:8"), Role.TIE)
    assert low.height > 0
    (high,) = pick(page_of("e5:12 f5:8 e5:4 e5:8"), Role.TIE)
    assert high.height < 0


def test_a_tie_over_the_end_of_a_system_comes_in_two_halves(page_of, pick):
    page = page_of("b4:12 " + "c5:16 " * 11 + "b4:4", width=60.0)
    system = page.systems[0]
    broken = system.last - 4
    assert len(page.systems) > 1
    one, two = sorted((tie for tie in pick(page, Role.TIE) if tie.mark.start == broken), key=lambda tie: tie.y1)
    assert one.x2 == pytest.approx(system.right, abs=0.5)
    assert two.y1 > one.y1 + 8
    head = [note for note in page.notes if note.start == broken][-1]
    assert two.x2 < head.box.left
    assert two.x2 - two.x1 > 0.8


def test_a_tie_from_a_dotted_head_begins_behind_the_dot(page_of, pick):
    page = page_of("d5:6 d5:6 d5:12", meter="6/8")
    assert pick(page, Role.TIE) == []
    page = page_of("d5:6 c5:12 d5:6", meter="6/8")
    (dot, *_), (tie,) = [d for d in pick(page, Role.DOT) if d.mark.start == 6], pick(page, Role.TIE)
    assert tie.x1 > dot.x + 0.4
