"""Generate in the window: ideas, comparing, keeping, saving; and the whole way from an idea to a printed chorale."""

import pygame
import pytest

from chorale import io
from chorale.app import tools
from chorale.music import Voice
from chorale.ui.scene import Place


@pytest.fixture
def ideas(visitor):
    """A person with eight ideas."""
    visitor.click("tool-generate")
    visitor.click("try")
    visitor.made()
    return visitor


def test_eight_ideas_of_four_bars(ideas):
    assert len(ideas.session.bench.results) == 8
    assert {result.clip.steps for result in ideas.session.bench.results} == {64}
    assert ideas.find("card-8").rect.bottom <= ideas.find("position").rect.top


def test_the_pointer_at_rest_hears_a_card_and_is_silent_when_it_leaves(ideas):
    ideas.move(ideas.find("card-5").rect.center)
    assert not ideas.player.playing
    ideas.turn(30)
    assert ideas.player.playing
    assert ideas.player._score is ideas.session.bench.results[4].clip
    ideas.move((5, 700))
    assert not ideas.player.playing


def test_nothing_is_heard_at_rest_where_that_is_switched_off(ideas):
    ideas.click("hovering")
    ideas.move(ideas.find("card-5").rect.center)
    ideas.turn(30)
    assert not ideas.player.playing


def test_two_are_compared_at_the_same_place(ideas):
    ideas.click("card-1")
    ideas.turn(50)
    ideas.click("compare-b")
    ideas.click("card-2")
    at = ideas.player.position
    assert at > 4
    ideas.key(pygame.K_x, text="x")
    assert ideas.player._score is ideas.session.bench.results[0].clip
    assert ideas.player.playing
    assert ideas.player.position == pytest.approx(at, abs=1)
    assert ideas.session.chosen == 0
    ideas.key(pygame.K_x, text="x")
    assert ideas.session.chosen == 1


def test_what_is_kept_can_be_heard_saved_and_dropped(ideas, tmp_path):
    ideas.click("keep-3")
    clip = ideas.session.bench.results[2].clip
    ideas.key(pygame.K_r, ctrl=True)
    ideas.made()
    assert ideas.find("kept-1").clip is clip
    ideas.click("kept-1")
    assert ideas.player._score is clip
    ideas.click_at(ideas.find("kept-1").rect.center, button=3)
    ideas.choose("Save as MIDI…")
    save_as(ideas, tmp_path / "mine.mid")
    assert tools.read_clip(tmp_path / "mine.mid", "melody").clip.notes == clip.notes
    ideas.click_at(ideas.find("kept-1").rect.center, button=3)
    ideas.choose("Off the shelf")
    assert not ideas.session.kept


def save_as(person, path):
    """Type a path into the file browser, and wait for the file."""
    person.find("files-path").commit(str(path.parent))
    field = person.find("files-name")
    field.begin()
    field.text = ""
    person.type(path.name.split(".", maxsplit=1)[0])
    person.key(pygame.K_RETURN)
    person.wait_for(lambda: not person.session.busy)


def test_all_are_saved_as_a_file_each(ideas, tmp_path):
    ideas.click("save")
    ideas.choose("All 8, a file each…")
    save_as(ideas, tmp_path / "idea.mid")
    found = [tools.read_clip(tmp_path / f"idea-{n}.mid", "melody").clip.notes for n in range(1, 9)]
    assert found == [result.clip.notes for result in ideas.session.bench.results]
    assert "Wrote 8 files, idea-1.mid to idea-8.mid" in ideas.said()


def test_an_idea_goes_to_the_staff_is_harmonized_and_exported(ideas, tmp_path):
    ideas.key(pygame.K_4, text="4")
    pitches = ideas.shown()[3]
    ideas.key(pygame.K_h, text="h")
    assert ideas.house.place is Place.COMPOSE
    ideas.wait_for(lambda: ideas.studio.harmonizing is None)
    path = tmp_path / "chorale.musicxml"
    ideas.studio.export(path)
    score = io.read(path).score
    assert [note.pitch for note in score.chorale.notes(Voice.SOPRANO)] == pitches
    assert all(score.chorale.notes(voice) for voice in range(4))
    ideas.key(pygame.K_z, ctrl=True)
    ideas.key(pygame.K_z, ctrl=True)
    assert not ideas.score.chorale.onsets.any()


def test_the_room_is_as_one_left_it(ideas):
    ideas.key(pygame.K_F5)
    assert ideas.house.place is Place.COMPOSE
    assert not ideas.player.playing
    ideas.key(pygame.K_F6)
    assert len(ideas.session.bench.results) == 8


def test_a_file_dropped_where_nothing_begins_is_one_line(ideas, tmp_path):
    ideas.drop(tmp_path / "x.mid")
    assert ideas.said()[-1].startswith("Generate begins with nothing")


def test_the_keys_are_listed(ideas):
    ideas.key(pygame.K_F1)
    assert ideas.room.overlay is not None
    ideas.key(pygame.K_ESCAPE)
    assert ideas.room.overlay is None
