"""The tables for gradebooks, read back."""

import csv
import io

import pytest

from chorale.app.marking.likeness import Flag
from chorale.app.marking.outcome import Outcome, Told
from chorale.app.marking.pages.tables import NAMES, all_tables
from chorale.app.marking.scoring import Line
from chorale.theory import RULES

ANN = Outcome(
    "Ann_1_assignsubmission_file/a.mid",
    'Ann "Bee", Ångström',
    "12345",
    "moodle",
    score=17.5,
    total=20.0,
    lines=(Line("parallel-fifths", "Parallel perfect fifths", 2, -2.0), Line("overlap", "Overlapping voices", 1, 0.0)),
    findings=(
        Told("parallel-fifths", "error", "so", 1, 1.0),
        Told("parallel-fifths", "error", "so", 3, 1.0),
        Told("overlap", "hint", "so", 3, 0.0),
    ),
    remarks=("the key signature has 2 sharps",),
)
BEN = Outcome("ben.mid", "=HYPERLINK(1)", reason="ben.mid is empty: wanted a score")


@pytest.fixture
def read():
    made = all_tables("Old Hundredth", [ANN, BEN], {ANN.file: (Flag("chorale", "The same as Chorale's own", 1.0),)})
    assert tuple(made) == NAMES

    def rows(name):
        return list(csv.reader(io.StringIO(made[name].decode("utf-8-sig"), newline="")))

    rows.data = made
    return rows


def test_the_table_for_people_has_everything(read):
    head, ann, ben = read("scores.csv")
    cells = dict(zip(head, ann, strict=True))
    assert (cells["Student"], cells["ID"], cells["Score"], cells["Maximum"]) == (ANN.student, "12345", "17.5", "20")
    assert (cells["Errors"], cells["Warnings"], cells["Hints"]) == ("2", "0", "1")
    assert cells["Comments"] == "The key signature has 2 sharps. Parallel perfect fifths x 2 (-2)"
    assert cells["Flags"] == "The same as Chorale's own"
    assert [cells[code] for code in RULES] == [
        {"parallel-fifths": "2", "overlap": "1"}.get(code, "0") for code in RULES
    ]
    unread = dict(zip(head, ben, strict=True))
    assert (unread["Score"], unread["Comments"]) == ("", "not marked: ben.mid is empty: wanted a score")


def test_a_spreadsheet_sees_the_encoding_and_gradebooks_see_none(read):
    assert read.data["scores.csv"].startswith(b"\xef\xbb\xbf")
    assert read.data["moodle.csv"].startswith(b"Identifier")
    assert read.data["canvas.csv"].startswith(b"Student")


def test_moodle_finds_its_columns_and_participants(read):
    head, ann, ben = read("moodle.csv")
    assert {"Identifier", "Grade", "Last modified (grade)", "Feedback comments"} <= set(head)
    assert ann[:4] == ["Participant 12345", ANN.student, "17.5", "20"]
    assert (ben[0], ben[2]) == ("", "")


def test_canvas_finds_its_columns_and_the_points_possible(read):
    head, most, ann, ben = read("canvas.csv")
    assert head == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Old Hundredth"]
    assert most[0].strip() == "Points Possible"
    assert most[-1] == "20"
    assert (ann[0], ann[1], ann[-1]) == (ANN.student, "12345", "17.5")
    assert ben[-1] == ""


@pytest.mark.parametrize("bad", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "a\r\n=1"])
def test_no_cell_is_a_formula_or_breaks_its_line(bad):
    made = all_tables(bad, [Outcome(bad, bad, reason=bad)], {bad: (Flag("chorale", bad, 1.0),)})
    for data in made.values():
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
            for cell in row:
                assert not cell.strip().startswith(("=", "+", "-", "@"))
                assert "\n" not in cell


def test_a_faultless_hand_in_is_told_so():
    assert Outcome("a.mid", "A", score=20.0, total=20.0).comment == "No mistake found"


def test_an_outcome_survives_json():
    assert Outcome.from_json(ANN.to_json()) == ANN
    with pytest.raises(KeyError):
        Outcome.from_json({})
