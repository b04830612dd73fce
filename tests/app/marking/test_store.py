"""The report's folder: only what is ours, only what changed."""

import os

import pytest

from chorale.app.marking.store import MEMORY, Store
from chorale.errors import InputError


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "report"


def filled(folder, **files):
    store = Store(folder)
    for name, text in files.items():
        store.put(f"students/{name}.html", text.encode())
    store.save()
    return store


def age(folder):
    """Set back the dates of all files, and return them."""
    for path in folder.rglob("*"):
        if path.is_file():
            os.utime(path, (1000, 1000))
    return {path: path.stat().st_mtime for path in folder.rglob("*") if path.is_file()}


def test_the_same_again_touches_no_file(folder):
    filled(folder, ann="a", ben="b")
    before = age(folder)
    assert filled(folder, ann="a", ben="b").written == 0
    assert {path: path.stat().st_mtime for path in before} == before


def test_only_what_changed_is_written(folder):
    filled(folder, ann="a", ben="b")
    age(folder)
    assert filled(folder, ann="a", ben="c").written == 1
    assert (folder / "students/ann.html").stat().st_mtime == 1000
    assert (folder / "students/ben.html").read_text() == "c"


def test_what_is_no_longer_wanted_goes_and_its_empty_folder_with_it(folder):
    filled(folder, ann="a", ben="b")
    store = Store(folder)
    store.prune(["students/ben.html"])
    assert [path.name for path in (folder / "students").iterdir()] == ["ben.html"]
    store.prune([])
    assert not (folder / "students").exists()


def test_a_page_changed_by_hand_is_never_lost(folder):
    filled(folder, ann="a", ben="b")
    (folder / "students/ann.html").write_text("my remarks")
    (folder / "students/ben.html").write_text("more remarks")
    store = filled(folder, ann="anew")
    assert (folder / "students/ann.html").read_text() == "anew"
    assert (folder / "students/ann-edited.html").read_text() == "my remarks"
    assert store.kept_aside == ["students/ann.html was changed by hand and is now ann-edited.html"]
    store.prune(["students/ann.html"])
    assert (folder / "students/ben.html").read_text() == "more remarks"


def test_files_of_others_are_left_alone(folder):
    filled(folder, ann="a")
    (folder / "mine.txt").write_text("mine")
    Store(folder).prune([])
    assert (folder / "mine.txt").read_text() == "mine"


def test_a_folder_with_other_files_and_a_file_are_refused(tmp_path):
    (tmp_path / "thesis.doc").write_text("years of work")
    with pytest.raises(InputError, match="holds other files: wanted an empty folder, or an earlier report"):
        Store(tmp_path)
    with pytest.raises(InputError, match="is a file: wanted a folder"):
        Store(tmp_path / "thesis.doc")


@pytest.mark.parametrize("memory", ["", "{", "[]", "{}", '{"form": 1, "files": 3}', '{"form": 99}'])
def test_a_damaged_memory_is_begun_anew(folder, memory):
    filled(folder, ann="a")
    (folder / MEMORY).write_text(memory)
    store = filled(folder, ann="a")
    assert store.written == 0
    assert store.holds("students/ann.html")
