"""Drums in MusicXML: a part of their own, every bar full, every hit on its line; and read back without harm."""

from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chorale import io
from chorale.io.musicxml.percussion import add_drums
from chorale.music import METERS, Chorale, DrumPattern, Meter, Piece, Score

EIGHTHS = {"whole": 16, "half": 8, "quarter": 4, "eighth": 2, "16th": 1}


def drawn(score):
    """The drums' measures of a score, as written under nothing."""
    root = ET.fromstring("<score-partwise><part-list/></score-partwise>")  # noqa: S314  our own text
    add_drums(root, score)
    return root.findall("part/measure")


def lengths(measure):
    return [int(note.findtext("duration")) for note in measure.findall("note") if note.find("chord") is None]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from((*METERS, Meter(5, 4), Meter(3, 8), Meter(12, 8), Meter(2, 2))), st.data())
def test_every_bar_is_full_and_every_hit_is_written_once(meter, data):
    steps = 2 * meter.steps_per_bar + data.draw(st.integers(0, meter.steps_per_bar - 1))
    pickup = data.draw(st.integers(0, meter.steps_per_bar - 1))
    hits = np.array(data.draw(st.lists(st.integers(0, 511), min_size=steps, max_size=steps)))
    hits = (hits[:, None] >> np.arange(9) & 1).astype(bool) & (hits % 3 == 0)[:, None]
    score = Score(Chorale.silent(steps), meter=meter, pickup=pickup, drums=DrumPattern(hits))
    measures = drawn(score)
    assert [sum(lengths(measure)) for measure in measures] == [bar.length for bar in score.bars]
    at = []
    for bar, measure in zip(score.bars, measures, strict=True):
        step = bar.start
        for note in measure.findall("note"):
            step -= 0 if note.find("chord") is None else int(note.findtext("duration"))
            if note.find("unpitched") is not None:
                at.append((step, note.find("instrument").get("id")))
            step += int(note.findtext("duration"))
    assert sorted(at) == sorted((hit.step, f"P1-I{hit.piece.key}") for hit in score.drums.strokes())


@settings(max_examples=30, deadline=None)
@given(st.lists(st.booleans(), min_size=32, max_size=32))
def test_a_value_that_is_written_is_as_long_as_it_says(struck):
    hits = np.zeros((32, 9), bool)
    hits[:, Piece.SNARE] = struck
    for measure in drawn(Score(Chorale.silent(32), drums=DrumPattern(hits))):
        for note in measure.findall("note"):
            if note.find("type") is not None:
                plain = EIGHTHS[note.findtext("type")]
                dotted = sum(plain / 2**dot for dot in range(len(note.findall("dot")) + 1))
                assert int(note.findtext("duration")) == dotted


@pytest.mark.parametrize("layout", ["closed", "open"])
def test_the_voices_come_back_as_they_were_and_the_drums_are_told(score, layout, tmp_path):
    hits = np.zeros((score.steps, 9), bool)
    hits[4::2, Piece.CLOSED_HAT] = hits[4::6, Piece.KICK] = True
    drummed = score.replace(drums=DrumPattern(hits))
    io.write(drummed, tmp_path / "a.musicxml", layout=layout)
    io.write(score, tmp_path / "b.musicxml", layout=layout)
    reading = io.read(tmp_path / "a.musicxml")
    assert reading.score == io.read(tmp_path / "b.musicxml").score
    assert reading.warnings == (f"left out the percussion, {hits.sum()} notes",)


def test_without_drums_the_file_is_what_it_was(score, tmp_path):
    io.write(score, tmp_path / "a.musicxml")
    assert "unpitched" not in (tmp_path / "a.musicxml").read_text()
