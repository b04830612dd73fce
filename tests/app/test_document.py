"""Versions, undo and redo, batching, what is saved."""

from pathlib import Path

import pytest

from chorale.app import Document, edits
from chorale.app.document import LIMIT
from chorale.errors import InputError


def tempo(qpm):
    return lambda score: edits.set_tempo(score, qpm)


@pytest.fixture
def document(score, clock):
    return Document(score, clock=clock)


def test_undo_walks_back_to_the_very_first_score_and_redo_forward_again(document):
    scores = [document.score]
    for qpm in (90, 100, 110):
        document.edit("Tempo", tempo(qpm))
        scores.append(document.score)
    for wanted in scores[-2::-1]:
        assert document.undo() == "Tempo"
        assert document.score is wanted
    assert document.undo() is None
    for wanted in scores[1:]:
        document.redo()
        assert document.score is wanted
    assert document.redo() is None


def test_an_edit_after_undo_forgets_what_was_undone(document):
    document.edit("Tempo", tempo(90))
    document.undo()
    document.edit("Title", lambda score: edits.set_title(score, "T"))
    assert (document.undo_label, document.redo_label) == ("Title", None)


def test_an_edit_that_changes_nothing_is_no_step(document):
    revision = document.revision
    assert not document.edit("Tempo", tempo(document.score.qpm))
    assert (document.undo_label, document.revision, document.dirty) == (None, revision, False)


def test_an_edit_that_fails_leaves_all_as_it_was(document):
    before = document.score
    with pytest.raises(InputError):
        document.edit("Tempo", tempo(100000))
    assert document.score is before
    assert not document.dirty


def test_edits_of_one_group_within_a_second_are_one_step(document, clock):
    first = document.score
    for qpm in (90, 91, 92):
        document.edit("Tempo", tempo(qpm), group="tempo")
        clock.pass_(0.9)
    assert document.score.qpm == 92
    document.undo()
    assert document.score is first


@pytest.mark.parametrize("between", ["pause", "other group", "no group", "seal", "undo and redo", "save"])
def test_whatever_comes_between_begins_a_new_step(document, clock, between):
    document.edit("Tempo", tempo(90), group="tempo")
    if between == "pause":
        clock.pass_(1.1)
    elif between == "other group":
        document.edit("Title", lambda score: edits.set_title(score, "T"), group="title")
    elif between == "no group":
        document.edit("Title", lambda score: edits.set_title(score, "T"))
    elif between == "seal":
        document.seal()
    elif between == "undo and redo":
        document.undo()
        document.redo()
    else:
        document.mark_saved(Path("x.chorale"))
    document.edit("Tempo", tempo(99), group="tempo")
    document.undo()
    assert document.score.qpm == 90


def test_a_document_is_dirty_until_saved_and_clean_again_when_undone_to_what_was_saved(document):
    assert not document.dirty
    document.edit("Tempo", tempo(90))
    assert document.dirty
    document.mark_saved(Path("x.chorale"))
    assert not document.dirty
    assert document.path == Path("x.chorale")
    document.edit("Tempo", tempo(91))
    assert document.dirty
    document.undo()
    assert not document.dirty


def test_a_recovered_document_is_dirty_from_the_start(score):
    assert Document(score, dirty=True).dirty


def test_the_oldest_versions_are_forgotten_past_the_limit(document):
    for number in range(LIMIT + 50):
        document.edit("Title", lambda score, number=number: edits.set_title(score, str(number)))
    undone = 0
    while document.undo():
        undone += 1
    assert undone == LIMIT - 1


def test_swapping_changes_the_current_step_in_place(document, score):
    document.put("Harmonize A", edits.set_title(score, "A"), arranger="us")
    document.swap("Harmonize B", edits.set_title(score, "B"))
    assert (document.undo_label, document.score.title, document.version.arranger) == ("Harmonize B", "B", "us")
    document.undo()
    assert document.score is score
    assert document.version.arranger == ""
