"""What the map shows of the levels: worlds and, in each, where one stands with every level."""

from dataclasses import dataclass
from enum import StrEnum

from chorale.app.game import Game
from chorale.levels.level import Level
from chorale.levels.worlds import World

__all__ = ["Standing", "Stop", "Tower", "number_of", "towers_of"]


class Standing(StrEnum):
    """How a person stands with a level."""

    LOCKED = "locked"
    OPEN = "open"
    PASSED = "passed"
    TESTED = "tested out"


@dataclass(frozen=True)
class Stop:
    """A level on the map.

    Attributes:
        id: its name in files.
        number: "3", within its world.
        title: its title.
        teaches: what it teaches, one line.
        kind: "voice", "fix" ...
        standing: how the person stands with it.
        stars: the most that were won.
        best: the most points, None where it was never handed in.
    """

    id: str
    number: str
    title: str
    teaches: str
    kind: str
    standing: Standing
    stars: int = 0
    best: int | None = None

    @property
    def spoken(self) -> str:
        """Where one stands with it, in words."""
        if self.standing in {Standing.LOCKED, Standing.OPEN}:
            return self.standing.value
        count = f"{self.stars} star{'' if self.stars == 1 else 's'}"
        return f"{self.standing.value}, {count}"


@dataclass(frozen=True)
class Tower:
    """A world on the map.

    Attributes:
        id: its name in files.
        number: "1" ..
        title: its title.
        about: one line.
        stops: its levels in order.
        may_test: whether it can be passed by an exam, and was not passed yet.
    """

    id: str
    number: str
    title: str
    about: str
    stops: tuple[Stop, ...]
    may_test: bool = False

    @property
    def stars(self) -> int:
        """The stars won in it."""
        return sum(stop.stars for stop in self.stops)

    @property
    def most(self) -> int:
        """The stars that can be won in it."""
        return 3 * len(self.stops)

    @property
    def is_locked(self) -> bool:
        """Whether nothing in it is open."""
        return all(stop.standing is Standing.LOCKED for stop in self.stops)


def towers_of(game: Game) -> tuple[Tower, ...]:
    """Return the worlds of a game as the map shows them."""
    return tuple(_tower(game, world, index + 1) for index, world in enumerate(game.worlds))


def _tower(game: Game, world: World, number: int) -> Tower:
    stops = tuple(_stop(game, level, index + 1) for index, level in enumerate(world.levels))
    may_test = bool(world.exam) and not all(game.is_passed(level.id) for level in world.levels)
    return Tower(world.id, str(number), world.title, world.intro, stops, may_test)


def _stop(game: Game, level: Level, number: int) -> Stop:
    best = game.best(level.id)
    if best is not None:
        standing = Standing.PASSED
    elif game.is_passed(level.id):
        standing = Standing.TESTED
    else:
        standing = Standing.OPEN if game.is_open(level.id) else Standing.LOCKED
    told = (level.id, str(number), level.title, ", ".join(level.teaches), level.kind, standing)
    return Stop(*told) if best is None else Stop(*told, best.stars, round(best.points))


def number_of(game: Game, level: str) -> str:
    """Return what a level is called on the map: "2.3"."""
    for number, world in enumerate(game.worlds):
        for place, each in enumerate(world.levels):
            if each.id == level:
                return f"{number + 1}.{place + 1}"
    return ""
