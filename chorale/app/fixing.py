"""Suggestions how to mend a finding: searched for in the background, and kept for the music they were made for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chorale.app.assistant import Stop, Suggest, suggest
from chorale.app.checking import Checked
from chorale.app.jobs import Job, Jobs
from chorale.app.messages import Message
from chorale.errors import Cancelled
from chorale.models.base import Progress, Report
from chorale.music import BoolArray, Score, Voice
from chorale.theory import RULES, Finding

if TYPE_CHECKING:
    from chorale.theory.fixes import Fix

__all__ = ["Fixing", "Suggestion", "label"]

_LOOK_SECONDS = 1 / 60


@dataclass(frozen=True, eq=False)
class Suggestion:
    """What came of the search: a fix, or None where no small change mends the finding without harm."""

    fix: "Fix | None"


def label(finding: Finding) -> str:
    """Return the undo label of a finding's fix: "Fix parallel perfect fifths, alto and bass"."""
    rule = RULES.get(finding.code)
    title = (finding.code.replace("-", " ") if rule is None else rule.title).lower()
    return f"Fix {title}, {' and '.join(voice.label.lower() for voice in finding.voices)}"


class Fixing:
    """Searches for fixes; the one asked for last comes first.

    Args:
        jobs: where the work runs.
        tell: is told when the search itself fails.
        suggest: finds a fix for one finding in the background; ``find_now`` always searches itself.
    """

    def __init__(self, jobs: Jobs, tell: Callable[[Message], None], suggest: Suggest = suggest) -> None:
        self._jobs, self._tell, self._suggest = jobs, tell, suggest
        self._checked: Checked | None = None
        self._found: dict[Finding, Suggestion] = {}
        self._job: Job[Suggestion] | None = None
        self._wanted: Finding | None = None
        self._resting = True
        self._is_tune_given = False

    def about(self, checked: Checked | None, *, is_tune_given: bool = False) -> None:
        """Speak of this check from now on; suggestions for another's music are forgotten.

        Args:
            checked: None: what stands is still to be checked. Until it is, nothing is searched for; that comes first.
            is_tune_given: whether the soprano was given and others written under it: then it stays, but where a
                finding is of it alone.
        """
        self._resting, self._is_tune_given = checked is None, is_tune_given
        if checked is not None and checked is not self._checked:
            self._checked, self._wanted, self._found = checked, None, {}
            self._stop()
        elif self._resting:
            self._stop()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def found(self, finding: Finding) -> Suggestion | None:
        """Return what came of the search for a fix, None while nobody knows."""
        return self._found.get(finding)

    def ask(self, finding: Finding) -> None:
        """Search for a fix in the background."""
        self._wanted = finding
        self.tick()

    def find_now(self, finding: Finding) -> "Fix | None":
        """Search for a fix and wait for it."""
        if finding not in self._found and self._checked is not None:
            self._found[finding] = self._search(suggest, self._checked, finding, lambda: False)
        suggestion = self._found.get(finding)
        return None if suggestion is None else suggestion.fix

    @property
    def wait(self) -> float | None:
        """Seconds until the next look, None while nobody searches."""
        return None if self._job is None else _LOOK_SECONDS

    def tick(self) -> None:
        """Start the search that is asked for, if none runs."""
        checked, finding = self._checked, self._wanted
        if self._resting or self._job is not None or checked is None or finding is None or finding in self._found:
            return
        self._start(checked, finding)

    def _start(self, checked: Checked, finding: Finding) -> None:
        found = self._found

        def ended(suggestion: Suggestion) -> None:
            if self._job is job:
                self._job = None
            found[finding] = suggestion

        def failed(error: Exception) -> None:
            if isinstance(error, Cancelled):
                return
            ended(Suggestion(None))
            self._tell(Message(f"the search for a fix failed: {error!r}", "warning"))

        def search(report: Report) -> Suggestion:
            return self._search(self._suggest, checked, finding, lambda: _is_cancelled(report))

        self._job = job = self._jobs.start("Suggest", search, done=ended, failed=failed)

    def _search(self, suggest: Suggest, checked: Checked, finding: Finding, should_stop: Stop) -> Suggestion:
        fix = suggest(checked, finding, self._fixed(checked.score, finding), should_stop)
        return Suggestion(None if fix is None or _writes_locked(checked.score, fix.score) else fix)

    def _fixed(self, score: Score, finding: Finding) -> BoolArray | None:
        """Return the cells that must stay besides the locked ones, None for none."""
        if not self._is_tune_given or finding.voices == (Voice.SOPRANO,):
            return None
        fixed = np.zeros(score.chorale.pitches.shape, dtype=bool)
        fixed[:, Voice.SOPRANO] = True
        return fixed


def _is_cancelled(report: Report) -> bool:
    try:
        report(Progress(0.0))
    except Cancelled:
        return True
    return False


def _writes_locked(before: Score, after: Score) -> bool:
    """Return whether a fix changes notes that are locked."""
    one, other = before.chorale, after.chorale
    changed = (one.pitches != other.pitches) | (one.onsets != other.onsets)
    return bool((changed & before.locked).any())
