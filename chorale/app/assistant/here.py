"""What an assistant does, and one that does it at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from chorale.app.checking import Checked, Manner, examine
from chorale.app.messages import Message
from chorale.music import BoolArray, Score
from chorale.theory import Finding

if TYPE_CHECKING:
    from chorale.theory.fixes import Fix

__all__ = ["Assistant", "Here", "Hired", "Stop", "Suggest", "suggest"]

Stop = Callable[[], bool]
"""Says whether a search is not wanted any more; asked now and then, never raises."""

Suggest = Callable[[Checked, Finding, BoolArray | None, Stop], "Fix | None"]


def suggest(checked: Checked, finding: Finding, fixed: BoolArray | None, should_stop: Stop) -> "Fix | None":
    """Return the smallest change that mends a finding, now; None where there is none, or the search was stopped.

    Args:
        checked: what was found.
        finding: one of it.
        fixed: (T, 4) bool, cells that must stay besides the locked ones.
        should_stop: whether to give up.
    """
    from chorale.theory import fixes  # noqa: PLC0415  the search loads when something is to be mended

    return fixes.suggest(
        checked.score,
        finding,
        checked.profile,
        analysis=checked.analysis,
        fixed=fixed,
        should_stop=should_stop,
        names=checked.names,
    )


class Assistant(Protocol):
    """Examines and mends; called from background threads, several of them perhaps."""

    @property
    def examine(self) -> Callable[[Score, Manner], Checked]:
        """Analyse and check a score."""

    @property
    def suggest(self) -> Suggest:
        """Search for a fix."""

    def warm_up(self) -> None:
        """Load what the first question would wait for."""

    def close(self) -> None:
        """Give up what is being done; no question comes any more."""


Hired = Callable[[Callable[[Message], None]], Assistant]
"""Gives an assistant that tells, once, when it cannot work as it should."""


@dataclass(frozen=True)
class Here:
    """Does it in this process, in the thread that asks.

    Attributes:
        examine: analyses and checks a score; tests inject their own.
        suggest: searches for a fix; tests inject their own.
    """

    examine: Callable[[Score, Manner], Checked] = examine
    suggest: Suggest = suggest

    def warm_up(self) -> None:
        """Nothing is to be loaded: what is needed is here, or comes with the first search."""

    def close(self) -> None:
        """Nothing is to be ended: a search hears of it from whoever asked."""
