"""The theory teacher of one studio: what it finds in the open document, what of it is shown, and what is let pass."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from chorale.app.assistant import Assistant, Here
from chorale.app.checking import Checked, Checking, Manner
from chorale.app.document import Version
from chorale.app.fixing import Fixing
from chorale.app.jobs import Jobs
from chorale.app.messages import Message
from chorale.app.settings import Settings
from chorale.app.standing import still_true, untouched
from chorale.music import Score
from chorale.theory import Analysis, Finding, Profile, profile

if TYPE_CHECKING:
    from chorale.app.answering import Alternatives

__all__ = ["Teacher"]

_Passed = tuple[object, ...]


class Teacher:
    """Looks over the shoulder.

    Args:
        jobs: where the checks run.
        clock: seconds.
        tell: takes what there is to tell the person.
        assistant: examines and mends in the background; what is asked for at once is always done in this process.
    """

    def __init__(
        self,
        jobs: Jobs,
        clock: Callable[[], float],
        tell: Callable[[Message], None],
        assistant: Assistant = Here(),  # noqa: B008  it has no state
    ) -> None:
        self.afterwards: Callable[[Checked], Callable[[], bool]] = lambda _: lambda: True
        """What else is to be done before a check is shown, such as laying it out with its numerals.

        It returns a function that is called once a frame, does a little of it, and says whether that was all."""
        self._jobs, self._assistant = jobs, assistant
        self.checking = Checking(jobs, clock, tell, assistant.examine, self._prepared)
        self.fixing = Fixing(jobs, tell, assistant.suggest)
        self._settings = Settings()
        self._score: Score | None = None
        self._last: Checked | None = None
        self._passed: dict[_Passed, Finding] = {}
        self._answers: Alternatives | None = None
        self._manner = Manner(profile(self._settings.profile))
        self._untouched: tuple[Score | None, Callable[[int, int], bool]] = (None, lambda start, end: start < end)
        self._standing: tuple[object, tuple[Finding, ...]] = ((), ())

    def _prepared(self, checked: Checked) -> Callable[[], bool]:
        return self.afterwards(checked) if checked.score is self._score else lambda: True

    # Time -------------------------------------------------------------------------------------------------------

    def warm_up(self) -> None:
        """Let the assistant load what the first check would wait for."""
        self._jobs.start("Warm up", lambda _: self._assistant.warm_up())

    def close(self) -> None:
        """Give up what is being checked or searched for; nothing more is asked."""
        self._assistant.close()

    def tick(self, stands: Version, settings: Settings, answers: "Alternatives | None" = None) -> None:
        """Take note of what stands, and start what is due; call it once a frame."""
        score = stands.score
        if settings is not self._settings:
            self._take_settings(settings)
        self._score = score
        if not settings.checking or not score.chorale.onsets.any():
            self.checking.rest()
            self._last = None
            return
        self.checking.want(score, self._manner)
        if answers is not self._answers:
            self._answers = answers
            self.checking.also(() if answers is None else answers.scores)
        self.checking.tick()
        self._last = self.checking.checked or self._last
        self.fixing.about(self.checking.checked, is_tune_given=bool(stands.arranger))
        self.fixing.tick()

    def check_now(self, stands: Version, settings: Settings) -> Checked:
        """Check what stands and wait for it, whatever the settings say about checking."""
        self.tick(stands, settings, self._answers)
        checked = self.checking.check_now(stands.score, self._manner)
        self._last = checked
        self.fixing.about(checked, is_tune_given=bool(stands.arranger))
        return checked

    def _take_settings(self, settings: Settings) -> None:
        asked = [(each.profile, each.ranges, each.note_names) for each in (settings, self._settings)]
        if asked[0] != asked[1]:
            self._manner = Manner(self.profile_of(settings), settings.note_names)
            self._last = None
        self._settings = settings

    @staticmethod
    def profile_of(settings: Settings) -> Profile:
        """Return how strictly some settings want it: their profile, with their ranges."""
        chosen = profile(settings.profile)
        return replace(chosen, ranges=settings.ranges) if settings.ranges else chosen

    def begin(self) -> None:
        """Begin afresh with another document: what was let pass in the one before is no more."""
        self._passed.clear()
        self._last = self._answers = None

    @property
    def wait(self) -> float | None:
        """Seconds until ``tick`` has something to do, None: nothing before the music changes."""
        waits = (self.checking.wait, self.fixing.wait) if self._settings.checking else ()
        return min((wait for wait in waits if wait is not None), default=None)

    # What is found ----------------------------------------------------------------------------------------------

    @property
    def profile(self) -> Profile:
        """How strictly it checks: the profile of the settings, with their ranges."""
        return self._manner.profile

    @property
    def manner(self) -> Manner:
        """How it checks: the profile, and the style of note names."""
        return self._manner

    @property
    def checked(self) -> Checked | None:
        """What was found in the music that stands; None while that is not known."""
        return self.checking.checked if self._settings.checking else None

    @property
    def is_at_work(self) -> bool:
        """Whether what stands is still to be checked."""
        return self.checking.wanted and self.checked is None and not self.checking.failed

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that was found in the music that stands and is not let pass; nothing while that is not known."""
        return self._heeded(self.checked)

    @property
    def shown(self) -> tuple[Finding, ...]:
        """Those findings that the settings show; while a check is at work, those that untouched music still has."""
        checked, severities = self.checked, self._settings.severities
        here = (checked, self._score, self._last, severities, len(self._passed), self._settings.checking)
        if here != self._standing[0]:
            self._standing = (here, self._shown(checked))
        return self._standing[1]

    def _shown(self, checked: Checked | None) -> tuple[Finding, ...]:
        if not self._settings.checking:
            return ()
        heeded = self._heeded(checked)
        if checked is None and self._last is not None and self._score is not None and not self.checking.failed:
            true = set(still_true(self._last, self._score))
            heeded = tuple(finding for finding in self._heeded(self._last) if finding in true)
        return tuple(finding for finding in heeded if finding.severity.label in self._settings.severities)

    def to_show(self, checked: Checked) -> tuple[Finding, ...]:
        """Return those findings of a check that the settings show and that are not let pass."""
        shown = self._settings.severities
        return tuple(each for each in self._heeded(checked) if each.severity.label in shown)

    def _heeded(self, checked: Checked | None) -> tuple[Finding, ...]:
        if checked is None or not self._passed:
            return () if checked is None else checked.findings
        return tuple(each for each in checked.findings if _mark(checked.score, each) not in self._passed)

    @property
    def analysis(self) -> Analysis | None:
        """What to print under the music that stands: its analysis; the last one until it is there.

        Of the last one only what ``is_stale`` denies still holds. It is given so that its room on the page stays.
        """
        checked = self.checked
        if checked is None and self.is_at_work and self._last is not None and self._score is not None:
            last = self._last.score
            alike = (last.steps, last.meter, last.pickup) == (self._score.steps, self._score.meter, self._score.pickup)
            checked = self._last if alike else None
        return None if checked is None else checked.analysis

    def is_stale(self, start: int, end: int) -> bool:
        """Return whether what ``analysis`` says of some steps is of music that has changed since."""
        if self.checked is not None or self._last is None or self._score is None:
            return False
        if self._untouched[0] is not self._score:
            self._untouched = (self._score, untouched(self._last.score, self._score))
        return not self._untouched[1](start, end)

    def of_answer(self, index: int) -> Checked | None:
        """Return what was found in one of Harmonize's answers, where that is known."""
        if self._answers is None or not 0 <= index < len(self._answers.scores) or not self._settings.checking:
            return None
        return self.checking.known(self._answers.scores[index], self._manner)

    # What is let pass -------------------------------------------------------------------------------------------

    @property
    def ignored(self) -> int:
        """How many findings were let pass in this document."""
        return len(self._passed)

    def ignore(self, finding: Finding) -> None:
        """Let a finding pass, as long as its notes stay as they are and the document is open."""
        checked = self.checked
        if checked is not None and finding in checked.findings:
            self._passed[_mark(checked.score, finding)] = finding

    def heed(self, finding: Finding | None = None) -> None:
        """Take back that a finding was let pass; None: all of them."""
        self._passed = {} if finding is None else {mark: each for mark, each in self._passed.items() if each != finding}


def _mark(score: Score, finding: Finding) -> _Passed:
    """Return what tells a finding from others, as long as its notes stay."""
    notes = tuple((voice, start, int(score.chorale.pitches[start, voice])) for voice, start in finding.notes)
    return finding.code, finding.voices, notes
