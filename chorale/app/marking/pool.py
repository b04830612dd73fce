"""Jobs on every core, their results as they come; stopped by Ctrl-C without a trace."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_all_start_methods, get_context

from chorale.app.marking.answers import Asked
from chorale.app.marking.assignment import Assignment
from chorale.app.marking.work import Answered, Done, Marking, begin, do, marked, own_answers
from chorale.errors import ChoraleError

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
    if workers == 1:
        for job in jobs:
            yield own_answers(job, assignment) if isinstance(job, Asked) else marked(job, assignment)
        return
    # a server that forks: quick, and no thread of this process is copied halfway; Windows has none
    context = get_context("forkserver" if "forkserver" in get_all_start_methods() else "spawn")
    if context.get_start_method() == "forkserver":
        context.set_forkserver_preload(["chorale.app.marking.work"])
    pool = ProcessPoolExecutor(min(workers, len(jobs)), context, begin, (assignment,))
    try:
        for future in as_completed([pool.submit(do, job) for job in jobs]):
            yield future.result()
    except BrokenProcessPool as error:
        raise ChoraleError("a worker process died, for lack of memory perhaps: try again with --workers 1") from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
