import time
from dataclasses import replace

import pytest

from chorale.app import edits
from chorale.app.fixing import Fixing, label
from chorale.app.jobs import Jobs
from chorale.errors import InputError
from chorale.music import VOICES, Pitch
from chorale.theory import Finding, Severity
from chorale.theory.fixes import Fix

FIFTHS = ("C5 D5 E5 C5", "G4 A4 G4 G4", "E4 F4 C4 E4", "C3 D3 C3 C3")


@pytest.fixture
def faulty(studio):
    made = edits.empty(2)
    for voice, names in zip(VOICES, FIFTHS, strict=True):
        for index, name in enumerate(names.split()):
            made = edits.place(made, voice, 4 * index, 4, Pitch.parse(name))
    studio.edit("Write", lambda _: made)
    return studio


def fifths(studio):
    return [finding for finding in studio.check().findings if finding.code == "parallel-fifths"]


def test_a_fix_is_one_undo_step_with_a_label_and_removes_the_finding(faulty):
    before, found = faulty.score, fifths(faulty)
    said = faulty.fix(found[0])
    assert "instead of" in said
    assert faulty.document.undo_label == "Fix parallel perfect fifths, alto and bass"
    assert len(fifths(faulty)) < len(found)
    faulty.undo()
    assert faulty.score == before


def test_a_fix_keeps_title_and_tempo_that_changed_since_the_check(faulty):
    found = fifths(faulty)[0]
    faulty.edit("Rename", lambda score: edits.set_title(score, "Mine"))
    faulty.edit("Faster", lambda score: edits.set_tempo(score, 120.0))
    faulty.fix(found)
    assert (faulty.score.title, faulty.score.qpm) == ("Mine", 120)


def test_a_finding_of_other_music_cannot_be_fixed(faulty):
    found = fifths(faulty)[0]
    faulty.edit("Change", lambda score: edits.place(score, 1, 4, 4, Pitch.parse("B4")))
    before = faulty.score
    with pytest.raises(InputError, match="finding of the score as it stands"):
        faulty.fix(found)
    assert faulty.score is before


def test_where_no_small_change_helps_it_says_so(faulty, monkeypatch):
    found = fifths(faulty)[0]
    monkeypatch.setattr("chorale.app.fixing.suggest", lambda *_: None)
    with pytest.raises(InputError, match="no small change"):
        faulty.fix(found)


def test_locked_notes_are_not_fixed(faulty):
    faulty.edit("Lock", lambda score: edits.toggle_lock(score, edits.Selection.all_of(score)))
    found = fifths(faulty)[0]
    before = faulty.score
    with pytest.raises(InputError):
        faulty.fix(found)
    assert faulty.score is before


def test_the_search_runs_in_the_background_and_is_kept(faulty):
    calls = []

    def suggest(checked, finding, fixed, should_stop):
        calls.append((finding, checked.profile, fixed, should_stop()))
        return Fix(checked.score, (), "nothing at all")

    jobs = Jobs()
    fixing = Fixing(jobs, lambda _: None, suggest)
    checked = faulty.check()
    fixing.about(checked)
    finding = checked.findings[0]
    assert fixing.found(finding) is None
    for _ in range(2):
        fixing.ask(finding)
        for job in jobs.running:
            job.join(5)
        jobs.poll()
    assert fixing.found(finding).fix.message == "nothing at all"
    assert calls == [(finding, checked.profile, None, False)]
    fixing.about(faulty.teacher.checking.check_now(edits.empty(1), faulty.teacher.manner))
    assert fixing.found(finding) is None, "another check, other findings"
    jobs.close()


def test_a_tune_that_was_harmonized_stays_but_where_a_finding_is_of_it_alone(faulty):
    given = []

    def suggest(_checked, _finding, fixed, _should_stop):
        given.append(fixed)

    jobs = Jobs()
    fixing = Fixing(jobs, lambda _: None, suggest)
    pair = fifths(faulty)[0]
    alone = replace(pair, voices=(VOICES[0],))
    for finding in (pair, alone):
        fixing.about(replace(faulty.check()), is_tune_given=True)
        fixing.ask(finding)
        for job in jobs.running:
            job.join(5)
        jobs.poll()
    assert given[0][:, 0].all()
    assert not given[0][:, 1:].any()
    assert given[1] is None
    jobs.close()


def test_no_search_runs_while_the_music_is_checked_anew_and_it_is_taken_up_where_that_comes_back(faulty):
    stopped = []

    def suggest(_checked, _finding, _fixed, should_stop):
        while not should_stop():
            time.sleep(0.001)
        stopped.append(True)

    jobs = Jobs()
    fixing = Fixing(jobs, lambda _: None, suggest)
    checked = faulty.check()
    fixing.about(checked)
    fixing.ask(checked.findings[0])
    assert fixing.wait is not None
    fixing.about(None)
    assert fixing.wait is None
    for job in jobs.running:
        job.join(5)
    jobs.poll()
    assert stopped == [True]
    fixing.tick()
    assert fixing.wait is None
    fixing.about(checked)
    fixing.tick()
    assert fixing.wait is not None
    assert fixing.found(checked.findings[0]) is None
    jobs.close()


def test_a_search_that_fails_is_told_of_and_counts_as_no_fix(faulty):
    def broken(*_):
        raise ZeroDivisionError("inside")

    jobs, told = Jobs(), []
    fixing = Fixing(jobs, told.append, broken)
    checked = faulty.check()
    fixing.about(checked)
    fixing.ask(checked.findings[0])
    for job in jobs.running:
        job.join(5)
    jobs.poll()
    assert len(told) == 1
    assert fixing.found(checked.findings[0]).fix is None
    jobs.close()


def test_labels_name_the_rule_and_the_voices():
    finding = Finding("range", Severity.WARNING, (VOICES[2],), 0, 0, ((VOICES[2], 0),), "too low")
    assert label(finding) == "Fix out of range, tenor"
