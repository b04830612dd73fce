"""Pictures of the Levels room: its scenes, made by playing the game a little with the clock stopped."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from chorale.app.game import Game, Round, Version
from chorale.levels.hints import filled
from chorale.levels.level import Answer, Level, read
from chorale.levels.progress import Progress, save
from chorale.levels.scoring import mark
from chorale.levels.worlds import load_shipped
from chorale.music import Score
from chorale.ui.scene import Services
from chorale.ui.scenes.levels.beat_page import BeatPage
from chorale.ui.scenes.levels.level_page import LevelPage
from chorale.ui.scenes.levels.scene import LevelsRoom
from chorale.ui.theme import Theme

__all__ = ["stage"]

_OUTSIDE = {"levels", "map", "own-levels", "game-settings"}
_DAY = date(2026, 3, 21)
_PLAYED = 11  # levels, before a picture of the map is taken
_KINDS = {"level": "cadence", "level-voice": "voice", "level-fix": "fix", "result": "full", "card": "cadence"}


def stage(
    scene: str, services: Services, size: tuple[int, int], file: Path | None = None, theme: Theme | None = None
) -> LevelsRoom:
    """Return the room as a scene shows it.

    Args:
        scene: one of ``chorale.ui.LEVEL_SCENES``.
        services: with a clock that stands still.
        size: pixels.
        file: a level to show in the place of one of ours.
        theme: None: the one that fits the size.
    """
    game = Game(today=lambda: _DAY) if scene in _OUTSIDE else _open_game()
    if file is not None:
        game.open(file)
    room = LevelsRoom(services, game)
    room.resize(size, theme or Theme.fitting(size))
    if scene in _OUTSIDE and scene != "levels":
        _play(game, _PLAYED)
    _ACTS.get(scene, _sit_down)(room, _wanted(game, scene, file))
    now = services.clock()
    for moment in (now - 0.5, now):
        room.update(moment)
    return room


def _open_game() -> Game:
    """Return a game in which every level may be played."""
    with TemporaryDirectory() as folder:
        worlds = load_shipped()
        save(Progress(tested=frozenset(world.id for world in worlds.worlds)), Path(folder))
        return Game(worlds, Path(folder), today=lambda: _DAY)


def _play(game: Game, count: int) -> None:
    """Solve the first levels, some of them with a hint or two."""
    levels = [level for world in game.worlds for level in world.levels][:count]
    for index, level in enumerate(levels):
        game.begin(level.id)
        for _ in range((0, 0, 1, 0, 2, 0)[index % 6]):
            game.hint(level.start)
        game.hand_in(level.solution)
    game.leave()


def _wanted(game: Game, scene: str, file: Path | None) -> Level:
    """Return the level that a scene shows: that of the file, else the first of its kind."""
    levels = [level for world in game.worlds for level in world.levels]
    if file is not None:
        wanted = read(file).id
        return next(level for level in levels if level.id == wanted)
    kind = "beat" if scene.startswith("beat") else _KINDS.get(scene, "")
    return next((level for level in levels if level.kind == kind), levels[min(2, len(levels) - 1)])


def _begin(room: LevelsRoom, level: Level) -> LevelPage:
    """Sit down at a level, open or not."""
    room.game.begin(level.id)
    room.sit_down()
    room.hall.hide()
    assert isinstance(room.page, LevelPage)
    return room.page


def _sit_down(room: LevelsRoom, level: Level) -> None:
    page = _begin(room, level)
    page.update(room.hall.now - 1)
    half = _half(level)
    page.desk.studio.edit("Write", lambda _: half)


def _half(level: Level) -> Score:
    """Return the level with the gaps of its first half filled as the solution has them."""
    score, solved = level.start, level.solution.score
    for voice, gap in level.gaps:
        if gap.start + gap.length <= level.start.steps // 2:
            score = filled(score, solved, voice, gap.start)
    return score


def _faulty(level: Level) -> Score:
    return level.wrong[0].score if level.wrong else level.start


def _result(room: LevelsRoom, level: Level) -> None:
    page = _begin(room, level)
    page.give_hint()
    score = _faulty(level)
    page.desk.studio.edit("Write", lambda _: score)
    page.hand_in()
    page.came_at = room.hall.now - 10


def _map(room: LevelsRoom, level: Level) -> None:
    del level
    room.open("map")


def _title(room: LevelsRoom, level: Level) -> None:
    del level
    room.open("title")


def _card(room: LevelsRoom, level: Level) -> None:
    _begin(room, level).show_card()


def _listen(room: LevelsRoom, level: Level) -> None:
    page = _begin(room, level)
    bach = level.solution.score
    made = [("A", "model", bach), ("B", "bach", bach), ("C", "yours", _faulty(level))]
    versions = (
        Version(letter, by, score, mark(level, Answer(score)), value)
        for (letter, by, score), value in zip(made, (-0.61, -0.74, -1.38), strict=True)
    )
    room.listen(page.trial, Round(tuple(versions), 0))


def _told(room: LevelsRoom, level: Level) -> None:
    _listen(room, level)
    page = room.page
    assert isinstance(page, BeatPage)
    page.guess(page.round.versions[1])
    page.came_at = room.hall.now - 10


def _own(room: LevelsRoom, level: Level) -> None:
    del level
    room.open("map")
    room.show_teacher()


def _settings(room: LevelsRoom, level: Level) -> None:
    del level
    room.open("map")
    room.show_choices()


_ACTS: dict[str, Callable[[LevelsRoom, Level], None]] = {
    "levels": _title,
    "map": _map,
    "result": _result,
    "card": _card,
    "beat-bach": _listen,
    "beat-told": _told,
    "own-levels": _own,
    "game-settings": _settings,
}
