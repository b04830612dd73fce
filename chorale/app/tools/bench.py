"""What lies before the person at each tool: inputs, results, what is kept; immutable, so undo is a list of these."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chorale.app.tools.asked import Asked
    from chorale.app.tools.sources import Source
    from chorale.app.tools.table import Name
    from chorale.app.tools.wishes import Result
    from chorale.music import Clip

__all__ = ["Bench", "History", "Kept", "Version", "Where"]


@dataclass(frozen=True)
class Bench:
    """One tool's inputs and what it made of them.

    Attributes:
        inputs: One for each of its slots; None: empty.
        results: What was made last.
        asked: By which wishes; None before there is any result.
        given: Of what: the inputs as they were then.
    """

    inputs: tuple[Source | None, ...]
    results: tuple[Result, ...] = ()
    asked: Asked | None = None
    given: tuple[Source, ...] = ()

    def with_input(self, slot: int, source: Source | None) -> Bench:
        """Return the bench with another input."""
        return dataclasses.replace(self, inputs=(*self.inputs[:slot], source, *self.inputs[slot + 1 :]))

    def replace(self, **changes: Any) -> Bench:  # noqa: ANN401  fields
        """Return the bench with some fields changed."""
        return dataclasses.replace(self, **changes)


@dataclass(frozen=True)
class Kept:
    """A clip on the shelf.

    Attributes:
        clip: The music.
        name: What to call it: the tool and the number of the result.
        seed: The seed that gave it.
    """

    clip: Clip
    name: str
    seed: int


Where = tuple["Name", bool]
"""Which bench: the tool, and whether it is set to drums."""


@dataclass(frozen=True)
class Version:
    """All benches and the shelf, at one moment."""

    benches: Mapping[Where, Bench] = field(default_factory=dict)
    kept: tuple[Kept, ...] = ()


class History:
    """The versions there were; undo and redo walk along them."""

    def __init__(self, first: Version = Version(), limit: int = 500) -> None:
        self.now = first
        self._limit = limit
        self._past: list[tuple[str, Where, Version]] = []
        self._future: list[tuple[str, Where, Version]] = []

    def add(self, label: str, where: Where, version: Version) -> None:
        """Go on to another version; ``where`` it was made is told by undo and redo."""
        self._past = [*self._past, (label, where, self.now)][-self._limit :]
        self._future.clear()
        self.now = version

    @property
    def undo_label(self) -> str | None:
        """What undo would take back."""
        return self._past[-1][0] if self._past else None

    @property
    def redo_label(self) -> str | None:
        """What redo would bring back."""
        return self._future[-1][0] if self._future else None

    def undo(self) -> Where | None:
        """Go a version back; return where that is seen, None if there is none."""
        return self._walk(self._past, self._future)

    def redo(self) -> Where | None:
        """Go a version on again."""
        return self._walk(self._future, self._past)

    def _walk(self, behind: list[tuple[str, Where, Version]], ahead: list[tuple[str, Where, Version]]) -> Where | None:
        if not behind:
            return None
        label, where, version = behind.pop()
        ahead.append((label, where, self.now))
        self.now = version
        return where
