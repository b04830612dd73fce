"""What is written on a page besides its notes: findings, numerals, cadences, a remark.

    io.write(score, "marked.musicxml", annotations=Annotations.of(analysis, findings, heading="18 of 20 points"))

Findings are numbered in the order given, from 1: their notes are coloured, the number and a short name stand at the
place, and the sentence stands in a list at the end of the page. Numerals and cadences are lines of text under the bass.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from chorale.theory import Analysis, Cadence, Finding, Harmony

__all__ = ["Annotations"]


@dataclass(frozen=True)
class Annotations:
    """What to write besides the notes.

    Attributes:
        findings: to be marked, in the order of their numbers.
        harmonies: whose numerals are written under the bass.
        cadences: whose abbreviations are written below the numerals.
        heading: a line under the title: "18 of 20 points"; "" for none.
        figures: whether the harmonies' figured bass is written too.
    """

    findings: tuple[Finding, ...] = ()
    harmonies: tuple[Harmony, ...] = ()
    cadences: tuple[Cadence, ...] = ()
    heading: str = ""
    figures: bool = False

    @classmethod
    def of(
        cls, analysis: Analysis, findings: Sequence[Finding] = (), *, heading: str = "", figures: bool = False
    ) -> Self:
        """Return everything an analysis and a check have to say."""
        return cls(tuple(findings), analysis.harmonies, analysis.cadences, heading, figures)
