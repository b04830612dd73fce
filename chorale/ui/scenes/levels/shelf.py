"""What the map shows of the levels: worlds and, in each, where one stands with every level."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Standing", "Stop", "Tower"]


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
    """

    id: str
    number: str
    title: str
    about: str
    stops: tuple[Stop, ...]

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
