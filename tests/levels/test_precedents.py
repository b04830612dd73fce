"""Show Bach: every rule has places of Bach's, and they show what they are meant to.

After a change of rules or analysis make the places anew: ``python -m chorale.training.precedents --data FOLDER``.
"""

from collections import Counter
from pathlib import Path

import pytest

from chorale import assets
from chorale.errors import InputError
from chorale.levels import precedents
from chorale.music import REST, VOICES
from chorale.theory import RULES, check

NEVER_BROKEN = {"unequal-fifths", "omitted-root"}
NEVER_KEPT = {"cadence"}  # it says how a phrase closes


def _excerpts(kind):
    return [
        pytest.param(code, excerpt, id=f"{code}-{excerpt.source}")
        for code in RULES
        for excerpt in getattr(precedents.load(code), kind)
    ]


@pytest.mark.parametrize("code", RULES)
def test_every_rule_shows_where_bach_keeps_it_and_where_he_breaks_it(code):
    found = precedents.load(code)
    assert bool(found.avoids) == (code not in NEVER_KEPT)
    assert bool(found.breaks) == (code not in NEVER_BROKEN)
    for excerpts in (found.breaks, found.avoids):
        chorales = [excerpt.source.split(",")[0] for excerpt in excerpts]
        assert len(chorales) == len(set(chorales)) <= 4


def test_every_file_belongs_to_a_rule():
    files = {path.stem for path in (assets.folder("levels") / "precedents").glob("*.toml")}
    assert files == set(RULES)


@pytest.mark.parametrize(("code", "excerpt"), _excerpts("breaks"))
def test_what_breaks_a_rule_is_found_where_it_is_marked(code, excerpt):
    found = check(excerpt.score, codes=[code])
    assert (excerpt.start, excerpt.end, excerpt.notes) in {(each.start, each.end, each.notes) for each in found}


@pytest.mark.parametrize(("code", "excerpt"), _excerpts("avoids"))
def test_what_keeps_a_rule_is_clean_of_it(code, excerpt):
    assert not check(excerpt.score, codes=[code])


@pytest.mark.parametrize(("code", "excerpt"), _excerpts("breaks") + _excerpts("avoids"))
def test_an_excerpt_is_a_phrase_in_four_voices_with_its_marks_on_notes(code, excerpt):  # noqa: ARG001  for its name
    score = excerpt.score
    assert (score.chorale.pitches != REST).all()
    assert 1 <= len(score.bars) <= 6
    starts = {(voice, note.start) for voice in VOICES for note in score.chorale.notes(voice)}
    assert set(excerpt.notes) <= starts
    assert 0 <= excerpt.start <= excerpt.end < score.steps
    assert excerpt.remark.endswith(".")
    assert excerpt.remark[0].isupper()


def test_the_cadences_shown_are_of_four_kinds():
    kinds = Counter(check(each.score, codes=["cadence"])[-1].message.split(": ")[1] for each in _cadences())
    assert [kind.split(" in ")[0] for kind in kinds] == [
        "perfect authentic cadence", "imperfect authentic cadence", "half cadence", "deceptive cadence",
    ]  # fmt: skip


def _cadences():
    return precedents.load("cadence").breaks


def test_a_rule_without_a_file_has_no_precedents():
    assert precedents.load("no-such-rule") == precedents.Precedents()


@pytest.mark.parametrize("text", ["[[breaks]]\n", "no toml", '[[breaks]]\nkey = "H"\nmeter = "4/4"\npickup = 0\n'])
def test_a_damaged_file_is_one_line(text, tmp_path, monkeypatch):
    (tmp_path / "precedents").mkdir()
    (tmp_path / "precedents" / "damaged.toml").write_text(text)
    monkeypatch.setattr(assets, "folder", lambda _: tmp_path)
    with pytest.raises(InputError, match=r"damaged\.toml is damaged") as caught:
        precedents.load("damaged")
    assert "\n" not in str(caught.value)


@pytest.mark.acceptance
def test_every_excerpt_is_in_music21s_corpus_note_for_note():
    from music21 import corpus  # noqa: PLC0415  takes seconds

    from chorale import io  # noqa: PLC0415  beside its use

    folder = Path(corpus.__file__).parent / "bach"
    wholes = {}
    for code in RULES:
        for excerpt in (*precedents.load(code).breaks, *precedents.load(code).avoids):
            name = "bwv" + excerpt.source.split(",")[0].removeprefix("BWV ").replace("/", ".")
            whole = wholes.setdefault(name, io.read(folder / f"{name}.mxl").score)
            assert _is_in(excerpt, whole), (code, excerpt.source)


def _is_in(excerpt, whole):
    """Whether the excerpt stands in a chorale, spelled alike, where its first bar says."""
    score = excerpt.score
    starts = [step for step in range(whole.steps) if whole.place(step).bar == excerpt.first_bar]
    return any(
        (whole.chorale.pitches[start : start + score.steps] == score.chorale.pitches).all()
        and (whole.spelling[start : start + score.steps] == score.spelling).all()
        for start in starts
        if start + score.steps <= whole.steps
    )
