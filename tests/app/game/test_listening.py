"""Beat Bach, and what a model says of it."""

from dataclasses import replace

import numpy as np
import pytest

from chorale.app.game.listening import play_round
from chorale.app.game.rating import likelihood
from chorale.levels.level import read
from chorale.models.base import Harmonization
from chorale.music import Chorale

CLOSE = 'soprano = "e5:4 d5 c5:2^"\nalto = "g4:4 ?:4 ?:2"\ntenor = "c4:4 ?:4 ?:2"\nbass = "c3:4 ?:4 ?:2"'
LOWER = 'alto = "g4:4 g4 e4:2"\ntenor = "c4:4 b3 c4:2"\nbass = "c3:4 g3 c3:2"'
GOALS = '[[goals]]\nrules = "profile"\n[[goals]]\ncheck = "recognized"\n'
DULL = 'alto = "g4:4 g4 g4:2"\ntenor = "c4:4 d4 e4:2"\nbass = "c3:4 b2 c3:2"'


class Lazy:
    """Holds the soprano's note two octaves below in every voice, and finds low notes likely."""

    def harmonize(self, score, writable, *, seed=0, **_):
        pitches = np.where(writable, score.chorale.pitches[:, :1] - 12, score.chorale.pitches)
        onsets = np.where(writable, score.chorale.onsets[:, :1], score.chorale.onsets)
        self.seed = seed
        return [Harmonization(score.replace(chorale=Chorale(pitches, onsets)), seed, -1.0)]

    def log_probs(self, pitches, hidden):
        self.hidden = hidden
        return np.broadcast_to(-np.arange(47.0) / 10, (*pitches.shape, 47)).astype(np.float32)


@pytest.fixture
def level(put):
    return read(put("01-a/1.toml", "a/first", kind="beat", score=CLOSE, solution=LOWER, goals=GOALS))


@pytest.fixture
def mine(level):
    return level.solution.score


def test_three_versions_are_heard_in_an_order_that_the_seed_chooses(level, mine):
    rounds = [play_round(level, mine, Lazy(), seed) for seed in range(12)]
    assert all([each.letter for each in played.versions] == ["A", "B", "C"] for played in rounds)
    assert all({each.by for each in played.versions} == {"yours", "model", "bach"} for played in rounds)
    assert len({tuple(each.by for each in played.versions) for played in rounds}) > 2
    again = play_round(level, mine, Lazy(), 3)
    assert [each.by for each in again.versions] == [each.by for each in rounds[3].versions]


def test_each_is_measured_by_the_levels_rules_and_the_model(level, mine):
    played = play_round(level, mine, Lazy(), 1)
    assert played.by("yours").outcome.points == played.by("bach").outcome.points == 100
    assert played.by("model").outcome.points < 100
    assert any(remark.rule == "parallel-octaves" for remark in played.by("model").outcome.remarks)
    assert played.by("bach").likelihood == pytest.approx(played.by("yours").likelihood)
    assert not played.beaten


def test_bach_is_beaten_by_points_then_by_likelihood(level, mine):
    def against(yours, his):
        first, second = (replace(version, likelihood=None) for version in played.versions[:2])
        pair = (
            replace(first, by="yours", outcome=replace(first.outcome, points=yours[0]), likelihood=yours[1]),
            replace(second, by="bach", outcome=replace(second.outcome, points=his[0]), likelihood=his[1]),
        )
        return replace(played, versions=pair).beaten

    played = play_round(level, mine, Lazy(), 1)
    assert against((100, None), (95, -0.2))
    assert not against((95, -0.2), (100, None))
    assert against((95, -0.2), (95, -0.3))
    assert not against((95, -0.3), (95, -0.3))
    assert not against((95, None), (95, None))


def test_without_a_model_two_versions_are_heard(level, mine):
    played = play_round(level, mine, None, 1)
    assert {each.by for each in played.versions} == {"yours", "bach"}
    assert played.by("model") is None
    assert all(each.likelihood is None for each in played.versions)


def test_a_guess_is_handed_in_with_the_players_own_setting(level, mine):
    played = play_round(level, mine, Lazy(), 2)
    for version in played.versions:
        answer = played.answer(version.letter)
        assert (answer.score, answer.guess) == (mine, version.by)


def test_the_game_prepares_a_round_in_the_background(play, level):
    game = play(load=lambda _: Lazy())
    game.begin("a/first")
    told = []
    game.listen_job(level.solution.score, told.append, seed=5).join()
    game.poll()
    assert len(told[0].versions) == 3
    assert game.hand_in(told[0].answer("A")).outcome.stars >= 1


def test_no_two_rounds_need_have_the_same_order(play, level):
    game, told = play(load=lambda _: Lazy()), []
    game.begin("a/first")
    for _ in range(8):
        game.listen_job(level.solution.score, told.append).join()
        game.poll()
    assert len({played.seed for played in told}) == 8
    assert len({tuple(each.by for each in played.versions) for played in told}) > 1


def test_a_model_that_is_missing_is_told_and_the_round_goes_on(play, level):
    game = play()
    game.begin("a/first")
    told = []
    game.listen_job(level.solution.score, told.append).join()
    game.poll()
    assert len(told[0].versions) == 2
    assert "nobody harmonizes" in game.take_messages()[0].text


def test_likelihood_is_the_mean_over_written_cells_each_voice_hidden_in_turn(level, mine):
    model = Lazy()
    pitches = mine.chorale.pitches
    expected = -np.mean(pitches[level.writable] - 36) / 10
    assert likelihood(model, mine, level.writable) == pytest.approx(expected)
    for voice in range(4):
        assert np.array_equal(model.hidden[voice][:, voice], level.writable[:, voice])
        assert not np.delete(model.hidden[voice], voice, axis=1).any()


def test_likelihood_is_unknown_where_the_model_cannot_say(level, mine):
    assert likelihood(object(), mine, level.writable) is None
    assert likelihood(Lazy(), level.start, level.writable) is None, "nothing is written"
    low = mine.replace(chorale=Chorale(np.where(mine.chorale.pitches < 60, 30, mine.chorale.pitches)))
    assert likelihood(Lazy(), low, level.writable) is None
