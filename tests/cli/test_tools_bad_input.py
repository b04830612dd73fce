"""What people give the tools that they cannot quite use: one clear line each, and nothing half written."""

from fractions import Fraction

import mido
import pytest

from chorale.app import tools
from chorale.cli import main
from chorale.io.midi import write_clip
from chorale.models import registry
from chorale.music import Clip, ClipNote, Meter

QUARTER = 480
HOUR = 1125  # whole notes, four quarters each, 75 quarters a minute


def notes(pitches, length=4):
    return tuple(ClipNote(Fraction(n * length), p, Fraction((n + 1) * length), 80) for n, p in enumerate(pitches))


def clip(pitches=(60, 62, 64, 65), **facts):
    return Clip(notes(pitches), 4 * len(pitches), **facts)


def file(tmp_path, made, name="in.mid"):
    path = tmp_path / name
    write_clip(made, path)
    return path


def run(tmp_path, capsys, *call):
    """Run a command; return its status, what it said, and what it wrote."""
    out = tmp_path / "out.mid"
    status = main([*map(str, call), "-o", str(out)])
    said = capsys.readouterr().err.strip().splitlines()
    return status, said, out


@pytest.mark.parametrize("tool", ["continue", "drumify", "groove"])
def test_an_empty_clip_is_one_line(tool, tmp_path, capsys):
    status, said, out = run(tmp_path, capsys, tool, file(tmp_path, Clip((), 16)))
    assert (status, len(said), out.exists()) == (2, 1, False)
    assert "no notes: wanted a clip with music in it" in said[0]


def test_of_chords_the_top_line_is_continued_and_that_is_said(tmp_path, capsys):
    chords = clip((72, 74, 76, 77)).with_notes([*notes((72, 74, 76, 77)), *notes((60, 62, 64, 65))])
    status, said, out = run(tmp_path, capsys, "continue", file(tmp_path, chords))
    assert status == 0
    assert any("chords: took the top line, and left out 4 notes below it" in line for line in said)
    assert [note.pitch for note in tools.read_clip(out, "melody").clip.notes[:4]] == [72, 74, 76, 77]


@pytest.mark.parametrize(
    ("tool", "drums", "words"),
    [
        ("continue", True, "only drums: wanted a melody (or ask for drums)"),
        ("groove", False, "no drums: wanted notes on"),
    ],
)
def test_the_wrong_kind_of_clip_is_one_line(tool, drums, words, tmp_path, capsys):
    status, said, out = run(tmp_path, capsys, tool, file(tmp_path, clip((36, 38, 36, 38), drums=drums)))
    assert (status, len(said), out.exists()) == (2, 1, False)
    assert words in said[0]


@pytest.mark.parametrize("meter", ["6/8", "5/4"])
@pytest.mark.parametrize(("tool", "drums"), [("continue", False), ("continue", True)])
def test_a_meter_that_no_model_knows_is_named_with_those_that_are(tool, drums, meter, tmp_path, capsys):
    path = file(tmp_path, clip((36, 38, 36, 38, 36), meter=Meter.parse(meter), drums=drums))
    flags = ["--drums"] if drums and tool == "continue" else []
    status, said, out = run(tmp_path, capsys, tool, path, *flags)
    assert (status, len(said), out.exists()) == (2, 1, False)
    assert f"meter {meter}: wanted 4/4" in said[0]


@pytest.mark.parametrize("meter", ["3/4", "6/8", "5/4"])
@pytest.mark.parametrize(("tool", "drums"), [("groove", True), ("drumify", False)])
def test_drums_go_with_any_meter_bar_by_bar_and_that_is_said(tool, drums, meter, tmp_path, capsys):
    path = file(tmp_path, clip((36, 38, 36, 38, 36, 38, 36), meter=Meter.parse(meter), drums=drums))
    status, said, out = run(tmp_path, capsys, tool, path)
    made = tools.read_clip(out, "drums").clip
    assert status == 0
    assert any(f"every bar of {meter} was played as the beginning of one" in line for line in said)
    assert made.meter == Meter.parse(meter)
    assert {note.step for note in made.notes} == {4 * number for number in range(7)}


def test_of_changing_tempi_the_first_is_kept_and_that_is_said(tmp_path, capsys):
    midi = mido.MidiFile(type=1, ticks_per_beat=QUARTER)
    track = mido.MidiTrack()
    midi.tracks.append(track)
    track.append(mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(90)))
    for number, pitch in enumerate((60, 62, 64, 65)):
        if number == 2:
            track.append(mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(150)))
        track += [mido.Message("note_on", note=pitch), mido.Message("note_off", note=pitch, time=QUARTER)]
    midi.save(tmp_path / "in.mid")
    status, said, out = run(tmp_path, capsys, "continue", tmp_path / "in.mid")
    assert (status, tools.read_clip(out, "melody").clip.qpm) == (0, pytest.approx(90))
    assert any("the tempo changes: kept the first, 90 quarters a minute" in line for line in said)


@pytest.mark.parametrize(("pitches", "way"), [((24, 26, 28, 29), "higher"), ((108, 110, 112, 113), "lower")])
def test_what_lies_outside_the_models_range_is_moved_by_octaves_and_back_and_that_is_said(
    pitches, way, tmp_path, capsys
):
    status, said, out = run(tmp_path, capsys, "continue", file(tmp_path, clip(pitches)))
    made = tools.read_clip(out, "melody").clip.notes
    assert status == 0
    assert [note.pitch for note in made[:4]] == list(pitches)
    assert any(f"{way}, and moved back" in line for line in said)
    assert abs(sum(note.pitch for note in made[4:]) / max(1, len(made) - 4) - sum(pitches) / 4) < 14


def test_an_hour_of_notes_is_continued_and_every_one_is_kept(tmp_path, capsys):
    hour = Clip(notes([60 + n % 12 for n in range(HOUR)], 16), 16 * HOUR, qpm=75)
    status, said, out = run(tmp_path, capsys, "continue", file(tmp_path, hour), "--bars", "1")
    assert (status, said) == (0, [])
    assert tools.read_clip(out, "melody").clip.notes[:HOUR] == hour.notes


def test_an_hour_of_drums_is_grooved(tmp_path, capsys):
    hour = Clip(notes([(36, 42, 38, 42)[n % 4] for n in range(HOUR)], 16), 16 * HOUR, qpm=75, drums=True)
    status, _, out = run(tmp_path, capsys, "groove", file(tmp_path, hour))
    assert status == 0
    assert len(tools.read_clip(out, "drums").clip.notes) == HOUR


def test_more_than_can_be_read_is_one_line(tmp_path, capsys):
    status, said, out = run(tmp_path, capsys, "continue", file(tmp_path, Clip(notes([60] * 2 * HOUR, 16), 32 * HOUR)))
    assert (status, len(said), out.exists()) == (2, 1, False)
    assert "wanted at most" in said[0]


def test_damaged_weights_are_one_line_that_says_what_helps(tmp_path, capsys, monkeypatch):
    folder = tmp_path / "models" / "melody_rnn"
    folder.mkdir(parents=True)
    for path in registry.folder_of("melody_rnn").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    network = folder / "network.onnx"
    network.write_bytes(network.read_bytes()[:-9] + b"corrupted")
    monkeypatch.setattr(registry, "folder_of", lambda _: folder)
    status, said, out = run(tmp_path, capsys, "continue", file(tmp_path, clip()))
    assert (status, len(said), out.exists()) == (1, 1, False)
    assert "its file network.onnx is damaged (checksum)" in said[0]


def test_clips_in_different_meters_are_no_ends_of_a_walk(tmp_path, capsys):
    ends = [file(tmp_path, clip(), "a.mid"), file(tmp_path, clip((60, 62, 64), meter=Meter(3, 4)), "b.mid")]
    status, said, _ = run(tmp_path, capsys, "interpolate", *ends, "--steps", "3")
    assert (status, len(said)) == (2, 1)
    assert "meters 4/4 and 3/4: wanted two clips in the same" in said[0]
