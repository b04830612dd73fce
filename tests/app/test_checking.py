import threading

import pytest

from chorale.app import Studio, edits
from chorale.app.assistant import Here
from chorale.app.checking import Checking, Manner, examine, question
from chorale.app.document import Version
from chorale.app.jobs import Jobs
from chorale.app.standing import still_true, untouched
from chorale.app.teaching import Teacher
from chorale.music import VOICES, Pitch
from chorale.theory import Severity, profile

FIFTHS = ("C5 D5 E5 F5", "G4 A4 G4 A4", "E4 F4 C4 C4", "C3 D3 C3 F3")  # alto and bass: G-C to A-D
CLEAN = ("E5 D5 C5 C5", "G4 G4 G4 G4", "C4 B3 C4 E4", "C3 G3 E3 C3")


def write(voices, bars=1):
    made = edits.empty(bars)
    for voice, names in zip(VOICES, voices, strict=False):
        for index, name in enumerate(names.split()):
            made = edits.place(made, voice, 4 * index, 4, Pitch.parse(name))
    return made


@pytest.fixture
def faulty():
    return write(FIFTHS)


@pytest.fixture
def teacher(clock):
    jobs = Jobs()
    told = []
    made = Teacher(jobs, clock, told.append)
    made.told, made.jobs = told, jobs
    yield made
    jobs.close()


def settle(studio, clock):
    """Let the hand rest until all that is asked for is known."""
    studio.poll()
    clock.pass_(1)
    for _ in range(1000):
        studio.poll()
        if studio.teacher.wait is None:
            return
        for job in studio._jobs.running:
            job.join(5)
    raise AssertionError("the check never ended")


def codes(findings):
    return {finding.code for finding in findings}


def test_what_is_written_is_checked_in_the_background(studio, clock, faulty):
    studio.edit("Write", lambda _: faulty)
    assert studio.findings == ()
    assert studio.analysis is None
    settle(studio, clock)
    assert "parallel-fifths" in codes(studio.findings)
    assert studio.analysis is not None


def test_findings_are_given_out_for_the_music_they_were_found_in_and_no_other(studio, clock, faulty):
    studio.edit("Write", lambda _: faulty)
    settle(studio, clock)
    studio.edit("Mend", lambda score: edits.place(score, 1, 4, 4, Pitch.parse("D4")))
    studio.poll()
    assert studio.findings == ()
    settle(studio, clock)
    assert "parallel-fifths" not in codes(studio.findings)


def test_undo_and_redo_show_what_was_found_before_at_once(studio, clock, faulty):
    studio.edit("Write", lambda _: faulty)
    settle(studio, clock)
    before = studio.findings
    studio.edit("Mend", lambda score: edits.place(score, 1, 4, 4, Pitch.parse("D4")))
    settle(studio, clock)
    studio.undo()
    studio.poll()
    assert studio.findings == before


def test_a_new_title_or_tempo_is_not_checked_again(studio, clock, faulty):
    studio.edit("Write", lambda _: faulty)
    settle(studio, clock)
    before = studio.teacher.checked
    studio.edit("Rename", lambda score: edits.set_title(score, "Another"))
    studio.poll()
    assert studio.teacher.checked is before


def test_the_newest_music_comes_first_and_an_older_result_is_never_shown(clock, faulty):
    jobs, running, let_go = Jobs(), threading.Event(), threading.Event()

    def slow(score, strictness):
        running.set()
        let_go.wait(5)
        return examine(score, strictness)

    checking = Checking(jobs, clock, lambda _: None, slow)
    checking.want(faulty, Manner(profile("textbook")))
    checking.tick()
    assert running.wait(5)
    checking.want(write(CLEAN), Manner(profile("textbook")))
    let_go.set()
    for job in jobs.running:
        job.join(5)
    jobs.poll()
    assert checking.checked is None
    clock.pass_(1)
    checking.tick()
    for job in jobs.running:
        job.join(5)
    jobs.poll()
    checking.tick()
    assert checking.checked is not None
    assert "parallel-fifths" not in codes(checking.checked.findings)
    jobs.close()


def test_what_was_found_is_given_out_when_all_is_prepared_a_little_at_each_tick(clock, faulty):
    jobs, left = Jobs(), [3]

    def prepare(found):
        def go_on():
            left[0] -= 1
            return left[0] == 0

        assert found.score is faulty
        return go_on

    checking = Checking(jobs, clock, lambda _: None, prepare=prepare)
    checking.want(faulty, Manner(profile("textbook")))
    checking.tick()
    for job in jobs.running:
        job.join(5)
    jobs.poll()
    for expected in (2, 1):
        checking.tick()
        assert (left, checking.checked, checking.wait) == ([expected], None, 0.0)
    checking.tick()
    assert checking.checked is not None
    assert checking.wait is None
    jobs.close()


def test_what_is_found_in_music_that_changed_meanwhile_is_kept_and_not_prepared_to_its_end(clock, faulty):
    jobs = Jobs()
    checking = Checking(jobs, clock, lambda _: None, prepare=lambda _: lambda: False)
    manner = Manner(profile("textbook"))
    checking.want(faulty, manner)
    checking.tick()
    for job in jobs.running:
        job.join(5)
    jobs.poll()
    checking.tick()
    checking.want(write(CLEAN), manner)
    checking.tick()
    assert checking.known(faulty, manner) is not None
    assert checking.checked is None
    jobs.close()


def test_a_check_waits_until_the_hand_rests(clock, faulty):
    jobs = Jobs()
    checking = Checking(jobs, clock, lambda _: None)
    checking.want(write(CLEAN), Manner(profile("textbook")))
    checking.tick()
    for job in jobs.running:
        job.join(5)
    jobs.poll()
    checking.want(faulty, Manner(profile("textbook")))
    checking.tick()
    assert jobs.running == ()
    assert 0 < checking.wait <= 0.08
    clock.pass_(0.1)
    checking.tick()
    assert len(jobs.running) == 1
    jobs.close()


def test_a_checker_that_fails_is_told_of_once_and_leaves_the_document_alone(clock, faulty):
    jobs, told = Jobs(), []

    def broken(*_):
        raise ZeroDivisionError("inside")

    teacher = Teacher(jobs, clock, told.append, Here(examine=broken))
    settings = Studio().settings
    for _ in range(3):
        teacher.tick(Version(faulty, ""), settings)
        for job in jobs.running:
            job.join(5)
        jobs.poll()
        clock.pass_(1)
    assert len(told) == 1
    assert not teacher.is_at_work
    assert teacher.findings == ()
    assert teacher.wait is None
    jobs.close()


def test_checking_can_be_turned_off(studio, clock, faulty):
    studio.change_settings(checking=False)
    studio.edit("Write", lambda _: faulty)
    settle(studio, clock)
    assert studio.findings == ()
    assert not studio.teacher.is_at_work
    assert "parallel-fifths" in codes(studio.check().findings), "asked outright it checks all the same"


def test_the_profile_and_the_ranges_of_the_settings_are_used(studio):
    assert studio.check().profile.name == "textbook"
    studio.change_settings(profile="bach", ranges=((60, 79), (55, 74), (48, 67), (40, 60)))
    checked = studio.check()
    assert checked.profile.name == "bach"
    assert checked.profile.ranges[3] == (40, 60)


def test_a_finding_that_was_let_pass_is_not_told_of_again_until_it_is_taken_back(studio, clock, faulty):
    studio.edit("Write", lambda _: faulty)
    settle(studio, clock)
    count = len(studio.findings)
    passed = [each for each in studio.findings if each.code == "parallel-fifths"]
    for finding in passed:
        studio.teacher.ignore(finding)
    assert not set(passed) & set(studio.findings)
    assert not set(passed) & set(studio.teacher.shown)
    assert studio.teacher.ignored == len(passed)
    studio.edit("Elsewhere", lambda score: edits.set_bars(score, 2))
    settle(studio, clock)
    assert "parallel-fifths" not in codes(studio.findings), "its notes are the same"
    studio.undo()
    studio.poll()
    studio.teacher.heed()
    assert len(studio.findings) == count


def test_another_document_begins_with_nothing_let_pass(studio, clock, faulty):
    studio.edit("Write", lambda _: faulty)
    settle(studio, clock)
    studio.teacher.ignore(studio.findings[0])
    studio.new()
    assert studio.teacher.ignored == 0


def test_only_the_severities_of_the_settings_are_shown(studio, clock, faulty):
    studio.edit("Write", lambda _: faulty)
    studio.change_settings(severities=("error",))
    settle(studio, clock)
    assert {finding.severity for finding in studio.teacher.shown} == {Severity.ERROR}
    studio.change_settings(severities=())
    studio.poll()
    assert studio.teacher.shown == ()
    assert studio.findings


def test_the_answers_of_harmonize_are_checked_too(studio, clock, score):
    studio.edit("Write", lambda _: score)
    studio.harmonize(studio_request(alternatives=2)).join()
    settle(studio, clock)
    assert studio.teacher.of_answer(0) is not None
    assert studio.teacher.of_answer(1) is not None
    assert studio.teacher.of_answer(2) is None


def studio_request(alternatives):
    from chorale.app import Request  # noqa: PLC0415  beside its use

    return Request(alternatives=alternatives)


def test_between_an_edit_and_its_check_only_findings_in_untouched_music_stand():
    score = write([f"{one} {one}" for one in FIFTHS], bars=2)
    checked = examine(score, Manner(profile("textbook")))
    first, *_, second = [each for each in checked.findings if each.code == "parallel-fifths"]
    changed = edits.place(score, 1, first.end, 4, Pitch.parse("D4"))
    standing = still_true(checked, changed)
    assert first not in standing
    assert second in standing


def test_music_in_another_meter_or_key_is_other_music():
    score = write(CLEAN)
    assert untouched(score, score)(0, 16)
    assert not untouched(score, score.replace(meter=edits.empty().meter.parse("3/4")))(0, 4)


def test_equal_music_asks_an_equal_question(faulty):
    same = write(FIFTHS).replace(title="Other", qpm=100.0)
    assert question(faulty, Manner(profile("ap"))) == question(same, Manner(profile("ap")))
    assert question(faulty, Manner(profile("ap"))) != question(faulty, Manner(profile("bach")))
    assert question(faulty, Manner(profile("ap"))) != question(write(CLEAN), Manner(profile("ap")))
