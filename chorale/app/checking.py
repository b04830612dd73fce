"""The theory teacher at work: what stands is analysed and checked in the background, whenever it changes.

What was found belongs to the music it was found in: it is given out for that music and no other, so nothing ever
points at notes that have changed meanwhile. The newest music comes first; a check waits until the hand has rested for
``QUIET_SECONDS``, so that a drag is not checked at every pixel. What was found is remembered for a while: undo and
redo, and another answer of Harmonize, show their findings at once.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from chorale.app.jobs import Job, Jobs
from chorale.app.messages import Message
from chorale.errors import Cancelled
from chorale.music import REST, Score
from chorale.theory import Analysis, Finding, Profile, Severity, analyze, check

__all__ = ["QUIET_SECONDS", "Checked", "Checking", "Manner", "Question", "examine", "question"]

QUIET_SECONDS = 0.08
_LOOK_SECONDS = 1 / 60  # between two looks at a check that runs
_REMEMBERED = 32  # versions


@dataclass(frozen=True, eq=False)
class Manner:
    """How to check.

    Attributes:
        profile: how strictly.
        names: the style of note names, one of ``theory.rules.NAMINGS``.
    """

    profile: Profile
    names: str = "english"


@dataclass(frozen=True, eq=False)
class Checked:
    """What was found in a score.

    Attributes:
        score: what was checked.
        profile: how strictly.
        analysis: its chords, keys and cadences.
        findings: by time, the gravest first.
        names: the style of note names in their messages.
    """

    score: Score
    profile: Profile
    analysis: Analysis
    findings: tuple[Finding, ...]
    names: str = "english"

    @cached_property
    def counts(self) -> dict[Severity, int]:
        """How many findings there are of each severity, the gravest first."""
        grades = [finding.severity for finding in self.findings]
        return {severity: grades.count(severity) for severity in sorted(Severity, reverse=True)}

    @cached_property
    def voices(self) -> int:
        """How many voices sing at all; rules about two need two."""
        return int((self.score.chorale.pitches != REST).any(axis=0).sum())


Question = bytes
"""What a check answers, as a digest: the music, without titles or tempo, and how strictly; b"" for nothing."""


def question(score: Score, manner: Manner) -> Question:
    """Return what a check of a score answers: equal questions have equal answers."""
    digest = hashlib.blake2b(digest_size=16)
    for cells in (score.chorale.pitches, score.chorale.onsets, score.spelling):
        digest.update(cells.tobytes())
    frame = (score.steps, score.key, score.meter, score.pickup, sorted(score.fermatas))
    digest.update(repr((*frame, manner.profile.name, manner.profile.ranges, manner.names)).encode())
    return digest.digest()


def examine(score: Score, manner: Manner) -> Checked:
    """Analyse and check a score, now."""
    analysis = analyze(score)
    found = check(score, manner.profile, analyze=lambda _: analysis, names=manner.names)
    return Checked(score, manner.profile, analysis, found, manner.names)


class Checking:
    """Checks in the background.

    Args:
        jobs: where the work runs.
        clock: seconds.
        tell: is told, once, when the checker itself fails.
        examine: checks one score in the background; ``check_now`` always does it itself.
        prepare: is given what was found before it is given out, and returns a function that does a little of what is
            to be done before and says whether that was all; it is called once a tick.
    """

    def __init__(
        self,
        jobs: Jobs,
        clock: Callable[[], float],
        tell: Callable[[Message], None],
        examine: Callable[[Score, Manner], Checked] = examine,
        prepare: Callable[[Checked], Callable[[], bool]] = lambda _: lambda: True,
    ) -> None:
        self._jobs, self._clock, self._tell, self._examine, self._prepare = jobs, clock, tell, examine, prepare
        self._known: OrderedDict[Question, Checked] = OrderedDict()
        self._refused: set[Question] = set()
        self._job: Job[Checked] | None = None
        self._arriving: tuple[Question, Checked, Callable[[], bool]] | None = None
        self._wanted: tuple[Score, Manner] | None = None
        self._question: Question = b""
        self._since = float("-inf")
        self._later: tuple[Score, ...] = ()
        self._queue: list[tuple[Question, Score]] = []

    # What is wanted ---------------------------------------------------------------------------------------------

    def want(self, score: Score, manner: Manner) -> None:
        """Ask for this score from now on; call it whenever the score may have changed."""
        if self._wanted is not None and self._wanted[0] is score and self._wanted[1] is manner:
            return
        asked = question(score, manner)
        if asked != self._question:
            self._since = self._clock() if self._wanted is not None else float("-inf")
        anew = self._wanted is None or self._wanted[1] is not manner
        self._wanted, self._question = (score, manner), asked
        if anew:
            self.also(self._later)

    def rest(self) -> None:
        """Ask for nothing."""
        self._wanted, self._question = None, b""

    def also(self, scores: Iterable[Score]) -> None:
        """Check these, too, when there is nothing more urgent; they take the place of those asked for before."""
        self._later = tuple(scores)
        manner = None if self._wanted is None else self._wanted[1]
        self._queue = [] if manner is None else [(question(score, manner), score) for score in self._later]

    # What is known ----------------------------------------------------------------------------------------------

    @property
    def checked(self) -> Checked | None:
        """What was found in the music that is asked for, or None while it is not known."""
        return self._known.get(self._question)

    @property
    def wanted(self) -> bool:
        """Whether anything is asked for."""
        return self._wanted is not None

    @property
    def failed(self) -> bool:
        """Whether the checker failed at the music that is asked for."""
        return self._question in self._refused

    def known(self, score: Score, manner: Manner) -> Checked | None:
        """Return what was found in a score, where that is known."""
        return self._known.get(question(score, manner))

    def check_now(self, score: Score, manner: Manner) -> Checked:
        """Check and wait for it; remembered like the others."""
        asked = question(score, manner)
        if asked not in self._known:
            self._keep(asked, examine(score, manner))
        return self._known[asked]

    def _keep(self, asked: Question, found: Checked) -> None:
        self._known[asked] = found
        self._known.move_to_end(asked)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)

    # Time -------------------------------------------------------------------------------------------------------

    @property
    def wait(self) -> float | None:
        """Seconds until ``tick`` has something to do, None: nothing before the music changes."""
        if self._arriving is not None:
            return 0.0
        if self._job is not None:
            return _LOOK_SECONDS
        if self._is_open(self._question):
            return max(0.0, self._since + QUIET_SECONDS - self._clock())
        return _LOOK_SECONDS if self._next() is not None else None

    def tick(self) -> None:
        """Go on with what arrives, and start what is due; call it once a frame."""
        self._receive()
        if self._job is not None or self._arriving is not None or self._wanted is None:
            return
        due = self._wanted if self._is_open(self._question) else self._next()
        rested = self._clock() - self._since >= QUIET_SECONDS
        if due is not None and rested:
            self._start(*due)

    def _receive(self) -> None:
        """Have a little more done for what was found; give it out when all is, or when it is out of date."""
        if self._arriving is not None:
            asked, found, is_ready = self._arriving
            if asked != self._question or is_ready():
                self._arriving = None
                self._keep(asked, found)

    def _is_open(self, asked: Question) -> bool:
        return bool(asked) and asked not in self._known and asked not in self._refused

    def _next(self) -> tuple[Score, Manner] | None:
        """Return what else may be checked while the music that stands is done with."""
        if self._wanted is None:
            return None
        manner = self._wanted[1]
        return next(((score, manner) for asked, score in self._queue if self._is_open(asked)), None)

    def _start(self, score: Score, manner: Manner) -> None:
        asked = question(score, manner)

        def done(found: Checked) -> None:
            self._job = None
            self._arriving = (asked, found, self._prepare(found))

        def failed(error: Exception) -> None:
            self._job = None
            if not isinstance(error, Cancelled):
                if not self._refused:
                    self._tell(Message(f"the theory teacher failed: {error!r}", "warning"))
                self._refused.add(asked)

        self._job = self._jobs.start("Check", lambda _: self._examine(score, manner), done=done, failed=failed)
