"""Harmonize at work on a document: one job at a time, its answers A to D, and the one that was chosen."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from chorale.app.document import Document, Version
from chorale.app.harmonizing import LETTERS, Request, answered, harmonizers, prepare, writable
from chorale.app.jobs import Job, Jobs
from chorale.app.messages import Message
from chorale.app.wishes import wishes
from chorale.errors import Cancelled, ChoraleError, InputError
from chorale.models.base import ChordWish, Harmonization, Harmonizer, Report
from chorale.music import BoolArray, Score

__all__ = ["ARRANGER", "Alternatives", "Answering"]

ARRANGER = "harmonized with Chorale"
"""Said at the head of exported pages whose lower voices a model wrote."""


@dataclass(frozen=True)
class Alternatives:
    """The answers of the last Harmonize, best first: A, B, C, D.

    Attributes:
        scores: what each makes of the score.
        answers: as the model gave them, with seed, likelihood and notes.
        model: whose they are.
        chosen: which of them was put into the document last.
    """

    scores: tuple[Score, ...]
    answers: tuple[Harmonization, ...]
    model: str
    chosen: int = 0

    def label(self, index: int) -> str:
        """Return the undo label of an answer: "Harmonize B (seed 7)"."""
        letter = f" {LETTERS[index]}" if len(self.scores) > 1 else ""
        return f"Harmonize{letter} (seed {self.answers[index].seed})"


class Answering:
    """Harmonizes one document.

    Args:
        document: what it reads and writes.
        jobs: where the work runs.
        load: gives a harmonizer by name.
        tell: takes what there is to tell the person.
    """

    def __init__(
        self, document: Document, jobs: Jobs, load: Callable[[str], Harmonizer], tell: Callable[[Message], None]
    ) -> None:
        self._document, self._jobs, self._load, self._tell = document, jobs, load, tell
        self.job: Job[list[Harmonization]] | None = None
        self.alternatives: Alternatives | None = None
        self._asked: Score | None = None
        self._stands: Version | None = None
        self._next_seed = 0

    def start(self, request: Request) -> Job[list[Harmonization]]:
        """Begin a job; its best answer becomes one undo step when it is delivered.

        Raises:
            InputError: one runs already, or there is nothing to write or nothing to write it to.
        """
        if self.job is not None:
            raise InputError("Harmonize is at work: wanted it to end, or to be stopped, first")
        self._asked = self._document.score
        score, mask = prepare(self._asked, writable(self._asked, request))
        seed = self._next_seed if request.seed is None else request.seed
        self._next_seed = (seed + 1) % 2**32
        asked = replace(request, seed=seed)
        chords, unread = wishes(self._asked)
        for line in unread:
            self._tell(Message(line, "warning"))
        self.job = self._jobs.start(
            "Harmonize",
            lambda report: self._answers(score, mask, asked, chords, report),
            done=lambda answers: self._take(score, mask, answers, asked.model),
            failed=self._fail,
        )
        return self.job

    def _answers(
        self, score: Score, mask: BoolArray, asked: Request, chords: tuple[ChordWish, ...], report: Report
    ) -> list[Harmonization]:
        harmonizer = self._load(asked.model)
        if not hasattr(harmonizer, "harmonize"):
            raise InputError(f"model {asked.model} does not harmonize: wanted one of {', '.join(harmonizers())}")
        return harmonizer.harmonize(
            score,
            mask,
            seed=asked.seed or 0,
            alternatives=asked.alternatives,
            temperature=asked.temperature,
            ornament=asked.ornament,
            chords=chords,
            report=report,
        )

    def _take(self, score: Score, mask: BoolArray, answers: list[Harmonization], model: str) -> None:
        self.job = None
        now = self._document.score  # its title or tempo may have changed meanwhile; its music has not
        try:
            filled = [answered(score, mask, answer) for answer in answers]
        except ChoraleError as error:
            self._tell(Message(str(error), "error"))
            return
        scores = tuple(now.replace(chorale=each.chorale, spelling=each.spelling) for each in filled)
        self.alternatives = given = Alternatives(scores, tuple(answers), model)
        self._stands = self._document.put(given.label(0), scores[0], arranger=ARRANGER)
        for line in dict.fromkeys(note for each in answers for note in each.notes):
            self._tell(Message(line))

    def _fail(self, error: Exception) -> None:
        self.job = None
        if not isinstance(error, Cancelled):
            text = str(error) if isinstance(error, ChoraleError) else f"Harmonize failed: {error!r}"
            self._tell(Message(text, "error"))

    def stop(self) -> None:
        """Ask the job that runs, if any, to stop; nothing will come of it."""
        if self.job is not None:
            self.job.cancel()
            self.job = None

    def stop_if_outdated(self) -> None:
        """Stop the job if the music is no longer what it was asked about."""
        if self.job is not None and _music(self._document.score) != _music(self._asked):
            self.stop()
            self._tell(Message("Harmonize was stopped, since the music changed"))

    def choose(self, index: int) -> None:
        """Put another answer into the document: in the place of the one that stands there, else as a step of its own.

        Raises:
            InputError: there is no such answer.
        """
        given = self.alternatives
        if given is None or not 0 <= index < len(given.scores):
            letter = LETTERS[index] if 0 <= index < len(LETTERS) else str(index)
            raise InputError(f"there is no alternative {letter}: wanted one that Harmonize made")
        if self._document.version is not self._stands:
            self._stands = self._document.put(given.label(index), given.scores[index], arranger=ARRANGER)
        elif index != given.chosen:
            self._stands = self._document.swap(given.label(index), given.scores[index])
        self.alternatives = replace(given, chosen=index)


def _music(score: Score | None) -> tuple[object, ...]:
    """Return what a harmonization answers to; titles and tempo are not of it."""
    if score is None:
        return ()
    return score.chorale, score.key, score.meter, score.pickup, score.locked.tobytes(), score.chords
