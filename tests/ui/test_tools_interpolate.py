"""Interpolate in the window: two inputs, a row of steps to walk along, and playing that goes over at the bar line."""

import pygame
import pytest

from chorale.app import tools
from chorale.app.tools.sources import Source, example
from chorale.music import Meter
from chorale.ui.scene import Place


@pytest.fixture
def walk(visitor):
    """A person with a walk of five steps between two examples."""
    visitor.click("tool-interpolate")
    visitor.click("try")
    visitor.made()
    return visitor


def test_a_walk_ends_on_the_given_clips(walk):
    results, given = walk.session.bench.results, walk.session.bench.given
    assert len(results) == 5
    assert (results[0].clip, results[-1].clip) == (given[0].clip, given[1].clip)
    assert [source.name for source in given] == ["Ode to Joy", "Jesu, meine Freude"]


def test_arrows_and_the_knob_walk_along_the_steps(walk):
    walk.key(pygame.K_RIGHT)
    walk.key(pygame.K_RIGHT)
    assert walk.session.chosen == 2
    assert walk.find("step").clip is walk.session.bench.results[2].clip
    knob = walk.find("scrub").rect
    walk.drag((knob.centerx, knob.centery), (knob.right - 12, knob.centery))
    assert walk.session.chosen == 4
    walk.key(pygame.K_RIGHT)
    assert walk.session.chosen == 4


def test_what_plays_goes_over_to_the_next_step_at_the_bar_line(walk):
    results = walk.session.bench.results
    walk.key(pygame.K_SPACE, text=" ")
    walk.turn(10)
    walk.key(pygame.K_RIGHT)
    assert walk.player._score is results[0].clip
    walk.wait_for(lambda: walk.player._score is results[1].clip)
    assert 16 <= walk.player.position < 18
    assert walk.player.playing


def test_both_inputs_are_needed(visitor):
    visitor.click("tool-interpolate")
    visitor.click("input-2-earlier")
    visitor.choose("Ode to Joy")
    visitor.click("start")
    assert visitor.said()[-1] == "Interpolate needs where the walk begins: drop a file, or take the staff"


def test_two_files_dropped_together_are_the_two_ends(visitor, tmp_path):
    visitor.click("tool-interpolate")
    for number in (0, 1):
        tools.save(example("melody", number).clip, tmp_path / f"end{number}.mid")
        visitor.post(pygame.DROPFILE, file=str(tmp_path / f"end{number}.mid"))
    visitor.turn()
    visitor.taken()
    assert [source.name for source in visitor.session.bench.inputs] == ["end0", "end1"]


def test_other_meters_at_the_two_ends_are_one_line(visitor):
    session = visitor.session
    visitor.click("tool-interpolate")
    visitor.click("try")
    visitor.made()
    waltz = session.bench.inputs[0].clip
    session.put(1, Source(waltz.replace(meter=Meter(3, 4)), "waltz", "file"))
    visitor.click("start")
    visitor.made()
    assert "Meters 4/4 and 3/4: wanted two clips in the same" in visitor.said()
    assert len(session.bench.results) == 5


def test_drums_walk_too_and_go_under_the_chorale(walk):
    walk.click("drums")
    walk.click("try")
    walk.made()
    walk.studio.new_from_tune("ode_to_joy")
    walk.key(pygame.K_h, text="h")
    assert walk.house.place is Place.STUDIO
    assert walk.score.drums is not None
    assert "Step 1 plays under the chorale" in walk.said()
