"""What is remembered of one page serves the next: a page after any edits is the page laid out afresh."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from chorale.music import Chorale, Key, Note
from chorale.notation import (
    Options,
    Rows,
    columns,
    content,
    draw,
    engrave,
    lay_out,
    layout,
    lettering,
    rows,
    spacing,
    stacking,
    systems,
    under,
)
from tests.notation.analyses import crowded
from tests.notation.test_any_score import METERS, scores

MODULES = (columns, content, draw, engrave, layout, lettering, rows, spacing, stacking, systems, under)
CACHES = {id(each): each for module in MODULES for each in vars(module).values() if hasattr(each, "cache_clear")}


def forget():
    """Empty every cache of the layout."""
    for cache in CACHES.values():
        cache.cache_clear()


def described(page):
    """Return all that a page says of itself."""
    places = [
        (s.first, s.last, s.left, s.right, s.top, s.bottom, s.staves, s.bars, s.steps, s.xs) for s in page.systems
    ]
    return page.width, page.height, page.items, page.notes, page.harmonies, page.cadences, places


@st.composite
def edits(draw, score):
    """Draw a change of one kind: a note written or deleted, a key, a meter, a fermata, a syllable, a length."""
    kind = draw(st.sampled_from(["write", "write", "write", "delete", "key", "meter", "fermata", "lyric", "longer"]))
    at, voice = draw(st.integers(0, score.steps - 1)), draw(st.integers(0, 3))
    if kind == "write":
        lines = [list(score.chorale.notes(each)) for each in range(4)]
        length = min(draw(st.sampled_from([1, 2, 4, 6, 16])), score.steps - at)
        return written(score, voice, [*lines[voice], Note(at, length, draw(st.integers(45, 76)))])
    if kind == "delete":
        return written(score, voice, [note for note in score.chorale.notes(voice) if not note.start <= at < note.end])
    if kind == "longer":
        steps = score.steps + draw(st.sampled_from([4, 16]))
        chorale = Chorale.from_voices([list(score.chorale.notes(each)) for each in range(4)], steps)
        return score.replace(chorale=chorale)
    changes = {
        "key": {"key": Key.from_signature(draw(st.integers(-3, 3)))},
        "meter": {"meter": draw(st.sampled_from(METERS)), "pickup": 0},
        "fermata": {"fermatas": score.fermatas ^ {at}},
        "lyric": {"lyrics": ((at, "Wort-"),)},
    }
    return score.replace(**changes[kind])


def written(score, voice, notes):
    lines = [list(score.chorale.notes(each)) for each in range(4)]
    lines[voice] = notes
    return score.replace(chorale=Chorale.from_voices(lines, score.steps))


@settings(max_examples=15, deadline=None)
@given(data=st.data(), score=scores(), width=st.sampled_from([45.0, 100.0]), analysed=st.booleans())
def test_after_any_edits_the_page_is_the_one_laid_out_afresh(data, score, width, analysed):
    forget()
    pages = []
    options = Options(width=width)
    for _ in range(5):
        if analysed and np.any(score.chorale.onsets):
            options = replace(options, rows=Rows(data.draw(st.sampled_from([None, crowded(score)]))))
        pages.append((score, options, lay_out(score, options)))
        score = data.draw(edits(score))
    for score, options, page in pages:
        forget()
        assert described(lay_out(score, options)) == described(page)


def test_an_edit_leaves_the_other_systems_the_same_objects(score_of):
    score = score_of("c5 d5 e5 f5 " * 16, "e4 f4 g4 a4 " * 16)
    before = lay_out(score, Options(width=60))
    lines = [list(score.chorale.notes(voice)) for voice in range(4)]
    after = lay_out(written(score, 0, [Note(0, 4, 74), *lines[0][1:]]), Options(width=60))
    assert len(before.systems) > 3
    assert after.systems[0].drawn is not before.systems[0].drawn
    assert [s.drawn for s in after.systems[1:]] == [s.drawn for s in before.systems[1:]]
