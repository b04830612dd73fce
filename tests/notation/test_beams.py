"""Beams: groups by meter, slants, partial beams."""

import pytest

from chorale.notation import smufl
from chorale.notation.beams import beam_groups
from chorale.notation.content import bar_contents
from chorale.notation.primitives import Role


@pytest.fixture
def groups(score_of):
    """Read the beamed groups of a melody as lists of first steps, bar by bar."""

    def read(line, **fields):
        score = score_of(line, **fields)
        return [
            [bar.start + head.start for head in group]
            for bar, content in zip(score.bars, bar_contents(score), strict=True)
            for group in beam_groups(content.staves[0].heads, score.meter, content.offset)
        ]

    return read


EIGHTHS = {
    "4/4": [[0, 2], [4, 6], [8, 10], [12, 14]],
    "3/4": [[0, 2], [4, 6], [8, 10]],
    "2/4": [[0, 2], [4, 6]],
    "6/8": [[0, 2, 4], [6, 8, 10]],
    "3/2": [[0, 2, 4, 6], [8, 10, 12, 14], [16, 18, 20, 22]],
    "3/8": [[0, 2, 4]],
}


@pytest.mark.parametrize(("meter", "wanted"), EIGHTHS.items())
def test_eighths_are_beamed_by_the_beat(groups, meter, wanted):
    count = sum(len(group) for group in wanted)
    assert groups(" ".join(["a4:2"] * count), meter=meter) == wanted


def test_sixteenths_break_the_long_beam_of_a_half_note_beat(groups):
    line = "a4:1 b4:1 a4:2 a4:2 a4:2 " + "a4:2 " * 4 + "a4:8"
    assert groups(line, meter="3/2") == [[0, 1, 2], [4, 6], [8, 10, 12, 14]]


def test_a_rest_or_a_longer_note_ends_a_beam(groups):
    assert groups("a4:2 r:2 a4:2 a4:2 a4:4 a4:2 r:2") == [[4, 6]]
    assert groups("a4:2 a4:4 a4:2 a4:8") == []


def test_no_beam_crosses_a_bar_line_and_a_pickup_counts_from_its_bars_end(groups):
    assert groups("a4:2 a4:2 a4:2 a4:2 a4:2 a4:8", pickup=2, meter="4/4") == [[2, 4], [6, 8]]


def test_the_beams_of_two_voices_are_their_own(page_of, pick):
    page = page_of("c5:2 d5:2 e5:12", "a4:2 g4:2 f4:12")
    assert [beam.mark.voice for beam in pick(page, Role.BEAM)] == [0, 1]


def corners(beam):
    return beam.points


@pytest.mark.parametrize(
    ("line", "fall"),
    [("a4:2 a4:2 b4:12", 0), ("g4:2 a4:2 b4:12", -1), ("a4:2 g4:2 b4:12", 1), ("e4:1 a4:1 a4:1 e4:1 b4:12", 0)],
)
def test_a_beam_slants_with_its_outer_notes_and_never_steeply(page_of, pick, line, fall):
    (beam,) = list(pick(page_of(line), Role.BEAM))[:1]
    (x1, y1), (x2, y2), *_ = corners(beam)
    assert (y2 > y1) - (y2 < y1) == fall
    assert abs(y2 - y1) <= 1.3
    assert abs(y2 - y1) <= 0.26 * (x2 - x1)


def test_a_wide_leap_still_slants_gently(page_of, pick):
    (beam,) = pick(page_of("c4:2 c5:2 b4:12"), Role.BEAM)
    (x1, y1), (x2, y2), *_ = corners(beam)
    assert 0 < y1 - y2 <= 0.26 * (x2 - x1)


def test_sixteenths_have_two_beams_and_a_lone_one_a_stub_towards_its_beat(page_of, pick):
    def stubs(line):
        beams = [corners(beam) for beam in pick(page_of(line), Role.BEAM)]
        main = max(beams, key=lambda beam: beam[1][0] - beam[0][0])
        return [(beam[0][0] - main[0][0], main[1][0] - beam[1][0]) for beam in beams if beam is not main]

    assert stubs("a4:1 a4:1 a4:1 a4:1 b4:12") == [(pytest.approx(0), pytest.approx(0))]
    ((left, right),) = stubs("a4:3 a4:1 b4:12")
    assert left > 0.5
    assert right == pytest.approx(0)
    ((left, right),) = stubs("a4:1 a4:3 b4:12")
    assert left == pytest.approx(0)
    assert right > 0.5


def test_every_stem_of_a_group_ends_in_its_beam(page_of, pick):
    page = page_of("c4:2 g4:2 a4:1 b4:1 c5:2 e4:2 d5:2 a5:2 b4:2")
    beams = [corners(beam) for beam in pick(page, Role.BEAM)]
    for stem in pick(page, Role.STEM):
        at = [beam for beam in beams if beam[0][0] <= stem.x1 <= beam[1][0]]
        inside = [beam for beam in at if min(y for _, y in beam) - 0.01 <= stem.y2 <= max(y for _, y in beam) + 0.01]
        assert inside, stem
        assert abs(stem.y2 - stem.y1) >= 2


def test_a_beam_is_half_a_space_thick(page_of, pick):
    (beam,) = pick(page_of("a4:2 a4:2 b4:12"), Role.BEAM)
    ys = [y for _, y in corners(beam)]
    assert max(ys) - min(ys) == pytest.approx(smufl.BEAM)
