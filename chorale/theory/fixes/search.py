"""The search for the smallest change that removes a finding and adds nothing worse.

Single notes first, and exchanges of two voices' notes; if none will do, two notes at once. Candidates are ordered by
``ease``; the best are tried with the chords as they were, the best of those with their own chords, and what is
returned has been checked in the whole score. The numbers of trials are bounded, so is the time.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, islice

import numpy as np

from chorale.music import BoolArray, Score
from chorale.theory.analysis import analyze
from chorale.theory.finding import Finding, Severity
from chorale.theory.fixes.candidates import Changes, concerned, exchanges, singles
from chorale.theory.fixes.change import Fix, applied, worded
from chorale.theory.fixes.ease import Ease, ease
from chorale.theory.fixes.scene import Scene
from chorale.theory.fixes.trial import Trial
from chorale.theory.fixes.window import Window, whole, window
from chorale.theory.harmony import Analysis
from chorale.theory.profiles import Profile
from chorale.theory.rules import RULES

__all__ = ["Stop", "suggest", "suggestions"]

Stop = Callable[[], bool]
"""Asked between trials whether the search is not wanted any more."""

_QUICK, _FAIR, _THOROUGH = 40, 5, 3  # trials with the old chords, those of them that do, trials with their own chords
_PARTNERS = 5  # the easiest changes of each note that are paired with other notes' changes
_PAIRS = 160
_UNLIKELY = 40.0  # ease beyond which nothing is tried
_ABSURD = {Severity.HINT: 10.5, Severity.WARNING: 16.0, Severity.ERROR: 26.0}  # harm beyond which a finding is better


@dataclass(frozen=True)
class _Option:
    """Some changes, their ease, and their cost in all as far as it is known."""

    changes: Changes
    ease: Ease
    cost: float


def suggest(
    score: Score,
    finding: Finding,
    profile: Profile,
    *,
    analysis: Analysis | None = None,
    fixed: BoolArray | None = None,
    should_stop: Stop = lambda: False,
    names: str = "english",
) -> Fix | None:
    """Return the best change of one or two notes that removes a finding and adds nothing worse; None for none.

    Nothing worse: no error, nothing graver than the finding, and less in all than before, by the profile.

    Args:
        score: the music; its locked cells stay as they are.
        finding: of ``check(score, profile)``.
        profile: the same.
        analysis: of the score, if it is at hand.
        fixed: (T, 4) bool, further cells that must stay, such as a given voice.
        should_stop: asked between trials; the search gives up when it says so.
        names: the style of note names in the message, one of ``rules.NAMINGS``.
    """
    found = suggestions(
        score, finding, profile, analysis=analysis, fixed=fixed, should_stop=should_stop, names=names, most=1
    )
    return found[0] if found else None


def suggestions(
    score: Score,
    finding: Finding,
    profile: Profile,
    *,
    analysis: Analysis | None = None,
    fixed: BoolArray | None = None,
    should_stop: Stop = lambda: False,
    names: str = "english",
    most: int = 3,
) -> tuple[Fix, ...]:
    """Return up to so many changes that remove a finding, the best first (see ``suggest``).

    None where the finding is not in the score, for instance any more.
    """
    kept = np.zeros(score.chorale.pitches.shape, dtype=bool) if fixed is None else np.asarray(fixed, dtype=bool)
    view = window(score, finding)
    trial, scene = _prepared(view, score, finding, profile, kept, analysis)
    if not trial.is_found:
        view = whole(score)
        trial, scene = _prepared(view, score, finding, profile, kept, analysis)
        if not trial.is_found:
            return ()
    options = _ranked(trial, scene, should_stop)
    everything = lru_cache(lambda: trial if view.score is score else _trial(score, finding, profile, analysis))
    return tuple(islice(_verified(options, view, everything, names), most))


def _prepared(
    view: Window, score: Score, finding: Finding, profile: Profile, fixed: BoolArray, analysis: Analysis | None
) -> tuple[Trial, Scene]:
    """Return a finding on trial, and the scene of it, in part of a score."""
    part, offset = view.score, view.offset
    notes = tuple((voice, max(0, step - offset)) for voice, step in finding.notes)
    moved = replace(finding, start=finding.start - offset, end=finding.end - offset, notes=notes)
    trial = _trial(part, moved, profile, analysis if part is score else None)
    return trial, Scene(part, trial.analysis, profile, fixed[offset : offset + part.steps])


def _trial(score: Score, finding: Finding, profile: Profile, analysis: Analysis | None) -> Trial:
    return Trial(score, analyze(score) if analysis is None else analysis, profile, finding)


def _verified(options: Iterable[_Option], view: Window, everything: Callable[[], Trial], names: str) -> Iterator[Fix]:
    """Yield the options that hold in the whole score as fixes of it."""
    for option in options:
        trial = everything()
        changes = tuple(change.moved(view.offset) for change in option.changes)
        changed = applied(trial.score, changes)
        if view.score is trial.score or trial.thoroughly(changed, changes).fair:
            yield Fix(changed, changes, worded(trial.score, changes, names))


def _ranked(trial: Trial, scene: Scene, should_stop: Stop) -> Iterator[_Option]:
    """Yield the options that will do, the best first: those of one note, then those of two."""
    notes = concerned(scene, trial.finding)
    alone = _sorted(scene, singles(scene, notes))
    first = sorted((*alone, *_sorted(scene, exchanges(notes))), key=_order)
    yield from _that_do(trial, first, should_stop)
    yield from _that_do(trial, _sorted(scene, _pairs(alone)), should_stop)


def _sorted(scene: Scene, tries: Iterable[Changes]) -> list[_Option]:
    options = (_Option(changes, cost, cost.cost) for changes in tries for cost in [ease(scene, changes)])
    return sorted((option for option in options if option.cost < _UNLIKELY), key=_order)


def _order(option: _Option) -> tuple[float, list[tuple[int, int, int, int]]]:
    """Order by cost, then by what is changed, so that equal costs do not depend on anything else."""
    named = [(change.start, int(change.voice), change.new.midi, change.new.fifth) for change in option.changes]
    return round(option.cost, 6), named


def _pairs(alone: Sequence[_Option]) -> list[Changes]:
    """Return the easiest changes of two notes, in order of time."""
    by_note: dict[tuple[int, int], list[_Option]] = {}
    for option in alone:
        by_note.setdefault((option.changes[0].start, option.changes[0].voice), []).append(option)
    best = [options[:_PARTNERS] for options in by_note.values()]
    pairs = [(one, other) for some, others in combinations(best, 2) for one in some for other in others]
    easiest = sorted(pairs, key=lambda pair: pair[0].cost + pair[1].cost)[:_PAIRS]
    return [
        tuple(sorted((*one.changes, *other.changes), key=lambda change: (change.start, change.voice)))
        for one, other in easiest
    ]


def _that_do(trial: Trial, options: Sequence[_Option], should_stop: Stop) -> Iterator[_Option]:
    """Yield those of some options that remove the finding fairly, the best first."""
    ready: list[_Option] = []
    for option in _hopeful(trial, options, should_stop)[:_THOROUGH]:
        while ready and ready[0].cost <= option.cost:
            yield ready.pop(0)
        if should_stop():
            return
        verdict = trial.thoroughly(applied(trial.score, option.changes), option.changes)
        if verdict.fair and option.ease.harm + verdict.lost < _ABSURD[trial.finding.severity]:
            cost = option.ease.cost + verdict.cost + verdict.lost
            ready = sorted([*ready, replace(option, cost=cost)], key=_order)
    yield from ready


def _hopeful(trial: Trial, options: Sequence[_Option], should_stop: Stop) -> list[_Option]:
    """Return the options that do by the chords as they were, the best first; where chords decide, the easiest."""
    hopeful: list[_Option] = []
    for option in options[:_QUICK]:
        if should_stop() or len(hopeful) == _FAIR:
            break
        verdict = trial.quickly(applied(trial.score, option.changes), option.changes)
        if verdict.fair:
            hopeful.append(replace(option, cost=option.ease.cost + verdict.cost))
    if not hopeful and RULES[trial.finding.code].needs_chords:
        return list(options)
    return sorted(hopeful, key=_order)
