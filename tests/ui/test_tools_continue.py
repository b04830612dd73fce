"""Continue in the window, from the empty room to the staff: by the mouse and by the keyboard alone."""

import threading

import pygame
import pytest

from chorale.app import tools
from chorale.music import Key, Voice
from chorale.ui.scene import Place

SCALE = [60, 62, 64, 65, 67, 69, 71]


@pytest.fixture
def with_tune(visitor, tmp_path):
    """A person who dropped a tune."""
    clip = tools.sources.example("melody").clip
    tools.save(clip.replace(name=""), tmp_path / "ode.mid")
    visitor.drop(tmp_path / "ode.mid")
    visitor.taken()
    return visitor


def test_one_click_gives_something_to_hear(visitor):
    visitor.click("try")
    visitor.made()
    assert len(visitor.session.bench.results) == 4
    assert visitor.find("card-1").clip is visitor.session.bench.results[0].clip
    visitor.key(pygame.K_SPACE, text=" ")
    assert visitor.player.playing
    assert visitor.player._score is visitor.session.bench.results[0].clip


def test_a_button_that_went_from_under_the_pointer_explains_itself_no_longer(visitor):
    board = visitor.room.state.board
    visitor.move(visitor.find("try").rect.center)
    visitor.turn(60)
    assert board._tooltip_due(0)
    visitor.key(pygame.K_e, ctrl=True)
    visitor.made()
    visitor.turn(60)
    assert "try" not in {widget.id for widget in board.widgets}
    assert not board._tooltip_due(0)


def test_a_dropped_file_is_continued_and_every_note_of_it_is_kept(with_tune):
    assert with_tune.find("input-1").clip is with_tune.session.bench.inputs[0].clip
    with_tune.click("start")
    with_tune.made()
    given = [note.pitch for note in with_tune.session.bench.inputs[0].clip.notes]
    for pitches in with_tune.shown():
        assert pitches[: len(given)] == given
        assert len(pitches) == len(given) + 8


def test_everything_can_be_done_from_the_keyboard(visitor):
    visitor.key(pygame.K_1, ctrl=True)
    visitor.key(pygame.K_e, ctrl=True)
    visitor.made()
    visitor.key(pygame.K_RIGHT)
    visitor.key(pygame.K_k, text="k")
    visitor.key(pygame.K_l, text="l")
    assert (visitor.session.chosen, len(visitor.session.kept), visitor.session.asked.locked) == (1, 1, True)
    visitor.key(pygame.K_r, ctrl=True)
    visitor.made()
    assert [result.seed for result in visitor.session.bench.results] == [4, 5, 6, 7]
    visitor.key(pygame.K_z, ctrl=True)
    assert [result.seed for result in visitor.session.bench.results] == [0, 1, 2, 3]
    visitor.key(pygame.K_3, text="3")
    assert visitor.find("card-3").value.endswith("selected")


def test_every_widget_is_reached_by_tab_and_says_what_it_is(visitor):
    visitor.click("try")
    visitor.made()
    seen = set()
    for _ in range(80):
        visitor.key(pygame.K_TAB)
        widget = visitor.room.state.board.ring.widget
        assert widget.id
        assert widget.label
        seen.add(widget.id)
    expected = {widget.id for widget in visitor.room.state.board.widgets if widget.reachable}
    assert expected <= seen
    assert {
        "tool-groove",
        "input-1-file",
        "bars",
        "temperature",
        "tool-key",
        "again",
        "card-4",
        "keep-2",
        "use",
    } <= seen


def test_the_form_asks_what_was_set(visitor, small_models):
    visitor.click("try")
    visitor.made()
    visitor.click("ending")
    visitor.click("locked")
    visitor.click("tool-key")
    visitor.choose("F sharp minor")
    bars = visitor.find("bars").rect
    visitor.click_at((bars.right - 5, bars.centery))
    visitor.click("start")
    visitor.made()
    asked = small_models["melody_rnn"].asked[-1]
    assert asked["ending"]
    assert (asked["surroundings"].key, asked["surroundings"].locked) == (Key.parse("f# minor"), True)
    assert visitor.session.bench.results[0].clip.steps == 64 + 48


def test_a_number_can_be_typed_for_the_seed(visitor):
    visitor.room.state.board.ring.move_to(visitor.find("tool-seed"))
    visitor.type("42")
    visitor.key(pygame.K_RETURN)
    visitor.key(pygame.K_TAB)
    assert visitor.session.asked.seed == 42


def test_a_result_goes_to_the_staff_and_is_harmonized(with_tune):
    with_tune.click("start")
    with_tune.made()
    with_tune.key(pygame.K_2, text="2")
    pitches = with_tune.shown()[1]
    with_tune.click("use")
    assert with_tune.house.place is Place.COMPOSE
    with_tune.wait_for(lambda: with_tune.studio.harmonizing is None)
    assert [note.pitch for note in with_tune.score.chorale.notes(Voice.SOPRANO)] == pitches
    assert with_tune.score.chorale.notes(Voice.BASS)
    assert any("Continue 2 is on the staff" in line for line in with_tune.said())


def test_drums_are_continued_as_drums(visitor):
    visitor.key(pygame.K_d, text="d")
    visitor.click("try")
    visitor.made()
    assert all(result.clip.drums for result in visitor.session.bench.results)
    assert visitor.find("use").label == "To the drum lane"
    visitor.click("melody")
    assert not visitor.session.bench.results


def test_the_work_can_be_stopped(visitor, small_models):
    small_models["melody_rnn"].hold = threading.Event()
    visitor.click("try")
    visitor.turn(3)
    assert visitor.find("start").value == "50%"
    visitor.click("start")
    assert "Stopped; nothing has changed" in visitor.said()
    assert not visitor.session.bench.results
    assert visitor.session.bench.inputs[0] is not None


def test_what_is_continued_from_a_harmonized_staff_is_harmonized_in_its_new_bars_alone(visitor):
    visitor.studio.new_from_tune("ode_to_joy")
    visitor.studio.harmonize().join()
    visitor.turn()
    before = visitor.score
    visitor.key(pygame.K_t, ctrl=True)
    visitor.click("start")
    visitor.made()
    visitor.click("use")
    visitor.wait_for(lambda: visitor.studio.harmonizing is None)
    after = visitor.score
    assert after.steps == before.steps + 32
    assert (after.chorale.pitches[: before.steps] == before.chorale.pitches).all()
    assert (after.chorale.pitches[before.steps :] >= 0).all()
    assert after.lyrics == before.lyrics
