"""Our melody and drum encodings are note-seq's, event by event, on real melodies and grooves."""

import itertools
import zipfile
from pathlib import Path

import numpy as np
import pytest

from chorale.io import note_sequence
from chorale.io.abc_notation import read_abc_tunes
from chorale.models.drum_rnn import codec as drum_rnn
from chorale.models.magenta.encodings import ENCODINGS
from chorale.models.magenta.events import drum_events, melody_events, moved, shift_to_c
from chorale.models.magenta.tensors import groove, humanized, melody_rows, tapped
from chorale.models.melody_rnn import codec as melody_rnn
from chorale.models.sequences import kit
from chorale.music import Melody

pytestmark = [pytest.mark.magenta, pytest.mark.filterwarnings("ignore")]
MELODIES, GROOVES = 500, 200


@pytest.fixture(scope="module")
def note_seq(magenta):
    return magenta("note_seq")


@pytest.fixture(scope="module")
def tunes():
    """The first tunes of Aird's collection, as scores."""
    import music21  # noqa: PLC0415  only its folder is wanted

    books = sorted((Path(music21.__file__).parent / "corpus" / "airdsAirs").glob("*.abc"))
    read = (reading.score for book in books for reading in read_abc_tunes(book))
    return list(itertools.islice((score for score in read if score.steps), MELODIES))


def melody_in(score):
    """Return the tune from its first bar line on, as note-seq counts bars."""
    silence = -score.pickup % score.meter.steps_per_bar if score.pickup else 0
    pitches = np.pad(score.chorale.pitches[:, 0], (silence, 0), constant_values=-1)
    return Melody(pitches, np.pad(score.chorale.onsets[:, 0], (silence, 0)))


def events_by_note_seq(note_seq, sequence, steps):
    """Return note-seq's melody from time 0 on, so many steps of it."""
    melody = note_seq.Melody()
    quantized = note_seq.quantize_note_sequence(sequence, 4)
    melody.from_quantized_sequence(quantized, gap_bars=float("inf"), ignore_polyphonic_notes=True)
    melody.set_length(melody.start_step + len(melody), from_left=True)
    melody.set_length(steps)
    return melody


def test_events_of_melodies_are_the_same(note_seq, tunes, capsys):
    assert len(tunes) == MELODIES
    compared = own = 0
    for score in tunes:
        ours = melody_events(melody_in(score))
        theirs = events_by_note_seq(note_seq, note_sequence.score_to(score), len(ours))
        assert list(theirs) == ours.tolist(), score.title
        compared += len(ours)
        if ours.max() <= melody_rnn.HIGHEST and ours[ours >= 0].min() >= melody_rnn.LOWEST:
            first = melody_rnn.LOWEST - melody_rnn.FIRST_PITCH
            expected = [event - first if event >= 0 else event + 2 for event in theirs]
            assert melody_rnn.events_of(melody_in(score)).tolist() == expected
            own += 1
    assert own > MELODIES / 2
    with capsys.disabled():
        print(f"\n{len(tunes)} melodies, {compared} events: all equal; {own} in the range of our own model", end="")


def encoders(note_seq):
    """Return Magenta's encoders by the names of ours."""
    one_hot = note_seq.MelodyOneHotEncoding
    return {
        "basic": note_seq.OneHotEventSequenceEncoderDecoder(one_hot(48, 84)),
        "mono": note_seq.OneHotEventSequenceEncoderDecoder(one_hot(0, 128)),
        "lookback": note_seq.LookbackEventSequenceEncoderDecoder(one_hot(48, 84)),
        "attention": note_seq.KeyMelodyEncoderDecoder(48, 84),
    }


def test_what_the_networks_read_and_answer_is_the_same(note_seq, tunes):
    rng = np.random.default_rng(0)
    for score in tunes:
        theirs = events_by_note_seq(note_seq, note_sequence.score_to(score), score.steps)
        events = np.array(list(theirs))
        shift = shift_to_c(events, 48, 83)
        assert theirs.squash(48, 84, 0) == shift
        events = moved(events, shift, 48, 83)
        assert list(theirs) == events.tolist()
        position = int(rng.integers(len(events)))
        for name, encoder in encoders(note_seq).items():
            encoding, heard = ENCODINGS[name], events[: position + 1]
            assert encoding.read(heard).tolist() == encoder.events_to_input(theirs, position), (name, score.title)
            answers = [encoder.class_index_to_event(answer, heard.tolist()) for answer in range(encoder.num_classes)]
            assert [encoding.event(answer, heard) for answer in range(encoding.classes)] == answers


def test_what_the_melody_autoencoder_reads_is_the_same(note_seq, magenta, tunes):
    converter = magenta("magenta.models.music_vae.configs").CONFIG_MAP["cat-mel_2bar_small"].data_converter
    compared = 0
    for score in tunes:
        melody = melody_in(score)
        two_bars = Melody(melody.pitches[:32], melody.onsets[:32])
        if score.meter.steps_per_bar != 16 or not (two_bars.onsets[:16].any() and two_bars.onsets[16:].any()):
            continue
        sequence = note_sequence.melody_to(two_bars)
        for note in sequence.notes:
            note.program = 0
        theirs = converter.to_tensors(sequence).inputs
        assert len(theirs) == 1
        assert (melody_rows(two_bars) == theirs[0]).all()
        compared += 1
    assert compared >= 100
    del note_seq


@pytest.fixture(scope="module")
def grooves(note_seq, data_folder):
    """The first training files of the Groove data set in four-four, as NoteSequences."""
    with zipfile.ZipFile(data_folder / "groove-midionly.zip") as archive:
        table = archive.read(next(name for name in archive.namelist() if name.endswith("info.csv"))).decode()
        rows = [
            dict(zip(table.splitlines()[0].split(","), line.split(","), strict=True)) for line in table.splitlines()[1:]
        ]
        names = [row["midi_filename"] for row in rows if row["split"] == "train" and row["time_signature"] == "4-4"]
        root = next(name for name in archive.namelist() if name.endswith("info.csv")).removesuffix("info.csv")
        return [note_seq.midi_to_note_sequence(archive.read(root + name)) for name in names[:GROOVES]]


def test_drums_are_the_same(note_seq, magenta, grooves, capsys):
    data = magenta("magenta.models.music_vae.data")
    keys = data.ROLAND_DRUM_PITCH_CLASSES
    made = {name: data.GrooveConverter(pitch_classes=keys, **{name: True}) for name in ("humanize", "tapify")}
    sets = note_seq.MultiDrumOneHotEncoding(keys)
    hits, furthest = 0, 0.0
    for sequence in grooves:
        pattern = note_sequence.drums_from(sequence)
        found = made["humanize"].to_tensors(sequence)
        assert (humanized(pattern) == found.inputs[0]).all()
        furthest = max(furthest, np.abs(groove(pattern) - found.outputs[0]).max())
        struck, velocities, offsets = np.split(found.outputs[0], 3, axis=1)
        scaled = np.concatenate(
            [struck * (velocities * 127 - 64) / 63, -offsets], axis=1
        )  # as our own models read them
        furthest = max(furthest, np.abs(kit.numbers_of(pattern) - scaled).max())
        loud = made["tapify"].to_tensors(sequence).inputs[0]
        loud[:, 9:18] = 0  # our networks are those of fixed velocities
        furthest = max(furthest, np.abs(tapped(pattern) - loud).max())
        track = note_seq.DrumTrack()
        track.from_quantized_sequence(note_seq.quantize_note_sequence(sequence, 4), gap_bars=float("inf"))
        track.set_length(track.start_step + len(track), from_left=True)
        track.set_length(len(pattern))
        events = [sets.encode_event(event) for event in track]
        assert events == drum_events(pattern).tolist() == drum_rnn.events_of(pattern.hits).tolist()
        hits += int(pattern.hits.sum())
    assert len(grooves) == GROOVES
    assert furthest < 1e-5
    with capsys.disabled():
        print(f"\n{len(grooves)} grooves, {hits} hits: all equal, numbers to {furthest:.0e}", end="")
