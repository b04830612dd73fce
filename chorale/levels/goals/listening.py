"""Predicates that ask a harmonizer, or the player's ear."""

from collections.abc import Iterator

from chorale.levels.goals.base import Fault, Goal, Work, predicate
from chorale.music import REST, BoolArray
from chorale.theory import Severity, check

__all__ = ["harmonizable", "recognized"]

_USUAL = -1.0  # nats a written cell; under the first bars of twelve shipped tunes it was -0.9 to -0.2


@predicate("harmonizable", "Bach can harmonize it", "least", "most")
def harmonizable(work: Work, goal: Goal) -> Iterator[Fault]:
    """The harmonizer sets the soprano with ``most`` errors at most (0) and ``least`` nats a cell (-1) or better.

    Where no model is installed it is passed over.
    """
    below = _below(work)
    if work.harmonize is None or not below.any() or (work.score.chorale.pitches[:, 0] == REST).all():
        return
    judged = work.harmonize(work.score, below)
    found = check(judged.score, work.level.profile, names=work.names)
    errors = [each for each in found if each.severity == Severity.ERROR and each.concerns(below)]
    last = work.score.steps - 1
    for error in errors[int(goal.most or 0) :]:
        why = f"here even the model's best setting breaks a rule: {error.message.partition(': ')[2]}"
        yield Fault(why, error.voices, error.start, error.end)
    if judged.log_likelihood < (_USUAL if goal.least is None else goal.least):
        yield Fault("the model finds no setting that it believes in: try a plainer line", (), 0, last)


def _below(work: Work) -> BoolArray:
    """Return (T, 4), the cells below the soprano that are silent while it sounds."""
    pitches = work.score.chorale.pitches
    silent: BoolArray = (pitches == REST) & (pitches[:, :1] != REST)
    silent[:, 0] = False
    return silent


@predicate("recognized", "Bach's own is recognized")
def recognized(work: Work, goal: Goal) -> Iterator[Fault]:  # noqa: ARG001  every predicate has these arguments
    """The version that the player takes for Bach's is Bach's; for levels of the kind ``beat``."""
    told = {"yours": "your own", "model": "the model's"}.get(work.answer.guess)
    if told:
        yield Fault(f"what you took for Bach's is {told}", (), 0, max(0, work.score.steps - 1))
