"""What is kept is there the next time, note for note; a torn file is told of and keeps nobody from starting."""

import pytest

from chorale.app.tools import shelf
from chorale.app.tools.bench import Kept
from chorale.app.tools.session import Session
from chorale.app.tools.table import Name
from chorale.music import Key, Meter


def sitting(folder):
    return Session(folder=folder)


def test_clips_come_back_exactly(tmp_path, tune, beat):
    kept = (
        Kept(tune.replace(key=Key.parse("f# minor"), meter=Meter(3, 4), pickup=4), "Generate 1", 7),
        Kept(beat, "b", 0),
    )
    shelf.save(kept, tmp_path / "new")
    assert shelf.load(tmp_path / "new") == (kept, "")


def test_without_a_file_the_shelf_is_empty(tmp_path):
    assert shelf.load(tmp_path) == ((), "")


@pytest.mark.parametrize("torn", [b"{", b"[]", b'{"kept": [{"name": 1}]}', b'{"kept": [{"notes": ["a b"]}]}'])
def test_a_torn_file_is_set_aside_and_told_of(tmp_path, torn):
    (tmp_path / "shelf.json").write_bytes(torn)
    kept, told = shelf.load(tmp_path)
    assert kept == ()
    assert "could not be read" in told
    assert not (tmp_path / "shelf.json").exists()
    assert next(tmp_path.iterdir()).read_bytes() == torn


@pytest.mark.usefixtures("small_models")
def test_the_next_sitting_has_the_shelf_of_the_one_before(tmp_path):
    first = sitting(tmp_path)
    first.go(Name.GENERATE)
    first.run().join()
    first.poll()
    first.keep()
    first.close()
    second = sitting(tmp_path)
    assert second.kept == first.kept
    second.drop(0)
    while second.busy or second.kept != shelf.load(tmp_path)[0]:
        second.poll()
    second.close()
    assert second.undo_label == "drop"


def test_a_sitting_with_a_torn_shelf_begins_and_says_so(tmp_path):
    (tmp_path / "shelf.json").write_text("no")
    session = sitting(tmp_path)
    (message,) = session.take_messages()
    assert message.text.startswith("the shelf could not be read")
    session.close()
