"""The words of a finding on the page: its number, its name, its line in the list at the end."""

from collections.abc import Sequence
from textwrap import wrap

from chorale.music import VOICES
from chorale.theory import Finding, Severity

__all__ = ["COLOURS", "label", "listing"]

COLOURS = {Severity.ERROR: "#C00020", Severity.WARNING: "#B35900", Severity.HINT: "#1F5FA8"}
"""Told apart by colour-blind readers and in grey too, and dark enough for small print on white."""
_SHORT = {
    **dict.fromkeys(("doubling-root-position", "doubling-first-inversion", "doubling-diminished"), "doubling"),
    "doubled-leading-tone": "leading tone twice",
    "leading-tone-inner": "leading tone",
    "leap-over-octave": "leap",
    "six-four-doubling": "doubling",
    "spacing-bass": "spacing",
}
"""Where the code itself is too long to stand above a note."""
_LINE_LENGTH = 118  # characters of the list's size across the page
_MOST_LINES = 26  # above the middle of the page


def label(number: int, finding: Finding) -> str:
    """Return what stands at the place: "E3 parallel fifths A-B"; E, W or H is the severity."""
    voices = "-".join(voice.letter for voice in finding.voices) if len(finding.voices) < len(VOICES) else ""
    name = _SHORT.get(finding.code, finding.code.replace("-", " "))
    return f"{_sign(number, finding)} {name} {voices}".rstrip()


def _sign(number: int, finding: Finding) -> str:
    return f"{finding.severity.name[0]}{number}"


def listing(findings: Sequence[Finding]) -> list[str]:
    """Return the list of findings by number, as lines that fit a page; the gravest of too many."""
    grave = sorted(enumerate(findings, 1), key=lambda pair: -pair[1].severity)
    kept: list[tuple[int, list[str]]] = []
    room = _MOST_LINES
    for number, finding in grave:
        lines = _lines(number, finding)
        if room < len(lines):
            break
        room -= len(lines)
        kept.append((number, lines))
    more = len(findings) - len(kept)
    shown = [line for _, lines in sorted(kept) for line in lines]
    return [*shown, f"and {more} more, of less weight: see the marks"] if more else shown


def _lines(number: int, finding: Finding) -> list[str]:
    text = f"{_sign(number, finding)}  {finding.severity.label.capitalize()}, {finding.message}"
    return wrap(text, _LINE_LENGTH, subsequent_indent="     ")
