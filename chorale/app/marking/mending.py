"""What could stand there instead: one small change for the gravest mistakes, told beside each that it mends."""

from chorale.app.marking.assignment import Assignment
from chorale.app.marking.comparing import Comparison
from chorale.app.marking.scoring import Mark
from chorale.theory import Analysis, Finding, check
from chorale.theory.fixes import suggest

__all__ = ["mended"]

_MOST_SEARCHES = 2  # a hand-in: each takes nearly as long as all else about it


def mended(comparison: Comparison, mark: Mark, analysis: Analysis, assignment: Assignment) -> dict[int, str]:
    """Return a suggestion for some findings, by their number in the mark.

    The costliest are searched first, and one change often mends several. Given notes stay.
    """
    told: dict[int, str] = {}
    order = [index for index, cost in enumerate(mark.costs) if cost > 0]
    order.sort(key=lambda index: (-mark.costs[index], -mark.findings[index].severity, index))
    for _ in range(_MOST_SEARCHES):
        index = next((index for index in order if index not in told), None)
        if index is None:
            break
        told |= _mended_with(comparison, mark, analysis, assignment, index)
    return {index: message for index, message in told.items() if message}


def _mended_with(
    comparison: Comparison, mark: Mark, analysis: Analysis, assignment: Assignment, index: int
) -> dict[int, str]:
    """Return the suggestion for one finding, "" where there is none, and for all others that it mends too."""
    profile, score = assignment.profile, comparison.score
    fix = suggest(
        score, mark.findings[index], profile, analysis=analysis, fixed=comparison.fixed, names=assignment.names
    )
    if fix is None:
        return {index: ""}
    left = {_identity(finding) for finding in check(fix.score, profile)}
    gone = {
        number for number, finding in enumerate(mark.findings) if mark.costs[number] and _identity(finding) not in left
    }
    changed = {change.start for change in fix.changes}
    near = {number for number in gone if _touches(mark.findings[number], changed, score.meter.steps_per_bar)}
    return dict.fromkeys({index, *near}, fix.message)


def _identity(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.start, finding.end, finding.voices


def _touches(finding: Finding, steps: set[int], reach: int) -> bool:
    """Return whether a finding stands within a bar of a change: one farther off is gone by chance."""
    return any(finding.start - reach <= step <= finding.end + reach for step in steps)
