"""What a goal is, and what a predicate is: a function from work to faults, whose docstring teachers read.

To add a predicate: write its function in the module of its subject, register it with ``@predicate``, and add its line
to ``levels/README.md``; a test compares the two.
"""

import inspect
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from chorale.music import BoolArray, Key, Score, Voice
from chorale.theory import Analysis, Texture, analyze
from chorale.theory.rules import Wording, naming

if TYPE_CHECKING:
    from chorale.levels.level import Answer, Level

__all__ = ["PREDICATES", "Fault", "Goal", "Harmonizing", "Judged", "Predicate", "Work", "predicate"]


@dataclass(frozen=True)
class Goal:
    """What a level asks for.

    Attributes:
        name: how a level's wrong answer, a result and a test call it; the predicate's or the rule's unless it has one.
        check: the predicate's name; "" where the goal is rules.
        rules: codes; empty where the goal is a predicate.
        title: what the player reads: "No parallel fifths".
        weight: points that a fault takes; None, for rules: by the finding's severity.
        cap: the most points that it takes; of rules, that each of them takes.
        required: whether there is no star without it.
        voices: those it looks at; none: all.
        at: the step it looks at; None: everywhere.
        wants: what it wants there, as the predicate says.
        least, most: bounds, as the predicate says.
    """

    name: str
    check: str
    rules: tuple[str, ...]
    title: str
    weight: float | None = None
    cap: float = math.inf
    required: bool = False
    voices: tuple[Voice, ...] = ()
    at: int | None = None
    wants: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True)
class Fault:
    """One place where a goal is not met.

    Attributes:
        why: one sentence, in the music's terms.
        voices: those concerned.
        start, end: steps, the first of the first and of the last moment concerned.
        notes: (voice, first step) of the notes to mark.
    """

    why: str
    voices: tuple[Voice, ...]
    start: int
    end: int
    notes: tuple[tuple[Voice, int], ...] = ()


@dataclass(frozen=True)
class Judged:
    """What a harmonizer says of a line: its setting, and nats per written cell (higher is better)."""

    score: Score
    log_likelihood: float


Harmonizing: TypeAlias = Callable[[Score, BoolArray], Judged]
"""Completes the cells (T, 4) of a score that are True; may raise ModelError."""


@dataclass(frozen=True, eq=False)
class Work:
    """An answer beside its level, with what several predicates need of it.

    Attributes:
        level: what was asked.
        answer: what was handed in.
        harmonize: a harmonizer, where there is one.
        names: the style of note names.
    """

    level: "Level"
    answer: "Answer"
    harmonize: Harmonizing | None = None
    names: str = "english"

    @property
    def score(self) -> Score:
        """The answer's score."""
        return self.answer.score

    @cached_property
    def analysis(self) -> Analysis:
        """Its chords, keys and cadences."""
        return analyze(self.score)

    @cached_property
    def wording(self) -> Wording:
        """How places and notes are named."""
        return Wording(self.score, naming(self.names))

    @cached_property
    def texture(self) -> Texture:
        """Its moments."""
        return Texture.of(self.score)


Find: TypeAlias = Callable[[Work, Goal], Iterable[Fault]]
Reads: TypeAlias = Callable[[str, Key], object]


@dataclass(frozen=True)
class Predicate:
    """A predicate.

    Attributes:
        name: as level files write it.
        title: what the player reads unless the level says it in its own words.
        takes: the fields it understands beside those of every goal, and whether they are needed.
        words: what its field ``is`` may say; empty: what ``reads`` reads.
        find: the function.
        reads: reads a word of ``is`` in the level's key; raises InputError where it cannot.
    """

    name: str
    title: str
    takes: Mapping[str, bool]
    words: tuple[str, ...]
    find: Find
    reads: Reads

    @property
    def explanation(self) -> str:
        """What a teacher reads: the function's docstring on one line."""
        return " ".join((inspect.getdoc(self.find) or "").split())


PREDICATES: dict[str, Predicate] = {}
"""Every predicate by its name."""


def _as_it_is(text: str, _: Key) -> str:
    return text


def predicate(
    name: str, title: str, *takes: str, words: Iterable[str] = (), reads: Reads = _as_it_is
) -> Callable[[Find], Find]:
    """Enter a function as a predicate.

    Args:
        name: as level files write it.
        title: what the player reads.
        takes: fields beside those of every goal, of voices, at, is, least and most; "!" after one that is needed.
        words: what ``is`` may say, where that is a list.
        reads: reads a word of ``is``, where it is not.
    """

    def enter(find: Find) -> Find:
        fields = {each.rstrip("!"): each.endswith("!") for each in takes}
        PREDICATES[name] = Predicate(name, title, fields, tuple(words), find, reads)
        return find

    return enter
