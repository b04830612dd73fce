"""Clips that people played and tunes that people sang, written and read again; and input that strains the reader."""

import csv
import io
import os
import zipfile
from fractions import Fraction
from pathlib import Path

import mido
import pytest

from chorale.app.tools.files import clip_of, read_clip
from chorale.errors import InputError
from chorale.io.midi import midi_clip, read_midi_clip, write_clip
from chorale.io.midi.clips import clip_bytes
from chorale.levels import tunes
from chorale.music import Clip, ClipNote, Meter

DATA = os.environ.get("CHORALE_DATA")
STYLES = ("funk", "jazz", "rock", "latin", "hiphop")


@pytest.fixture(scope="module")
def grooves():
    """A clip of each of five styles from the sessions that Groove sets apart for testing, as bytes."""
    if DATA is None or not (Path(DATA) / "groove-midionly.zip").exists():
        pytest.skip("CHORALE_DATA does not name a folder with groove-midionly.zip")
    with zipfile.ZipFile(Path(DATA) / "groove-midionly.zip") as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("groove/info.csv").decode())))
        tests = [row for row in rows if row["split"] == "test"]
        chosen = [next(row for row in tests if row["style"].startswith(style)) for style in STYLES]
        return {row["style"]: archive.read(f"groove/{row['midi_filename']}") for row in chosen}


def test_five_grooves_of_drummers_come_back_note_for_note(grooves, tmp_path):
    for style, data in grooves.items():
        clip = midi_clip(data, "drums", "a").clip
        assert len(clip.notes) > 10, style
        assert any(note.offset for note in clip.notes), style
        write_clip(clip, tmp_path / "a.mid")
        assert read_midi_clip(tmp_path / "a.mid", "drums").clip == clip, style


@pytest.mark.parametrize("name", tunes.names()[:5])
def test_five_tunes_come_back_note_for_note(name, tmp_path):
    clip = clip_of(tunes.load(name)).replace(name="a")
    write_clip(clip, tmp_path / "a.mid")
    assert read_clip(tmp_path / "a.mid", "melody").clip == clip


@pytest.mark.parametrize("meter", [Meter(4, 4), Meter(3, 4), Meter(6, 8), Meter(5, 4), Meter(2, 2), Meter(12, 8)])
@pytest.mark.parametrize("pickup", [0, 2])
def test_meters_and_pickups_come_back(meter, pickup):
    bar = meter.steps_per_bar
    notes = [ClipNote(Fraction(2 * n), 60 + n % 12, Fraction(2 * n + 2), 64) for n in range((pickup + 2 * bar) // 2)]
    clip = Clip(tuple(notes), pickup + 2 * bar, meter=meter, pickup=pickup, qpm=96)
    assert midi_clip(clip_bytes(clip), "melody").clip == clip


def changing(*events, notes=16):
    """A MIDI file with events of the conductor at quarters, over repeated quarters."""
    file = mido.MidiFile(type=1, ticks_per_beat=480)
    conductor, part = mido.MidiTrack(), mido.MidiTrack()
    now = 0
    for at, message in events:
        message.time = 480 * at - now
        conductor.append(message)
        now = 480 * at
    for n in range(notes):
        part.append(mido.Message("note_on", note=60 + n % 5, velocity=70, time=0))
        part.append(mido.Message("note_off", note=60 + n % 5, time=480))
    file.tracks += [conductor, part]
    buffer = io.BytesIO()
    file.save(file=buffer)
    return buffer.getvalue()


def test_a_tempo_that_changes_keeps_the_beats_and_is_told():
    tempo = [(0, mido.MetaMessage("set_tempo", tempo=500_000)), (4, mido.MetaMessage("set_tempo", tempo=750_000))]
    reading = midi_clip(changing(*tempo), "melody")
    assert [note.start for note in reading.clip.notes] == [4 * n for n in range(16)]
    assert reading.clip.qpm == 120
    assert reading.warnings == ("the tempo changes: kept the first, 120 quarters a minute, throughout",)


def test_a_meter_that_changes_is_told():
    meters = [
        (0, mido.MetaMessage("time_signature", numerator=4, denominator=4)),
        (8, mido.MetaMessage("time_signature", numerator=3, denominator=4)),
    ]
    reading = midi_clip(changing(*meters), "melody")
    assert reading.clip.meter == Meter(4, 4)
    assert "the meter changes: kept 4/4 throughout" in reading.warnings


def test_an_hour_of_midi_is_read_and_written_whole():
    hour = changing((0, mido.MetaMessage("set_tempo", tempo=1_000_000)), notes=3600)
    clip = midi_clip(hour, "melody").clip
    assert clip.steps * 15 / clip.qpm == 3600
    assert len(clip.notes) == 3600
    assert midi_clip(clip_bytes(clip), "melody").clip == clip


def test_what_is_longer_than_can_be_read_is_one_line():
    with pytest.raises(InputError, match="1800 bars of 4/4: wanted at most 1200 bars") as told:
        midi_clip(changing(notes=7200), "melody")
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("size", [0, 3, 20, 60])
def test_a_file_that_was_cut_short_is_one_line(size, tmp_path):
    whole = changing(notes=40)
    (tmp_path / "a.mid").write_bytes(whole[:size])
    with pytest.raises(InputError) as told:
        read_clip(tmp_path / "a.mid", "melody")
    assert "\n" not in str(told.value)
