"""Suggestions how to mend a finding: searched for in the background, and kept for the music they were made for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chorale.app.checking import Checked
from chorale.app.jobs import Job, Jobs
from chorale.app.messages import Message
from chorale.errors import Cancelled
from chorale.models.base import Progress, Report
from chorale.music import Score
from chorale.theory import RULES, Finding

if TYPE_CHECKING:
    from chorale.theory.fixes import Fix

__all__ = ["Fixing", "Suggestion", "label"]

_LOOK_SECONDS = 1 / 60
Stop = Callable[[], bool]
Suggest = Callable[[Checked, Finding, Stop], "Fix | None"]


def _suggest(checked: Checked, finding: Finding, should_stop: Stop) -> "Fix | None":
    from chorale.theory import fixes  # noqa: PLC0415  the search loads when something is to be mended

    return fixes.suggest(
        checked.score,
        finding,
        checked.profile,
        analysis=checked.analysis,
        should_stop=should_stop,
        names=checked.names,
    )


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
        suggest: finds a fix for one finding; tests inject their own.
    """

    def __init__(self, jobs: Jobs, tell: Callable[[Message], None], suggest: Suggest = _suggest) -> None:
        self._jobs, self._tell, self._suggest = jobs, tell, suggest
        self._checked: Checked | None = None
        self._found: dict[Finding, Suggestion] = {}
        self._job: Job[Suggestion] | None = None
        self._wanted: Finding | None = None

    def about(self, checked: Checked | None) -> None:
        """Speak of this check from now on; suggestions for another's music are forgotten."""
        if checked is not None and checked is not self._checked:
            self._checked, self._wanted = checked, None
            self._found = {}
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
            self._found[finding] = self._search(self._checked, finding, lambda: False)
        suggestion = self._found.get(finding)
        return None if suggestion is None else suggestion.fix

    @property
    def wait(self) -> float | None:
        """Seconds until the next look, None while nobody searches."""
        return None if self._job is None else _LOOK_SECONDS

    def tick(self) -> None:
        """Start the search that is asked for, if none runs."""
        checked, finding = self._checked, self._wanted
        if self._job is not None or checked is None or finding is None or finding in self._found:
            return
        found = self._found

        def keep(suggestion: Suggestion) -> None:
            if found is self._found:
                self._job = None
            found[finding] = suggestion

        def failed(error: Exception) -> None:
            if found is self._found:
                self._job = None
            found[finding] = Suggestion(None)
            if not isinstance(error, Cancelled):
                self._tell(Message(f"the search for a fix failed: {error!r}", "warning"))

        def search(report: Report) -> Suggestion:
            def should_stop() -> bool:
                report(Progress(0.0))  # raises Cancelled where the search is given up
                return False

            return self._search(checked, finding, should_stop)

        self._job = self._jobs.start("Suggest", search, done=keep, failed=failed)

    def _search(self, checked: Checked, finding: Finding, should_stop: Stop) -> Suggestion:
        """Search; ``should_stop`` may also raise ``Cancelled``."""
        fix = self._suggest(checked, finding, should_stop)
        return Suggestion(None if fix is None or _writes_locked(checked.score, fix.score) else fix)


def _writes_locked(before: Score, after: Score) -> bool:
    """Return whether a fix changes notes that are locked."""
    one, other = before.chorale, after.chorale
    changed = (one.pitches != other.pitches) | (one.onsets != other.onsets)
    return bool((changed & before.locked).any())
