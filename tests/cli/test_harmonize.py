"""chorale harmonize."""

import json
from pathlib import Path

import pytest

from chorale import io
from chorale.errors import Cancelled, ModelError

pytestmark = pytest.mark.usefixtures("shadows")


def voices(path):
    return [[note.pitch for note in io.read(path).score.chorale.notes(voice)] for voice in range(4)]


def test_a_melody_becomes_four_parts_with_the_melody_untouched(chorale, tune, tmp_path):
    source, target = tune(), tmp_path / "four.chorale"
    assert chorale("harmonize", source, "-o", target) == (0, [], [])
    before, after = io.read(source).score, io.read(target).score
    assert after.chorale.notes(0) == before.chorale.notes(0)
    assert all(len(after.chorale.notes(voice)) == 42 for voice in range(4))
    assert (after.title, after.lyrics, after.key) == (before.title, before.lyrics, before.key)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(chorale, tune, tmp_path):
    source = tune()
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        assert chorale("harmonize", source, "-o", tmp_path / f"{name}.musicxml", "--seed", seed)[0] == 0
    one, same, other = ((tmp_path / f"{name}.musicxml").read_bytes() for name in "abc")
    assert one == same
    assert one != other


def test_alternatives_are_one_file_each(chorale, tune, tmp_path):
    assert chorale("harmonize", tune(), "-o", tmp_path / "four.chorale", "--alternatives", 3)[0] == 0
    files = sorted(tmp_path.glob("*.chorale"))
    assert [path.name for path in files] == ["four-A.chorale", "four-B.chorale", "four-C.chorale"]
    assert len({path.read_bytes() for path in files}) == 3


def test_only_the_asked_bars_are_written(chorale, tune, tmp_path):
    four, again = tmp_path / "four.chorale", tmp_path / "again.chorale"
    chorale("harmonize", tune(), "-o", four)
    assert chorale("harmonize", four, "-o", again, "--bars", "2-3", "--seed", 1)[0] == 0
    before, after = io.read(four).score.chorale.pitches, io.read(again).score.chorale.pitches
    changed = (before != after).any(axis=1).nonzero()[0]
    assert (changed.min(), changed.max()) == (8, 23)


def test_kept_voices_are_kept(chorale, tune, tmp_path):
    four, again = tmp_path / "four.chorale", tmp_path / "again.chorale"
    chorale("harmonize", tune(), "-o", four)
    assert chorale("harmonize", four, "-o", again, "--keep", "SB", "--seed", 1)[0] == 0
    same = [a == b for a, b in zip(voices(four), voices(again), strict=True)]
    assert same == [True, False, False, True]


def test_several_inputs_go_into_a_folder_a_bad_one_is_told_of_and_the_others_go_on(chorale, tune, tmp_path):
    (tmp_path / "empty.mid").write_bytes(b"")
    inputs = [tune(), tmp_path / "empty.mid", tmp_path / "none.mid", tune("silent_night", ".mid")]
    status, _, said = chorale("harmonize", *inputs, "-o", tmp_path / "out")
    assert status == 2
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["silent_night.musicxml", "twinkle.musicxml"]
    bad = [line for line in said if "empty.mid" in line or "none.mid" in line]
    assert len(bad) == 2
    assert all(line.startswith("chorale: ") for line in said)


def test_inputs_of_the_same_name_do_not_overwrite_one_another(chorale, tune, tmp_path):
    inputs = [tune(), tune(folder="other"), tune("twinkle", ".mid")]
    assert chorale("harmonize", *inputs, "-o", f"{tmp_path / 'out'}/")[0] == 0
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["twinkle-2.musicxml", "twinkle-3.musicxml", "twinkle.musicxml"]


def test_the_input_is_never_overwritten_whatever_way_it_is_named(chorale, tune, tmp_path):
    source = tune()
    before = source.read_bytes()
    (tmp_path / "link.chorale").symlink_to(source)
    for target in (source, source.parent / ".." / "in" / source.name, tmp_path / "link.chorale"):
        status, _, (line,) = chorale("harmonize", source, "-o", target)
        assert status == 2
        assert "is the input: wanted another name" in line
    assert source.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["-o", "out.xyz"], "has suffix '.xyz': wanted one of .musicxml"),
        (["-o", "none/out.mid"], "there is no folder"),
        (["-o", "out.mid", "--keep", "Q"], "wanted letters of S, A, T and B"),
        (["-o", "out.mid", "--keep", "SATB"], "nothing to write"),
        (["-o", "out.mid", "--bars", "3-2"], "wanted bars of this score, which are 1 to 24"),
        (["-o", "out.mid", "--bars", "x"], "wanted two numbers such as 5-8"),
        (["-o", "out.mid", "--alternatives", "9"], "wanted 1 to 4"),
        (["-o", "out.mid", "--temperature", "-3"], "wanted 0 to 2"),
        (["-o", "out.mid", "--seed", "-1"], "wanted 0 to"),
        (["-o", "out.mid", "--ornament", "2"], "wanted -1 (plain) to 1 (ornate)"),
        (["-o", "out.mid", "--chords", "1.1=V9"], "chord 'V9': wanted a numeral such as"),
        (["-o", "out.mid", "--chords", "V I"], "wanted places and chords such as"),
        (["-o", "out.mid", "--chords", "1.9=V"], "has beats 1 to 2"),
        (["-o", "out.mid", "--chords", ""], "wanted places and chords such as"),
        (["-o", "out.mid", "--seed", "seven"], "invalid int value"),
        (["-o", "out.mid", "--layout", "round"], "invalid choice"),
        (["-o", "out.mid", "--instrument", "kazoo"], "kazoo"),
        ([], "required: -o"),
    ],
)
def test_a_wrong_call_is_one_line_and_writes_nothing(chorale, tune, tmp_path, monkeypatch, arguments, told):
    monkeypatch.chdir(tmp_path)
    status, out, said = chorale("harmonize", tune(), *arguments)
    assert (status, out, len(said)) == (2, [], 1)
    assert told in said[0]
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_chords_are_asked_for_and_kept_in_the_project(chorale, tune, tmp_path):
    target = tmp_path / "four.chorale"
    assert chorale("harmonize", tune(), "-o", target, "--chords", "1.1=I 2.1-2.2=IV6/4")[0] == 0
    assert io.read(target).score.chords == ((0, "I"), (8, "IV6/4"), (12, "IV6/4"))


def test_a_wrong_list_of_chords_is_told_once_for_many_inputs(chorale, tune, tmp_path):
    status, _, said = chorale("harmonize", tune(), tune("old_hundredth"), "-o", tmp_path / "out", "--chords", "1.1=X")
    assert (status, len(said)) == (2, 1)
    assert not (tmp_path / "out").exists()


def test_several_inputs_into_one_file_are_refused(chorale, tune, tmp_path):
    status, _, (line,) = chorale("harmonize", tune(), tune("old_hundredth"), "-o", tmp_path / "one.mid")
    assert status == 2
    assert "2 inputs and one output" in line


def test_what_the_model_has_to_say_is_said(chorale, tune, tmp_path):
    source = tune()
    status, _, said = chorale("harmonize", source, "-o", tmp_path / "x.mid", "--seed", 99)
    assert status == 0
    assert said == [f"chorale: {source}: harmonized a fourth higher and moved back"]


def test_a_damaged_model_is_our_fault(chorale, tune, tmp_path, shadows, monkeypatch):
    def fail(*_, **__):
        raise ModelError("model coconet: its file network.onnx is damaged (checksum)")

    monkeypatch.setattr(shadows, "harmonize", fail, raising=False)
    status, _, (line,) = chorale("harmonize", tune(), "-o", tmp_path / "x.mid")
    assert status == 1
    assert "damaged (checksum)" in line
    assert not (tmp_path / "x.mid").exists()


@pytest.mark.parametrize("interrupt", [KeyboardInterrupt, Cancelled("Harmonize was stopped")])
def test_an_interrupt_ends_in_one_line(chorale, tune, tmp_path, monkeypatch, interrupt):
    def stop(*_):
        raise interrupt

    monkeypatch.setattr("chorale.app.jobs.Job.join", stop)
    monkeypatch.setattr("chorale.app.jobs.Jobs.close", lambda _: None)
    assert chorale("harmonize", tune(), "-o", tmp_path / "x.mid") == (130, [], ["chorale: stopped"])
    assert not (tmp_path / "x.mid").exists()


def test_a_folder_as_input_is_told(chorale, tmp_path):
    status, _, said = chorale("harmonize", tmp_path, "-o", tmp_path / "x.mid")
    assert status == 2
    assert len(said) == 1


def test_batch_harmonizes_a_folder_tells_of_bad_files_and_ends_with_2(chorale, tune, tmp_path):
    source = tune().parent
    tune("silent_night", ".mid")
    (source / "bad.mid").write_bytes(b"")
    (source / "read.me").write_text("")
    status, out, said = chorale("batch", source, "-o", tmp_path / "out", "--workers", 1, "--format", "mid")
    assert status == 2
    assert out == [f"2 harmonized, 1 could not be: {tmp_path / 'out' / 'batch.json'}"]
    assert any(line.startswith("chorale: bad.mid: ") for line in said)
    assert "chorale: read.me is no score and was left alone" in said
    assert sorted(path.name for path in (tmp_path / "out").glob("*.mid")) == ["silent_night.mid", "twinkle.mid"]
    (source / "bad.mid").unlink()
    assert chorale("batch", source, "-o", tmp_path / "out", "--workers", 1, "--format", "mid")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["none", "-o", "out"], "wanted a folder of scores"),
        (["in", "-o", "out", "--workers", "0"], "wanted a number of processes"),
        (["in", "-o", "out", "--format", "doc"], "invalid choice"),
        (["in", "-o", "out", "--keep", "Q"], "wanted letters of S, A, T and B"),
        (["in"], "required: -o"),
    ],
)
def test_a_wrong_batch_is_one_line_and_writes_nothing(chorale, tune, tmp_path, monkeypatch, arguments, told):
    monkeypatch.chdir(tmp_path)
    tune()
    status, out, said = chorale("batch", *arguments)
    assert (status, out, len(said)) == (2, [], 1)
    assert told in said[0]
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_programs_are_told_files_seeds_and_errors_as_json(chorale, tune, tmp_path):
    good, bad = tune(), tmp_path / "in" / "bad.mid"
    bad.write_bytes(b"no music")
    status, (first, second), _ = chorale(
        "harmonize", good, bad, "-o", tmp_path / "out", "--alternatives", 2, "--seed", 99, "--json"
    )
    assert status == 2
    told = json.loads(first)
    assert [answer["seed"] for answer in told["answers"]] == [99, 99]
    assert all(Path(answer["file"]).is_file() for answer in told["answers"])
    assert told["remarks"] == ["harmonized a fourth higher and moved back"]
    assert "bad.mid" in json.loads(second)["error"]
