"""Files are opened in the background: frames go on, edits are possible, nothing is lost."""

import threading
import time

import pygame
import pytest

from chorale.app import opening
from chorale.app.opening import Opened
from chorale.errors import InputError


class SlowReader:
    """Reads like the real one, but not before it is let; keeps what it was asked for."""

    def __init__(self):
        self.let, self.asked, self.ended = threading.Event(), [], []

    def __call__(self, path):
        self.asked.append(path.name)
        self.let.wait(20)
        try:
            return opening.read(path)
        finally:
            self.ended.append(path.name)


@pytest.fixture
def slow(tune):
    """The person with a tune of eight notes and a reader that waits."""
    tune.read = SlowReader()
    yield tune
    tune.read.let.set()


@pytest.fixture
def songs(tmp_path, tune):
    """Two files: "one" with three bars, "two" with five."""
    paths = [tmp_path / "one.chorale", tmp_path / "two.chorale"]
    for path, bars in zip(paths, (3, 5), strict=True):
        other = type(tune.studio)()
        other.new(bars)
        other.save(path)
        other.close()
    return paths


def bars(person):
    return len(person.score.bars)


def test_while_a_file_is_read_frames_go_on_and_notes_can_be_written(slow, songs):
    slow.drop(songs[0])
    frames = slow.window.frames
    slow.turn(30)
    assert slow.window.frames - frames >= 25
    assert "Opening one.chorale…" in slow.said()
    slow.type("c")
    slow.place(44, 32)
    assert len(slow.notes()) == 10
    slow.read.let.set()
    slow.opened()
    assert bars(slow) == 3
    assert "Opened one.chorale" in slow.said()
    assert "Opening one.chorale…" not in slow.said()


def test_what_was_written_while_a_file_was_read_can_be_brought_back(slow, songs):
    slow.drop(songs[0])
    slow.type("c")
    before = slow.score
    slow.read.let.set()
    slow.opened()
    card = next(card for card in slow.editor.state.toasts.cards if card.toast.word == "Bring it back")
    slow.click_at(card._word.center)
    assert slow.score == before


def test_a_file_read_quickly_is_opened_without_ado(tune, songs):
    tune.drop(songs[0])
    tune.opened()
    assert bars(tune) == 3
    assert not any("Opening" in text for text in tune.said())


def test_a_bad_file_gives_one_line_and_nothing_is_lost(tune, tmp_path):
    bad = tmp_path / "bad.musicxml"
    bad.write_bytes(b"\x00\x01 not music")
    before = tune.score
    tune.drop(bad)
    tune.opened()
    tune.turn(20)
    assert tune.score is before
    assert [text for text in tune.said() if "bad.musicxml" in text] == tune.said()
    assert len(tune.said()) == 1
    assert tune.find("portrait").value == "frowning"
    assert tune.studio.document.dirty


def test_an_error_of_ours_in_a_reader_is_one_line_too(tune, tmp_path):
    def fail(_):
        raise ZeroDivisionError

    tune.read = fail
    tune.drop(tmp_path / "song.mid")
    tune.opened()
    assert len(tune.said()) == 1
    assert "song.mid" in tune.said()[0]


def test_a_drop_while_another_file_is_read_takes_its_place(slow, songs):
    slow.drop(songs[0])
    slow.drop(songs[1])
    slow.turn(20)
    assert [text for text in slow.said() if "Opening" in text] == ["Opening two.chorale…"]
    slow.read.let.set()
    slow.opened()
    assert bars(slow) == 5
    deadline = time.monotonic() + 10
    while slow.studio._jobs.running:
        assert time.monotonic() < deadline
        slow.turn()
    assert bars(slow) == 5, "the first never arrives"
    assert len([text for text in slow.said() if "Opened" in text]) == 1
    assert slow.read.asked == ["one.chorale", "two.chorale"]


def test_of_three_drops_the_one_in_the_middle_is_never_read(slow, songs):
    for song in (songs[0], songs[0], songs[1]):
        slow.drop(song)
    slow.read.let.set()
    slow.opened()
    assert slow.read.asked == ["one.chorale", "two.chorale"]
    assert bars(slow) == 5


@pytest.mark.parametrize("way", ["escape", "word"])
def test_opening_can_be_given_up(slow, songs, way):
    before = slow.score
    slow.drop(songs[0])
    slow.turn(20)
    if way == "escape":
        slow.key(pygame.K_ESCAPE)
    else:
        card = next(card for card in slow.editor.state.toasts.cards if card.toast.manner == "busy")
        slow.click_at(card._word.center)
    assert slow.studio.opening is None
    slow.read.let.set()
    slow.wait_for(lambda: slow.read.ended == ["one.chorale"])
    slow.turn(10)
    assert slow.score is before
    assert not any("Open" in text for text in slow.said())


def test_a_new_score_while_a_file_is_read_stays(slow, songs):
    slow.drop(songs[0])
    slow.turn(20)
    slow.key(pygame.K_n, ctrl=True)
    slow.read.let.set()
    slow.wait_for(lambda: slow.read.ended == ["one.chorale"])
    slow.turn(10)
    assert bars(slow) == 8
    assert not any("Open" in text for text in slow.said())


def test_a_name_half_typed_for_the_score_before_is_not_given_to_the_new_one(slow, songs):
    slow.drop(songs[0])
    slow.click("title")
    slow.type("half a na")
    slow.read.let.set()
    slow.opened()
    slow.turn(5)
    assert slow.score.title == ""
    assert not slow.studio.document.dirty


def test_a_tempo_half_typed_for_the_score_before_is_not_given_to_the_new_one(slow, songs):
    slow.drop(songs[0])
    while slow.editor.state.board.ring.widget.id != "tempo":
        slow.key(pygame.K_TAB)
    slow.type("13")
    slow.read.let.set()
    slow.opened()
    slow.turn(5)
    assert not slow.studio.document.dirty


def test_a_save_sheet_of_the_score_before_closes(slow, songs):
    slow.drop(songs[0])
    slow.key(pygame.K_s, ctrl=True, shift=True)
    assert slow.editor.overlay is not None
    slow.read.let.set()
    slow.opened()
    assert slow.editor.overlay is None


def test_remarks_on_a_file_are_told_the_first_three_one_by_one(tune, tmp_path):
    score = tune.score
    tune.read = lambda _: Opened(score, warnings=tuple(f"remark {number}" for number in range(5)))
    told = []
    tune.editor._tell, tell = lambda messages: (told.extend(messages), tell(messages)), tune.editor._tell
    tune.drop(tmp_path / "song.mid")
    tune.opened()
    assert [message.text for message in told][-4:] == [
        "remark 0",
        "remark 1",
        "remark 2",
        "and 2 more remarks on song.mid",
    ]


def test_quitting_while_a_file_is_read_ends_when_it_was_read(slow, songs):
    slow.drop(songs[0])
    slow.key(pygame.K_q, ctrl=True)
    assert not slow.window.running
    threading.Timer(0.05, slow.read.let.set).start()
    slow.studio.close()
    assert slow.read.ended == ["one.chorale"]


def test_the_studio_says_what_could_not_be_read(tune, tmp_path):
    job = tune.studio.open_job(tmp_path / "none.mid")
    with pytest.raises(InputError, match=r"none\.mid"):
        job.result()


def test_the_sheet_of_files_calls_for_the_readers_and_the_first_frame_does_not(person):
    called = []
    person.services.files_ahead = lambda: called.append(1)
    person.turn(5)
    assert not called
    person.key(pygame.K_o, ctrl=True)
    assert called
