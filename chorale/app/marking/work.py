"""Marking one hand-in from its file to its page; what a worker process runs.

Whatever goes wrong with one hand-in stays with it: it is told as unreadable, and the class goes on.
"""

import tempfile
from pathlib import Path
from typing import NamedTuple

from chorale import io, models
from chorale.app.marking.answers import Asked, answers
from chorale.app.marking.assignment import Assignment
from chorale.app.marking.comparing import Comparison, compare
from chorale.app.marking.handins import HandIn
from chorale.app.marking.likeness import packed
from chorale.app.marking.mending import mended
from chorale.app.marking.outcome import Outcome, Told
from chorale.app.marking.pages.student import Marked, student_page
from chorale.app.marking.scoring import Mark, mark
from chorale.errors import ChoraleError, InputError, ModelError
from chorale.io import Reading
from chorale.theory import Analysis, analyze, check

__all__ = ["Answered", "Done", "Marking", "Names", "begin", "do", "mark_file", "marked", "own_answers"]

_SPELLED = (".musicxml", ".mxl", ".xml", ".chorale", ".abc")
_assignment: list[Assignment] = []  # of this process, set once by ``begin``


class Names(NamedTuple):
    """Where a hand-in's files lie below the report's folder, with slashes."""

    page: str
    annotated: str


class Marking(NamedTuple):
    """A hand-in to mark, and where its files will lie."""

    handin: HandIn
    names: Names


class Done(NamedTuple):
    """A hand-in, marked; its files' contents, which are empty where it could not be read."""

    outcome: Outcome
    page: bytes = b""
    annotated: bytes = b""


class Answered(NamedTuple):
    """Chorale's own answers, packed, by their names; or why there are none."""

    cells: dict[str, str]
    reason: str = ""


def begin(assignment: Assignment) -> None:
    """Prepare a worker process."""
    _assignment[:] = [assignment]


def do(job: Asked | Marking) -> Answered | Done:
    """Do a job by the process's assignment."""
    return own_answers(job, _assignment[0]) if isinstance(job, Asked) else marked(job, _assignment[0])


def own_answers(asked: Asked, assignment: Assignment) -> Answered:
    """Return Chorale's own answers to an assignment."""
    try:
        return Answered(answers(assignment, asked, models.load))
    except ModelError as error:
        return Answered({}, str(error))


def marked(job: Marking, assignment: Assignment) -> Done:
    """Mark a hand-in."""
    return mark_file(job.handin, assignment, job.names)


def mark_file(handin: HandIn, assignment: Assignment, names: Names) -> Done:
    """Read a hand-in, mark it and write its pages' texts."""
    if handin.reason:
        return Done(Outcome.unreadable(handin, handin.reason))
    try:
        return _marked(handin, io.read(handin.path), assignment, names)
    except ChoraleError as error:
        return Done(Outcome.unreadable(handin, _short(str(error), handin)))
    except Exception as error:  # noqa: BLE001  our own fault must not stop the class
        return Done(Outcome.unreadable(handin, f"it could not be marked, which is our fault: {error!r}"))


def _short(message: str, handin: HandIn) -> str:
    """Return a reader's line without the long path that it begins with."""
    return message.replace(str(handin.path), handin.path.name)


def _marked(handin: HandIn, reading: Reading, assignment: Assignment, names: Names) -> Done:
    if not reading.score.steps:
        raise InputError("it has no notes")
    compared = compare(reading.score, assignment, spelled=handin.path.suffix.lower() in _SPELLED)
    analysis = analyze(compared.score)
    findings = check(compared.score, assignment.profile, analyze=lambda _: analysis, names=assignment.names)
    result = mark(compared, findings, assignment)
    outcome = _outcome(handin, reading, compared, result)
    fixes = mended(compared, result, analysis, assignment) if assignment.suggestions else {}
    page = student_page(Marked(outcome, compared, result, analysis, assignment, Path(names.annotated).name, fixes))
    return Done(outcome, page.encode(), _annotated(compared, result, analysis, handin))


def _outcome(handin: HandIn, reading: Reading, compared: Comparison, result: Mark) -> Outcome:
    score = compared.score
    pairs = zip(result.findings, result.costs, strict=True)
    return Outcome(
        file=handin.file,
        student=handin.student,
        id=handin.id,
        source=handin.source,
        score=result.score,
        total=result.total,
        lines=result.lines,
        findings=tuple(
            Told(each.code, each.severity.label, each.message, score.bar_at(each.start).number, cost)
            for each, cost in pairs
        ),
        remarks=tuple(remark.message for remark in compared.remarks),
        notes=(*handin.notes, *reading.warnings),
        cells=packed(score),
    )


def _annotated(compared: Comparison, result: Mark, analysis: Analysis, handin: HandIn) -> bytes:
    heading = f"{handin.student}: {result.score:g} of {result.total:g} points"
    annotations = io.Annotations.of(analysis, result.findings, heading=heading)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "annotated.musicxml"
        io.write(compared.score, path, annotations=annotations)
        return path.read_bytes()
