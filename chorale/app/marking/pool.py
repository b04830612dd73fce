"""Hand-ins marked on every core, their results as they come."""

from collections.abc import Iterator, Sequence

from chorale.app.marking.answers import Asked
from chorale.app.marking.assignment import Assignment
from chorale.app.marking.work import Answered, Done, Marking, begin, do, marked, own_answers
from chorale.app.pool import spread

__all__ = ["results"]


def results(assignment: Assignment, jobs: Sequence[Asked | Marking], workers: int) -> Iterator[Answered | Done]:
    """Yield what comes of some jobs, in the order in which they end.

    Args:
        assignment: for all of them.
        jobs: what to do; the longest first.
        workers: how many processes; with one, it is all done in this process.

    Raises:
        ChoraleError: a worker process died.
    """
    if workers > 1:
        yield from spread(do, jobs, workers, preload=do.__module__, begin=begin, arguments=(assignment,))
        return
    for job in jobs:
        yield own_answers(job, assignment) if isinstance(job, Asked) else marked(job, assignment)
