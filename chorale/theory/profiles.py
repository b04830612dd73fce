"""Profiles: how strict the rules are, and what ranges the voices have."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from chorale.errors import InputError
from chorale.music import Pitch
from chorale.theory.finding import Severity

__all__ = ["PROFILES", "RANGES", "Profile", "profile"]

Range = tuple[int, int]


def _range(low: str, high: str) -> Range:
    return Pitch.parse(low).midi, Pitch.parse(high).midi


RANGES: tuple[Range, ...] = (_range("C4", "G5"), _range("G3", "D5"), _range("C3", "G4"), _range("E2", "C4"))
"""Lowest and highest MIDI number of each voice, soprano first (Open Music Theory; Kostka & Payne, ch. 5)."""


@dataclass(frozen=True)
class Profile:
    """How strictly to check.

    Attributes:
        name: "textbook", "ap" or "bach".
        severities: by rule code, where it is not the rule's own; None leaves the rule out.
        ranges: lowest and highest MIDI number of each voice, soprano first.
    """

    name: str
    severities: Mapping[str, Severity | None] = field(default_factory=lambda: MappingProxyType({}))
    ranges: tuple[Range, ...] = RANGES

    def severity(self, code: str, usual: Severity) -> Severity | None:
        """Return how grave a rule of a usual severity is here; None where it is left out."""
        return self.severities.get(code, usual)


PROFILES: dict[str, Profile] = {
    "textbook": Profile("textbook"),
    "ap": Profile("ap"),
    "bach": Profile("bach", ranges=(*RANGES[:3], _range("C2", "D4"))),
}


def profile(name: str) -> Profile:
    """Return a profile by name.

    Raises:
        InputError: there is none of that name.
    """
    if name not in PROFILES:
        raise InputError(f"profile {name!r}: wanted one of {', '.join(PROFILES)}")
    return PROFILES[name]
