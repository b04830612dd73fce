"""Drums under a score: exact in project files, to the tick in MIDI, and told where a format cannot hold them."""

import json

import mido
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chorale import io
from chorale.errors import InputError
from chorale.io.midi.write import TICKS_PER_STEP
from chorale.music import DrumPattern, Piece


def lane(steps, seed=0):
    """Drums with offsets of whole ticks, so that MIDI can hold them."""
    chance = np.random.default_rng(seed)
    hits = chance.random((steps, 9)) < 0.3
    hits[0, Piece.KICK] = True
    ticks = chance.integers(-TICKS_PER_STEP // 3, TICKS_PER_STEP // 3, hits.shape)
    ticks[0] = np.abs(ticks[0])  # there is no time before the first step
    return DrumPattern(hits, chance.integers(1, 128, hits.shape), ticks / TICKS_PER_STEP)


@pytest.fixture
def drummed(score):
    return score.replace(drums=lane(score.steps))


@settings(max_examples=30, deadline=None)
@given(
    cells=st.lists(
        st.tuples(st.integers(0, 27), st.integers(0, 8), st.integers(1, 127), st.floats(-0.5, 0.5, width=32))
    )
)
def test_a_project_keeps_every_hit_exactly(cells, score, tmp_path_factory):
    velocities, offsets = np.zeros((28, 9), int), np.zeros((28, 9))
    for step, piece, velocity, offset in cells:
        velocities[step, piece], offsets[step, piece] = velocity, offset
    drummed = score.replace(drums=DrumPattern(velocities > 0, velocities, offsets))
    path = tmp_path_factory.mktemp("files") / "a.chorale"
    io.write(drummed, path)
    assert io.read(path).score == drummed


def test_a_project_without_drums_is_one_that_older_programs_read(score, drummed, tmp_path):
    io.write(score, tmp_path / "a.chorale")
    io.write(drummed, tmp_path / "b.chorale")
    versions = [json.loads((tmp_path / name).read_text())["version"] for name in ("a.chorale", "b.chorale")]
    assert versions == [1, 2]
    assert "drums" not in (tmp_path / "a.chorale").read_text()


@pytest.mark.parametrize(
    ("drums", "words"),
    [
        ([], "wanted an object"),
        ({"gong": ["0 1"]}, "piece 'gong': wanted one of kick, snare"),
        ({"kick": ["0"]}, "wanted step, velocity"),
        ({"kick": ["99 100"]}, "wanted a step below 28"),
        ({"kick": ["1 100 0.7"]}, "an offset of -0.5..0.5"),
        ({"kick": ["1 100 nan"]}, "an offset of -0.5..0.5"),
        ({"kick": [7]}, "not what belongs there"),
    ],
)
def test_damaged_drums_are_told_in_one_line(drums, words, drummed, tmp_path):
    path = tmp_path / "a.chorale"
    io.write(drummed, path)
    data = json.loads(path.read_text())
    data["score"]["drums"] = drums
    path.write_text(json.dumps(data))
    with pytest.raises(InputError, match=words) as told:
        io.read(path)
    assert "\n" not in str(told.value)


def test_midi_keeps_every_hit_to_the_tick(drummed, tmp_path):
    io.write(drummed, tmp_path / "a.mid")
    reading = io.read(tmp_path / "a.mid")
    assert reading.score.drums == drummed.drums
    assert reading.warnings == ()
    assert np.array_equal(reading.score.chorale.pitches, drummed.chorale.pitches)


def test_midi_has_drums_on_channel_ten_alone(drummed, score, tmp_path):
    io.write(drummed, tmp_path / "a.mid")
    io.write(score, tmp_path / "b.mid")
    with_drums, without = (mido.MidiFile(tmp_path / name) for name in ("a.mid", "b.mid"))
    assert len(with_drums.tracks) == len(without.tracks) + 1
    last = [message for message in with_drums.tracks[-1] if message.type == "note_on"]
    assert len(last) == drummed.drums.hits.sum()
    assert {message.channel for message in last} == {9}
    assert [list(track) for track in with_drums.tracks[:-1]] == [list(track) for track in without.tracks]
