"""The Studio's tools on the command line: files out, the person's own notes kept, bad input in one line."""

from fractions import Fraction

import pytest

from chorale.app import tools
from chorale.cli import main
from chorale.io.midi import write_clip
from chorale.models import registry
from chorale.music import Clip, ClipNote


@pytest.fixture
def tune(tmp_path):
    notes = [
        ClipNote(Fraction(12 * n + 1, 3), pitch, Fraction(4 * n + 3), 50 + n)
        for n, pitch in enumerate((60, 62, 64, 65))
    ]
    path = tmp_path / "tune.mid"
    write_clip(Clip(tuple(notes), 16), path)
    return path


@pytest.fixture
def beat(tmp_path):
    notes = [ClipNote(Fraction(4 * n), (36, 38)[n % 2], Fraction(4 * n + 1), 90) for n in range(8)]
    path = tmp_path / "beat.mid"
    write_clip(Clip(tuple(notes), 32, drums=True), path)
    return path


def test_continue_keeps_every_note_and_writes_a_file_a_variation(tune, tmp_path, capsys):
    given = tools.read_clip(tune, "melody").clip
    assert main(["continue", str(tune), "-o", str(tmp_path / "out"), "--variations", "2", "--key", "C"]) == 0
    assert "tune-2.mid  seed 1" in capsys.readouterr().out
    for number in (1, 2):
        made = tools.read_clip(tmp_path / "out" / f"tune-{number}.mid", "melody").clip
        assert made.notes[: len(given.notes)] == given.notes
        assert made.steps == 48


def test_at_temperature_zero_one_file_is_written_and_it_is_said_why(tune, tmp_path, capsys):
    assert main(["continue", str(tune), "-o", f"{tmp_path}/out/", "--variations", "3", "--temperature", "0"]) == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["tune-1.mid"]
    assert "at temperature 0 the others would be the same: 1 result instead of 3" in capsys.readouterr().err


def test_groove_keeps_every_note_and_moves_it_by_less_than_a_step(beat, tmp_path):
    out = tmp_path / "played.mid"
    assert main(["groove", str(beat), "-o", str(out)]) == 0
    old, new = (tools.read_clip(path, "drums").clip for path in (beat, out))
    assert sorted(note.pitch for note in old.notes) == sorted(note.pitch for note in new.notes)
    assert {note.step for note in new.notes} == {note.step for note in old.notes}
    assert new.notes != old.notes


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (["continue", "TUNE", "-o", "x.wav"], "wanted .mid, or a folder"),
        (["continue", "TUNE", "-o", "x.mid", "--bars", "0"], "0 bars: wanted 1 to 64"),
        (["groove", "TUNE", "-o", "x.mid"], "no drums"),
        (["continue", "BEAT", "-o", "x.mid"], "only drums: wanted a melody"),
        (["continue", "TUNE", "-o", "x.mid", "--temperature", "9"], "temperature 9: wanted 0 to 2"),
        (["continue", "TUNE", "-o", "x.mid", "--model", "nobody"], "the model nobody is not installed"),
        (["continue", "TUNE", "-o", "x.mid", "--model", "drum_rnn"], "'drum_rnn' cannot do this: wanted melody_rnn"),
        (["generate", "-o", "x.mid", "--bars", "5"], "5 bars of 4/4: wanted 1 to 4"),
        (["generate", "-o", "x.mid", "--bars", "9", "--meter", "2/4"], "9 bars of 2/4: wanted 1 to 8"),
    ],
)
def test_a_bad_call_is_one_line_and_writes_nothing(call, words, tune, beat, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    status = main([{"TUNE": str(tune), "BEAT": str(beat)}.get(word, word) for word in call])
    said = capsys.readouterr().err.strip()
    assert (status, said.count("\n")) == (2, 0)
    assert words in said
    assert set(tmp_path.iterdir()) == before


def test_a_tool_whose_model_is_missing_says_which(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(registry, "available", tuple)
    assert main(["generate", "-o", str(tmp_path / "x.mid")]) == 2
    assert "melody_vae, which generating and interpolating melodies needs, is not installed" in capsys.readouterr().err
