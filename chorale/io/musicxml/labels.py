"""The words of a finding on the page: its number, its name, its line in the list at the end."""

from collections.abc import Sequence

from chorale.theory import RULES, Finding, Severity

__all__ = ["COLOURS", "label", "listing"]

COLOURS = {Severity.ERROR: "#C00020", Severity.WARNING: "#B35900", Severity.HINT: "#1F5FA8"}
"""Told apart by colour-blind readers and in grey too, and dark enough for small print on white."""


def label(number: int, finding: Finding) -> str:
    """Return what stands at the place: "3 error: parallel perfect fifths A-B"."""
    name = RULES[finding.code].title if finding.code in RULES else finding.code.replace("-", " ")
    voices = "-".join(voice.letter for voice in finding.voices)
    return f"{number} {finding.severity.label}: {name[:1].lower()}{name[1:]} {voices}".rstrip()


def listing(findings: Sequence[Finding]) -> list[str]:
    """Return a line for each finding, by number."""
    return [_line(number, finding) for number, finding in enumerate(findings, 1)]


def _line(number: int, finding: Finding) -> str:
    rate = f" ({finding.rate})" if finding.rate else ""
    return f"{number}  {finding.severity.label.capitalize()}: {finding.message}{rate}"
