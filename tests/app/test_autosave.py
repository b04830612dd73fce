"""Work survives crashes and kills."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from chorale.app import Studio, autosave, edits
from chorale.app.autosave import Autosave, recoverable
from chorale.errors import InputError

_KILLED = """
import sys, time
from pathlib import Path
from chorale.app import Studio, edits
studio = Studio(config=Path(sys.argv[1]) / "config", sessions=Path(sys.argv[1]) / "sessions")
studio.change_settings(autosave_seconds=1)
studio.edit("Place", lambda score: edits.set_title(edits.place(score, 0, 0, 4, 67), "Before the kill"))
told = False
while True:
    studio.poll()
    if not told and list((Path(sys.argv[1]) / "sessions").glob("*/about.json")):
        print("autosaved", flush=True)
        told = True
    time.sleep(0.02)
"""


@pytest.fixture
def sessions(tmp_path):
    return tmp_path / "sessions"


def old(folder):
    """Make a session look as if it had begun long ago."""
    for path in (folder, *folder.iterdir()):
        os.utime(path, (1, 1))


def abandon(session):
    """End a session as a crash does: its lock is let go, its files stay."""
    session.leave()


def test_a_killed_process_leaves_its_document_to_recover(tmp_path, sessions):
    process = subprocess.Popen([sys.executable, "-c", _KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout.readline() == "autosaved\n"
        assert recoverable(sessions) == []  # it is alive
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        process.stdout.close()
    studio = Studio(sessions=sessions)
    try:
        (item,) = studio.recoverable()
        assert (item.title, item.path) == ("Before the kill", None)
        assert abs(item.saved_at - time.time()) < 60
        studio.recover(item)
        assert [note.pitch for note in studio.score.chorale.notes(0)] == [67]
        assert studio.document.dirty
        assert not item.folder.exists()
        assert len(list(sessions.glob("*/document.chorale"))) == 1  # kept anew before the old one went
        studio.save(tmp_path / "saved.chorale")
    finally:
        studio.close()
    assert list(sessions.iterdir()) == []


def test_a_window_closed_on_unsaved_notes_offers_them_the_next_time(sessions):
    first = Studio(sessions=sessions)
    first.edit("Place", lambda score: edits.place(score, 0, 0, 4, 67))
    first.close()
    second = Studio(sessions=sessions)
    (item,) = second.recoverable()
    second.recover(item)
    assert [note.pitch for note in second.score.chorale.notes(0)] == [67]
    second.close()


def test_a_window_closed_on_an_empty_page_offers_nothing(sessions):
    first = Studio(sessions=sessions)
    first.edit("Title", lambda score: edits.set_title(score, "Not a note yet"))
    first.close()
    assert recoverable(sessions) == []


def test_a_session_that_ends_well_leaves_nothing(sessions, score):
    session = Autosave(sessions)
    session.write(score, None)
    session.close()
    assert recoverable(sessions) == []
    assert list(sessions.iterdir()) == []


def test_what_was_left_is_listed_newest_first_with_title_and_file(sessions, score):
    for number in range(3):
        session = Autosave(sessions)
        session.write(edits.set_title(score, f"Tune {number}"), Path(f"/music/{number}.chorale"))
        abandon(session)
    left = recoverable(sessions)
    assert [item.title for item in left] == ["Tune 2", "Tune 1", "Tune 0"]
    assert left[0].path == Path("/music/2.chorale")
    assert left[0].read().chorale == score.chorale
    left[0].discard()
    assert [item.title for item in recoverable(sessions)] == ["Tune 1", "Tune 0"]


def test_a_live_session_is_not_offered_and_not_swept(sessions, score):
    session = Autosave(sessions)
    session.write(score, None)
    old(session.folder)
    assert recoverable(sessions) == []
    assert session.folder.exists()
    session.close()


def test_an_ended_session_without_a_document_is_swept_unless_it_has_just_begun(sessions):
    young, aged = Autosave(sessions), Autosave(sessions)
    for session in (young, aged):
        abandon(session)
    old(aged.folder)
    assert recoverable(sessions) == []
    assert young.folder.exists()
    assert not aged.folder.exists()


@pytest.mark.parametrize("about", [None, b"", b"{}", b"[1]", b'{"title": 1, "path": null, "saved_at": "x"}'])
def test_a_document_is_recovered_even_when_what_is_said_about_it_is_lost(sessions, score, about):
    session = Autosave(sessions)
    session.write(score, None)
    abandon(session)
    path = session.folder / "about.json"
    path.unlink() if about is None else path.write_bytes(about)
    (item,) = recoverable(sessions)
    assert item.read().chorale == score.chorale


def test_a_damaged_autosave_is_one_line_and_stays_where_it_is(sessions, score):
    session = Autosave(sessions)
    session.write(score, None)
    abandon(session)
    (session.folder / "document.chorale").write_bytes(b"\x00garbage")
    studio = Studio(sessions=sessions)
    (item,) = studio.recoverable()
    with pytest.raises(InputError):
        studio.recover(item)
    assert item.folder.exists()
    studio.close()


def test_the_document_is_autosaved_only_when_changed_and_only_now_and_then(sessions, clock, monkeypatch):
    written = []
    real = Autosave.write
    monkeypatch.setattr(Autosave, "write", lambda self, *what: (written.append(what), real(self, *what)))
    studio = Studio(sessions=sessions, clock=clock)

    def frames():
        for _ in range(3):
            studio.poll()
            for job in studio._jobs.running:
                job.join(5)
        return len(written)

    clock.pass_(1000)
    assert frames() == 0  # nothing changed
    studio.edit("Place", lambda score: edits.place(score, 0, 0, 4, 60))
    assert frames() == 1
    clock.pass_(1000)
    assert frames() == 1  # still the same version
    studio.edit("Place", lambda score: edits.place(score, 0, 4, 4, 60))
    assert frames() == 2
    studio.edit("Place", lambda score: edits.place(score, 0, 8, 4, 60))
    assert frames() == 2  # too soon
    studio.close()


def test_saving_forgets_the_autosave(sessions, tmp_path, clock):
    studio = Studio(sessions=sessions, clock=clock)
    studio.edit("Place", lambda score: edits.place(score, 0, 0, 4, 60))
    clock.pass_(1000)
    studio.poll()
    studio.save(tmp_path / "a.chorale")
    assert not list(sessions.glob("*/document.chorale"))
    studio.close()


def test_a_failing_autosave_is_told_of_once_and_tried_again(sessions, clock, monkeypatch):
    studio = Studio(sessions=sessions, clock=clock)
    real = Autosave.write

    def fail(*_):
        raise InputError("cannot write: no space left on device")

    def frame():
        clock.pass_(1000)
        studio.poll()
        for job in studio._jobs.running:
            job.join(5)
        studio.poll()

    monkeypatch.setattr(Autosave, "write", fail)
    studio.edit("Place", lambda score: edits.place(score, 0, 0, 4, 60))
    for _ in range(3):
        frame()
    assert [message.text for message in studio.take_messages()] == [
        "not autosaved: cannot write: no space left on device"
    ]
    monkeypatch.setattr(Autosave, "write", real)
    frame()
    assert list(sessions.glob("*/document.chorale"))
    studio.close()


def test_a_state_folder_that_cannot_be_made_is_told_of_and_work_goes_on(tmp_path):
    (tmp_path / "file").write_text("")
    studio = Studio(sessions=tmp_path / "file" / "sessions")
    assert "cannot autosave" in studio.take_messages()[0].text
    studio.edit("Place", lambda score: edits.place(score, 0, 0, 4, 60))
    studio.poll()
    studio.close()


def test_the_folders_are_those_of_this_system():
    assert autosave.sessions_folder().name == "sessions"
