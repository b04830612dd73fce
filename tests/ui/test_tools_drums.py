"""Drumify and Groove in the window: drums to anything, drums as a drummer plays them."""

import pygame
import pytest

from chorale.app import tools
from chorale.app.tools.sources import example


@pytest.fixture
def stiff(tmp_path):
    """A stiff beat in a file."""
    path = tmp_path / "stiff.mid"
    tools.save(example("drums").clip, path)
    return path


def test_a_chorale_on_the_staff_gets_drums_where_its_notes_begin(visitor):
    visitor.studio.new_from_tune("ode_to_joy")
    visitor.click("tool-drumify")
    visitor.key(pygame.K_t, ctrl=True)
    visitor.click("start")
    visitor.made()
    results = visitor.session.bench.results
    assert len(results) == 4
    taps = {note.step for note in visitor.session.bench.given[0].clip.notes}
    assert {note.step for note in results[0].clip.notes} == taps
    visitor.click("use")
    assert visitor.score.drums.hits.any()


def test_selected_bars_of_the_staff_are_offered(visitor):
    visitor.studio.new_from_tune("ode_to_joy")
    visitor.services.bars = (2, 3)
    visitor.click("tool-drumify")
    visitor.click("input-1-staff")
    visitor.choose("Bars 2\N{EN DASH}3, as selected")
    assert visitor.session.bench.inputs[0].clip.steps == 32


def test_an_empty_staff_is_one_line(visitor):
    visitor.click("tool-drumify")
    visitor.click("input-1-staff")
    assert visitor.said()[-1] == "The staff is empty: wanted some notes, written in the room Compose"


def test_groove_shows_what_was_before(visitor, stiff):
    visitor.click("tool-groove")
    visitor.drop(stiff)
    visitor.taken()
    visitor.click("start")
    visitor.made()
    card, source = visitor.find("card-1"), visitor.session.bench.inputs[0].clip
    assert card.before is source
    assert len(card.clip.notes) == len(source.notes)
    assert all(note.offset == pytest.approx(0.2, abs=0.01) for note in card.clip.notes)


def test_a_melody_is_no_drums(visitor, tmp_path):
    visitor.click("tool-groove")
    path = tmp_path / "tune.mid"
    tools.save(example("melody").clip, path)
    visitor.drop(path)
    visitor.taken()
    assert visitor.said()[-1].endswith("no drums: wanted notes on MIDI channel 10")
    assert visitor.session.bench.inputs == (None,)


def test_drums_made_here_can_be_grooved(visitor):
    visitor.click("tool-drumify")
    visitor.click("try")
    visitor.made()
    visitor.click("tool-groove")
    visitor.click("input-1-earlier")
    visitor.choose("Drumify 1")
    visitor.click("start")
    visitor.made()
    assert len(visitor.session.bench.results) == 2


def test_drums_play_under_an_empty_page_too(visitor):
    visitor.click("tool-groove")
    visitor.click("try")
    visitor.made()
    visitor.click("use")
    assert visitor.score.drums is not None


def test_drums_are_heard_with_what_they_go_with_or_alone(visitor):
    visitor.click("tool-drumify")
    visitor.click("try")
    visitor.made()
    visitor.key(pygame.K_SPACE, text=" ")
    assert visitor.player._score.tune is visitor.session.bench.given[0].clip
    visitor.click("together")
    assert visitor.player._score is visitor.session.bench.results[0].clip
    assert visitor.player.playing
