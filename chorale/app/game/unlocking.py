"""Which levels are open, and which comes next."""

from chorale.levels.level import Level
from chorale.levels.progress import Progress
from chorale.levels.worlds import World, Worlds

__all__ = ["is_open", "is_passed", "lacking", "next_level", "opened_by", "stars"]


def is_passed(level: Level, worlds: Worlds, progress: Progress) -> bool:
    """Return whether a level has a star, or its world was passed by its exam."""
    return progress.best(level.id, level.version) is not None or worlds.world_of(level.id).id in progress.tested


def lacking(level: Level, worlds: Worlds, progress: Progress) -> tuple[Level, ...]:
    """Return the levels to be passed before one is open; none if it is."""
    if level.id in worlds.knots or is_passed(level, worlds, progress):
        return ()
    needed = (worlds.by_id[name] for name in level.requires if name in worlds.by_id)
    return tuple(each for each in needed if not is_passed(each, worlds, progress))


def is_open(level: Level, worlds: Worlds, progress: Progress) -> bool:
    """Return whether a level may be played."""
    return not lacking(level, worlds, progress)


def opened_by(before: Progress, after: Progress, worlds: Worlds) -> tuple[Level, ...]:
    """Return the levels that are open after, and were not before."""
    levels = worlds.by_id.values()
    return tuple(each for each in levels if is_open(each, worlds, after) and not is_open(each, worlds, before))


def next_level(worlds: Worlds, progress: Progress, after: str = "") -> Level | None:
    """Return the first open level without a star: after another one if there is one there, else from the beginning."""
    levels = list(worlds.by_id.values())
    names = [level.id for level in levels]
    start = names.index(after) + 1 if after in names else 0
    in_turn = levels[start:] + levels[:start]
    waiting = (each for each in in_turn if not is_passed(each, worlds, progress) and is_open(each, worlds, progress))
    return next(waiting, None)


def stars(world: World, progress: Progress) -> tuple[int, int]:
    """Return the stars of a world, had and to be had."""
    results = [progress.best(level.id, level.version) for level in world.levels]
    return sum(result.stars for result in results if result), 3 * len(results)
