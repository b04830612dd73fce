"""What a rule is: a function from a context to hits, with a stable code; its docstring is what the student reads."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from chorale.music import Score, Voice
from chorale.theory.finding import Severity
from chorale.theory.harmony import Analysis
from chorale.theory.profiles import Profile
from chorale.theory.texture import Texture

__all__ = ["RULES", "Context", "Hit", "Rule", "rule"]


@dataclass(frozen=True)
class Hit:
    """One place where a rule is broken; ``check`` makes a Finding of it (see there for the fields)."""

    voices: tuple[Voice, ...]
    start: int
    end: int
    notes: tuple[tuple[Voice, int], ...]
    message: str


@dataclass(frozen=True, eq=False)
class Context:
    """What a rule may look at.

    Attributes:
        score: the music.
        profile: ranges and strictness.
        analyze: gives the analysis; called once, and only if a rule needs chords.
    """

    score: Score
    profile: Profile
    analyze: Callable[[Score], Analysis]

    @cached_property
    def texture(self) -> Texture:
        """The score's moments."""
        return Texture.of(self.score)

    @cached_property
    def analysis(self) -> Analysis:
        """The score's chords, keys and cadences."""
        return self.analyze(self.score)


Find: TypeAlias = Callable[[Context], Iterable[Hit]]


@dataclass(frozen=True)
class Rule:
    """A rule.

    Attributes:
        code: stable name: "parallel-fifths".
        number: its row in the project's table of rules.
        title: as a heading: "Parallel perfect fifths".
        severity: unless the profile says otherwise.
        rate: how often Bach breaks it, a sentence.
        find: the function.
    """

    code: str
    number: int
    title: str
    severity: Severity
    rate: str
    find: Find

    @property
    def explanation(self) -> str:
        """What the student reads: the function's docstring."""
        return self.find.__doc__ or ""


RULES: dict[str, Rule] = {}
"""Every rule by its code, in the order of their numbers once all modules are imported."""


def rule(code: str, number: int, title: str, severity: Severity, rate: str) -> Callable[[Find], Find]:
    """Enter a function as a rule."""

    def enter(find: Find) -> Find:
        RULES[code] = Rule(code, number, title, severity, rate, find)
        return find

    return enter
