"""A published checkpoint from its folder to the five tools, by the commands that a person types."""

from fractions import Fraction

import numpy as np
import pytest

from chorale.app import tools
from chorale.cli import main
from chorale.io.midi import write_clip
from chorale.music import PIECE_OF_KEY, Clip, ClipNote

pytest.importorskip("onnx", reason="the onnx package converts the checkpoint")


@pytest.fixture
def files(tmp_path):
    """A tune, another, and a beat, each of two bars, in files."""
    for name, pitches in (("tune", (60, 62, 64, 65)), ("other", (72, 67, 69, 71))):
        notes = [ClipNote(Fraction(4 * n), pitches[n % 4], Fraction(4 * n + 3), 60 + n) for n in range(8)]
        write_clip(Clip(tuple(notes), 32), tmp_path / f"{name}.mid")
    hits = [ClipNote(Fraction(2 * n), (36, 42, 38, 42)[n % 4], Fraction(2 * n + 1), 96) for n in range(16)]
    write_clip(Clip(tuple(hits), 32, drums=True), tmp_path / "beat.mid")
    return tmp_path


def added(checkpoint, name, capsys):
    """Add a checkpoint's folder as a person does; return the name it is told to have."""
    assert main(["models", "add", str(checkpoint(name))]) == 0
    told = capsys.readouterr().out
    assert told.startswith("added ")
    return told.removeprefix("added ").partition(":")[0]


def asked(files, name, kind, arguments, capsys):
    """Run a command with a model; return the clips that it wrote."""
    words = [str(files / word) if word.endswith(".mid") else word for word in arguments]
    out = files / "out"
    assert main([*words, "-o", f"{out}/", "--model", name, "--seed", "3"]) == 0, capsys.readouterr().err
    return [tools.read_clip(path, kind).clip for path in sorted(out.glob("*.mid"))]


@pytest.fixture
def clips_of(files, published_checkpoint, capsys):
    """Return a function that adds a checkpoint and runs a command with it; it returns what was written."""

    def make(checkpoint, kind, *arguments):
        return asked(files, added(published_checkpoint, checkpoint, capsys), kind, arguments, capsys)

    return make


def test_melody_rnn_continues_a_tune_and_keeps_it(clips_of, files):
    given = tools.read_clip(files / "tune.mid", "melody").clip
    made = clips_of("basic_rnn", "melody", "continue", "tune.mid", "--bars", "2", "--variations", "2")
    assert [clip.steps for clip in made] == [64, 64]
    assert all(clip.notes[: len(given.notes)] == given.notes for clip in made)


def test_drum_rnn_continues_a_beat(clips_of, files):
    given = tools.read_clip(files / "beat.mid", "drums").clip
    (made,) = clips_of("drum_kit_rnn", "drums", "continue", "beat.mid", "--drums", "--bars", "1")
    assert made.notes[: len(given.notes)] == given.notes
    assert made.steps >= 48


def test_music_vae_generates_melodies(clips_of):
    made = clips_of("mel_2bar_small", "melody", "generate", "--bars", "2", "--variations", "2")
    assert len(made) == 2
    assert all(clip.notes for clip in made)


def test_music_vae_walks_from_one_beat_to_another_and_keeps_the_ends(clips_of, files):
    given = tools.read_clip(files / "beat.mid", "drums").clip
    made = clips_of(
        "drums_2bar_lokl_small", "drums", "interpolate", "beat.mid", "beat.mid", "--drums", "--steps", "3", "--exact"
    )
    assert len(made) == 3
    assert made[0].notes == made[-1].notes == given.notes


def test_music_vae_walks_between_tunes_longer_than_it_takes_at_once(clips_of, files):
    tune = tools.read_clip(files / "tune.mid", "melody").clip
    later = [note.moved(32) for note in tune.notes]
    write_clip(tune.with_notes([*tune.notes, *later], 64), files / "long.mid")
    made = clips_of("mel_2bar_small", "melody", "interpolate", "long.mid", "other.mid", "--steps", "3", "--exact")
    assert [clip.steps for clip in made][:2] == [64, 64]
    assert [note.pitch for note in made[0].notes] == [note.pitch for note in (*tune.notes, *later)]


def test_groovae_grooves_every_hit_and_adds_none(clips_of, files):
    given = tools.read_clip(files / "beat.mid", "drums").clip
    (made,) = clips_of("groovae_2bar_humanize", "drums", "groove", "beat.mid")
    assert sorted(note.pitch for note in made.notes) == sorted(note.pitch for note in given.notes)
    assert made.notes != given.notes
    assert np.abs([note.offset for note in made.notes]).max() <= 0.5


def test_groovae_drums_to_a_tune(clips_of):
    (made,) = clips_of("groovae_tap2drum_2bar", "drums", "drumify", "tune.mid")
    assert all(note.pitch in PIECE_OF_KEY for note in made.notes)


@pytest.mark.magenta
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("cat-mel_2bar_small", "melody", ["generate", "--bars", "2"]),
        ("cat-drums_2bar_small", "drums", ["interpolate", "beat.mid", "beat.mid", "--drums", "--steps", "3"]),
        ("groovae_2bar_humanize", "drums", ["groove", "beat.mid"]),
        ("groovae_2bar_tap_fixed_velocity", "drums", ["drumify", "tune.mid"]),
    ],
)
def test_a_checkpoint_that_magenta_wrote_serves_its_command(vae_checkpoint, files, capsys, name, kind, words):
    made = asked(files, added(lambda each: vae_checkpoint(each)[0], name, capsys), kind, words, capsys)
    assert made
    assert all(clip.notes for clip in made)


@pytest.mark.magenta
@pytest.mark.filterwarnings("ignore")
def test_a_bundle_that_magenta_wrote_continues_a_tune(bundle, files, capsys):
    given = tools.read_clip(files / "tune.mid", "melody").clip
    path, _, _ = bundle("melody_rnn.melody_rnn", "attention_rnn")
    name = added(lambda _: path, "attention_rnn", capsys)
    (made,) = asked(files, name, "melody", ["continue", "tune.mid", "--bars", "2"], capsys)
    assert made.notes[: len(given.notes)] == given.notes
    assert made.steps == 64


def test_a_network_that_cannot_do_it_is_one_line(files, published_checkpoint, capsys):
    name = added(published_checkpoint, "basic_rnn", capsys)
    words = ["groove", str(files / "beat.mid"), "-o", str(files / "x.mid"), "--model", name]
    assert main(words) == 2
    told = capsys.readouterr().err
    assert "cannot do this: wanted groove_vae" in told
    assert told.count("\n") == 1
    assert not (files / "x.mid").exists()


def test_a_removed_network_is_gone(published_checkpoint, files, capsys):
    name = added(published_checkpoint, "basic_rnn", capsys)
    assert main(["models", "remove", name]) == 0
    assert main(["continue", str(files / "tune.mid"), "-o", str(files / "x.mid"), "--model", name]) == 2
    assert "is not installed" in capsys.readouterr().err
