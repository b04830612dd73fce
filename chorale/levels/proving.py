"""Proof that a level works: what a teacher is told before a class is let into it."""

from collections.abc import Iterator

from chorale.levels.hints import filled
from chorale.levels.level import Answer, Level
from chorale.levels.scoring import Outcome, mark

__all__ = ["prove"]

_SHOWN = 3  # remarks a complaint quotes


def prove(level: Level) -> tuple[str, ...]:
    """Return a line for everything that keeps a level from working.

    There is none if its solution earns three stars, doing nothing none, and every wrong answer misses what it is said
    to miss, a required goal among it. Goals that ask a model are passed over.
    """
    return (*_solution(level), *_nothing(level), *_wrong(level), *_hints(level))


def _solution(level: Level) -> Iterator[str]:
    outcome = mark(level, level.solution)
    if outcome.stars < 3:
        yield f"solution: it earns {_stars(outcome)} of 3, {outcome.points:g} points: {_told(outcome)}"


def _nothing(level: Level) -> Iterator[str]:
    outcome = mark(level, level.start)
    if outcome.stars:
        yield f"goals: doing nothing earns {_stars(outcome)}: wanted a required goal that the start does not meet"


def _wrong(level: Level) -> Iterator[str]:
    for number, wrong in enumerate(level.wrong, 1):
        missed = mark(level, Answer(wrong.score, level.solution.found, "bach")).missed
        lacking = [name for name in wrong.misses if name not in missed]
        if lacking:
            why = f"it does not miss {', '.join(lacking)}, as said" if missed else "it misses no required goal"
            yield f"wrong[{number}]: {why} (it misses {', '.join(missed) or 'none'})"
        elif not missed:
            yield f"wrong[{number}]: it misses no required goal"


def _hints(level: Level) -> Iterator[str]:
    """Complain of a hint whose note, written into the start, is not taken as right."""
    for number, hint in enumerate(level.hints, 1):
        if hint.fill is not None:
            voice, step = hint.fill
            written = filled(level.start, level.solution.score, voice, step)
            if "kept" in mark(level, written).missed:
                yield f"hints[{number}].fill: the solution's note there reaches into what is given"


def _stars(outcome: Outcome) -> str:
    return f"{outcome.stars} star{'' if outcome.stars == 1 else 's'}"


def _told(outcome: Outcome) -> str:
    lines = [f"{remark.place}: {remark.why} ({remark.rule}, {remark.cost:g})" for remark in outcome.remarks[:_SHOWN]]
    more = len(outcome.remarks) - _SHOWN
    return "; ".join(lines) + (f"; and {more} more" if more > 0 else "")
