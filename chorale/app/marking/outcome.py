"""What is known of a hand-in once it is marked: everything that the tables and the overview need, as plain data.

It is kept in the report from one run to the next, as JSON, so that only what changed is marked again.
"""

from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from chorale.app.marking.handins import HandIn
from chorale.app.marking.scoring import Line

__all__ = ["Outcome", "Told"]


@dataclass(frozen=True)
class Told:
    """One finding, as the pages tell it.

    Attributes:
        code, severity: the rule's code; "error", "warning" or "hint".
        message: why, in one sentence.
        bar: the number of the bar it begins in.
        points: what it takes, before caps.
    """

    code: str
    severity: str
    message: str
    bar: int
    points: float


@dataclass(frozen=True)
class Outcome:
    """One hand-in, marked or unreadable.

    Attributes:
        file, student, id, source: as ``HandIn`` has them.
        reason: why it could not be read; "" where it was marked.
        score, total: points; 0 and 0 where it was not marked.
        lines: the account of the points.
        findings: in order of time.
        remarks: one line each on what differs from the assignment.
        notes: one line each on what reading had to change, and on the student's other files.
        cells: the notes as text (``chorale.app.marking.likeness``).
    """

    file: str
    student: str
    id: str = ""
    source: str = ""
    reason: str = ""
    score: float = 0.0
    total: float = 0.0
    lines: tuple[Line, ...] = ()
    findings: tuple[Told, ...] = ()
    remarks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    cells: str = ""

    @classmethod
    def unreadable(cls, handin: HandIn, reason: str) -> Self:
        """Return the outcome of a hand-in that cannot be marked."""
        return cls(handin.file, handin.student, handin.id, handin.source, reason, notes=handin.notes)

    @property
    def is_marked(self) -> bool:
        """Whether it could be read."""
        return not self.reason

    def count(self, severity: str) -> int:
        """Return how many findings are of a severity."""
        return sum(finding.severity == severity for finding in self.findings)

    @property
    def comment(self) -> str:
        """One line for the gradebook: what took points, gravest first."""
        if self.reason:
            return f"not marked: {self.reason}"
        taken = sorted((line for line in self.lines if line.points < 0), key=lambda line: line.points)
        parts = [f"{line.label}{f' x {line.count}' if line.count > 1 else ''} ({line.points:g})" for line in taken]
        return ". ".join(
            [*(each[0].upper() + each[1:] for each in self.remarks), "; ".join(parts) or "No mistake found"]
        )

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON takes it."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """Return what ``to_json`` gave; KeyError or TypeError where it is something else."""
        known = {field.name: values[field.name] for field in fields(cls)}
        known["lines"] = tuple(Line(**line) for line in known["lines"])
        known["findings"] = tuple(Told(**each) for each in known["findings"])
        known["remarks"], known["notes"] = tuple(known["remarks"]), tuple(known["notes"])
        return cls(**known)
