"""From findings and remarks to a score, with every point accounted for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chorale.app.marking import chords as by_chords
from chorale.app.marking.assignment import Assignment
from chorale.app.marking.comparing import Comparison
from chorale.app.marking.remarks import Remark
from chorale.app.marking.rubric import Rubric
from chorale.theory import RULES, Finding

__all__ = ["Line", "Mark", "mark"]

_LABELS = {
    "missing": "Missing notes",
    "given": "Given notes changed",
    "key": "Key signature",
    "meter": "Time signature",
    "bars": "Bars",
}


@dataclass(frozen=True)
class Line:
    """One line of the account.

    Attributes:
        kind: a rule's code, or the kind of a remark; "chords" and "connections" for what was earned.
        label: as printed.
        count: how many mistakes.
        points: what they take (negative), or what was earned.
        capped: whether a cap kept them from taking more.
    """

    kind: str
    label: str
    count: int
    points: float
    capped: bool = False


@dataclass(frozen=True)
class Mark:
    """A score and how it came about.

    Attributes:
        score, total: points had, and the most that could be had.
        lines: the account; rules before the rest.
        findings: those that are the student's doing, in order of time.
        costs: what each of them takes, before caps.
        chords: by chords: what each chord and connection earned; else empty.
    """

    score: float
    total: float
    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]
    costs: tuple[float, ...]
    chords: tuple[by_chords.Earned, ...] = ()


def mark(comparison: Comparison, findings: Iterable[Finding], assignment: Assignment) -> Mark:
    """Return the score of a hand-in."""
    own = tuple(finding for finding in findings if finding.concerns(~comparison.fixed))
    if assignment.rubric.method == "chords":
        return _by_chords(comparison, own, assignment)
    return _by_deduction(comparison, own, assignment.rubric)


def _by_deduction(comparison: Comparison, own: tuple[Finding, ...], rubric: Rubric) -> Mark:
    costs = tuple(rubric.points(finding) for finding in own)
    lines = _capped_together(_rule_lines(own, costs, rubric), rubric)
    lines += _remark_lines(comparison.remarks, rubric, rubric.total)
    score = max(0.0, rubric.total + sum(line.points for line in lines))
    return Mark(min(rubric.rounded(score), rubric.total), rubric.total, tuple(lines), own, costs)


def _rule_lines(own: Sequence[Finding], costs: Sequence[float], rubric: Rubric) -> list[Line]:
    lines = []
    for code in [code for code in RULES if any(finding.code == code for finding in own)]:
        mine = [cost for finding, cost in zip(own, costs, strict=True) if finding.code == code]
        taken = min(sum(mine), rubric.cap(code))
        lines.append(Line(code, RULES[code].title, len(mine), 0.0 - taken, taken < sum(mine)))
    return lines


def _capped_together(lines: list[Line], rubric: Rubric) -> list[Line]:
    """Return the lines, with one more that gives back what the cap on all mistakes does not let them take."""
    taken = -sum(line.points for line in lines)
    most = rubric.caps.get("mistakes", taken)
    if taken <= most:
        return lines
    return [*lines, Line("mistakes", f"Mistakes take at most {most:g}", 0, taken - most, capped=True)]


def _remark_lines(remarks: Iterable[Remark], rubric: Rubric, total: float) -> list[Line]:
    lines = []
    for kind, label in _LABELS.items():
        amount = sum(remark.amount for remark in remarks if remark.kind == kind)
        if not amount:
            continue
        each = rubric.penalties[kind] * (total if kind == "missing" else 1)
        most = rubric.penalties["given_cap"] if kind == "given" else each * amount
        taken = min(each * amount, most)
        count = sum(remark.kind == kind for remark in remarks)
        lines.append(Line(kind, label, count, -round(taken, 4), taken < each * amount))
    return lines


def _by_chords(comparison: Comparison, own: tuple[Finding, ...], assignment: Assignment) -> Mark:
    rubric = assignment.rubric
    earned = by_chords.earned(comparison, own, assignment)
    points, most = sum(each.points for each in earned), sum(each.most for each in earned)
    total = rubric.total or most
    scale = total / most if most else 0.0
    lines = [
        _earned_line("chords", "Chords", [(each.chord, each.chord_most) for each in earned], scale),
        _earned_line("connections", "Connections", [(each.connection, each.connection_most) for each in earned], scale),
        *(line for line in _remark_lines(comparison.remarks, rubric, total) if line.kind != "missing"),
    ]
    score = max(0.0, points * scale + sum(line.points for line in lines[2:]))
    costs = tuple(by_chords.cost(finding, rubric) for finding in own)
    return Mark(min(rubric.rounded(score), total), total, tuple(lines), own, costs, earned)


def _earned_line(kind: str, label: str, pairs: Sequence[tuple[float, float]], scale: float) -> Line:
    had, most = (sum(pair[index] for pair in pairs) for index in (0, 1))
    full = sum(pair[0] == pair[1] > 0 for pair in pairs)
    count = sum(pair[1] > 0 for pair in pairs)
    return Line(kind, f"{label}: {had:g} of {most:g}", count - full, round(had * scale, 4))
