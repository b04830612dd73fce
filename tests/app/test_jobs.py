"""Work in the background."""

import threading

import pytest

from chorale.app import Job, Jobs
from chorale.errors import Cancelled, InputError
from chorale.models.base import Progress


def test_a_result_arrives_on_the_thread_that_polls_and_only_once():
    jobs, got = Jobs(), []
    job = jobs.start("Add", lambda _: 1 + 1, done=lambda result: got.append((result, threading.current_thread())))
    assert job.join(5)
    assert got == []
    jobs.poll()
    jobs.poll()
    assert got == [(2, threading.main_thread())]
    assert jobs.running == ()


def test_an_exception_arrives_where_it_is_asked_for():
    def fail(_):
        raise InputError("bad news")

    jobs, errors = Jobs(), []
    job = jobs.start("Fail", fail, failed=errors.append)
    job.join(5)
    jobs.poll()
    assert [str(error) for error in errors] == ["bad news"]
    with pytest.raises(InputError, match="bad news"):
        job.result()


def test_the_latest_progress_is_seen_while_it_runs():
    reported, go_on = threading.Event(), threading.Event()

    def work(report):
        report(Progress(0.1))
        report(Progress(0.5))
        reported.set()
        go_on.wait(5)

    job = Job("Work", work)
    assert reported.wait(5)
    assert job.progress.fraction == 0.5
    assert not job.finished
    go_on.set()
    assert job.join(5)


def test_a_cancelled_job_stops_at_its_next_report():
    begun, cancelled, after = threading.Event(), threading.Event(), []

    def work(report):
        begun.set()
        cancelled.wait(5)
        report(Progress(0.5))
        after.append("went on")

    jobs, errors = Jobs(), []
    job = jobs.start("Work", work, failed=errors.append)
    begun.wait(5)
    job.cancel()
    cancelled.set()
    job.join(5)
    jobs.poll()
    assert after == []
    assert isinstance(errors[0], Cancelled)


def test_a_result_that_comes_in_spite_of_a_cancel_is_thrown_away():
    begun, go_on, got = threading.Event(), threading.Event(), []

    def work(_):
        begun.set()
        go_on.wait(5)
        return 1

    job = Job("Work", work, done=got.append)
    begun.wait(5)
    job.cancel()
    go_on.set()
    job.join(5)
    assert job.deliver()
    assert got == []
    with pytest.raises(Cancelled):
        job.result()


def test_closing_cancels_all_and_leaves_no_thread():
    before = threading.active_count()
    jobs = Jobs()

    def work(report):
        while True:
            report(Progress(0.5))
            threading.Event().wait(0.005)

    for _ in range(3):
        jobs.start("Endless", work)
    jobs.close()
    assert threading.active_count() == before
