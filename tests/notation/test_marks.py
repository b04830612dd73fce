"""Marks of findings: their lines, tags, gravity, and what lies under a point."""

from itertools import combinations

import pytest

from chorale.music import VOICES
from chorale.notation import Options, lay_out, mark_findings
from chorale.notation.primitives import Plate, Role, Stroke, Text, box_of
from chorale.notation.svg import svg_of
from chorale.notation.tags import TAGS, tag
from chorale.notation.theme import PRINT, SCREEN
from chorale.theory import RULES
from tests.notation.analyses import Fault

S, A, T, B = VOICES
FIFTHS = Fault("parallel-fifths", ((S, 0), (T, 0), (S, 4), (T, 4)), message="bars 1.1-1.2: fifths & more")
RANGE = Fault("range", ((B, 16),), 1)
LEAP = Fault("augmented-interval", ((A, 8), (A, 12)))
CROSSING = Fault("crossing", ((T, 20), (B, 20)), 0)


@pytest.fixture
def page(page_of):
    return page_of(
        "g4 a4 b4 c5 d5 b4 g4 a4 b4 c5 d5:8",
        "d4 e4 f4 g#4 g4 g4 d4 e4 d4 e4 g4:8",
        "c4 d4 g3 g3 b3 b2 b3 c4 g3 g3 b3:8",
        "g2 a2 g3 c3 c2 g3 g2 a2 g3 c3 e2:8",
        key="C",
    )


@pytest.fixture
def marks(page):
    return mark_findings(page, [FIFTHS, RANGE, LEAP, CROSSING])


def mark_of(marks, finding):
    return next(mark for mark in marks.marks if mark.finding == finding)


def test_every_rule_has_a_tag_of_its_own():
    assert set(RULES) <= set(TAGS)


def test_a_rule_without_a_tag_is_written_out():
    assert tag("too-dull").text == "too dull"


def test_parallels_are_a_line_along_each_voice(page, marks):
    upper, lower = mark_of(marks, FIFTHS).lines
    for line, voice in ((upper, S), (lower, T)):
        first, last = page.note_boxes[voice, 0], page.note_boxes[voice, 4]
        assert first.box.right < line[0][0] < line[1][0] < last.box.left
        assert (line[0][1], line[1][1]) == (first.y, last.y)


def test_a_single_note_is_ringed(page, marks):
    (ring,) = mark_of(marks, RANGE).lines
    head = page.note_boxes[B, 16].box
    assert min(x for x, _ in ring) < head.left
    assert max(y for _, y in ring) > head.bottom
    assert ring[0] == ring[-1]


def test_a_leap_has_a_bracket_clear_of_its_notes(page, marks):
    mark = mark_of(marks, LEAP)
    (bracket,) = mark.lines
    assert len(bracket) == 4
    heads = [page.note_boxes[A, step].box for step in (8, 12)]
    assert min(y for _, y in bracket) > max(head.bottom for head in heads)
    assert bracket[0][0] == pytest.approx(page.note_boxes[A, 8].x, abs=0.5)


def test_the_tag_of_a_melodic_interval_tells_its_size(marks):
    assert mark_of(marks, LEAP).text == "+2"


def test_crossing_voices_have_an_x(marks):
    one, other = mark_of(marks, CROSSING).lines
    assert one[0][0] == other[0][0]
    assert (one[0][1], one[1][1]) == (other[1][1], other[0][1])


def test_a_cross_relation_is_one_line_between_the_notes_that_contradict_each_other(page_of):
    page = page_of("e5 d5", "g4 b4", "c4 d4", "c3 g#3")
    (mark,) = mark_findings(page, [Fault("cross-relation", ((A, 0), (B, 0), (A, 4), (B, 4)))]).marks
    (line,) = mark.lines
    alto, bass = page.note_boxes[A, 0], page.note_boxes[B, 4]
    assert line[0] == pytest.approx((alto.x, alto.y), abs=1.0)
    assert line[-1] == pytest.approx((bass.x, bass.y), abs=1.0)


def test_gravity_shows_in_line_and_words(marks):
    dashes = {finding: next(mark_of(marks, finding).items()).dash for finding in (FIFTHS, RANGE)}
    assert dashes[FIFTHS] == ()
    assert dashes[RANGE] != ()
    assert [mark_of(marks, finding).text for finding in (FIFTHS, RANGE, CROSSING)] == ["5-5", "range?", "(cross)"]


def test_a_hint_is_dotted_and_a_warning_dashed(page):
    warning, hint = mark_findings(page, [RANGE, Fault("range", ((T, 16),), 0)]).marks
    (long, _), (short, _) = next(warning.items()).dash, next(hint.items()).dash
    assert long > 2 * short


def test_the_selected_finding_is_bold_and_the_others_step_back(marks):
    plain, chosen = marks.items(), marks.items(RANGE)
    assert not any(item.mark.faint for item in plain)
    strokes = [item for item in chosen if isinstance(item, Stroke)]
    bold = [item for item in strokes if not item.mark.faint]
    assert len(bold) == 1
    assert bold[0].thickness > 1.5 * next(item.thickness for item in strokes if item.mark.role == Role.WARNING) / 1.75
    plate, text = [item for item in chosen if not item.mark.faint and not isinstance(item, Stroke)][-2:]
    assert (plate.mark.role, text.mark.role) == (Role.WARNING, Role.PLATE)


def test_a_finding_is_found_by_its_tag_and_by_its_lines(page, marks):
    for mark in marks.marks:
        tag_box = mark.tags[0]
        assert marks.at((tag_box.left + tag_box.right) / 2, (tag_box.top + tag_box.bottom) / 2) == mark.finding
        (x1, y1), (x2, y2) = mark.lines[0][:2]
        assert marks.at((x1 + x2) / 2, (y1 + y2) / 2) == mark.finding
    assert marks.at(page.width - 1, page.height - 1) is None


def test_the_graver_finding_is_found_where_two_lie_together(page):
    same = Fault("parallel-octaves", FIFTHS.notes, 1)
    marks = mark_findings(page, [same, FIFTHS])
    (x1, y1), (x2, y2) = marks.marks[0].lines[0]
    assert marks.at((x1 + x2) / 2, (y1 + y2) / 2) == FIFTHS


def test_a_finding_has_a_box(marks):
    box = marks.box_of(FIFTHS)
    assert all(box.holds(*point) for line in mark_of(marks, FIFTHS).lines for point in line)
    assert marks.box_of(Fault("range", ((S, 0),))) is None


def test_marks_do_not_change_the_page(page, marks):
    marked = marks.on(page)
    assert marked.items[: len(page.items)] == page.items
    assert marked.items[len(page.items) :] == marks.items()
    assert marked.systems == page.systems


def test_pictures_carry_tags_and_what_they_mean(page, marks):
    text = svg_of(marks.on(page))
    assert "<title>bars 1.1-1.2: fifths &amp; more</title>" in text
    assert f'fill="{PRINT.findings[2].hex}"' in text
    assert {item.text for item in marks.items() if isinstance(item, Text)} == {"5-5", "range?", "+2", "(cross)"}


def test_what_is_over_the_end_of_a_system_is_drawn_in_two_halves(page_of):
    line = "g4 a4 b4 c5 " * 6
    page = page_of(line, line, line.replace("5", "4").replace("4", "3"), line.replace("5", "3"), width=60)
    first, second = page.systems[:2]
    at = second.first
    notes = tuple((voice, step) for step in (at - 4, at) for voice in (S, B))
    for code in ("parallel-fifths", "same-direction"):
        (mark,) = mark_findings(page, [Fault(code, notes)]).marks
        assert len(mark.tags) == 2
        tops = [min(y for _, y in line) for line in mark.lines]
        assert any(y < first.bottom for y in tops)
        assert any(y > second.top - 4 for y in tops)
        assert max(x for line in mark.lines for x, _ in line) <= first.right
    (mark,) = mark_findings(page, [Fault("leap-seventh", ((S, at - 4), (S, at)))]).marks
    assert [len(line) for line in mark.lines] == [3, 3]


def test_notes_that_are_not_on_the_page_are_passed_over(page):
    stale = Fault("parallel-fifths", ((S, 0), (T, 0), (S, 3), (T, 99)))
    gone = Fault("range", ((S, 3),))
    assert all(mark.lines for mark in mark_findings(page, [stale, gone]).marks)


@pytest.mark.parametrize("code", sorted(TAGS))
@pytest.mark.parametrize(
    "notes", [((S, 0),), ((A, 0), (A, 4)), ((S, 0), (B, 4)), tuple((v, s) for s in (0, 4) for v in VOICES)]
)
def test_every_rule_can_be_marked_whatever_notes_it_names(page, code, notes):
    (mark,) = mark_findings(page, [Fault(code, notes)]).marks
    assert mark.lines
    assert mark.tags
    assert "{" not in mark.text
    assert mark.box.left > 0
    assert mark.box.right < page.width


def faults_of(score):
    """Return findings of every code spread over a score, more than any piece of music has."""
    steps = sorted({note.start for note in score.chorale.notes(S)})
    for index, code in enumerate(sorted(TAGS)):
        start, end = steps[index % (len(steps) - 1)], steps[index % (len(steps) - 1) + 1]
        pair = [(S, A), (A, T), (T, B), (S, B)][index % 4]
        notes = [
            (voice, int(note.start))
            for voice in pair
            for note in score.chorale.notes(voice)
            if note.start in {start, end}
        ]
        if notes:
            yield Fault(code, tuple(notes), index % 3)


@pytest.mark.parametrize("name", ["bach/bwv269", "bach/bwv245.17", "bach/bwv227.7"])
def test_tags_keep_off_notes_and_off_one_another(corpus_score, name):
    score = corpus_score(name)
    page = lay_out(score, Options(width=97.0))
    marks = mark_findings(page, list(faults_of(score)))
    tags = [box for mark in marks.marks for box in mark.tags]
    assert len(tags) > 25
    assert [pair for pair in combinations(tags, 2) if pair[0].grown(-0.1).meets(pair[1].grown(-0.1))] == []
    heads = [note.box.grown(-0.2) for note in page.notes]
    covered = [box for box in tags if any(box.meets(head) for head in heads)]
    assert len(covered) <= len(tags) // 20


def test_marks_are_told_apart_without_colour():
    lightness = [sum(theme_colour[:3]) for theme_colour in SCREEN.findings]
    assert len(set(lightness)) == 3
    for theme in (SCREEN, PRINT):
        for colour in theme.findings:
            assert contrast(colour, theme.paper) >= 4.5


def contrast(one, other):
    """Return the contrast of two colours (WCAG 2.1, 1.4.3)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    linear = [(c / 255 / 12.92) if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_tag_has_room_for_its_text(marks):
    for mark in marks.marks:
        items = list(mark.items())
        plate = next(item for item in items if isinstance(item, Plate))
        text = next(item for item in items if isinstance(item, Text))
        inner, outer = box_of(text), plate.box
        assert outer.left < inner.left
        assert inner.right < outer.right
