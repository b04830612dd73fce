"""What a player has reached is kept, and never in the way."""

import json
import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chorale.errors import InputError
from chorale.levels import progress as keeping
from chorale.levels.progress import Progress, Result, Streak

TODAY = date(2026, 11, 23)


def day(number):
    return date(2026, 11, number)


def reached(level="a", stars=2, points=85.0, **more):
    return Progress().reached(level, Result(stars, points, **more), TODAY)


def test_the_best_result_stays():
    progress = reached(stars=2, points=85).reached("a", Result(1, 70), TODAY)
    assert progress.best("a") == Result(2, 85)
    assert progress.reached("a", Result(3, 96), TODAY).best("a") == Result(3, 96)
    assert progress.reached("a", Result(2, 90, hints=1), TODAY).best("a").points == 90


def test_a_result_of_an_earlier_version_of_a_level_no_longer_counts():
    progress = reached(stars=3, points=100)
    assert progress.best("a", version=2) is None
    newer = progress.reached("a", Result(1, 60, version=2), TODAY)
    assert newer.best("a", version=2) == Result(1, 60, version=2)


def test_what_was_saved_is_loaded(tmp_path):
    progress = reached(hints=1, day="2026-11-23").passed_by_exam("triads").showing_streak(shown=False)
    keeping.save(progress, tmp_path / "new")
    assert keeping.load(tmp_path / "new") == (progress, ())


def test_without_a_file_one_begins_anew(tmp_path):
    assert keeping.load(tmp_path / "nowhere") == (Progress(), ())


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"results": []}', b"\xff\xfe", b"[" * 100_000, b"null"])
def test_a_damaged_file_is_set_aside_and_told_and_one_begins_anew(tmp_path, data):
    path = tmp_path / keeping.NAME
    path.write_bytes(data)
    progress, (told,) = keeping.load(tmp_path)
    assert progress == Progress()
    assert "was damaged" in told
    assert "\n" not in told
    aside = tmp_path / "progress.damaged.json"
    assert str(aside) in told
    assert aside.read_bytes() == data
    assert not path.exists()


def test_two_damaged_files_do_not_overwrite_each_other(tmp_path):
    for data in (b"first", b"second"):
        (tmp_path / keeping.NAME).write_bytes(data)
        keeping.load(tmp_path)
    assert {path.read_bytes() for path in tmp_path.glob("progress.damaged*")} == {b"first", b"second"}


@pytest.mark.parametrize(
    "entry",
    [{"stars": 4, "points": 10}, {"stars": 1}, {"stars": True, "points": 1}, 3, {"stars": 1, "points": "x"},
     {"stars": 1, "points": 1, "day": "yesterday"}, {"stars": 1, "points": 1, "version": 0}],
)  # fmt: skip
def test_an_entry_that_makes_no_sense_is_left_out_and_told_and_the_others_stay(tmp_path, entry):
    kept = {"version": 1, "results": {"a": {"stars": 3, "points": 100}, "b": entry}}
    (tmp_path / keeping.NAME).write_text(json.dumps(kept))
    progress, complaints = keeping.load(tmp_path)
    assert progress.results == {"a": Result(3, 100)}
    assert "'b' makes no sense" in complaints[0]
    assert "set aside" in complaints[1]


def test_a_streak_that_makes_no_sense_begins_anew(tmp_path):
    kept = {"results": {}, "streak": {"days": -3}}
    (tmp_path / keeping.NAME).write_text(json.dumps(kept))
    progress, complaints = keeping.load(tmp_path)
    assert progress.streak == Streak()
    assert "begins anew" in complaints[0]


def test_what_a_later_version_wrote_is_kept(tmp_path):
    kept = {"version": 9, "results": {"a": {"stars": 3, "points": 100, "mood": "glad"}}, "hats": ["red"]}
    (tmp_path / keeping.NAME).write_text(json.dumps(kept))
    progress, complaints = keeping.load(tmp_path)
    assert complaints == ()
    keeping.save(progress.reached("b", Result(1, 70), TODAY), tmp_path)
    again = json.loads((tmp_path / keeping.NAME).read_text())
    assert again["hats"] == ["red"]
    assert set(again["results"]) == {"a", "b"}


def test_two_windows_keep_the_better_of_both(tmp_path):
    keeping.save(reached("a", stars=1, points=60), tmp_path)
    keeping.save(reached("b", stars=2, points=85), tmp_path)
    written = keeping.save(reached("a", stars=3, points=99), tmp_path)
    assert written == keeping.load(tmp_path)[0]
    assert {level: result.stars for level, result in written.results.items()} == {"a": 3, "b": 2}


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot make the folder"):
        keeping.save(Progress(), tmp_path / "file" / "below")


def test_a_file_that_was_exported_is_read_or_told(tmp_path):
    path = tmp_path / "ann.json"
    path.write_bytes(keeping.as_json(reached()))
    assert keeping.read(path) == reached()
    path.write_text("{}")
    with pytest.raises(InputError, match="wanted a file that Chorale exported"):
        keeping.read(path)
    with pytest.raises(InputError, match="no such file"):
        keeping.read(tmp_path / "nowhere.json")


KILLED = """
import os, sys
from datetime import date
from pathlib import Path
from chorale.levels import progress as keeping
from chorale.levels.progress import Progress, Result
progress = Progress()
for number in range(10_000):
    progress = progress.reached(f"level-{number}", Result(1, 60), date(2026, 11, 23))
    keeping.save(progress, Path(sys.argv[1]))
    print(number, flush=True)
"""


def test_a_killed_process_loses_at_most_the_current_attempt(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", KILLED, tmp_path], stdout=subprocess.PIPE, text=True)
    try:
        for _ in range(20):
            last = int(process.stdout.readline())
    finally:
        process.kill()
        last = max([last, *map(int, process.stdout.read().split())])
        process.wait()
        process.stdout.close()
    progress, complaints = keeping.load(tmp_path)
    assert complaints == ()
    assert len(progress.results) in {last + 1, last + 2}


# The streak -----------------------------------------------------------------------------------------------------


def test_days_in_a_row_are_counted_once_each():
    streak = Streak()
    for number in (1, 1, 2, 3, 3):
        streak = streak.after(day(number))
    assert (streak.days, streak.best, streak.last) == (3, 3, "2026-11-03")


def test_a_day_off_does_no_harm_and_two_begin_anew():
    streak = Streak().after(day(1)).after(day(3))
    assert streak.days == 2
    later = streak.after(day(6))
    assert (later.days, later.best) == (1, 2)


def test_a_broken_streak_shows_nothing():
    streak = Streak().after(day(1)).after(day(2))
    assert [streak.on(day(number)) for number in (2, 3, 4, 5)] == [2, 2, 2, 0]


def test_a_clock_set_back_does_not_break_the_streak():
    assert Streak().after(day(5)).after(day(4)) == Streak().after(day(5))


# Merging --------------------------------------------------------------------------------------------------------

RESULTS = st.builds(Result, st.integers(1, 3), st.integers(0, 100), st.integers(0, 5), st.integers(1, 3))
PROGRESS = st.builds(
    lambda results, tested: Progress(results, frozenset(tested)),
    st.dictionaries(st.sampled_from("abc"), RESULTS),
    st.lists(st.sampled_from("xyz")),
)


@given(PROGRESS, PROGRESS, PROGRESS)
def test_merging_keeps_the_best_in_whatever_order(first, second, third):
    assert first.merged(second) == second.merged(first)
    assert first.merged(second).merged(third) == first.merged(second.merged(third))
    assert first.merged(first) == first
    for level, result in first.results.items():
        assert first.merged(second).results[level].worth >= result.worth
