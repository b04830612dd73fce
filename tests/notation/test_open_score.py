"""Open score: a staff a voice."""

import pytest

from chorale.music import VOICES
from chorale.notation import Options, Rows, lay_out, mark_findings
from chorale.notation.ghost import ghost_note
from chorale.notation.primitives import Role, box_of
from chorale.notation.staves import CLOSED, OPEN, staff_of
from tests.notation.analyses import Fault, crowded
from tests.notation.test_collisions import overlaps

S, A, T, B = VOICES
LINES = ("g4 a4 b4 c5", "d4 e4 d4 e4", "c4 d4 e4 f4", "g2 a2 g3 c3")


@pytest.fixture
def page(score_of):
    return lay_out(score_of(*LINES, fermatas=frozenset({12})), Options(staves=OPEN))


def of_role(page, role):
    return [item for item in page.items if item.mark.role == role]


def test_every_voice_has_its_own_staff(page):
    (system,) = page.systems
    assert len(system.staves) == 4
    assert all(note.staff == note.voice for note in page.notes)
    assert sorted(system.staves) == list(system.staves)


def test_the_tenor_is_written_an_octave_higher_in_its_own_treble_clef(page):
    assert [item.name for item in of_role(page, Role.CLEF)] == ["gClef", "gClef", "gClef8vb", "fClef"]
    (system,) = page.systems
    tenor, alto = page.note_boxes[T, 0], page.note_boxes[A, 0]
    assert tenor.y - system.staves[T] == pytest.approx(1.5)  # c4 where c5 stands
    assert alto.y - system.staves[A] == pytest.approx(4.5)


@pytest.mark.parametrize("key", ["E", "Eb"])
def test_key_signatures_stand_as_in_each_clef(score_of, key):
    page = lay_out(score_of(*LINES, key=key), Options(staves=OPEN))
    tops = page.systems[0].staves
    signs = [item for item in of_role(page, Role.SIGNATURE) if "accidental" in item.name]
    heights = [[item.y - top for item in signs if top - 1 <= item.y < top + 5] for top in tops]
    assert heights[0] == heights[1] == heights[2]
    assert heights[3] == [y + 1 for y in heights[0]]


def test_bar_lines_keep_out_of_the_words_and_a_line_joins_the_staves(page):
    (system,) = page.systems
    lines = [box_of(item) for item in of_role(page, Role.BARLINE)]
    through = [box for box in lines if box.bottom - box.top > 10]
    assert len(through) == 1
    assert through[0].left == pytest.approx(system.left)
    assert len(lines) == 1 + 4 * 2


def test_every_staff_has_its_fermata_above(page):
    found = of_role(page, Role.FERMATA)
    assert [item.name for item in found] == ["fermataAbove"] * 4


def test_places_and_heights_agree(page):
    for voice, place in ((S, 33), (A, 30), (T, 28), (B, 20)):
        y = page.y_of(place, voice, 4)
        spot = page.place_at(page.x_of(4), y)
        assert (spot.staff, spot.place) == (voice, place)


def test_a_ghost_stands_where_the_note_would(page):
    head = page.note_boxes[T, 0]
    ghost = ghost_note(page, 0, T, 28)
    assert any(getattr(item, "name", "") == "noteheadBlack" and item.y == pytest.approx(head.y) for item in ghost)


def test_voices_know_their_staff():
    assert [staff_of(voice, CLOSED) for voice in VOICES] == [0, 0, 1, 1]
    assert [staff_of(voice, OPEN) for voice in VOICES] == [0, 1, 2, 3]


@pytest.mark.parametrize("name", ["bach/bwv269", "bach/bwv227.7", "bach/bwv245.3"])
def test_real_chorales_have_no_collisions(corpus_score, name):
    score = corpus_score(name)
    page = lay_out(score, Options(width=90.0, rows=Rows(crowded(score), figures=True), staves=OPEN))
    assert overlaps(page) == []
    lowest = [system.staves[-1] + 4 for system in page.systems]
    assert all(each.box.top > low for each, low in zip(first_of_each(page), lowest, strict=True))


def first_of_each(page):
    for system in page.systems:
        yield next(each for each in page.harmonies if system.top < each.box.top < system.bottom)


def test_marks_lie_on_the_staves_of_their_voices(page):
    fifths = Fault("parallel-fifths", ((S, 0), (A, 0), (S, 4), (A, 4)))
    leap = Fault("leap-seventh", ((T, 4), (T, 8)))
    upper, lower = mark_findings(page, [fifths]).marks[0].lines
    (system,) = page.systems
    assert system.staves[0] - 1 < upper[0][1] < system.staves[0] + 5
    assert system.staves[1] - 1 < lower[0][1] < system.staves[1] + 5
    (bracket,) = mark_findings(page, [leap]).marks[0].lines
    assert system.staves[1] + 4 < min(y for _, y in bracket) <= system.staves[2]
