"""From an answer to points and stars, with every point accounted for.

A hundred points less what the faults take: each goal's weight a fault, no more than its cap (of rules: no more than the
cap a rule). Hints take ten each. A fault of a required goal leaves no star; without one there is a star at least,
the second and the third from the level's thresholds on.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from chorale.levels.goals import PREDICATES, Fault, Goal, Harmonizing, Work
from chorale.levels.level import Answer, Level
from chorale.music import Score, Voice
from chorale.theory import RULES, Severity, check
from chorale.theory.rules.wording import voices_named

__all__ = ["HINT_COST", "Outcome", "Remark", "mark"]

HINT_COST = 10.0
_BY_SEVERITY = {Severity.ERROR: 10.0, Severity.WARNING: 5.0, Severity.HINT: 1.0}


@dataclass(frozen=True)
class Remark:
    """One thing that is not as asked: what, where, why; and what to play to hear it.

    Attributes:
        goal: the goal's name.
        rule: the rule's code, or the predicate's name.
        title: the rule or the goal as a heading: "Parallel perfect fifths".
        place: "bar 2, beats 3-4, soprano and bass".
        why: one sentence in the music's terms.
        voices: those concerned, all if none is.
        start, end: steps of the first and the last moment concerned; hear them from the one through the other.
        notes: (voice, first step) of the notes to mark.
        cost: points taken, after caps.
        required: whether it costs the stars.
    """

    goal: str
    rule: str
    title: str
    place: str
    why: str
    voices: tuple[Voice, ...]
    start: int
    end: int
    notes: tuple[tuple[Voice, int], ...]
    cost: float
    required: bool


@dataclass(frozen=True)
class Outcome:
    """What an answer earns.

    Attributes:
        points: 0..100.
        stars: 0..3.
        remarks: by time, what is required first.
        missed: names of the required goals that are not met.
        met: names of the goals that are.
        hints: how many were used.
    """

    points: float
    stars: int
    remarks: tuple[Remark, ...]
    missed: tuple[str, ...]
    met: tuple[str, ...]
    hints: int = 0


def mark(
    level: Level,
    answer: Answer | Score,
    hints_used: int = 0,
    *,
    harmonize: Harmonizing | None = None,
    names: str = "english",
) -> Outcome:
    """Return what an answer earns.

    Args:
        level: what was asked.
        answer: what was handed in; a score alone where nothing else is asked for.
        hints_used: each takes ten points, and never the first star.
        harmonize: a harmonizer for goals that ask one; None: they are passed over.
        names: the style of note names in remarks.

    Raises:
        InputError: the answer has another length than the level.
    """
    work = Work(level, _fitting(level, answer), harmonize, names)
    remarks = [remark for goal in level.goals for remark in _capped(goal, list(_remarks(work, goal)))]
    missing = {remark.goal for remark in remarks}
    missed = tuple(goal.name for goal in level.goals if goal.required and goal.name in missing)
    met = tuple(goal.name for goal in level.goals if goal.name not in missing)
    points = max(0.0, 100.0 - sum(remark.cost for remark in remarks) - HINT_COST * hints_used)
    ordered = tuple(sorted(remarks, key=lambda remark: (not remark.required, remark.start)))
    return Outcome(round(points, 2), _stars(level, points, missed), ordered, missed, met, hints_used)


def _fitting(level: Level, answer: Answer | Score) -> Answer:
    full = Answer(answer) if isinstance(answer, Score) else answer
    steps = level.start.steps
    if full.score.steps == steps:
        return full
    return replace(full, score=full.score.replace(chorale=full.score.chorale.resized(steps)))


def _stars(level: Level, points: float, missed: tuple[str, ...]) -> int:
    return 0 if missed else 1 + (points >= level.stars.two) + (points >= level.stars.three)


def _remarks(work: Work, goal: Goal) -> Iterator[Remark]:
    return _by_rules(work, goal) if goal.rules else _by_predicate(work, goal)


def _by_predicate(work: Work, goal: Goal) -> Iterator[Remark]:
    for fault in PREDICATES[goal.check].find(work, goal):
        yield _remark(work, goal, goal.check, goal.title, fault, goal.weight or 0.0)


def _by_rules(work: Work, goal: Goal) -> Iterator[Remark]:
    for finding in check(
        work.score, work.level.profile, analyze=lambda _: work.analysis, codes=goal.rules, names=work.names
    ):
        if finding.concerns(work.level.writable) and set(finding.voices) & set(goal.voices or finding.voices):
            cost = _BY_SEVERITY[finding.severity] if goal.weight is None else goal.weight
            why = finding.message.partition(": ")[2]
            fault = Fault(why, finding.voices, finding.start, finding.end, finding.notes)
            yield _remark(work, goal, finding.code, RULES[finding.code].title, fault, cost)


def _remark(work: Work, goal: Goal, rule: str, title: str, fault: Fault, cost: float) -> Remark:
    where = work.wording.span(fault.start, fault.end)
    place = f"{where}, {voices_named(fault.voices)}" if fault.voices else where
    told = fault.why, fault.voices, fault.start, fault.end, fault.notes
    return Remark(goal.name, rule, title, place, *told, cost, goal.required)


def _capped(goal: Goal, remarks: list[Remark]) -> Iterator[Remark]:
    """Yield the remarks of a goal with what they take after its cap, which holds for each rule by itself."""
    taken: dict[str, float] = defaultdict(float)
    for remark in remarks:
        cost = min(remark.cost, goal.cap - taken[remark.rule])
        taken[remark.rule] += cost
        yield replace(remark, cost=cost)
