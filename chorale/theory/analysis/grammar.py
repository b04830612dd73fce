"""How probable a chord is in a key, after another, where a phrase begins and where it ends.

Natural logarithms; N numerals of a mode's vocabulary. Counts of Bach's own progressions (``progressions.txt``, which
says where they come from) are added to what theory expects (``expectations``), so that what he happens not to write in
that corpus is improbable, not impossible.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from chorale.music.key import Mode
from chorale.theory.analysis import expectations
from chorale.theory.analysis.vocabulary import VOCABULARY

__all__ = ["TABLE", "Grammar", "from_counts", "grammar"]

Floats = NDArray[np.float64]

TABLE = Path(__file__).with_name("progressions.txt")
"""The counts; ``chorale.training.progressions`` makes such tables."""

# How many chords' worth of weight expectation has beside the counts; tuned with the weights (see ``weights``).
_ALONE, _AFTER, _OPENING, _CLOSING = 25.5, 17.0, 63.0, 5.26
_COUNTED_TENTHS = 10  # closes are counted in tenths
_LEAST, _MOST = (
    -7.0,
    2.5,
)  # how far a close may be less or more likely than the chord before it makes it


@dataclass(frozen=True, eq=False)
class Grammar:
    """The odds of chords in one mode.

    Attributes:
        alone: (N,) of a numeral.
        after: (N, N) of the second, after the first.
        opening: (N, N) of a phrase's first, after the last of the phrase before.
        closing: (N, N) of closing a phrase with the second, after the first.
    """

    alone: Floats
    after: Floats
    opening: Floats
    closing: Floats


@lru_cache(maxsize=2)
def grammar(mode: Mode, table: str | None = None) -> Grammar:
    """Return a mode's grammar, from another table's text than ``progressions.txt`` if one is given."""
    return from_counts(_counts(mode, TABLE.read_text(encoding="utf-8") if table is None else table), mode)


def from_counts(counts: dict[str, Floats], mode: Mode) -> Grammar:
    """Return a grammar from counts: "alone" (N,), "after", "opening" and "closing" (N, N), the last in tenths."""
    alone = _normal(counts["alone"] + _ALONE * np.exp(_expected_alone(mode)))
    expected = _normal(np.exp(_expected_after(mode)) * alone * (1 - np.eye(len(alone))))
    after = _normal(counts["after"] + _AFTER * expected)
    first = _normal(counts["opening"].sum(axis=0) + _ALONE * alone)
    opening = _normal(counts["opening"] + _OPENING * first)
    closing = _closing(counts["closing"] / _COUNTED_TENTHS, mode, alone, expected)
    return Grammar(np.log(alone), np.log(after + 1e-6), np.log(opening + 1e-6), closing)


def _normal(odds: Floats) -> Floats:
    normal: Floats = odds / np.maximum(odds.sum(axis=-1, keepdims=True), 1e-9)
    return normal


def _closing(counts: Floats, mode: Mode, alone: Floats, expected: Floats) -> Floats:
    """Return (N, N) the odds of a pair as a close, over the odds of its first chord anywhere."""
    last = _normal(counts.sum(axis=0) + 5 * np.exp(_expected_closing(mode)).mean(axis=0))
    pairs = counts + _CLOSING * alone[:, None] * _normal(expected * np.minimum(last / alone, 20))
    closing: Floats = np.clip(np.log(np.maximum(pairs, 1e-9) / pairs.sum() / alone[:, None]), _LEAST, _MOST)
    return closing


def _expected_closing(mode: Mode) -> Floats:
    ends = np.array([expectations.ending(one) for one in VOCABULARY[mode]])
    return np.log(_normal(np.exp(_expected_after(mode) + _expected_alone(mode) + ends / 2)))


def _expected_alone(mode: Mode) -> Floats:
    return np.log(_normal(np.exp([expectations.alone(one, mode) for one in VOCABULARY[mode]])))


def _expected_after(mode: Mode) -> Floats:
    numerals = VOCABULARY[mode]
    return np.array([[expectations.motion(one, two) for two in numerals] for one in numerals])


def _counts(mode: Mode, table: str) -> dict[str, Floats]:
    """Return the table's counts for a mode: "alone" (N,), "after", "opening" and "closing" (N, N)."""
    index = {numeral.label: number for number, numeral in enumerate(VOCABULARY[mode])}
    size = len(index)
    counts = {
        "alone": np.zeros(size),
        **{part: np.zeros((size, size)) for part in ("after", "opening", "closing")},
    }
    for line in _part(mode, table):
        head, _, tail = line.partition(":")
        part, *first = head.split()
        places = [index[label] for label in first]
        for entry in tail.split(","):
            label, number = entry.split()
            counts[part][(*places, index[label])] = int(number)
    return counts


def _part(mode: Mode, table: str) -> list[str]:
    """Return the lines of a mode's part of the table."""
    part = table.partition(f"[{mode}]")[2].partition("[")[0]
    return [line for line in part.splitlines() if line]
