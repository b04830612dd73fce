"""A new player's way through the game, by posted events alone."""

import json

import pygame
import pytest

from chorale.ui.portrait import Mood
from chorale.ui.scenes.levels.beat_page import BeatPage
from chorale.ui.scenes.levels.level_page import LevelPage
from chorale.ui.scenes.levels.map_page import MapPage
from chorale.ui.scenes.levels.title_page import TitlePage
from tests.ui.learner import Learner


@pytest.fixture
def learner(tmp_path):
    someone = Learner(tmp_path)
    yield someone
    someone.close()


def test_a_new_player_goes_from_the_title_to_three_stars_and_finds_them_again(learner):
    assert isinstance(learner.page, TitlePage)
    assert "I am Johann Sebastian Bach" in learner.page.greeting.paragraphs[0]
    learner.click("start")
    assert isinstance(learner.page, MapPage)
    assert learner.find("level-school/place").value == "open, you are here"
    assert learner.find("level-school/cadence").value == "locked"
    learner.click("level-school/place")
    assert isinstance(learner.page, LevelPage)
    learner.place(4, 33)
    learner.place(8, 34)
    learner.place(12, 35)
    assert learner.notes() == [(0, 4, "G4"), (4, 4, "A4"), (8, 4, "B4"), (12, 4, "C5")]
    learner.hands_in()
    learner.turn(100)
    assert learner.find("stars").value == "3 of 3"
    assert learner.page.verdict.outcome.points == 100
    assert learner.room.hall.portrait.mood in {Mood.PLEASED, Mood.IDLE}
    learner.click("to-map")
    assert learner.find("level-school/place").value == "passed, 3 stars"
    assert learner.find("level-school/cadence").value == "open, you are here"
    learner.comes_back()
    assert learner.page.greeting.heading == "Welcome back."
    learner.click("to-map")
    assert learner.find("level-school/place").value == "passed, 3 stars"


def test_the_next_lesson_follows_from_the_result(learner):
    learner.passes_the_first()
    assert learner.find("next").text == "Next: 1.2"
    learner.turn(40)
    learner.key(pygame.K_RETURN)
    assert learner.page.trial.level.id == "school/cadence"
    assert learner.room.overlay is not None, "its theory card comes first"
    learner.key(pygame.K_RETURN)
    assert learner.room.overlay is None


def test_a_locked_lesson_says_what_comes_before(learner):
    learner.room.open("map")
    learner.turn()
    learner.click("level-school/cadence")
    assert isinstance(learner.page, MapPage)
    assert "first win a star in 1.1 Three steps" in learner.said()[-1]


def test_goals_tick_themselves_while_one_writes(learner):
    learner.goes_to("school/place")
    assert "0 of 3 written" in learner.find("goals").value
    learner.writes("ab")
    assert "2 of 3 written; G, A, B, C: open" in learner.find("goals").value
    learner.writes("c")
    assert "3 of 3 written" in learner.find("goals").value
    assert "G, A, B, C: met" in learner.find("goals").value


def test_a_given_note_stays_and_says_so_gently(learner):
    learner.goes_to("school/place")
    before = learner.notes()
    learner.place(0, 36)
    assert learner.notes() == before
    assert learner.said() == ["This note of the soprano is given: it stays as it is"]
    assert learner.room.hall.portrait.mood is not Mood.FROWNING
    learner.place(0, 24, voice=2)
    assert "yours to write: soprano" in learner.said()[-1]


def test_a_hint_costs_ten_points(learner):
    learner.goes_to("school/place")
    assert learner.find("hint").price == "\N{MINUS SIGN}10 points"
    learner.click("hint")
    assert learner.find("speech").value == "Hint 1: A is the letter after G."
    learner.writes("abc")
    learner.hands_in()
    assert learner.page.verdict.outcome.points == 90
    assert learner.page.verdict.outcome.hints == 1


def test_a_hint_that_writes_a_note_is_one_undo_step(learner):
    learner.passes_the_first()
    learner.goes_to("school/cadence")
    learner.click("hint")
    assert (4, 4, "G3") in learner.notes(3)
    learner.key(pygame.K_z, ctrl=True)
    assert (4, 4, "G3") not in learner.notes(3)


def test_a_wrong_answer_is_explained_shown_and_heard(learner):
    learner.goes_to("school/place")
    learner.writes("abd")
    learner.hands_in()
    learner.turn(5)
    assert learner.find("stars").value == "0 of 3"
    remarks = learner.find("remarks")
    assert remarks.selected.place == "bar 1.4, soprano"
    assert "D5 is too high" in remarks.value
    assert learner.page.desk.slots.remark is remarks.selected
    learner.click("remark-hear")
    assert learner.player.playing
    assert learner.player._score.chorale.onsets.any()
    learner.click("remark-hear")
    assert not learner.player.playing
    assert not learner.find("next").visible


def test_what_was_handed_in_is_written_on_after_again(learner):
    learner.goes_to("school/place")
    learner.writes("abd")
    learner.hands_in()
    learner.place(12, 35)
    assert learner.notes()[-1] == (12, 4, "D5"), "the result is looked at"
    learner.click("again")
    learner.place(12, 36)
    learner.key(pygame.K_DOWN)
    assert learner.notes()[-1] == (12, 4, "C5")
    learner.hands_in()
    assert learner.page.verdict.outcome.stars == 3


def test_a_broken_rule_is_explained_at_once_and_forgotten_when_mended(learner):
    learner.passes_the_first()
    learner.goes_to("school/cadence")
    wrong = learner.page.trial.level.wrong[0].score
    learner.page.desk.put("Wrong", lambda _: wrong)
    learner.turn(8)
    assert "No parallels: broken" in learner.find("goals").value
    assert "Parallel octaves" in learner.find("speech").heading
    learner.click("undo")
    learner.turn(8)
    assert learner.find("speech").value == "Write the two chords that close."


def test_all_of_it_works_by_keys_alone(learner):
    learner.key(pygame.K_RETURN)
    assert isinstance(learner.page, MapPage)
    learner.key(pygame.K_RIGHT)
    assert learner.page.card.shown.stop.id == "school/cadence"
    learner.key(pygame.K_LEFT)
    learner.key(pygame.K_RETURN)
    assert isinstance(learner.page, LevelPage)
    learner.writes("abc")
    learner.key(pygame.K_RETURN, ctrl=True)
    learner.key(pygame.K_RETURN, ctrl=True)
    learner.key(pygame.K_RETURN)
    assert learner.page.verdict.outcome.stars == 3, "a key that is held presses nothing more"
    learner.turn(40)
    learner.key(pygame.K_RETURN)
    assert learner.page.trial.level.id == "school/cadence"
    learner.key(pygame.K_ESCAPE)
    learner.key(pygame.K_h, alt=True)
    assert learner.page.trial.hints == 1
    learner.key(pygame.K_ESCAPE)
    assert isinstance(learner.page, MapPage)


@pytest.mark.parametrize("where", ["title", "map", "level", "result"])
def test_tab_reaches_every_control(learner, where):
    if where == "map":
        learner.room.open("map")
    elif where != "title":
        learner.goes_to("school/place")
        if where == "result":
            learner.writes("abd")
            learner.hands_in()
    learner.turn()
    board = learner.page.board
    wanted = {widget.id for widget in board.widgets if widget.reachable}
    reached = set()
    for _ in range(len(wanted) + 1):
        learner.key(pygame.K_TAB)
        reached.add(board.ring.widget.id)
        assert board.ring.shown
    assert reached == wanted
    assert all(widget.label for widget in board.widgets)
    names = [widget.id for widget in board.widgets]
    assert len(names) == len(set(names))


def test_an_exam_passes_a_world(learner):
    learner.room.open("map")
    learner.turn()
    learner.click("test-out")
    assert learner.page.trial.exam == "school"
    solution = learner.page.trial.level.solution.score
    learner.page.desk.put("Solve", lambda _: solution)
    learner.turn()
    learner.hands_in()
    assert learner.find("speech").heading == "A whole world passed"
    learner.click("to-map")
    assert learner.find("level-school/place").value == "tested out, 0 stars"


def test_bach_is_beaten_or_not_by_ear(learner):
    learner.passes_the_first()
    learner.goes_to("school/cadence")
    solution = learner.page.trial.level.solution.score
    learner.page.desk.put("Solve", lambda _: solution)
    learner.hands_in()
    learner.goes_to("school/beat")
    learner.click("hand-in")
    assert learner.said()[-1].startswith("Write all the notes first")
    learner.page.desk.put("Solve", lambda _: learner.page.trial.level.solution.score)
    learner.turn()
    learner.click("hand-in")
    learner.wait_for(lambda: isinstance(learner.page, BeatPage))
    assert len(learner.page.cards) == 3
    assert all(card.value == "" for card in learner.page.cards), "nobody knows whose they are"
    learner.key(pygame.K_a, text="a")
    assert learner.player.playing
    learner.key(pygame.K_a, text="a")
    assert not learner.player.playing
    whose = [version.by for version in learner.page.round.versions]
    learner.click(f"guess-{'abc'[whose.index('bach')]}")
    learner.turn(3)
    assert all("points" in card.value for card in learner.page.cards)
    assert learner.page.handed.outcome.stars == 3


def test_the_first_bars_are_harmonized_where_a_lesson_offers_it(learner, tmp_path):
    text = (tmp_path / "school/01-school/01-place.toml").read_text(encoding="utf-8")
    own = tmp_path / "own.toml"
    own.write_text(
        text.replace("school/place", "own/one")
        .replace('key = "C', 'offers = ["harmonize"]\nkey = "C')
        .replace('?:4 |"', '?:4 |"\nalto = "?"\ntenor = "?"\nbass = "?"', 1)
        .replace(
            'c5 |"\n\n[[wrong',
            'c5 |"\nalto = "d4:4 d4 d4 e4 |"\ntenor = "b3:4 a3 g3 g3 |"\nbass = "g3:4 f3 g3 c3 |"\n\n[[wrong',
        )
        .replace(
            'g4 g4 g4 |"', 'g4 g4 g4 |"\nalto = "d4:4 d4 d4 e4 |"\ntenor = "b3:4 a3 g3 g3 |"\nbass = "g3:4 f3 g3 c3 |"'
        ),
        encoding="utf-8",
    )
    learner.drop(own)
    assert learner.room.overlay is None, learner.game.problems
    learner.goes_to("own/one")
    learner.writes("abc")
    learner.key(pygame.K_h, text="h")
    learner.wait_for(lambda: not learner.page.desk.harmony.running)
    assert len(learner.notes(3)) == 4


def test_the_sandbox_is_always_open(learner):
    learner.click("sandbox")
    assert isinstance(learner.house.here, type(learner.house.room("Compose")))
    learner.key(pygame.K_F7)
    assert isinstance(learner.page, TitlePage)


def test_a_lesson_waits_while_one_is_in_another_room(learner):
    learner.goes_to("school/place")
    learner.writes("ab")
    learner.key(pygame.K_F5)
    learner.key(pygame.K_F7)
    assert [name for _, _, name in learner.notes()] == ["G4", "A4", "B4"]


def test_damaged_progress_is_told_and_never_blocks_the_start(learner):
    learner.passes_the_first()
    path = learner.folder / "data/progress.json"
    assert json.loads(path.read_text(encoding="utf-8"))["results"]["school/place"]["stars"] == 3
    path.write_text("{ damaged", encoding="utf-8")
    learner.comes_back()
    learner.turn(2)
    assert any("set aside" in line for line in learner.said())
    learner.click("start")
    assert learner.find("level-school/place").value == "open, you are here"
