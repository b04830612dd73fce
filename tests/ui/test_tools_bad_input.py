"""What people drop on the Studio that it cannot quite use: one clear line on the screen, and nothing is lost."""

from fractions import Fraction

import pytest

from chorale.app import tools
from chorale.app.tools.sources import example
from chorale.app.tools.table import Name
from chorale.errors import ModelError
from chorale.music import Clip, ClipNote, Meter


def clip(pitches, **facts):
    notes = [ClipNote(Fraction(4 * n), pitch, Fraction(4 * n + 4), 80) for n, pitch in enumerate(pitches)]
    return Clip(tuple(notes), 4 * len(pitches), **facts)


def drop(person, tmp_path, made):
    tools.save(made, tmp_path / "mine.mid")
    person.drop(tmp_path / "mine.mid")
    person.taken()


def started(person):
    person.click("start")
    person.made()


def test_of_chords_the_top_line_is_taken_and_that_is_said(visitor, tmp_path):
    chords = clip((72, 74, 76)).with_notes([*clip((72, 74, 76)).notes, *clip((60, 62, 64)).notes])
    drop(visitor, tmp_path, chords)
    assert [note.pitch for note in visitor.session.bench.inputs[0].clip.notes] == [72, 74, 76]
    assert any("took the top line, and left out 3 notes below it" in line for line in visitor.said())


def test_drums_where_a_melody_is_wanted_are_told_and_what_was_there_stays(visitor, tmp_path):
    drop(visitor, tmp_path, clip((60, 62)))
    before = visitor.session.bench.inputs[0]
    drop(visitor, tmp_path, example("drums").clip)
    assert any("only drums: wanted a melody" in line for line in visitor.said())
    assert visitor.session.bench.inputs == (before,)


def test_an_empty_file_is_told(visitor, tmp_path):
    drop(visitor, tmp_path, Clip((), 16))
    assert any("no notes: wanted a clip with music in it" in line for line in visitor.said())


def test_a_torn_file_is_told(visitor, tmp_path):
    (tmp_path / "mine.mid").write_bytes(b"MThd\x00")
    visitor.drop(tmp_path / "mine.mid")
    visitor.taken()
    assert any("mine.mid" in line for line in visitor.said())


@pytest.mark.parametrize("meter", ["6/8", "5/4"])
def test_a_meter_that_the_models_do_not_know_is_named(guest, tmp_path, meter):
    drop(guest, tmp_path, clip((60, 62, 64, 65, 67, 69), meter=Meter.parse(meter)))
    started(guest)
    assert any(f"Meter {meter}: wanted 4/4" in line for line in guest.said())
    assert guest.session.bench.inputs[0] is not None


def test_what_lies_outside_the_models_range_is_said(guest, tmp_path):
    drop(guest, tmp_path, clip((24, 26, 28, 29)))
    guest.session.ask(variations=1)
    started(guest)
    assert guest.shown()[0][:4] == [24, 26, 28, 29]
    assert any("higher, and moved back" in line for line in guest.said())


def test_damaged_weights_are_told_and_the_results_stay(visitor, small_models):
    visitor.click("try")
    visitor.made()
    before = visitor.session.bench.results
    small_models["melody_rnn"].error = ModelError("model melody_rnn: its file network.onnx is damaged (checksum)")
    started(visitor)
    assert any("damaged (checksum)" in line for line in visitor.said())
    assert visitor.session.bench.results == before


def test_a_model_that_fails_in_an_unforeseen_way_is_one_line_too(visitor, small_models):
    small_models["melody_rnn"].error = ZeroDivisionError("oops")
    visitor.click("try")
    visitor.made()
    assert any(line.startswith("This did not work") for line in visitor.said())


def test_a_long_walk_can_be_stopped(guest, tmp_path):
    guest.session.go(Name.INTERPOLATE)
    for _ in range(2):
        drop(guest, tmp_path, clip([60 + n % 12 for n in range(600)]))
    guest.click("start")
    guest.wait_for(lambda: guest.session.making.progress.fraction > 0)
    guest.click("start")
    assert "Stopped; nothing has changed" in guest.said()
    guest.wait_for(lambda: not guest.session.busy)
    assert not guest.session.bench.results
