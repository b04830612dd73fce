"""A small class from folder to report, and again."""

import csv
import json
import os
import subprocess
import sys
import time

import numpy as np
import pytest

from chorale import io, models
from chorale.app.marking import mark_class
from chorale.errors import InputError, ModelError
from chorale.models.base import Harmonization
from chorale.music import REST, Chorale


class Fixed:
    """Answers with the voices of one score, higher by a step for each alternative after the first."""

    def __init__(self, score):
        self.score = score

    def harmonize(self, score, writable, *, seed=0, alternatives=1, **_):
        return [self._answer(score, writable, seed, index) for index in range(alternatives)]

    def _answer(self, score, writable, seed, index):
        theirs = self.score.chorale
        moved = np.where(theirs.pitches == REST, REST, theirs.pitches + index + 5 * seed)
        pitches = np.where(writable, moved, score.chorale.pitches)
        onsets = np.where(writable, theirs.onsets, score.chorale.onsets)
        return Harmonization(score.replace(chorale=Chorale(pitches, onsets)), seed, -1.0)


@pytest.fixture
def school(tmp_path, classroom, handed_in, monkeypatch):
    """A folder of hand-ins, its assignment, and a function that marks it."""
    monkeypatch.setattr(models, "load", lambda _: Fixed(classroom.SOLUTION))
    (tmp_path / "homework.toml").write_text(classroom.TEXT, encoding="utf-8")
    handed_in(classroom.SOLUTION, "Ann Bee_11_assignsubmission_file/a.musicxml")
    handed_in(classroom.planted(classroom.SOLUTION, 1, 5), "Ben Cole_12_assignsubmission_file/b.mid")
    handed_in(classroom.planted(classroom.SOLUTION, 2, 9), "Cy Döhl_13_assignsubmission_file/c.chorale")
    folder = handed_in(classroom.only(classroom.SOLUTION, [0]), "Di_14_assignsubmission_file/d.chorale")
    (folder / "Ed_15_assignsubmission_file").mkdir()
    (folder / "Ed_15_assignsubmission_file" / "e.musicxml").write_bytes(b"<score-partwise>")
    (folder / "read me.txt").write_text("hello")

    def mark(**options):
        return mark_class(folder, tmp_path / "homework.toml", tmp_path / "report", **{"workers": 1, **options})

    mark.folder, mark.report, mark.assignment = folder, tmp_path / "report", tmp_path / "homework.toml"
    return mark


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def set_back(folder):
    for path in folder.rglob("*"):
        if path.is_file():
            os.utime(path, (1000, 1000))


def touched(folder):
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.stat().st_mtime > 2000
    }


def test_everybody_has_a_page_an_annotated_score_and_a_row(school):
    summary = school()
    assert (summary.marked, summary.unreadable, summary.again) == (4, 1, 5)
    names = set(contents(school.report))
    stems = {"ann-bee-11", "ben-cole-12", "cy-dohl-13", "di-14"}
    assert names == {
        ".chorale-marking.json",
        "index.html",
        "scores.csv",
        "moodle.csv",
        "canvas.csv",
        *(f"students/{stem}.html" for stem in stems),
        *(f"annotated/{stem}.musicxml" for stem in stems),
    }
    rows = list(csv.DictReader((school.report / "scores.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [row["Student"] for row in rows] == ["Ann Bee", "Ben Cole", "Cy Döhl", "Di", "Ed"]
    assert [row["Score"] for row in rows if row["Student"] in {"Ann Bee", "Di", "Ed"}] == ["20", "0", ""]


def test_what_could_not_be_read_and_what_was_left_alone_is_said(school):
    says = "\n".join(school().says)
    assert "Ed_15_assignsubmission_file/e.musicxml: e.musicxml" in says
    assert "read me.txt is no hand-in and was left alone" in says
    assert "e.musicxml" in (school.report / "index.html").read_text(encoding="utf-8")


def test_chorales_own_answer_is_flagged(school):
    school()
    page = (school.report / "index.html").read_text(encoding="utf-8")
    assert "The same as Chorale's own answer (seed 0): every note agrees" in page


def test_an_annotated_score_opens_with_the_same_notes(school, classroom):
    school()
    again = io.read(school.report / "annotated" / "ann-bee-11.musicxml").score
    assert again.chorale == classroom.SOLUTION.chorale


def test_marking_again_touches_nothing(school):
    school()
    before = contents(school.report)
    set_back(school.report)
    summary = school()
    assert (summary.again, summary.written) == (0, 0)
    assert contents(school.report) == before
    assert touched(school.report) == set()


def test_a_report_made_anew_is_the_same_byte_for_byte(school):
    school()
    before = contents(school.report)
    for name in before:
        (school.report / name).unlink()
    school()
    assert contents(school.report) == before


def test_only_the_page_of_a_changed_hand_in_is_written_and_the_tables(school, classroom):
    school()
    set_back(school.report)
    io.write(classroom.SOLUTION, school.folder / "Ben Cole_12_assignsubmission_file" / "b.mid")
    assert school().again == 1
    assert touched(school.report) == {
        ".chorale-marking.json",
        "index.html",
        "scores.csv",
        "moodle.csv",
        "canvas.csv",
        "students/ben-cole-12.html",
        "annotated/ben-cole-12.musicxml",
    }


def test_another_assignment_marks_everybody_anew(school, classroom):
    school()
    school.assignment.write_text(classroom.TEXT + "[points]\ntotal = 30\n", encoding="utf-8")
    assert school().again == 5
    assert "of 30" in (school.report / "students" / "ann-bee-11.html").read_text(encoding="utf-8")


def test_who_is_gone_is_gone_from_the_report(school):
    school()
    (school.folder / "Di_14_assignsubmission_file" / "d.chorale").unlink()
    school()
    assert "students/di-14.html" not in contents(school.report)
    assert "Di" not in (school.report / "scores.csv").read_text(encoding="utf-8-sig").split(",")


def test_a_page_that_was_deleted_is_made_again(school):
    school()
    (school.report / "students" / "ann-bee-11.html").unlink()
    assert school().again == 1
    assert "students/ann-bee-11.html" in contents(school.report)


def test_two_of_one_name_have_a_page_each(school, classroom, handed_in):
    for name in ("Jo/x.mid", "jo /x.mid", "Jó.mid"):
        handed_in(classroom.SOLUTION, name)
    school()
    pages = sorted(path.stem for path in (school.report / "students").glob("jo*"))
    assert pages == ["jo", "jo-2"]


def test_a_damaged_model_is_told_and_stops_nothing(school, monkeypatch):
    def fail(_):
        raise ModelError("model coconet: its file is damaged")

    monkeypatch.setattr(models, "load", fail)
    summary = school()
    assert summary.marked == 4
    assert "not compared with Chorale's own answers: model coconet: its file is damaged" in summary.says
    assert "its file is damaged" in (school.report / "index.html").read_text(encoding="utf-8")


def test_a_fault_of_ours_in_one_hand_in_stays_with_it(school, monkeypatch):
    from chorale.app.marking import work  # noqa: PLC0415  only here

    check = work.check

    def fail(score, *arguments, **options):
        if not (score.chorale.pitches[:, 1:] != REST).any():
            raise ZeroDivisionError
        return check(score, *arguments, **options)

    monkeypatch.setattr(work, "check", fail)
    summary = school()
    assert (summary.marked, summary.unreadable) == (3, 2)
    assert any("could not be marked, which is our fault: ZeroDivisionError()" in line for line in summary.says)


def test_the_report_is_refused_where_it_would_do_harm(school):
    for place, told in ((school.folder, "is the folder of the hand-ins"), (school.assignment, "is a file")):
        with pytest.raises(InputError, match=told):
            mark_class(school.folder, school.assignment, place)
    assert not school.report.exists()


def test_what_was_marked_before_an_interrupt_is_kept_and_nothing_is_half_written(school):
    def stop(part):
        if part > 0.7:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        school(progress=stop)
    kept = contents(school.report)
    assert "index.html" not in kept
    assert json.loads(kept[".chorale-marking.json"])["handins"]
    assert not [name for name in kept if "/." in name]
    summary = school()
    assert 0 < summary.again < 5
    assert summary.marked == 4


def test_every_core_gives_what_one_process_gives(tmp_path, classroom, handed_in):
    lines = tuple(line.split(" | ")[0] for line in classroom.LINES)
    one_note = classroom.four_parts(lines)
    folder = handed_in(one_note, "Ann.chorale")
    handed_in(classroom.planted(one_note, 1, 2), "Ben.chorale")
    assignment = tmp_path / "homework.toml"
    assignment.write_text(classroom.TEXT.replace(classroom.LINES[0], lines[0]), encoding="utf-8")
    heard = []
    mark_class(folder, assignment, tmp_path / "many", workers=2, progress=heard.append)
    mark_class(folder, assignment, tmp_path / "one", workers=1)
    assert contents(tmp_path / "many") == contents(tmp_path / "one")
    assert len(heard) == 4
    assert heard == sorted(heard)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_ctrl_c_ends_the_command_in_one_line_and_leaves_no_half_written_file(school):
    command = [
        sys.executable,
        "-m",
        "chorale",
        "mark",
        school.folder,
        "--assignment",
        school.assignment,
        "-o",
        school.report,
    ]
    running = subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    while running.poll() is None and not (school.report / "students").exists():
        time.sleep(0.02)
    if running.poll() is None:
        os.killpg(running.pid, 2)
    _, said = running.communicate(timeout=60)
    assert running.returncode in {0, 130}  # a quick machine may be done
    assert "Traceback" not in said
    if running.returncode == 130:
        assert said.strip().splitlines()[-1] == "chorale: stopped"
    assert not [path for path in school.report.rglob(".*") if path.name != ".chorale-marking.json"]
