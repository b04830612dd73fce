"""The five tools on the command line, on clips that nobody tuned them on; what they wrote is read again and compared.

Five clips: the sopranos of two chorales of the JSB test split, all voices of a third, and two performances of the
Groove dataset's test split.
"""

import csv
import io
import zipfile
from collections import Counter
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from chorale.app import tools
from chorale.cli import main
from chorale.io.midi import write_clip
from chorale.music import Clip, ClipNote

pytestmark = pytest.mark.acceptance
SOPRANOS, CHORALE = (3, 17), 40  # of the test split
LONGEST = 40  # bars of a performance
BAR = 16


@pytest.fixture(scope="module")
def clips(data_folder, tmp_path_factory):
    """The five files by name: one, two, chorale, beat, fill."""
    folder = tmp_path_factory.mktemp("clips")
    with np.load(data_folder / "Jsb16thSeparated.npz", allow_pickle=True, encoding="latin1") as stored:
        pieces = [np.nan_to_num(np.array(stored["test"][n], float), nan=-1).astype(int) for n in (*SOPRANOS, CHORALE)]
    for name, piece, voices in zip(("one", "two", "chorale"), pieces, (1, 1, 4), strict=True):
        write_clip(_clip(piece[:, :voices]), folder / f"{name}.mid")
    for name, data in zip(("beat", "fill"), _performances(data_folder / "groove-midionly.zip"), strict=True):
        (folder / f"{name}.mid").write_bytes(data)
    return {path.stem: path for path in folder.iterdir()}


def _clip(voices):
    """Return the notes of some voices, a note where the pitch changes, played a little unevenly."""
    notes = []
    for line in voices.T:
        starts = [0, *(np.flatnonzero(np.diff(line)) + 1).tolist(), len(line)]
        for start, end in pairwise(starts):
            if line[start] >= 0:
                late = Fraction((7 * start) % 11, 60)
                notes.append(ClipNote(start + late, int(line[start]), Fraction(end), 60 + start % 50))
    return Clip(tuple(notes), -(-len(voices) // BAR) * BAR, qpm=90)


def _performances(archive):
    """Return the bytes of two performances of the test split in 4/4 that are not too long."""
    with zipfile.ZipFile(archive) as dataset:
        rows = list(csv.DictReader(io.StringIO(dataset.read("groove/info.csv").decode())))
        fitting = [
            dataset.read(f"groove/{row['midi_filename']}")
            for row in rows
            if row["split"] == "test" and row["time_signature"] == "4-4" and row["beat_type"] == "beat"
        ]
    read = [data for data in fitting if 6 * BAR < _drums(data).steps < LONGEST * BAR]
    return read[:2]


def _drums(data):
    from chorale.io.midi import midi_clip  # noqa: PLC0415  beside its use

    return midi_clip(data, "drums").clip


def run(tmp_path, *call):
    """Run a command and return what it wrote, in order."""
    out = tmp_path / "out"
    assert main([*map(str, call), "-o", f"{out}/"]) == 0
    return sorted(out.glob("*.mid"), key=lambda path: int(path.stem.rsplit("-", 1)[1]))


@pytest.mark.parametrize(("name", "kind"), [("one", "melody"), ("two", "melody"), ("beat", "drums"), ("fill", "drums")])
def test_continue_keeps_every_note_to_the_tick_and_adds_bars(clips, name, kind, tmp_path):
    flags = ["--drums"] if kind == "drums" else ["--key", "input", "--ending"]
    files = run(tmp_path, "continue", clips[name], "--bars", 2, "--variations", 2, *flags)
    given = tools.read_clip(clips[name], kind).clip
    for path in files:
        made = tools.read_clip(path, kind).clip
        assert made.steps == given.steps + 2 * BAR
        assert not _struck(given, kind) - _struck(made, kind)
        assert any(note.start >= given.steps for note in made.notes)
    assert files[0].read_bytes() != files[1].read_bytes()


def _struck(clip, kind):
    """Count the notes; of drums without their ends, which nobody hears."""
    return Counter(
        (note.start, note.pitch, note.velocity, None if kind == "drums" else note.end) for note in clip.notes
    )


@pytest.mark.parametrize("flags", [["--key", "E minor"], ["--meter", "3/4"], ["--drums", "--qpm", "96"]])
def test_generate_writes_what_the_library_makes_note_for_note(flags, tmp_path):
    files = run(tmp_path, "generate", "--variations", 3, "--seed", 5, *flags)
    drums, kind = "--drums" in flags, "drums" if "--drums" in flags else "melody"
    first = tools.read_clip(files[0], kind).clip
    wishes = tools.Wishes(variations=3, seed=5, key=first.key if "--key" in flags else None, locked="--key" in flags)
    made = tools.generate(wishes, drums=drums, meter=first.meter, qpm=first.qpm)
    read = [tools.read_clip(path, kind).clip for path in files]
    assert [_struck(clip, kind) for clip in read] == [_struck(result.clip, kind) for result in made]
    assert {clip.steps for clip in read} == {result.clip.steps for result in made}


@pytest.mark.parametrize(("ends", "kind"), [(("one", "two"), "melody"), (("beat", "fill"), "drums")])
def test_a_walk_begins_and_ends_on_the_given_clips_and_loses_no_bar(clips, ends, kind, tmp_path):
    flags = ["--drums"] if kind == "drums" else []
    files = run(tmp_path, "interpolate", *(clips[end] for end in ends), "--steps", 4, "--exact", *flags)
    first, second = (tools.read_clip(clips[end], kind).clip for end in ends)
    walk = [tools.read_clip(path, kind).clip for path in files]
    assert (walk[0].notes, walk[-1].notes) == (first.notes, second.notes)
    for clip in walk[1:-1]:
        assert clip.steps == max(-(-end.steps // BAR) * BAR for end in (first, second))
        bars = {note.step // BAR for note in clip.notes}
        assert len(bars) > 0.7 * min(first.steps, second.steps) / BAR


@pytest.mark.parametrize("name", ["one", "two", "chorale"])
def test_drums_fall_where_notes_begin(clips, name, tmp_path):
    given = tools.read_clip(clips[name], "anything").clip
    for path in run(tmp_path, "drumify", clips[name], "--variations", 2):
        made = tools.read_clip(path, "drums").clip
        onsets = {note.step for note in given.notes}
        assert made.steps == given.steps
        assert sum(note.step in onsets for note in made.notes) >= 0.95 * len(made.notes)


@pytest.mark.parametrize("name", ["beat", "fill"])
def test_groove_keeps_every_stroke_and_plays_it_anew(clips, name, tmp_path):
    given = tools.read_clip(clips[name], "drums").clip
    for path in run(tmp_path, "groove", clips[name], "--variations", 2):
        made = tools.read_clip(path, "drums").clip
        assert Counter(note.pitch for note in made.notes) == Counter(note.pitch for note in given.notes)
        assert made.steps == given.steps
        assert made.notes != given.notes
        moved = [abs(float(one.start - other.start)) for one, other in zip(given.notes, made.notes, strict=True)]
        assert np.median(moved) < 0.5


def test_the_same_seed_writes_the_same_file(clips, tmp_path):
    for number in (1, 2):
        assert main(["continue", str(clips["one"]), "-o", str(tmp_path / f"{number}.mid"), "--seed", "9"]) == 0
    assert (tmp_path / "1.mid").read_bytes() == (tmp_path / "2.mid").read_bytes()
