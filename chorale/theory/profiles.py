"""Profiles: how strict the rules are, and what ranges the voices have."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from chorale.errors import InputError
from chorale.music import Pitch
from chorale.theory.finding import Severity

__all__ = ["PROFILES", "RANGES", "Profile", "Range", "profile"]

Range = tuple[int, int]


def parse_range(text: str) -> Range:
    """Read a lowest and a highest note, such as "C2-D4", as MIDI numbers.

    Raises:
        InputError: it is not two such notes, the lower first.
    """
    low, _, high = text.partition("-")
    try:
        bounds = Pitch.parse(low).midi, Pitch.parse(high).midi
    except InputError:
        bounds = (1, 0)
    if bounds[0] > bounds[1]:
        raise InputError(f"{text!r}: wanted a lowest and a highest note such as C4-A5")
    return bounds


RANGES: tuple[Range, ...] = (parse_range("C4-G5"), parse_range("G3-D5"), parse_range("C3-G4"), parse_range("E2-C4"))
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


_AP: dict[str, Severity | None] = {
    **dict.fromkeys(("contrary-fifths", "contrary-octaves", "leap-sixth", "diminished-leap"), Severity.ERROR),
    **dict.fromkeys(("overlap", "six-four-doubling"), Severity.WARNING),
    **dict.fromkeys(("spacing-bass", "leap-unanswered", "cross-relation", "same-direction", "leading-tone-inner")),
    **dict.fromkeys(("doubling-root-position", "doubling-first-inversion", "doubling-diminished", "cadence")),
}
"""The rubric of the part-writing questions in the AP Music Theory exam: consecutive fifths and octaves in any
direction, tritones and leaps beyond a fifth cost all points of a movement; overlaps, and six-fours whose bass is not
doubled, a part; what it does not ask for is left out."""

_BACH: dict[str, Severity | None] = dict.fromkeys(
    (
        *("spacing", "spacing-bass", "crossing", "overlap", "direct-fifths"),
        *("diminished-leap", "leap-sixth", "leap-unanswered", "cross-relation", "same-direction"),
        *("doubled-leading-tone", "leading-tone", "leading-tone-inner", "seventh-resolution"),
        *("doubling-root-position", "doubling-diminished", "six-four-doubling", "cadence"),
    )
)
"""What over a tenth of Bach's chorales do; ``tests/theory/rules/test_bach_rates.py`` counts them."""

_RANGES_OF_BACH = (*RANGES[:2], parse_range("C3-A4"), parse_range("C2-D4"))
"""His tenors go up to A4, his basses from C2 to D4."""

PROFILES: dict[str, Profile] = {
    "textbook": Profile("textbook", MappingProxyType({"cadence": None})),
    "ap": Profile("ap", MappingProxyType(_AP)),
    "bach": Profile("bach", MappingProxyType(_BACH), _RANGES_OF_BACH),
}


def profile(name: str) -> Profile:
    """Return a profile by name.

    Raises:
        InputError: there is none of that name.
    """
    if name not in PROFILES:
        raise InputError(f"profile {name!r}: wanted one of {', '.join(PROFILES)}")
    return PROFILES[name]
