import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import fields, replace

import numpy as np
import pytest

from chorale.app import Studio, edits
from chorale.app.assistant import Apart, Here, apart, parcels
from chorale.app.assistant.serve import Desk
from chorale.app.checking import Manner, examine
from chorale.errors import Cancelled
from chorale.levels import tunes
from chorale.music import VOICES, Chorale, Pitch, Score
from chorale.theory import PROFILES, profile

pytestmark = pytest.mark.skipif(not hasattr(os, "kill"), reason="processes are killed here")

FIFTHS = ("C5 D5 E5 F5", "G4 A4 G4 A4", "E4 F4 C4 C4", "C3 D3 C3 F3")  # alto and bass: G-C to A-D
TEXTBOOK = Manner(profile("textbook"))


def written(voices, bars=1):
    made = edits.empty(bars)
    for voice, names in zip(VOICES, voices, strict=False):
        for index, name in enumerate(names.split()):
            made = edits.place(made, voice, 4 * index, 4, Pitch.parse(name))
    return made


def random_score(bars, seed):
    random = np.random.default_rng(seed)
    pitches = np.repeat(random.integers(0, 12, (4 * bars, 4)) + np.array([62, 57, 52, 43]), 4, axis=0)
    onsets = np.zeros(pitches.shape, dtype=bool)
    onsets[::4] = True
    return edits.empty(bars).replace(chorale=Chorale(pitches, onsets))


@pytest.fixture(scope="module")
def helper():
    """One process for all tests that do it no harm."""
    told = []
    made = Apart(told.append)
    yield made
    made.close()
    assert not told


@pytest.fixture
def own():
    """A process for one test, and what is told of it."""
    told = []
    made = Apart(told.append)
    made.told = told
    yield made
    made.close()


def pid(made):
    return made._link._process.pid


def same(one, other):
    """Compare values of dataclasses by their fields, and arrays by their cells."""
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other)
    if hasattr(one, "__dataclass_fields__") and type(one).__eq__ is object.__eq__:
        return all(same(getattr(one, each.name), getattr(other, each.name)) for each in fields(one))
    if isinstance(one, tuple):
        return len(one) == len(other) and all(same(*pair) for pair in zip(one, other, strict=True))
    return one == other


@pytest.mark.parametrize(
    "score",
    [
        tunes.load("aus_meines_herzens_grunde"),
        written(FIFTHS),
        written(FIFTHS[:1]),
        edits.empty(2),
        random_score(40, 1),
        random_score(64, 2),
    ],
    ids=["a tune", "fifths", "one voice", "nothing", "40 bars", "64 bars"],
)
@pytest.mark.parametrize("strictness", PROFILES)
def test_its_answers_are_those_that_are_given_here(helper, score, strictness):
    manner = Manner(profile(strictness), "german")
    there, here = helper.examine(score, manner), examine(score, manner)
    assert same(there, here)
    assert there.score is score


def test_ranges_of_ones_own_and_names_go_along(helper):
    manner = Manner(replace(profile("textbook"), ranges=((60, 70), (55, 60), (48, 50), (40, 44))), "fixed-do")
    there = helper.examine(written(FIFTHS), manner)
    assert same(there.findings, examine(written(FIFTHS), manner).findings)
    assert "range" in {finding.code for finding in there.findings}
    assert any("Do-Sol" in finding.message for finding in there.findings)


def test_its_fixes_are_those_that_are_found_here(helper):
    score = written(FIFTHS)
    checked = examine(score, TEXTBOOK)
    fixed = np.zeros(score.chorale.pitches.shape, dtype=bool)
    fixed[:, 0] = True
    for finding in checked.findings:
        for given in (None, fixed):
            there, here = (each.suggest(checked, finding, given, lambda: False) for each in (helper, Here()))
            assert there == here or same(there, here)
            assert given is None or there is None or all(change.voice for change in there.changes)


def test_locks_that_came_after_the_check_hold_for_its_fixes(helper):
    score = written(FIFTHS)
    helper.examine(score, TEXTBOOK)
    locked = edits.toggle_lock(score, edits.Selection.all_of(score))
    checked = examine(locked, TEXTBOOK)
    finding = next(each for each in checked.findings if each.code == "parallel-fifths")
    assert helper.suggest(checked, finding, None, lambda: False) is None


def test_every_slice_is_unpacked_within_a_millisecond():
    found = examine(random_score(64, 3), TEXTBOOK)
    assert len(found.findings) > 300
    packed = [parcels.pack(part) for part in parcels.slices(found)]
    times = []
    for data in packed:
        begun = time.thread_time()
        parcels.unpack(data)
        times.append(time.thread_time() - begun)
    print(f"{len(packed)} slices, {sum(times) * 1e3:.1f} ms in all, {max(times) * 1e3:.2f} ms the longest")
    assert sorted(times)[len(times) // 2] < 0.001


def test_a_search_that_is_not_wanted_any_more_is_given_up(helper):
    checked = examine(random_score(64, 4), TEXTBOOK)
    stopped = threading.Event()
    stopped.set()
    assert helper.suggest(checked, checked.findings[0], None, stopped.is_set) is None
    assert helper.examine(written(FIFTHS), TEXTBOOK).findings, "and the next question is answered"


def test_what_fails_in_a_question_is_told_and_the_next_is_answered(helper):
    score, unheard_of = written(FIFTHS), Manner(profile("textbook"), "klingon")
    helper.warm_up()
    before = pid(helper)
    with pytest.raises(Exception, match="klingon") as here:
        examine(score, unheard_of)
    with pytest.raises(type(here.value), match="klingon"):
        helper.examine(score, unheard_of)
    assert helper.examine(score, TEXTBOOK).findings
    assert pid(helper) == before


def test_errors_that_cannot_be_packed_are_told_in_words():
    class OddError(Exception):
        """Known in this function alone."""

    desk = Desk(lambda: False)
    desk._parts = lambda _: (_ for _ in ()).throw(OddError("strange"))
    (failed,) = desk.answer(parcels.Asked.about(written(FIFTHS), TEXTBOOK))
    assert isinstance(failed.error, RuntimeError)
    assert "strange" in str(failed.error)


def test_a_killed_process_is_replaced_and_the_third_time_it_is_done_here_and_told_once(own):
    score, here = written(FIFTHS), examine(written(FIFTHS), TEXTBOOK)
    seen = set()
    for _ in range(3):
        assert same(own.examine(score, TEXTBOOK).findings, here.findings)
        seen.add(pid(own))
        os.kill(pid(own), getattr(signal, "SIGKILL", signal.SIGTERM))
    assert len(seen) == 3
    assert not own.told
    for _ in range(2):
        assert same(own.examine(score, TEXTBOOK).findings, here.findings)
    assert len(own.told) == 1
    assert "helper process" in own.told[0].text
    assert multiprocessing.active_children() == [] or own._link is None


def test_one_that_is_killed_in_the_middle_of_a_question_is_asked_again(own):
    score = random_score(64, 5)
    own.examine(written(FIFTHS), TEXTBOOK)
    killer = threading.Timer(0.05, os.kill, (pid(own), signal.SIGTERM))
    killer.start()
    assert same(own.examine(score, TEXTBOOK).findings, examine(score, TEXTBOOK).findings)
    killer.join()
    assert not own.told


def test_where_no_process_can_be_started_it_is_done_here(monkeypatch, own):
    def refused(*_):
        raise OSError("no more processes")

    monkeypatch.setattr(apart, "_Link", refused)
    own.warm_up()
    assert own.examine(written(FIFTHS), TEXTBOOK).findings
    assert len(own.told) == 1


def test_closing_leaves_no_process_and_ends_what_is_being_asked(own):
    own.warm_up()
    process = own._link._process
    raised = []

    def ask():
        try:
            own.examine(random_score(64, 6), TEXTBOOK)
        except Cancelled as error:
            raised.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(0.05)
    begun = time.monotonic()
    own.close()
    thread.join(10)
    assert not process.is_alive()
    assert len(raised) == 1
    assert time.monotonic() - begun < 5
    with pytest.raises(Cancelled):
        own.examine(written(FIFTHS), TEXTBOOK)


PARENT = """
import sys, threading, time
from chorale.app.assistant import Apart
if __name__ == "__main__":
    print("begun", flush=True)
    helper = Apart(print)
    helper.warm_up()
    print(helper._link._process.pid, flush=True)
    time.sleep(60)
"""


def is_running(number):
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_it_ends_by_itself_when_its_parent_is_killed_and_runs_no_program_again(tmp_path):
    program = tmp_path / "parent.py"
    program.write_text(PARENT)
    parent = subprocess.Popen([sys.executable, program], stdout=subprocess.PIPE, text=True)
    try:
        assert parent.stdout.readline() == "begun\n"
        child = int(parent.stdout.readline())
        assert is_running(child)
    finally:
        parent.kill()
        parent.wait(10)
    deadline = time.monotonic() + 20
    while is_running(child):
        assert time.monotonic() < deadline, "it outlived its parent"
        time.sleep(0.05)
    assert parent.stdout.read() == ""
    parent.stdout.close()


def test_a_studio_checks_with_it(clock):
    studio = Studio(clock=clock, assistant=Apart)
    studio.teacher.warm_up()
    studio.edit("Write", lambda _: written(FIFTHS))
    deadline = time.monotonic() + 30
    while studio.teacher.wait is not None or not studio.findings:
        assert time.monotonic() < deadline
        studio.poll()
        clock.pass_(0.1)
        time.sleep(0.005)
    assert "parallel-fifths" in {finding.code for finding in studio.findings}
    studio.teacher.fixing.ask(studio.findings[0])
    process = studio.teacher._assistant._link._process
    studio.close()
    assert not process.is_alive()
    assert isinstance(studio.score, Score)
