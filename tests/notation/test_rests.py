"""Rests: where they stand and which are left out."""

import pytest

from chorale.notation.primitives import Role


@pytest.fixture
def rests(page_of, pick):
    def read(*lines, **fields):
        page = page_of(*lines, **fields)
        tops = page.systems[0].staves
        found = []
        for rest in pick(page, Role.REST):
            staff = 0 if rest.y < (tops[0] + 4 + tops[1]) / 2 else 1
            found.append((rest.name, staff, rest.y - tops[staff]))
        return found

    return read


def test_a_melody_alone_shows_no_rests_of_silent_voices(rests):
    assert rests("c5:16 d5:16") == []


def test_an_empty_page_is_blank(rests):
    assert rests("r:64") == []


def test_a_single_voices_rest_stands_in_the_middle(rests):
    assert rests("c5:4 r:4 d5:8") == [("restQuarter", 0, 2)]
    assert rests("c5:8 r:8") == [("restHalf", 0, 2)]


def test_a_silent_bar_shows_one_whole_rest_in_its_middle(page_of, pick, rests):
    assert rests("c5:16 r:16 d5:16", "a4:16 r:16 a4:16") == [("restWhole", 0, 1)]
    page = page_of("c5:16 r:16")
    (rest,) = pick(page, Role.REST)
    bar = page.systems[0].bars[1]
    assert rest.x + 0.565 == pytest.approx((bar.left + bar.right) / 2, abs=0.02)


def test_what_both_voices_rest_is_written_once(rests):
    assert rests("c5:8 r:4 d5:4", "a4:8 r:4 b4:4") == [("restQuarter", 0, 2)]


def test_a_voices_rest_makes_way_for_the_other_voice(rests):
    ((name, _, low),) = rests("b4:4 c5:4 b4:8", "g4:4 r:4 g4:8")
    assert name == "restQuarter"
    assert low >= 3
    ((_, _, high),) = rests("b4:4 r:4 b4:8", "g4:4 a5:4 g4:8")
    assert high <= -3


def test_rests_of_different_lengths_keep_to_their_halves(rests):
    found = {name: y for name, _, y in rests("c5:8 r:4 d5:4", "a4:8 r:8 | b4:16".replace("| ", ""))}
    assert found["restQuarter"] <= 0.5
    assert found["restHalf"] >= 3


def test_a_whole_rest_outside_the_staff_hangs_from_a_line_of_its_own(page_of, pick):
    page = page_of("c5:16 r:16 c5:16", "a4:16 a5:16 a4:16")
    (rest,) = pick(page, Role.REST)
    assert any(ledger.y1 == rest.y and ledger.x1 < rest.x < ledger.x2 for ledger in pick(page, Role.LEDGER))


def test_a_voice_rests_between_its_first_and_last_note_only(rests):
    assert rests("c5:16 c5:16 c5:16", "r:16 a4:16 r:16") == []
    assert [name for name, _, _ in rests("c5:16 c5:16 c5:16", "a4:16 r:16 a4:16")] == ["restWhole"]


def test_a_pickup_shows_its_rests_by_value(rests):
    assert [name for name, _, _ in rests("r:4 c5:16", pickup=4)] == ["restQuarter"]
