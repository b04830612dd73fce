"""Progress as a teacher gets it."""

import csv
import io
from datetime import date

from chorale.levels import progress as keeping
from chorale.levels.progress import Progress, Result
from chorale.levels.report import export, table
from chorale.levels.worlds import World, Worlds


def shelf(level):
    return Worlds((World("w", "Closes, and more", "", (level,)),))


def test_the_table_has_a_row_for_every_level_played_or_not(make):
    worlds = shelf(make())
    (row,) = csv.DictReader(io.StringIO(table(Progress(player="Ann"), worlds)))
    assert (row["player"], row["world"], row["level"], row["stars"]) == ("Ann", "Closes, and more", "test/close", "0")
    progress = Progress().reached("test/close", Result(2, 82.5, 1, day="2026-11-23"), date(2026, 11, 23))
    (row,) = csv.DictReader(io.StringIO(table(progress, worlds)))
    assert (row["stars"], row["points"], row["hints"], row["day"]) == ("2", "82.5", "1", "2026-11-23")


def test_the_suffix_chooses_the_form(make, tmp_path):
    worlds, progress = shelf(make()), Progress(player="Ann", folders=("/home/ann",))
    export(progress, worlds, tmp_path / "ann.CSV")
    assert (tmp_path / "ann.CSV").read_text(encoding="utf-8-sig").startswith("player,world,level")
    export(progress, worlds, tmp_path / "ann.json")
    assert keeping.read(tmp_path / "ann.json") == Progress(player="Ann"), "folders are nobody else's business"
