"""MIDI out, tick by tick, and MIDI in, from programs and from players."""

import io as bytes_io
import time

import mido
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chorale import io
from chorale.errors import InputError
from chorale.io.midi.write import TICKS_PER_STEP, midi_bytes
from chorale.music import VOICES, Chorale, Key, Meter, Note, Piece, Score


def _file(score, **options):
    return mido.MidiFile(file=bytes_io.BytesIO(midi_bytes(score, **options)), charset="utf-8")


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_notes_key_meter_pickup_tempo_and_words_survive(data, scores, tmp_path_factory):
    score = data.draw(scores)
    path = tmp_path_factory.mktemp("files") / "a.mid"
    io.write(score, path)
    reading = io.read(path)
    assert [reading.score.chorale.notes(voice) for voice in VOICES] == [score.chorale.notes(voice) for voice in VOICES]
    for field in ("key", "meter", "pickup", "lyrics", "title", "composer"):
        assert getattr(reading.score, field) == getattr(score, field)
    assert reading.score.qpm == pytest.approx(score.qpm, abs=0.01)
    assert reading.score.steps >= max(note.end for voice in VOICES for note in score.chorale.notes(voice))
    assert not reading.warnings


def test_the_length_of_a_whole_score_survives(score, tmp_path):
    io.write(score, tmp_path / "a.mid")
    assert io.read(tmp_path / "a.mid").score.steps == score.steps


def test_the_same_score_gives_the_same_bytes(score):
    assert midi_bytes(score) == midi_bytes(score)


def test_there_are_four_named_tracks_on_four_channels_singing_aah(score):
    file = _file(score)
    assert (file.type, file.ticks_per_beat) == (1, 4 * TICKS_PER_STEP)
    assert [track.name for track in file.tracks] == [score.title, "Soprano", "Alto", "Tenor", "Bass"]
    programs = [(m.channel, m.program) for track in file.tracks for m in track if m.type == "program_change"]
    assert programs == [(voice, 52) for voice in range(4)]
    for voice, track in enumerate(file.tracks[1:]):
        assert {message.channel for message in track if message.type == "note_on"} == {voice}


def test_a_preset_brings_its_own_programs(score):
    programs = [
        m.program for t in _file(score, programs=(19, 20, 21, 22)).tracks for m in t if m.type == "program_change"
    ]
    assert programs == [19, 20, 21, 22]


@pytest.mark.parametrize("programs", [(1, 2, 3), (0, 0, 0, 128)])
def test_programs_that_do_not_exist_are_refused(score, programs):
    with pytest.raises(InputError, match="wanted four from 0 to 127"):
        midi_bytes(score, programs=programs)


def test_notes_begin_and_end_on_the_tick(score):
    tick, events = 0, []
    for message in _file(score).tracks[1]:
        tick += message.time
        if message.type in {"note_on", "note_off"}:
            events.append((tick, message.type, message.note))
    wanted = []
    for note in score.chorale.notes(0):
        wanted += [(note.start * 120, "note_on", note.pitch), (note.end * 120, "note_off", note.pitch)]
    assert events == wanted


def test_a_repeated_note_is_struck_again_and_a_held_one_is_not():
    pitches = np.full((16, 4), 60)
    onsets = np.zeros((16, 4), dtype=bool)
    onsets[8, 0] = True
    counts = [sum(m.type == "note_on" for m in track) for track in _file(Score(Chorale(pitches, onsets))).tracks]
    assert counts == [0, 2, 1, 1, 1]


def test_every_track_ends_where_the_score_ends(score):
    assert {sum(message.time for message in track) for track in _file(score).tracks} == {28 * 120}


def test_tempo_key_and_meter_are_stated_and_a_pickup_is_a_bar_of_its_own(score):
    tick, seen = 0, []
    for message in _file(score).tracks[0]:
        tick += message.time
        if message.type == "time_signature":
            seen.append((tick, message.numerator, message.denominator))
        elif message.type == "key_signature":
            seen.append(message.key)
        elif message.type == "set_tempo":
            assert mido.tempo2bpm(message.tempo) == pytest.approx(84, abs=0.01)
    assert seen == ["G", (0, 1, 4), (480, 3, 4)]


# Reading.


def _track(notes, *, name="", channel=0, program=None, ticks=480, before=()):
    """A track of (start, end, pitch) in quarters."""
    events = [(round(s * ticks), 1, mido.Message("note_on", channel=channel, note=p, velocity=64)) for s, _, p in notes]
    events += [(round(e * ticks), 0, mido.Message("note_off", channel=channel, note=p)) for _, e, p in notes]
    events += [(round(at * ticks), 2, message) for at, message in before]
    track = mido.MidiTrack([mido.MetaMessage("track_name", name=name)] if name else [])
    if program is not None:
        track.append(mido.Message("program_change", channel=channel, program=program))
    now = 0
    for tick, _, message in sorted(events, key=lambda event: event[:2]):
        track.append(message.copy(time=tick - now))
        now = tick
    return track


@pytest.fixture
def read(tmp_path):
    """Write tracks to a file and read it."""

    def _read(*tracks, kind=1, ticks=480):
        file = mido.MidiFile(type=kind, ticks_per_beat=ticks)
        file.tracks.extend(tracks)
        file.save(tmp_path / "a.mid")
        return io.read(tmp_path / "a.mid")

    return _read


_TUNE = [(0, 1, 72), (1, 2, 74), (2, 3, 76), (3, 4, 77)]


def _pitches(reading, voice=0):
    return [note.pitch for note in reading.score.chorale.notes(voice)]


def test_a_players_timing_goes_to_the_grid_and_the_reader_is_told(read):
    reading = read(_track([(0.02, 0.9, 72), (1.06, 1.8, 74), (1.97, 2.95, 76), (3, 4, 77)]))
    assert reading.score.chorale.notes(0) == [Note(0, 4, 72), Note(4, 3, 74), Note(8, 4, 76), Note(12, 4, 77)]
    assert reading.warnings == (
        "3 of 4 notes moved to the grid of sixteenths, by at most 0.24 of a sixteenth; the first in bar 1, beat 1",
    )


def test_a_legato_players_overlaps_are_one_line(read):
    reading = read(_track([(0, 1.1, 76), (1, 2.1, 74), (2, 3.1, 72), (3, 4, 71)]))
    assert reading.score.chorale.notes(0) == [Note(4 * n, 4, pitch) for n, pitch in enumerate((76, 74, 72, 71))]


def test_the_top_line_of_piano_music_is_the_soprano(read):
    chords = [(s, e, p - drop) for s, e, p in _TUNE for drop in (0, 4, 7, 12, 19)]
    reading = read(_track(chords, program=0))
    assert _pitches(reading) == [72, 74, 76, 77]
    assert "left out 16 notes below it" in reading.warnings[0]


def test_four_note_chords_on_one_track_are_four_voices(read):
    reading = read(_track([(s, e, p - drop) for s, e, p in _TUNE for drop in (0, 5, 9, 24)]))
    assert [_pitches(reading, voice)[0] for voice in range(4)] == [72, 67, 63, 48]
    assert not reading.warnings


def _choir(order):
    lines = {"a": 0, "b": -5, "c": -12, "d": -20}
    return [_track([(s, e, p + lines[each]) for s, e, p in _TUNE], channel=n) for n, each in enumerate(order)]


def test_four_tracks_without_names_are_put_in_order_of_pitch(read):
    reading = read(*_choir("dbca"))
    assert [_pitches(reading, voice)[0] for voice in range(4)] == [72, 67, 60, 52]


def test_four_channels_on_one_track_are_four_voices(read):
    merged = mido.merge_tracks(_choir("abcd"))
    reading = read(merged, kind=0)
    assert [_pitches(reading, voice)[0] for voice in range(4)] == [72, 67, 60, 52]


@pytest.mark.parametrize("name", ["Melody", "Lead vocal", "Voice", "Soprano"])
def test_the_tune_is_found_by_its_name(read, name):
    high = _track([(s, e, p + 7) for s, e, p in _TUNE], name="Glockenspiel")
    tune = _track(_TUNE, name=name, channel=1)
    reading = read(high, _track([(0, 4, 36)], name="Bass", channel=2), tune)
    assert _pitches(reading) == [72, 74, 76, 77]
    assert f"read the soprano from {name}" in reading.warnings[0]


def test_without_names_the_tune_is_one_line_and_high(read):
    chords = [(s, e, p - drop) for s, e, p in _TUNE for drop in (5, 8, 12)]
    low = [(s, e, p - 30) for s, e, p in _TUNE]
    reading = read(_track(chords, channel=0), _track(low, channel=1, program=33), _track(_TUNE * 1, channel=2))
    assert _pitches(reading) == [72, 74, 76, 77]


def test_drums_become_what_plays_under_the_voices(read):
    reading = read(_track(_TUNE), _track([(n / 4, n / 4 + 0.1, 38) for n in range(16)], channel=9))
    assert _pitches(reading) == [72, 74, 76, 77]
    assert reading.score.drums.hits[:, Piece.SNARE].sum() == 16
    assert reading.warnings == ()


def test_percussion_that_is_no_piece_of_the_kit_is_left_out_and_told(read):
    reading = read(_track(_TUNE), _track([(0, 0.1, 38), (1, 1.1, 70), (2, 2.1, 70)], channel=9))
    assert reading.score.drums.hits.sum() == 1
    assert "left out 2 notes of percussion, of 3" in reading.warnings[0]


def test_drums_alone_are_refused(read):
    with pytest.raises(InputError, match="only percussion"):
        read(_track([(0, 1, 38)], channel=9))


def test_the_first_tempo_is_kept_and_changes_are_told(read):
    tempi = [
        (0, mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(90))),
        (2, mido.MetaMessage("set_tempo", tempo=400_000)),
    ]
    reading = read(_track(_TUNE, before=tempi))
    assert reading.score.qpm == pytest.approx(90, abs=0.01)
    assert "the tempo changes: kept the first, 90" in reading.warnings[0]


def test_a_file_without_a_tempo_is_at_120_as_the_standard_says(read):
    assert read(_track(_TUNE)).score.qpm == 120


def test_the_key_signature_is_taken_and_spells_the_notes(read):
    key = [(0, mido.MetaMessage("key_signature", key="Ab"))]
    reading = read(_track([(0, 1, 68), (1, 2, 70), (2, 4, 72)], before=key))
    assert reading.score.key == Key.parse("Ab major")
    assert str(next(reading.score.notes(0))[1]) == "Ab4"


def test_without_a_signature_the_key_is_found_and_spells_the_notes(read):
    scale = [(n, n + 1, 64 + step) for n, step in enumerate((0, 2, 4, 5, 7, 9, 11, 12, 7, 4, 0))]
    reading = read(_track(scale))
    assert reading.score.key.name == "E major"
    assert [pitch.name for _, pitch in reading.score.notes(0)][:4] == ["E", "F#", "G#", "A"]


def test_a_meter_change_is_told(read):
    meters = [
        (0, mido.MetaMessage("time_signature", numerator=3)),
        (3, mido.MetaMessage("time_signature", numerator=2)),
    ]
    reading = read(_track(_TUNE, before=meters))
    assert reading.score.meter == Meter(3, 4)
    assert reading.warnings[0] == "the meter changes: kept 3/4 throughout"


def test_a_note_without_length_is_no_note_and_one_without_end_lasts(read):
    track = _track(_TUNE)
    track.insert(0, mido.Message("note_on", note=60, velocity=64))
    track.insert(1, mido.Message("note_off", note=60))
    track.append(mido.Message("note_on", note=79, velocity=64))
    track.append(mido.MetaMessage("end_of_track", time=480))
    assert read(track).score.chorale.notes(0)[-1] == Note(16, 4, 79)


def test_a_note_struck_while_it_sounds_ends_the_first(read):
    track = _track([(0, 4, 72)])
    track.insert(1, mido.Message("note_on", note=72, velocity=64, time=480))
    track[2].time -= 480
    assert read(track).score.chorale.notes(0) == [Note(0, 4, 72), Note(4, 12, 72)]


@pytest.mark.parametrize("ticks", [24, 96, 120, 384, 1000])
def test_any_division_is_read_exactly(read, ticks):
    reading = read(_track(_TUNE, ticks=ticks), ticks=ticks)
    assert [note.start for note in reading.score.chorale.notes(0)] == [0, 4, 8, 12]
    assert not reading.warnings


def test_the_last_bar_is_filled_when_the_track_ends_anywhere(read):
    assert read(_track([*_TUNE, (4, 4.8, 72)])).score.steps == 32


def test_names_in_any_encoding_are_read(tmp_path, score):
    io.write(score.replace(title="Nun läßt uns 歌"), tmp_path / "a.mid")
    assert io.read(tmp_path / "a.mid").score.title == "Nun läßt uns 歌"


def test_time_in_film_frames_is_refused(tmp_path):
    (tmp_path / "a.mid").write_bytes(b"MThd\0\0\0\6\0\1\0\1\xe7\x28MTrk\0\0\0\4\0\xff\x2f\0")
    with pytest.raises(InputError, match="film frames"):
        io.read(tmp_path / "a.mid")


def test_a_note_a_year_long_is_refused(read):
    with pytest.raises(InputError, match="wanted at most 1200 bars"):
        read(_track([(0, 4_000_000, 72)], ticks=24), ticks=24)


def test_too_many_notes_are_refused_in_bounded_time(tmp_path):
    events = b"\0\x90\x3c\x40" + b"\x3c\x3c\0\0\x3c\x40" * 45_000 + b"\0\xff\x2f\0"
    track = b"MTrk" + len(events).to_bytes(4, "big") + events
    (tmp_path / "a.mid").write_bytes(b"MThd\0\0\0\6\0\0\0\1\1\xe0" + track)
    began = time.monotonic()
    with pytest.raises(InputError, match="more than 40000 notes"):
        io.read(tmp_path / "a.mid")
    assert time.monotonic() - began < 20


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=200))
def test_noise_behind_a_good_head_is_one_line(data, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "noise.mid"
    path.write_bytes(b"MThd\0\0\0\6\0\1\0\1\1\xe0MTrk" + len(data).to_bytes(4, "big") + data)
    try:
        io.read(path)
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017  noise may be music
