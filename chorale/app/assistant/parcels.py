"""What goes to and fro between a window and its assistant, packed.

``pickle.loads`` keeps the interpreter from its first byte to its last, and a frame of the window would wait for it.
So an answer is cut into slices that each unpack in a fraction of a millisecond. Values go as their fields, without
what they have remembered meanwhile, and are built anew by their constructors.
"""

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from chorale.app.checking import Checked, Manner
from chorale.music import BoolArray, Score
from chorale.theory import Analysis, Finding, Profile

if TYPE_CHECKING:
    from chorale.theory.fixes import Fix

__all__ = ["Asked", "Ended", "Failed", "Slice", "checked", "fix", "pack", "slices", "slices_of_fix", "unpack"]

_SLICE = 32  # harmonies or findings: 0.2 ms to unpack, on a machine of 2024
T = TypeVar("T")


class Asked(NamedTuple):
    """A question: how a score is to be examined, or, with a finding, how that is to be mended."""

    score: tuple[Any, ...]
    profile: tuple[Any, ...]
    names: str
    finding: Finding | None = None
    fixed: BoolArray | None = None

    @classmethod
    def about(
        cls, score: Score, manner: Manner, finding: Finding | None = None, fixed: BoolArray | None = None
    ) -> "Asked":
        """Return a question about a score."""
        profile = manner.profile
        return cls(
            _fields(score), (profile.name, dict(profile.severities), profile.ranges), manner.names, finding, fixed
        )

    @property
    def subject(self) -> tuple[Score, Manner]:
        """The score, and how it is to be examined."""
        return Score(*self.score), Manner(Profile(*self.profile), self.names)


class Slice(NamedTuple):
    """A part of an answer."""

    values: tuple[Any, ...]


class Ended(NamedTuple):
    """The end of an answer."""


@dataclass(frozen=True)
class Failed:
    """The end of an answer that there will not be: what went wrong."""

    error: Exception


def pack(said: object) -> bytes:
    """Return what is said as bytes."""
    return pickle.dumps(said, protocol=pickle.HIGHEST_PROTOCOL)


def unpack(data: bytes) -> object:
    """Return what was said; only ever of a process that this program started itself."""
    said: object = pickle.loads(data)  # noqa: S301  see above
    return said


def _fields(value: Any) -> tuple[Any, ...]:  # noqa: ANN401  any dataclass
    return tuple(getattr(value, field.name) for field in fields(value))


def slices(found: Checked) -> Iterator[Slice]:
    """Cut what was found into slices: what is one, the harmonies, the findings."""
    analysis = found.analysis
    rest = (analysis.texture, analysis.tones, analysis.harmony_index, analysis.cadences)
    yield Slice((rest, len(analysis.harmonies)))
    for several in (*_cut(analysis.harmonies), *_cut(found.findings)):
        yield Slice(tuple(several))


def _cut(values: Sequence[T]) -> Iterator[Sequence[T]]:
    return (values[first : first + _SLICE] for first in range(0, len(values), _SLICE))


def checked(score: Score, manner: Manner, answer: Sequence[Slice]) -> Checked:
    """Return what was found in a score, from its slices."""
    (texture, tones, index, cadences), count = answer[0].values
    several = [each for part in answer[1:] for each in part.values]
    analysis = Analysis(texture, tuple(several[:count]), tones, index, cadences)
    return Checked(score, manner.profile, analysis, tuple(several[count:]), manner.names)


def slices_of_fix(found: "Fix | None") -> Iterator[Slice]:
    """Cut a fix into slices: one; none where there is no fix."""
    if found is not None:
        yield Slice((_fields(found.score), found.changes, found.message))


def fix(answer: Sequence[Slice]) -> "Fix | None":
    """Return a fix from its slices."""
    from chorale.theory.fixes import Fix  # noqa: PLC0415  the search for fixes loads when there is one

    return Fix(Score(*answer[0].values[0]), *answer[0].values[1:]) if answer else None
