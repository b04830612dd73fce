"""Whose file is whose."""

import os

import pytest

from chorale.app.marking import handins
from chorale.errors import InputError


@pytest.fixture
def folder(tmp_path):
    """Make a folder of empty files with the given names; the later a name, the newer its file."""

    def make(*names):
        for age, name in enumerate(names):
            path = tmp_path / "class" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"x")
            os.utime(path, (1000 + age, 1000 + age))
        return tmp_path / "class"

    return make


def students(folder):
    return [(each.student, each.id, each.source) for each in handins.find(folder).handins]


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("Ann Bee_12345_assignsubmission_file/tune.mxl", ("Ann Bee", "12345", "moodle")),
        ("Ann Bee_12345_assignsubmission_file_/my_tune.musicxml", ("Ann Bee", "12345", "moodle")),
        ("Ann Bee_12345_assignsubmission_file_my_tune.mid", ("Ann Bee", "12345", "moodle")),
        ("Jean-Luc d'Arc_7_assignsubmission_file/a/b.abc", ("Jean-Luc d'Arc", "7", "moodle")),
        ("beeann_12345_67890_tune.musicxml", ("beeann", "12345", "canvas")),
        ("beeann_LATE_12345_67890_my_tune-2.mxl", ("beeann", "12345", "canvas")),
        ("Ann Bee.xml", ("Ann Bee", "", "")),
        ("Ann_Bee.chorale", ("Ann Bee", "", "")),
        ("Ann Bee/final version.mid", ("Ann Bee", "", "")),
        ("=1+2.mid", ("=1+2", "", "")),
    ],
)
def test_the_student_is_known_by_the_names_of_file_and_folder(folder, name, student):
    assert students(folder(name)) == [student]


def test_a_class_is_listed_by_name_whatever_the_case(folder):
    assert [name for name, *_ in students(folder("b.mid", "C.mid", "a.mid", "Ä.mid"))] == ["a", "b", "C", "Ä"]


def test_who_handed_in_twice_is_marked_by_the_last_and_the_other_is_told(folder):
    (only,) = handins.find(folder("Ann/first.mid", "Ann/second.mxl")).handins
    assert only.file == "Ann/second.mxl"
    assert only.notes == ("handed in twice: Ann/second.mxl is the last and was marked, Ann/first.mid was not",)


def test_canvas_counts_later_hand_ins_whatever_their_dates(folder):
    (only,) = handins.find(folder("bee_1_11_tune-2.mid", "bee_1_12_tune-1.mid", "bee_1_10_tune.mid")).handins
    assert only.file == "bee_1_11_tune-2.mid"
    assert len(only.notes) == 2


def test_two_students_of_one_name_are_told_apart_by_their_numbers(folder):
    names = ("Ann_1_assignsubmission_file/a.mid", "Ann_2_assignsubmission_file/a.mid")
    assert students(folder(*names)) == [("Ann", "1", "moodle"), ("Ann", "2", "moodle")]


@pytest.mark.parametrize(
    ("name", "told"),
    [("Ann.mscz", "a MuseScore file"), ("Ann.PDF", "a picture"), ("Ann.sib", "a Sibelius file"), ("A.zip", "archive")],
)
def test_what_cannot_be_read_is_a_hand_in_with_its_reason(folder, name, told):
    (only,) = handins.find(folder(name)).handins
    assert told in only.reason
    assert "wanted a score as MusicXML" in only.reason


def test_a_score_counts_before_a_picture_of_it(folder):
    (only,) = handins.find(folder("Ann/a.mid", "Ann/a.pdf")).handins
    assert only.file == "Ann/a.mid"
    assert not only.reason
    assert "also handed in Ann/a.pdf" in only.notes[0]


def test_unrelated_files_are_left_alone_and_said(folder):
    found = handins.find(
        folder(
            "Ann.mid",
            "notes.csv",
            ".DS_Store",
            "__MACOSX/._Ann.mid",
            "Thumbs.db",
            "A_1_assignsubmission_onlinetext/x.html",
        )
    )
    assert [each.file for each in found.handins] == ["Ann.mid"]
    assert found.ignored == ("A_1_assignsubmission_onlinetext/x.html", "Thumbs.db", "notes.csv")


def test_the_assignment_and_the_report_are_no_hand_ins(folder):
    place = folder("Ann.mid", "given.mid", "report/annotated/ann.musicxml")
    found = handins.find(place, leave=(place / "given.mid", place / "report"))
    assert [each.file for each in found.handins] == ["Ann.mid"]
    assert not found.ignored


def test_a_folder_without_hand_ins_and_one_that_is_none_are_one_line(folder, tmp_path):
    with pytest.raises(InputError, match="holds no hand-in: wanted files such as"):
        handins.find(folder("a.csv"))
    with pytest.raises(InputError, match="is not there: wanted the folder of the hand-ins"):
        handins.find(tmp_path / "none")
    with pytest.raises(InputError, match="is a file: wanted the folder"):
        handins.find(tmp_path / "class" / "a.csv")
