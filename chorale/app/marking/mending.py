"""What could stand there instead: one small change for the gravest mistake, told beside each mistake that it mends.

One, since a search takes nearly as long as all else that is done about a hand-in, and a class is marked in one go; and
since who mends the gravest mistake and hands in again is told of the next.
"""

from chorale.app.marking.assignment import Assignment
from chorale.app.marking.comparing import Comparison
from chorale.app.marking.scoring import Mark
from chorale.theory import Analysis, Finding, check
from chorale.theory.fixes import suggest

__all__ = ["mended"]


def mended(comparison: Comparison, mark: Mark, analysis: Analysis, assignment: Assignment) -> dict[int, str]:
    """Return a suggestion for some findings, by their number in the mark; none where there is no such change.

    The costliest mistake is searched; the change may mend others near it too. Given notes stay.
    """
    order = [index for index, cost in enumerate(mark.costs) if cost > 0]
    if not order:
        return {}
    worst = min(order, key=lambda index: (-mark.costs[index], -mark.findings[index].severity, index))
    profile, score = assignment.profile, comparison.score
    finding = mark.findings[worst]
    fix = suggest(score, finding, profile, analysis=analysis, fixed=comparison.fixed, names=assignment.names)
    if fix is None:
        return {}
    left = {_identity(each) for each in check(fix.score, profile)}
    gone = [index for index in order if _identity(mark.findings[index]) not in left]
    changed = {change.start for change in fix.changes}
    near = [index for index in gone if _touches(mark.findings[index], changed, score.meter.steps_per_bar)]
    return dict.fromkeys([worst, *near], fix.message)


def _identity(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.start, finding.end, finding.voices


def _touches(finding: Finding, steps: set[int], reach: int) -> bool:
    """Return whether a finding stands within a bar of a change: one farther off is gone by chance."""
    return any(finding.start - reach <= step <= finding.end + reach for step in steps)
