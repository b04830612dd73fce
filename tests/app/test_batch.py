"""A folder of tunes, harmonized: nothing skipped silently, nothing done twice."""

import json
import sys
from types import ModuleType

import pytest

from chorale import io, models
from chorale.app import Request, edits
from chorale.app.batch import REPORT, Asked, harmonize_folder
from chorale.errors import InputError
from chorale.music import Pitch


def tune(path, *names):
    """Write a tune of quarters."""
    score = edits.empty(1)
    for index, name in enumerate(names):
        score = edits.place(score, 0, 4 * index, 4, Pitch.parse(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    io.write(score, path)


def asked(seed=3, chords=None, **request):
    """Ask for project files, which are written at once."""
    return Asked(Request(seed=seed, **request), chords, suffix=".chorale")


@pytest.fixture
def folder(tmp_path, monkeypatch, chords):
    """Three tunes, a broken one and a text, and a harmonizer that answers at once."""
    made = tmp_path / "tunes"
    tune(made / "one.chorale", "C5", "D5")
    tune(made / "deep" / "two.mid", "E5", "F5")
    tune(made / "one.mid", "G4", "A4")
    (made / "bad.mid").write_bytes(b"MThd and no more")
    (made / "notes.txt").write_text("remember the milk")
    (made / ".hidden.mid").write_bytes(b"")
    monkeypatch.setattr(models, "load", lambda _: chords)
    return made


def test_every_file_is_harmonized_or_told_of(folder, tmp_path):
    heard = []
    outcomes, others = harmonize_folder(folder, tmp_path / "out", asked(), progress=heard.append)
    assert [(each.source, each.results) for each in outcomes] == [
        ("bad.mid", ()),
        ("deep/two.mid", ("deep/two.chorale",)),
        ("one.chorale", ("one.chorale",)),
        ("one.mid", ("one-2.chorale",)),
    ]
    assert outcomes[0].reason
    assert not outcomes[0].reason.startswith("bad.mid")
    assert "\n" not in outcomes[0].reason
    assert others == ("notes.txt",)
    assert heard == [0.25, 0.5, 0.75, 1.0]
    assert io.read(tmp_path / "out" / "one.chorale").score.chorale.notes(3)


def test_the_report_tells_everything(folder, tmp_path):
    harmonize_folder(folder, tmp_path / "out", asked(chords="1.1=I", ornament=-1))
    report = json.loads((tmp_path / "out" / REPORT).read_text())
    assert (report["request"]["seed"], report["request"]["ornament"], report["chords"]) == (3, -1, "1.1=I")
    assert [each["source"] for each in report["files"]] == ["bad.mid", "deep/two.mid", "one.chorale", "one.mid"]
    assert report["no_scores"] == ["notes.txt"]
    assert report["files"][1]["log_likelihood"] == [-1.0]


def test_alternatives_are_a_file_each_and_any_format_is_written(folder, tmp_path):
    outcomes, _ = harmonize_folder(folder, tmp_path / "out", Asked(Request(seed=0, alternatives=2), suffix=".mid"))
    assert outcomes[2].results == ("one-A.mid", "one-B.mid")
    assert (tmp_path / "out" / "one-B.mid").is_file()


def test_what_is_done_and_unchanged_is_not_done_again(folder, tmp_path, chords):
    first, _ = harmonize_folder(folder, tmp_path / "out", asked())
    chords.calls.clear()
    assert harmonize_folder(folder, tmp_path / "out", asked())[0] == first
    assert not chords.calls
    tune(folder / "one.mid", "G4", "B4")
    (tmp_path / "out" / "one.chorale").unlink()
    harmonize_folder(folder, tmp_path / "out", asked())
    assert len(chords.calls) == 2
    harmonize_folder(folder, tmp_path / "out", asked(seed=4))
    assert len(chords.calls) == 5


def test_a_run_that_was_stopped_goes_on(folder, tmp_path, chords):
    def stop(share):
        if share >= 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        harmonize_folder(folder, tmp_path / "out", asked(), progress=stop)
    done = len(chords.calls)
    outcomes, _ = harmonize_folder(folder, tmp_path / "out", asked())
    assert 0 < done < 3
    assert len(chords.calls) == 3
    assert sum(not each.reason for each in outcomes) == 3


def test_results_inside_the_folder_are_no_inputs(folder, chords):
    harmonize_folder(folder, folder / "out", asked())
    harmonize_folder(folder, folder / "out", asked())
    assert len(chords.calls) == 3


def test_a_damaged_report_is_made_anew(folder, tmp_path, chords):
    harmonize_folder(folder, tmp_path / "out", asked())
    for text in ("{", "[]", '{"files": [3]}', '{"files": [{"source": "one.mid", "what": 1}]}'):
        (tmp_path / "out" / REPORT).write_text(text)
        chords.calls.clear()
        harmonize_folder(folder, tmp_path / "out", asked())
        assert len(chords.calls) == 3


def test_a_fault_of_ours_stays_with_its_file(folder, tmp_path, chords, monkeypatch):
    def fail(score, *_, **__):
        if score.pitch_at(0, 0).midi == 76:
            raise ZeroDivisionError("inside")
        return type(chords).harmonize(chords, score, *_, **__)

    monkeypatch.setattr(chords, "harmonize", fail, raising=False)
    outcomes, _ = harmonize_folder(folder, tmp_path / "out", asked())
    assert "our fault" in outcomes[1].reason
    assert sum(not each.reason for each in outcomes) == 2


def test_a_folder_without_scores_or_no_folder_is_refused(tmp_path):
    with pytest.raises(InputError, match="wanted a folder of scores"):
        harmonize_folder(tmp_path / "none", tmp_path / "out", Asked())
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="holds no score: wanted files ending in"):
        harmonize_folder(tmp_path / "empty", tmp_path / "out", Asked())
    assert not (tmp_path / "out").exists()


def test_without_dask_that_is_said(folder, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "dask", None)
    with pytest.raises(InputError, match=r'wanted pip install "dask\[distributed\]", or no --dask'):
        harmonize_folder(folder, tmp_path / "out", Asked(), dask="tcp://localhost:8786")


class Cluster:
    """Dask's part, played in this process."""

    def __init__(self, address, timeout):
        if address != "tcp://here":
            raise OSError(f"Timed out trying to connect to {address} after {timeout}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def map(self, do, works, *, pure):
        assert not pure
        results = [do(work) for work in works]
        return [type("Future", (), {"result": staticmethod(lambda each=each: each)}) for each in results]


def test_a_cluster_is_asked_where_there_is_one(folder, tmp_path, monkeypatch):
    dask = ModuleType("dask")
    dask.distributed = type("distributed", (), {"Client": Cluster, "as_completed": staticmethod(iter)})
    monkeypatch.setitem(sys.modules, "dask", dask)
    outcomes, _ = harmonize_folder(folder, tmp_path / "out", asked(), dask="tcp://here")
    assert sum(not each.reason for each in outcomes) == 3
    with pytest.raises(InputError, match="no Dask scheduler at tcp://there: Timed out"):
        harmonize_folder(folder, tmp_path / "away", Asked(), dask="tcp://there")


def test_several_processes_do_it_with_the_real_model(tmp_path):
    for name, letters in (("a", ("G4", "A4")), ("b", ("E5", "D5"))):
        tune(tmp_path / "tunes" / f"{name}.chorale", *letters)
    outcomes, _ = harmonize_folder(tmp_path / "tunes", tmp_path / "out", asked(), workers=2)
    assert [(each.results, each.reason) for each in outcomes] == [(("a.chorale",), ""), (("b.chorale",), "")]
    for each in outcomes:
        assert io.read(tmp_path / "out" / each.results[0]).score.chorale.notes(3)
