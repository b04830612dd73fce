"""Pages as a whole: systems, justification, furniture, heading, lyrics, fermatas."""

import itertools

import pytest

from chorale.music import Chorale, Score
from chorale.notation import Options, lay_out
from chorale.notation.primitives import Role, box_of


def test_systems_are_justified_to_the_right_margin(corpus_score):
    page = lay_out(corpus_score("bach/bwv269"), Options(width=96.0))
    assert len(page.systems) >= 3
    assert {round(system.right, 3) for system in page.systems} == {91.0}


def test_a_short_last_system_is_not_stretched(page_of):
    page = page_of("c5 d5 e5 f5 " * 9, width=80.0)
    *full, last = page.systems
    if last.last - last.first <= 16:
        assert last.right < full[0].right
    density = [(each.right - each.left) / (each.last - each.first) for each in page.systems]
    assert density[-1] < 1.8 * density[0]


def test_one_lonely_bar_stays_short(page_of):
    assert page_of("c5 d5 e5 f5").systems[0].right < 60


@pytest.mark.parametrize("width", [60.0, 90.0, 140.0])
def test_every_step_belongs_to_one_system_in_order(corpus_score, width):
    score = corpus_score("bach/bwv60.5")
    page = lay_out(score, Options(width=width))
    assert page.systems[0].first == 0
    assert page.systems[-1].last == score.steps
    assert all(a.last == b.first for a, b in zip(page.systems, page.systems[1:], strict=False))
    assert [bar.number for system in page.systems for bar in system.bars] == [bar.number for bar in score.bars]


def test_systems_are_about_equally_dense(corpus_score):
    page = lay_out(corpus_score("bach/bwv66.6"), Options(width=100.0))
    bars = [len(system.bars) for system in page.systems]
    assert max(bars) - min(bars) <= 2


def test_distances_grow_with_duration_but_less_than_in_proportion(page_of):
    page = page_of("c5:1 d5:1 c5:2 d5:4 c5:8")
    xs = page.systems[0].xs
    gaps = [b - a for a, b in itertools.pairwise(xs)]
    assert gaps[0] < gaps[2] < gaps[3]
    assert 1.3 < gaps[3] / gaps[2] < 1.8


def test_all_voices_share_the_columns(page_of):
    page = page_of("c5:4 d5:4 e5:8", "a4:8 g4:8", "e4:4 f4:4 g4:8", "c3:16")
    by_step = {}
    for note in page.notes:
        by_step.setdefault(note.start, set()).add(round(note.box.left, 6))
    assert [len(lefts) for lefts in by_step.values()] == [1, 1, 1]


def test_every_staff_line_lies_at_a_whole_number(corpus_score, pick):
    page = lay_out(corpus_score("bach/bwv269"))
    assert all(line.y1 == int(line.y1) for line in pick(page, Role.STAFF))


def test_clefs_stand_at_every_system_and_the_meter_at_the_first(corpus_score, pick):
    page = lay_out(corpus_score("bach/bwv269"))
    count = len(page.systems)
    assert [clef.name for clef in pick(page, Role.CLEF)].count("gClef") == count
    figures = [sign.name for sign in pick(page, Role.SIGNATURE) if sign.name.startswith("timeSig")]
    assert sorted(figures) == ["timeSig3", "timeSig3", "timeSig4", "timeSig4"]
    assert [sign.name for sign in pick(page, Role.SIGNATURE)].count("accidentalSharp") == 2 * count


@pytest.mark.parametrize(
    ("key", "name", "count"), [("Db", "accidentalFlat", 5), ("F#", "accidentalSharp", 6), ("C", "", 0)]
)
def test_key_signatures_have_their_accidentals_in_order(page_of, pick, key, name, count):
    page = page_of("r:16", key=key)
    signs = [sign for sign in pick(page, Role.SIGNATURE) if sign.name.startswith("accidental")]
    assert len(signs) == 2 * count
    assert {sign.name for sign in signs} == ({name} if count else set())
    upper = [sign.y - page.systems[0].staves[0] for sign in signs if sign.y < page.systems[0].staves[1] - 2]
    wanted = {"Db": [2, 0.5, 2.5, 1, 3], "F#": [0, 1.5, -0.5, 1, 2.5, 0.5], "C": []}
    assert upper == wanted[key]


def test_the_last_bar_line_is_thin_and_thick(page_of, pick):
    page = page_of("c5:16 d5:16")
    lines = pick(page, Role.BARLINE)
    assert [line.thickness for line in lines[-2:]] == [0.16, 0.5]
    assert lines[-1].x1 + 0.25 == pytest.approx(page.systems[0].right)


def test_bar_numbers_stand_at_system_starts_but_the_first(corpus_score, pick):
    page = lay_out(corpus_score("bach/bwv269"))
    numbers = sorted(int(number.text) for number in pick(page, Role.NUMBER))
    assert numbers == [system.bars[0].number for system in page.systems[1:]]


def test_voice_letters_stand_at_every_system_unless_unwanted(corpus_score, pick):
    score = corpus_score("bach/bwv269")
    page = lay_out(score)
    assert "".join(label.text for label in sorted(pick(page, Role.LABEL), key=lambda e: e.y)) == "SATB" * len(
        page.systems
    )
    assert pick(lay_out(score, Options(labels=False)), Role.LABEL) == []


def test_title_composer_and_tempo_stand_over_the_music(score_of, pick):
    score = score_of("c5:16", title="Wachet auf", composer="J. S. Bach", qpm=72)
    page = lay_out(score)
    (title,), (composer,) = pick(page, Role.TITLE), pick(page, Role.COMPOSER)
    assert (title.text, composer.text) == ("Wachet auf", "J. S. Bach")
    assert box_of(composer).right == pytest.approx(95.0)
    assert any(getattr(item, "text", "") == "= 72" for item in pick(page, Role.TEMPO))
    assert max(title.y, composer.y) < page.systems[0].top
    assert not any(pick(lay_out(score, Options(heading=False)), role) for role in (Role.TITLE, Role.TEMPO))


@pytest.mark.parametrize(
    ("meter", "glyphs", "words"),
    [
        ("4/4", ["metNoteQuarterUp"], "= 90"),
        ("6/8", ["metNoteQuarterUp", "metAugmentationDot"], "= 60"),
        ("3/2", ["metNoteHalfUp"], "= 45"),
    ],
)
def test_the_tempo_counts_the_meters_beats(page_of, pick, meter, glyphs, words):
    tempo = pick(page_of("r:48", meter=meter, qpm=90), Role.TEMPO)
    assert [item.name for item in tempo if hasattr(item, "name")] == glyphs
    assert [item.text for item in tempo if hasattr(item, "text")] == [words]


def test_a_long_title_is_made_to_fit(score_of, pick):
    page = lay_out(score_of("c5:16", title="Wie schön leuchtet der Morgenstern " * 4))
    box = box_of(pick(page, Role.TITLE)[0])
    assert box.left >= 6.4
    assert box.right <= 95.1


def test_fermatas_stand_above_and_upside_down_below(score_of, pick):
    lines = ("c5:4 d5:12", "a4:16", "e4:16", "c3:4 g2:12")
    page = lay_out(score_of(*lines, fermatas=frozenset({4})))
    above, below = sorted(pick(page, Role.FERMATA), key=lambda sign: sign.y)
    assert (above.name, below.name) == ("fermataAbove", "fermataBelow")
    head = page.note_boxes[0, 4]
    assert box_of(above).left + box_of(above).right == pytest.approx(2 * head.x, abs=0.01)
    assert box_of(above).bottom < min(head.box.top, page.systems[0].staves[0])
    assert box_of(below).top > page.systems[0].staves[1] + 4


def test_a_melodys_fermata_stands_above_only(score_of, pick):
    page = lay_out(score_of("c5:4 d5:12", fermatas=frozenset({4})))
    assert [sign.name for sign in pick(page, Role.FERMATA)] == ["fermataAbove"]


def test_lyrics_share_a_base_line_under_their_notes(score_of, pick):
    lyrics = ((0, "Nun"), (4, "dan-"), (8, "ket"), (12, "schnurstracks"), (16, "al-"), (20, "le"), (24, "Gott"))
    page = lay_out(score_of("c4 d4 e4 f4 g4 a4 b4:8", lyrics=lyrics), Options(width=70.0))
    words = [item for item in pick(page, Role.LYRIC) if hasattr(item, "text")]
    assert [word.text for word in words] == ["Nun", "dan", "ket", "schnurstracks", "al", "le", "Gott"]
    assert len({word.y for word in words}) == len(page.systems)
    boxes = [box_of(word) for word in words]
    assert all(a.right < b.left for a, b in itertools.pairwise(boxes) if a.top == b.top)
    assert (boxes[3].left + boxes[3].right) / 2 == pytest.approx(page.note_boxes[0, 12].x)
    hyphens = [item for item in pick(page, Role.LYRIC) if not hasattr(item, "text")]
    assert len(hyphens) == 2


def test_a_wide_gap_between_alto_and_tenor_moves_the_staves_apart(page_of):
    ordinary = page_of("c5:16", "g4:16", "c4:16", "c3:16").systems[0]
    wide = page_of("c5:16", "c3:16", "c6:16", "c3:16").systems[0]
    assert ordinary.staves[1] - ordinary.staves[0] == 10
    assert wide.staves[1] - wide.staves[0] > 14


def test_the_empty_score_is_a_page_with_one_bar():
    page = lay_out(Score(Chorale.silent(0)))
    assert len(page.systems) == 1
    assert len(page.systems[0].bars) == 1


def test_a_narrow_page_still_holds_every_note(corpus_score):
    score = corpus_score("bach/bwv66.6")
    page = lay_out(score, Options(width=20.0))
    assert len(page.note_boxes) == sum(len(score.chorale.notes(voice)) for voice in range(4))


def test_the_same_score_gives_the_same_page(corpus_score):
    score = corpus_score("bach/bwv66.6")
    assert lay_out(score) == lay_out(score.replace())
