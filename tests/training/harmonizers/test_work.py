"""Jobs are done once, on any number of processes, and what was done survives a stop."""

import json
from pathlib import Path

import pytest

from chorale.errors import InputError
from chorale.training.harmonizers import measuring, work
from chorale.training.harmonizers.work import Job, Workshop

DOUBLE = "tests.training.harmonizers.test_work:double"


def double(folder, number):
    """Return twice a number, and leave a trace of having been asked."""
    Path(folder, f"asked {number}").touch()
    if number == 13:
        raise InputError("13: wanted another number")
    return 2 * number


@pytest.fixture
def asked(tmp_path):
    return lambda: sorted(int(path.name.split()[1]) for path in tmp_path.glob("asked *"))


def jobs(tmp_path, *numbers, depends=""):
    return [Job(DOUBLE, (str(tmp_path), number), depends) for number in numbers]


def test_results_come_in_the_order_of_the_jobs_and_are_kept(tmp_path, asked):
    shop = Workshop(tmp_path / "run")
    assert shop.do("doubling", jobs(tmp_path, 3, 1, 2)) == [6, 2, 4]
    for path in tmp_path.glob("asked *"):
        path.unlink()
    assert shop.do("doubling", jobs(tmp_path, 1, 2, 5)) == [2, 4, 10]
    assert asked() == [5]


def test_a_job_that_depends_on_something_else_is_done_anew(tmp_path, asked):
    shop = Workshop(tmp_path / "run")
    shop.do("doubling", jobs(tmp_path, 1, depends="one network"))
    (tmp_path / "asked 1").unlink()
    shop.do("doubling", jobs(tmp_path, 1, depends="another"))
    assert asked() == [1]


def test_what_was_done_before_a_failure_is_not_done_again(tmp_path, asked):
    shop = Workshop(tmp_path / "run")
    with pytest.raises(InputError):
        shop.do("doubling", jobs(tmp_path, 1, 2, 13, 4))
    assert asked() == [1, 2, 13]
    assert len(list((tmp_path / "run").glob("*.json"))) == 2


def test_a_damaged_result_is_done_again(tmp_path):
    shop = Workshop(tmp_path / "run")
    (job,) = jobs(tmp_path, 4)
    shop.do("doubling", [job])
    (tmp_path / "run" / f"{job.key}.json").write_text("{", encoding="utf-8")
    assert shop.do("doubling", [job]) == [8]
    assert json.loads((tmp_path / "run" / f"{job.key}.json").read_text(encoding="utf-8")) == 8


def test_several_processes_give_the_same(tmp_path):
    one = Workshop(tmp_path / "one", 1).do("fingerprints", FINGERPRINTS)
    assert Workshop(tmp_path / "two", 2).do("fingerprints", FINGERPRINTS) == one


FINGERPRINTS = [Job("chorale.training.harmonizers.work:fingerprint", (number,)) for number in range(3)]


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot keep results in"):
        Workshop(tmp_path / "file" / "run").do("doubling", jobs(tmp_path, 1))


def test_source_is_told_from_changed_source():
    assert work.source_of("errors.py") == work.source_of("errors.py")
    assert len({work.source_of(each) for each in ("errors.py", "theory", measuring.Plan, double)}) == 4


def test_progress_is_shown_where_a_person_looks_on(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    Workshop(tmp_path / "run").do("doubling", jobs(tmp_path, 1, 2))
    shown = capsys.readouterr().err
    assert "doubling 0/2" in shown
    assert "doubling 1/2, 0 s left" in shown
    assert shown.endswith("\r")
