"""The Levels room's smaller parts: stars, pipes, slots, figures, what is given, what Bach says."""

from dataclasses import replace

import pytest

from chorale.app import edits
from chorale.app.game import Game, Handed
from chorale.levels.level import read
from chorale.levels.scoring import mark
from chorale.music import Pitch, Voice
from chorale.ui.scenes.levels.given import why_not
from chorale.ui.scenes.levels.pipes import heights, pipe
from chorale.ui.scenes.levels.shelf import Standing, number_of, towers_of
from chorale.ui.scenes.levels.slots import Slots
from chorale.ui.scenes.levels.stars import PAUSE_SECONDS, POP_SECONDS, popped, star
from chorale.ui.scenes.levels.title_page import first_greeting, later_greeting
from chorale.ui.scenes.levels.verdict import news_of, words_for
from tests.ui.learner import CADENCE, school


@pytest.fixture
def level(tmp_path):
    path = tmp_path / "level.toml"
    path.write_text(CADENCE, encoding="utf-8")
    return read(path)


def test_a_star_swings_past_its_size_and_settles_before_the_next_begins():
    sizes = [popped(moment / 1000, 0) for moment in range(0, 300, 5)]
    assert sizes[0] == 0
    assert max(sizes) > 1
    assert sizes[-1] == 1
    assert popped(POP_SECONDS, 0) == 1
    assert POP_SECONDS < PAUSE_SECONDS
    assert popped(PAUSE_SECONDS, 1) == 0


def test_a_star_that_was_won_differs_from_one_that_was_not_by_more_than_colour():
    won, missing = (star(24, won=state).get_at((12, 12)).a for state in (True, False))
    assert won == 255
    assert missing == 0


@pytest.mark.parametrize("form", [0, 1, 2])
@pytest.mark.parametrize("count", [1, 2, 8, 15])
def test_pipes_of_a_case_fill_most_of_it_and_never_more(form, count):
    high = heights(count, form)
    assert len(high) == count
    assert all(0.6 < each <= 1 for each in high)


def test_every_standing_has_a_pipe_of_its_own():
    looks = {standing: tuple(pipe(30, 120, standing).get_at((15, 40))) for standing in Standing}
    assert len(set(looks.values())) == len(Standing)


def test_slots_are_there_for_gaps_that_are_not_filled(level):
    slots = Slots(level)
    assert len(slots._open()) == 6
    slots.score = edits.place(level.start, 3, 4, 4, Pitch.parse("G3"))
    assert len(slots._open()) == 5
    slots.score = level.solution.score
    assert slots._open() == ()


def test_what_is_given_may_not_be_changed_and_what_is_missing_may_be_written(level):
    start = level.start
    assert why_not(level, start, edits.place(start, 3, 4, 4, Pitch.parse("G3"))) == ""
    assert "is given" in why_not(level, start, edits.place(start, 0, 0, 4, Pitch.parse("C5")))
    assert "yours to write: alto, tenor and bass" in why_not(
        level, start, edits.place(start, 0, 0, 4, Pitch.parse("C5"))
    )
    assert "stays as it is" in why_not(level, start, edits.place(start, 3, 0, 4, Pitch.parse("E3")))
    assert "ends here" in why_not(level, start, edits.place(start, 3, 16, 4, Pitch.parse("E3")))


def test_a_longer_note_may_not_run_into_a_given_one(level):
    writable = level.writable.copy()
    writable[8:, 3] = False
    short = replace(level, staff=replace(level.staff, writable=writable))
    assert why_not(short, level.start, edits.place(level.start, 3, 4, 4, Pitch.parse("G3"))) == ""
    assert why_not(short, level.start, edits.place(level.start, 3, 4, 8, Pitch.parse("G3")))


def test_the_title_tells_a_newcomer_who_bach_is_and_others_how_far_they_are():
    assert "Johann Sebastian Bach" in first_greeting(52).paragraphs[0]
    assert "52 pipes" in first_greeting(52).paragraphs[0]
    assert "1.2 Coming home" in later_greeting(1, 52, "1.2 Coming home").paragraphs[1]
    assert later_greeting(52, 52, "").word == "To the organ"


def test_bach_never_only_says_no(level):
    right, wrong = mark(level, level.solution), mark(level, level.wrong[0].score)
    assert right.stars == 3
    assert wrong.stars == 0
    assert "hear it, and try again" in words_for(wrong)
    assert "Soli Deo gloria" in words_for(right)
    assert news_of(Handed(right, None, is_best=True, unlocked=(level,))) == "1 new lesson open"
    assert news_of(Handed(right, None, is_best=True, unlocked=(), passed="school")) == "A whole world passed"


def test_the_map_shows_where_one_stands(tmp_path):
    game = Game(school(tmp_path))
    (tower,) = towers_of(game)
    assert [stop.standing for stop in tower.stops] == [Standing.OPEN, Standing.LOCKED, Standing.LOCKED]
    assert tower.may_test
    game.begin("school/place")
    game.hand_in(game.level("school/place").solution)
    (tower,) = towers_of(game)
    assert [stop.standing for stop in tower.stops] == [Standing.PASSED, Standing.OPEN, Standing.LOCKED]
    assert (tower.stars, tower.most) == (3, 9)
    assert number_of(game, "school/beat") == "1.3"


def test_gaps_of_the_voice_that_is_written_are_slots_and_those_of_others_rings(level, monkeypatch):
    slots, drawn = Slots(level), []
    monkeypatch.setattr(Slots, "_draw_slot", lambda *where: drawn.append(("slot", where[2])))
    monkeypatch.setattr(Slots, "_draw_ring", lambda *where: drawn.append(("ring", where[2])))
    monkeypatch.setattr(Slots, "_width", lambda *_: 1.0)
    monkeypatch.setattr(Slots, "_draw_notes_again", lambda *_: None)
    monkeypatch.setattr(Slots, "_draw_figures", lambda *_: None)
    before = slots.look
    slots.voice = Voice.TENOR
    assert slots.look != before
    slots.draw(None)
    assert {voice for kind, voice in drawn if kind == "slot"} == {Voice.TENOR}
    assert {voice for kind, voice in drawn if kind == "ring"} == {Voice.ALTO, Voice.BASS}
