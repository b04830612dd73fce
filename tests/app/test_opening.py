import threading

import pytest

from chorale.app import Studio, edits
from chorale.app.opening import Opened, messages
from chorale.errors import Cancelled, InputError


@pytest.fixture
def gate():
    return threading.Event()


@pytest.fixture
def slow(gate):
    """A studio whose files hold as many bars as their names have letters, once the gate is open."""

    def read(path):
        gate.wait(10)
        if path.suffix == ".bad":
            raise InputError(f"{path.name}: wanted music")
        return Opened(edits.empty(len(path.stem)), warnings=("one bar is odd",))

    made = Studio(read=read)
    yield made
    gate.set()
    made.close()


def finish(studio):
    studio.opening.join(10)
    studio.poll()


def test_a_file_opened_in_the_background_arrives_when_polled(slow, gate, tmp_path):
    before = slow.document
    job = slow.open_job(tmp_path / "abc.mid")
    slow.poll()
    assert slow.opening is job
    gate.set()
    job.join(10)
    assert slow.document is before
    slow.poll()
    assert slow.opening is None
    assert len(slow.score.bars) == 3
    assert [(message.text, message.kind) for message in slow.take_messages()] == [("one bar is odd", "warning")]


def test_a_file_that_fails_in_the_background_is_one_message(slow, gate, tmp_path):
    before = slow.document
    gate.set()
    slow.open_job(tmp_path / "abc.bad")
    finish(slow)
    assert slow.opening is None
    assert slow.document is before
    assert [(message.text, message.kind) for message in slow.take_messages()] == [("abc.bad: wanted music", "error")]


def test_the_file_asked_for_last_is_the_one_that_is_opened(slow, gate, tmp_path):
    first = slow.open_job(tmp_path / "ab.mid")
    slow.open_job(tmp_path / "abcde.mid")
    gate.set()
    finish(slow)
    with pytest.raises(Cancelled):
        first.result()
    slow.poll()
    assert len(slow.score.bars) == 5
    assert len(slow.take_messages()) == 1


def test_another_document_or_a_cancel_gives_the_file_up_in_silence(slow, gate, tmp_path):
    for give_up in (slow.new, slow.cancel_open):
        job = slow.open_job(tmp_path / "abc.mid")
        give_up()
        assert slow.opening is None
        gate.set()
        job.join(10)
        slow.poll()
        assert len(slow.score.bars) == 8
        assert slow.take_messages() == []
        gate.clear()


def test_after_three_remarks_the_rest_is_counted(tmp_path):
    opened = Opened(edits.empty(), warnings=tuple("abcde"))
    assert [message.text for message in messages(opened, tmp_path / "x.mid")] == [
        "a",
        "b",
        "c",
        "and 2 more remarks on x.mid",
    ]
    assert messages(Opened(edits.empty()), tmp_path / "x.mid")[0].kind == "good"
