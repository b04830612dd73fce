"""Game: begin, hint, hand in, unlock, come back."""

import dataclasses
import json
from datetime import date

import pytest

from chorale.errors import InputError
from chorale.levels import progress as keeping


def handed_right(game, name):
    game.begin(name)
    return game.hand_in(game.attempt.level.solution)


def names(levels):
    return [level.id for level in levels]


def test_a_new_player_may_play_what_requires_nothing(game):
    assert [game.is_open(name) for name in ("a/first", "a/second", "b/first")] == [True, False, False]
    assert game.next_level().id == "a/first"


def test_a_star_opens_what_required_it(game):
    handed = handed_right(game, "a/first")
    assert (handed.outcome.stars, handed.is_best, handed.before) == (3, True, None)
    assert names(handed.unlocked) == ["a/second"]
    assert game.is_open("a/second")
    assert game.next_level(after="a/first").id == "a/second"
    assert game.stars("a") == (3, 9)


def test_no_star_opens_nothing(game):
    game.begin("a/first")
    handed = game.hand_in(game.attempt.level.start)
    assert (handed.outcome.stars, handed.unlocked, handed.is_best) == (0, (), False)
    assert game.best("a/first") is None


def test_a_locked_level_says_what_it_wants(game):
    with pytest.raises(InputError, match="'A/Second' is not open yet: wanted a star in A/First"):
        game.begin("a/second")
    assert names(game.lacking("a/second")) == ["a/first"]


def test_the_best_result_stays(game):
    handed_right(game, "a/first")
    game.begin("a/first")
    game.hint(game.attempt.level.start)
    handed = game.hand_in(game.attempt.level.solution)
    assert (handed.outcome.stars, handed.is_best) == (2, False)
    assert handed.before.stars == game.best("a/first").stars == 3


def test_what_was_reached_is_there_the_next_time(game, play):
    handed_right(game, "a/first")
    again = play()
    assert again.best("a/first").stars == 3
    assert again.is_open("a/second")
    assert again.next_level().id == "a/second"


def test_a_newer_version_of_a_level_is_to_be_played_anew_and_opens_nothing(game, play, put):
    handed_right(game, "a/first")
    put("01-a/1.toml", "a/first", version=2)
    again = play()
    assert again.best("a/first") is None
    assert again.next_level().id == "a/first"


def test_when_everything_is_passed_nothing_comes_next(game):
    for name in ("a/first", "a/second", "a/last", "b/first"):
        handed_right(game, name)
    assert game.next_level() is None


def test_an_attempt_ends_when_it_is_left(game):
    game.begin("a/first")
    game.leave()
    with pytest.raises(InputError, match="no level was begun"):
        game.hand_in(game.level("a/first").solution)
    with pytest.raises(InputError, match="no level was begun"):
        game.hint(game.level("a/first").start)


def test_names_that_there_are_not_are_told(game):
    with pytest.raises(InputError, match="level 'x': wanted one of a/first"):
        game.level("x")
    with pytest.raises(InputError, match="world 'x': wanted one of a, b"):
        game.test_out("x")


# Hints ----------------------------------------------------------------------------------------------------------


HINTS = '[[hints]]\nwords = "Begin on the tonic."\nshow = "S1.1"\n[[hints]]\nfill = "S1.2"\n'


@pytest.fixture
def helped(put, play):
    put("01-a/1.toml", "a/first", tail=HINTS)
    game = play()
    game.begin("a/first")
    return game


def test_hints_come_in_order_and_cost_ten_each(helped):
    start = helped.attempt.level.start
    words = helped.hint(start)
    assert (words.words, words.show, words.score) == ("Begin on the tonic.", ((0,), 0), None)
    note = helped.hint(start)
    assert str(note.score.pitch_at(4, 0)) == "D5"
    outcome = helped.hand_in(helped.attempt.level.solution).outcome
    assert (outcome.hints, outcome.points, outcome.stars) == (2, 80, 2)


def test_after_the_levels_own_hints_notes_are_written_one_by_one_until_nothing_is_left(helped):
    score, given = helped.attempt.level.start, 0
    while (helped_by := helped.hint(score)) is not None:
        score, given = helped_by.score or score, given + 1
    assert given == 4, "words, a note, and the two that are left"
    assert helped.hand_in(score).outcome.stars == 1, "never below one star"


def test_a_hint_that_would_write_what_stands_there_is_passed_over(helped):
    level = helped.attempt.level
    helped.hint(level.start)
    assert helped.hint(level.solution) is None
    assert helped.attempt.hints == 1


def test_a_hint_shows_an_error_that_was_not_found(put, play):
    put("01-a/1.toml", "a/first", kind="fix", score='soprano = "g4:4? a4? g4:2?"\nbass = "c3:4 d3 e3:2"',
        goals='[[goals]]\ncheck = "found"\n', solution='soprano = "g4:4 f4 g4:2"',
        tail='[[errors]]\nrule = "parallel-fifths"\nat = "1.1"')  # fmt: skip
    game = play()
    game.begin("a/first")
    level = game.attempt.level
    assert game.hint(level.start).show == ((0, 3), 0)
    found = dataclasses.replace(level.solution, score=level.start)
    assert str(game.hint(found).score.pitch_at(4, 0)) == "F4"


# Exams ----------------------------------------------------------------------------------------------------------


def test_an_exam_passes_its_world_at_once(game, play):
    game.test_out("a")
    assert game.attempt.level.id == "a/last"
    handed = game.hand_in(game.attempt.level.solution)
    assert handed.passed == "a"
    assert set(names(handed.unlocked)) == {"a/second", "a/last", "b/first"}
    assert play().next_level().id == "b/first"
    assert play().best("a/first") is None, "passed, without a star of its own"


def test_an_exam_with_a_hint_or_too_few_stars_passes_nothing(game):
    game.test_out("a")
    level = game.attempt.level
    game.hint(level.start)
    assert game.hand_in(level.solution).passed == ""
    game.test_out("a")
    wrong = level.solution.score.replace(
        chorale=level.start.chorale.with_voice(0, level.solution.score.chorale.melody(0))
    )
    poor = wrong.replace(chorale=type(wrong.chorale)(wrong.chorale.pitches + 2 * (wrong.chorale.pitches > 0)))
    handed = game.hand_in(poor)
    assert (handed.outcome.stars, handed.passed) == (1, "")
    assert not game.is_open("b/first") or game.best("a/last")


def test_leaving_an_exam_for_the_level_itself_passes_no_world(game):
    for name in ("a/first", "a/second"):
        handed_right(game, name)
    game.test_out("a")
    assert handed_right(game, "a/last").passed == ""


# The streak -----------------------------------------------------------------------------------------------------


def test_the_streak_counts_days_and_can_be_hidden(play):
    handed_right(play(date(2026, 11, 1)), "a/first")
    game = play(date(2026, 11, 2))
    handed_right(game, "a/second")
    assert game.streak == 2
    game.show_streak(shown=False)
    assert game.streak is None
    assert play(date(2026, 11, 2)).streak is None
    game.show_streak(shown=True)
    assert play(date(2026, 11, 9)).streak == 0


# A teacher's levels ---------------------------------------------------------------------------------------------


def test_a_teachers_folder_is_on_the_map_now_and_the_next_time(game, put, play):
    folder = put("class/1.toml", "class/one").parent
    put("class/2.toml", "class/two", kind="sing")
    (problem,) = game.open(folder)
    assert "2.toml: unknown kind 'sing'" in problem
    assert problem in game.problems
    assert [world.title for world in game.worlds] == ["A", "B", "Class"]
    assert game.is_open("class/one")
    again = play()
    assert handed_right(again, "class/one").outcome.stars == 3
    again.close(folder)
    assert again.opened == ()
    assert [world.id for world in play().worlds] == ["a", "b"]
    assert play().progress.results, "results stay"


def test_a_file_opened_anew_is_as_it_is_now(game, put):
    path = put("mine.toml", "mine/one")
    game.open(path)
    put("mine.toml", "mine/two")
    game.open(path)
    assert [level.id for level in game.worlds[-1].levels] == ["mine/two"]


def test_what_cannot_be_opened_is_told_and_changes_nothing(game, put, tmp_path):
    with pytest.raises(InputError, match="no such file or folder"):
        game.open(tmp_path / "nowhere")
    with pytest.raises(InputError, match="unknown kind 'sing'"):
        game.open(put("bad.toml", "bad", kind="sing"))
    assert len(game.worlds) == 2


def test_a_teachers_folder_that_is_gone_does_not_block_the_start(game, put, play):
    path = put("mine.toml", "mine/one")
    game.open(path)
    path.unlink()
    again = play()
    assert len(again.worlds) == 2
    assert any("mine.toml" in problem for problem in again.problems)


# Progress -------------------------------------------------------------------------------------------------------


def test_a_damaged_progress_file_is_told_and_does_not_block_the_start(play, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / keeping.NAME).write_text("{")
    again = play()
    (message,) = again.take_messages()
    assert "was damaged" in message.text
    assert message.kind == "warning"
    assert handed_right(again, "a/first").outcome.stars == 3
    assert play().take_messages() == []


def test_what_could_be_read_of_a_damaged_file_is_written_at_once(play, tmp_path):
    (tmp_path / "data").mkdir()
    kept = {"results": {"a/first": {"stars": 3, "points": 100}, "x": {"stars": 9}}}
    (tmp_path / "data" / keeping.NAME).write_text(json.dumps(kept))
    play()
    assert play().best("a/first").stars == 3


def test_progress_that_cannot_be_kept_is_told_and_play_goes_on(game, tmp_path):
    (tmp_path / "data").write_text("a file where the folder should be")
    assert handed_right(game, "a/first").outcome.stars == 3
    assert "your progress is not kept" in game.take_messages()[0].text
    assert game.is_open("a/second")


def test_progress_goes_to_a_teacher_and_to_another_computer(game, play, tmp_path):
    handed_right(game, "a/first")
    game.call(" Ann ")
    game.export(tmp_path / "ann.json")
    game.export(tmp_path / "ann.csv")
    assert "Ann,A,a/first,A/First,3,100" in (tmp_path / "ann.csv").read_text(encoding="utf-8-sig")
    (tmp_path / "data" / keeping.NAME).unlink()
    other = play()
    other.import_(tmp_path / "ann.json")
    assert other.is_open("a/second")
    assert play().progress.player == "Ann"


def test_work_in_the_background_ends_in_poll(game):
    game.begin("a/first")
    told = []
    job = game.hand_in_job(game.attempt.level.solution, told.append)
    job.join()
    assert game.busy
    assert told == []
    game.poll()
    assert [handed.outcome.stars for handed in told] == [3]
    assert not game.busy
    assert game.best("a/first").stars == 3
