"""The tables for gradebooks and spreadsheets.

scores.csv  for people: everything, in UTF-8 with a byte order mark, without which spreadsheet programs garble names
moodle.csv  Moodle, assignment, "Upload grading worksheet": Identifier, Full name, Grade, Maximum Grade, Last modified
            (grade), Feedback comments. Moodle finds a student by the number that its download put into the file names.
canvas.csv  Canvas, Grades, Import: Student, ID, SIS User ID, SIS Login ID, Section, and the assignment's title, under
            which a second row has the points possible. Canvas finds a student by the ID, else by the name.

The latter two carry no byte order mark, since Canvas takes it for a part of the first heading. A text that a
spreadsheet would take for a formula gets an apostrophe in front. A hand-in that could not be read has no score, so
that an import does not overwrite what a teacher gives by hand.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from chorale.app.marking.likeness import Flag
from chorale.app.marking.outcome import Outcome
from chorale.theory import RULES

__all__ = ["NAMES", "all_tables"]

NAMES = ("scores.csv", "moodle.csv", "canvas.csv")
_MOST_COMMENT = 4000  # characters
_Row = Sequence[str | float]


def all_tables(title: str, outcomes: Sequence[Outcome], flags: Mapping[str, Sequence[Flag]]) -> dict[str, bytes]:
    """Return every table's content by its name."""
    return {
        "scores.csv": _written(_scores(outcomes, flags), mark=True),
        "moodle.csv": _written(_moodle(outcomes)),
        "canvas.csv": _written(_canvas(title, outcomes)),
    }


def _scores(outcomes: Iterable[Outcome], flags: Mapping[str, Sequence[Flag]]) -> Iterable[_Row]:
    yield ("Student", "ID", "File", "Score", "Maximum", "Errors", "Warnings", "Hints", "Flags", "Comments", *RULES)
    for each in outcomes:
        told = [finding.code for finding in each.findings]
        flagged = "; ".join(flag.text for flag in flags.get(each.file, ()))
        counts = [each.count(severity) if each.is_marked else "" for severity in ("error", "warning", "hint")]
        points = (each.score, each.total) if each.is_marked else ("", "")
        by_rule = [told.count(code) if each.is_marked else "" for code in RULES]
        yield (each.student, each.id, each.file, *points, *counts, flagged, each.comment, *by_rule)


def _moodle(outcomes: Iterable[Outcome]) -> Iterable[_Row]:
    yield ("Identifier", "Full name", "Grade", "Maximum Grade", "Last modified (grade)", "Feedback comments")
    for each in outcomes:
        number = f"Participant {each.id}" if each.id else ""
        points = (each.score, each.total) if each.is_marked else ("", "")
        yield (number, each.student, *points, "", each.comment)


def _canvas(title: str, outcomes: Sequence[Outcome]) -> Iterable[_Row]:
    most = max((each.total for each in outcomes), default=0.0)
    yield ("Student", "ID", "SIS User ID", "SIS Login ID", "Section", title)
    yield ("    Points Possible", "", "", "", "", most)
    for each in outcomes:
        yield (each.student, each.id, "", "", "", each.score if each.is_marked else "")


def _written(rows: Iterable[_Row], *, mark: bool = False) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_harmless(cell) if isinstance(cell, str) else f"{cell:g}" for cell in row])
    return text.getvalue().encode("utf-8-sig" if mark else "utf-8")


def _harmless(text: str) -> str:
    """Return a text on one line that no spreadsheet takes for a formula."""
    line = "".join(letter if letter.isprintable() else " " for letter in text)[:_MOST_COMMENT]
    return f"'{line}" if line.lstrip().startswith(("=", "+", "-", "@")) else line
