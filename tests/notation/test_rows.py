"""Rows under the bass: where numerals, figures, keys and cadences stand, and what lies under a point."""

from itertools import combinations

import pytest

from chorale.music import Chorale, Key, Score
from chorale.notation import CLOSED, OPEN, Options, Rows, lay_out
from chorale.notation.primitives import Role, box_of
from chorale.notation.svg import svg_of
from chorale.theory import Cadence, CadenceKind
from tests.notation.analyses import analysis_of, crowded, harmony

ROWS = {Role.NUMERAL, Role.FIGURE, Role.LOCAL_KEY, Role.CADENCE}
CHORALES = ["bach/bwv269", "bach/bwv244.62", "bach/bwv227.7", "bach/bwv245.17", "bach/bwv245.3"]


@pytest.fixture
def score(score_of):
    return score_of(
        "g4 a4 b4 c5 d5:8 b4:8 g4 a4 b4 c5 d5:16",
        "d4 e4 d4 e4 g4:8 g4:8 d4 e4 d4 e4 g4:16",
        "b3 c4 g3 g3 b3:8 d4:8 b3 c4 g3 g3 b3:16",
        "g2 a2 g3 c3 g2:8 g3:8 g2 a2 g3 c3 e2:16",
        key="G",
    )


@pytest.fixture
def analysis(score):
    found = [
        harmony("I", 0, 4, "G"),
        harmony("V6/5/V", 4, 12, "G", ("6", "5")),
        harmony("IV", 12, 16, "G"),
        harmony("i", 16, 24, "e"),
        harmony("viio6", 24, 64, "e", ("6",)),
    ]
    close = Cadence(24, 32, CadenceKind.PERFECT_AUTHENTIC, Key.parse("e"))
    return analysis_of(score, found, [close])


def drawn(page, role):
    return [item for item in page.items if item.mark.role == role]


def words(page, role):
    return [item.text for item in drawn(page, role) if hasattr(item, "text")]


def test_nothing_stands_under_the_bass_unless_it_is_asked_for(score):
    page = lay_out(score)
    assert not [item for item in page.items if item.mark.role in ROWS]
    assert page.harmonies == page.cadences == ()


def test_the_letters_of_numerals_stand_under_their_heads_on_one_line(score, analysis):
    page = lay_out(score, Options(rows=Rows(analysis)))
    letters = [item for item in drawn(page, Role.NUMERAL) if getattr(item, "text", "") in {"I", "IV", "i"}]
    for item, step in zip(letters, (0, 12, 16), strict=True):
        box = box_of(item)
        assert (box.left + box.right) / 2 == pytest.approx(page.note_boxes[3, step].x, abs=0.1)
    assert len({item.y for item in letters}) == 1


def test_figures_of_an_inversion_are_stacked(score, analysis):
    page = lay_out(score, Options(rows=Rows(analysis)))
    six, five = [item for item in drawn(page, Role.NUMERAL) if getattr(item, "text", "") in {"6", "5"}][:2]
    assert (six.text, five.text) == ("6", "5")
    assert six.x == five.x
    assert box_of(six).bottom < five.y


def test_applied_chords_and_raised_signs_are_written_out(score, analysis):
    page = lay_out(score, Options(rows=Rows(analysis)))
    texts = words(page, Role.NUMERAL)
    assert texts[1:6] == ["V", "6", "5", "/", "V"]
    letters, sign = [item for item in drawn(page, Role.NUMERAL) if getattr(item, "text", "") in {"vii", "o"}]
    assert sign.y < letters.y - 0.5
    assert sign.size < letters.size


def test_flats_are_music_glyphs(score):
    told = analysis_of(score, [harmony("bII6", 0, 64, "Bb", ("b6", "n"))])
    page = lay_out(score, Options(rows=Rows(told, figures=True)))
    names = [item.name for item in drawn(page, Role.NUMERAL) + drawn(page, Role.LOCAL_KEY) if hasattr(item, "name")]
    assert names == ["accidentalFlat", "accidentalFlat"]
    assert [item.name for item in drawn(page, Role.FIGURE)] == ["figbassFlat", "figbass6", "figbassNatural"]


def test_a_suspension_and_its_resolution_stand_side_by_side(score):
    told = analysis_of(score, [harmony("V", 0, 64, "G", ("9-8", "4-#"))])
    nine, line, eight, four, _, sharp = drawn(lay_out(score, Options(rows=Rows(told, figures=True))), Role.FIGURE)
    assert [item.name for item in (nine, eight, four, sharp)] == ["figbass9", "figbass8", "figbass4", "figbassSharp"]
    assert box_of(nine).right < line.x1 < line.x2 < box_of(eight).left
    assert nine.y == eight.y < four.y
    assert box_of(nine).left == pytest.approx(box_of(four).left, abs=0.15)


def test_the_key_is_named_where_the_system_begins_and_where_it_changes(score, analysis):
    page = lay_out(score, Options(rows=Rows(analysis), width=200))
    assert words(page, Role.LOCAL_KEY) == ["G", ":", "e", ":"]
    first, second = [item for item in drawn(page, Role.LOCAL_KEY) if item.text in {"G", "e"}]
    assert first.x < page.systems[0].bars[0].left
    numeral = next(item for item in drawn(page, Role.NUMERAL) if getattr(item, "text", "") == "i")
    assert box_of(second).right < box_of(numeral).left
    assert first.y == second.y == numeral.y


def test_the_key_is_named_again_on_every_system(score, analysis):
    page = lay_out(score, Options(rows=Rows(analysis), width=62))
    assert len(page.systems) > 1
    lefts = [item.text for item in drawn(page, Role.LOCAL_KEY) if item.text != ":" and item.x < 8]
    assert len(lefts) == sum(1 for system in page.systems if any(system.first <= s < system.last for s in (0, 16, 24)))


def test_a_figured_bass_stands_over_the_numerals_topmost_figure_first(score, analysis):
    page = lay_out(score, Options(rows=Rows(analysis, figures=True)))
    six, five = drawn(page, Role.FIGURE)[:2]
    assert (six.name, five.name) == ("figbass6", "figbass5")
    assert box_of(six).bottom < box_of(five).top + 0.01
    assert max(box_of(item).bottom for item in drawn(page, Role.FIGURE)) < min(
        box_of(item).top for item in drawn(page, Role.NUMERAL)
    )


def test_a_cadence_is_named_under_the_chord_it_arrives_on(score, analysis):
    page = lay_out(score, Options(rows=Rows(analysis)))
    assert words(page, Role.CADENCE) == ["PAC"]
    (found,) = page.cadences
    assert found.cadence.kind is CadenceKind.PERFECT_AUTHENTIC
    assert (found.box.left + found.box.right) / 2 == pytest.approx(page.note_boxes[3, 24].x, abs=0.1)
    assert page.cadence_at(*middle(found.box)) == found
    assert page.cadence_at(0, 0) is None


def middle(box):
    return (box.left + box.right) / 2, (box.top + box.bottom) / 2


def test_every_row_can_be_left_out(score, analysis):
    def roles(**shown):
        page = lay_out(score, Options(rows=Rows(analysis, **shown)))
        return {item.mark.role for item in page.items} & ROWS

    assert roles(numerals=False, figures=False, cadences=False) == set()
    assert roles(numerals=True, figures=False, cadences=False) == {Role.NUMERAL, Role.LOCAL_KEY}
    assert roles(numerals=False, figures=True, cadences=False) == {Role.FIGURE}
    assert roles(numerals=False, figures=False, cadences=True) == {Role.CADENCE}


@pytest.mark.parametrize("figures", [False, True])
def test_the_page_does_not_jump_when_the_analysis_arrives(score, analysis, figures):
    before = lay_out(score, Options(rows=Rows(None, figures=figures)))
    after = lay_out(score, Options(rows=Rows(analysis, figures=figures)))
    assert [system.staves for system in before.systems] == [system.staves for system in after.systems]
    assert before.height == after.height


def test_a_point_in_the_rows_belongs_to_the_harmony_over_it(score, analysis):
    page = lay_out(score, Options(rows=Rows(analysis, figures=True)))
    assert [each.harmony for each in page.harmonies] == list(analysis.harmonies)
    y = middle(page.harmonies[0].box)[1]
    for step, name in ((0, "I"), (4, "V"), (8, "V"), (12, "IV"), (16, "i"), (30, "viio")):
        assert page.harmony_at(page.x_of(step), y).harmony.degree == name
    assert page.harmony_at(page.x_of(4), page.systems[0].staves[0]) is None


def test_primitives_say_what_they_mean(score, analysis):
    text = svg_of(lay_out(score, Options(rows=Rows(analysis, figures=True))))
    assert "<title>V6/5/V in G major: G dominant seventh over B</title>" in text
    assert "<title>perfect authentic cadence in E minor</title>" in text
    assert "<title>E minor</title>" in text


def test_an_analysis_of_an_older_longer_score_does_no_harm(score, analysis):
    shorter = score.replace(chorale=type(score.chorale)(score.chorale.pitches[:20], score.chorale.onsets[:20]))
    page = lay_out(shorter, Options(rows=Rows(analysis, figures=True)))
    assert [each.harmony.start for each in page.harmonies] == [0, 4, 12, 16]


@pytest.mark.parametrize("name", CHORALES)
@pytest.mark.parametrize(("width", "every"), [(86.0, 4), (86.0, 2), (140.0, 1)])
def test_rows_run_into_nothing(corpus_score, name, width, every):
    score = corpus_score(name)
    page = lay_out(score, Options(width=width, rows=Rows(crowded(score, every), figures=True)))
    assert collisions(page) == []


def collisions(page):
    """Return the pairs of overlapping things of which one or both stand in a row; parts of one sign may touch."""
    boxes = sorted((box_of(item).grown(-0.05), item.mark) for item in page.items if item.mark.role != Role.STAFF)
    found = []
    for index, (box, mark) in enumerate(boxes):
        for other, second in boxes[index + 1 :]:
            if other.left > box.right:
                break
            if {mark.role, second.role} & ROWS and mark != second and box.meets(other):
                found.append((mark.role.value, mark.says, second.role.value, second.says, round(box.left, 1)))
    return found


@pytest.mark.parametrize("name", CHORALES)
def test_nothing_hangs_over_the_end_of_a_system(corpus_score, name):
    score = corpus_score(name)
    page = lay_out(score, Options(width=86.0, rows=Rows(crowded(score, 2), figures=True)))
    right = max(system.right for system in page.systems)
    assert all(box_of(item).right <= right for item in page.items if item.mark.role in {Role.NUMERAL, Role.FIGURE})


def test_systems_keep_apart_with_their_rows(corpus_score):
    score = corpus_score("bach/bwv227.7")
    page = lay_out(score, Options(width=80.0, rows=Rows(crowded(score), figures=True)))
    boxes = [system.box for system in page.systems]
    assert len(boxes) > 3
    assert not any(a.meets(b) for a, b in combinations(boxes, 2))


@pytest.mark.parametrize("staves", [CLOSED, OPEN])
def test_an_empty_page_keeps_room_for_its_rows(staves):
    empty = Score(Chorale.silent(32))
    rows = Rows(analysis_of(empty, []), figures=True)
    bare, page = (lay_out(empty, Options(rows=each, staves=staves)) for each in (None, rows))
    assert page.height > bare.height + 5
    assert page.harmonies == ()
    assert lay_out(Score(Chorale.silent(0)), Options(rows=Rows(None))).items


def test_a_harmony_on_a_moment_that_has_no_note_any_more_stands_at_the_last_one_before_it(score_of):
    score = score_of("g4:8 a4:8", "d4:8 e4:8", "b3:8 c4:8", "g2:8 a2:8")
    told = analysis_of(score, [harmony("I", 0, 6), harmony("V", 6, 16)])
    page = lay_out(score, Options(rows=Rows(told)))
    assert len(page.harmonies) == 2
