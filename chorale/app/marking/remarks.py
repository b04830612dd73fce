"""What is told of a hand-in beside the rules' findings, and how lists of bars and lengths are put into words."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from chorale.music.time import STEPS_PER_WHOLE

__all__ = ["Remark", "bars_in_words", "length_in_words", "listed"]

_LENGTHS = {1: "a sixteenth", 2: "an eighth", 4: "a quarter", 8: "a half", 16: "a whole note"}
_LENGTHS |= {3: "a dotted eighth", 6: "a dotted quarter", 12: "a dotted half", 24: "a dotted whole note"}


@dataclass(frozen=True)
class Remark:
    """One line on a hand-in.

    Attributes:
        kind: "missing", "given", "key", "meter" or "bars", as the fields of ``[completeness]`` are named; or "note",
            which costs nothing.
        message: one sentence.
        amount: how often the penalty counts: bars that were changed, the share that is missing, or 1.
        bars: numbers of the bars concerned.
    """

    kind: str
    message: str
    amount: float = 1.0
    bars: tuple[int, ...] = ()


def listed(words: Iterable[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    *before, last = words
    return f"{', '.join(before)} and {last}" if before else last


def bars_in_words(numbers: Iterable[int]) -> str:
    """Return "bar 3", "bars 3 and 5", "bars 1-4, 6 and 8"; a pickup is bar 0."""
    ordered = sorted(set(numbers))
    runs = [[number for _, number in run] for _, run in groupby(enumerate(ordered), lambda pair: pair[1] - pair[0])]
    parts = [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
    return f"bar{'s' if len(ordered) > 1 else ''} {listed(parts)}"


def length_in_words(steps: int) -> str:
    """Return a length as a musician says it: "a dotted quarter"; "13/16" where there is no such note."""
    return _LENGTHS.get(steps, f"{steps}/{STEPS_PER_WHOLE}")
