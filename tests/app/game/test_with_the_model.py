"""Levels that ask the model, with the one that ships."""

import pytest

from chorale.app.game import Game
from chorale.levels.player import play
from chorale.levels.worlds import World, Worlds, load_shipped

pytestmark = pytest.mark.acceptance


def levels(kind):
    return [level for level in load_shipped().by_id.values() if level.kind == kind]


def alone(level):
    """A game of one level, which nothing locks."""
    return Worlds((World("w", "World", "", (level,)),))


@pytest.mark.parametrize("level", levels("line"), ids=lambda level: level.id)
def test_bach_can_harmonize_the_lines_of_the_solutions(level):
    game = Game(alone(level))
    game.begin(level.id)
    assert game.hand_in(level.solution).outcome.stars == 3


@pytest.mark.parametrize("level", levels("beat"), ids=lambda level: level.id)
def test_three_versions_are_heard_and_measured(level):
    game, told = Game(alone(level)), []
    game.begin(level.id)
    game.listen_job(play(level).score, told.append, seed=1).join()
    game.poll()
    versions = {version.by: version for version in told[0].versions}
    assert set(versions) == {"yours", "model", "bach"}
    assert all(version.likelihood > -3 for version in versions.values())
    assert versions["bach"].outcome.stars == 3
    assert versions["model"].outcome.stars >= 1
