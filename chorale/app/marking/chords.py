"""Marking by chords, as the AP Music Theory exam marks part-writing: every chord and every connection earns points.

A *chord* is asked for wherever a given voice begins a note on a beat, or its note goes on over a beat of another given
voice. It earns one point: none where it is incomplete or no chord at all, half where exactly one of the rubric's flaws
(a doubled leading tone, too wide a gap) is in it, none where there are two. A *connection* with the chord before earns
two: one where exactly one minor fault is in it, none where there are two or a grave one, or where either chord is none.
A chord that was given whole earns nothing, and a connection between two such neither.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from chorale.app.marking.assignment import Assignment
from chorale.app.marking.comparing import Comparison
from chorale.app.marking.rubric import Rubric
from chorale.music import REST, Score
from chorale.theory import Finding

__all__ = ["Earned", "cost", "earned", "places"]

CHORD, CONNECTION = 1.0, 2.0
"""What a whole chord and a clean connection earn."""
_FEWEST_VOICES = 3
Faults = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Earned:
    """What one chord, and the connection from the chord before it, earned.

    Attributes:
        step: where the chord begins.
        chord, chord_most: its points, and the most there were (0: it was given).
        connection, connection_most: likewise.
        causes: indices of the findings that cost points.
        is_chord: False where it is incomplete or no chord.
    """

    step: int
    chord: float
    chord_most: float
    connection: float
    connection_most: float
    causes: tuple[int, ...] = ()
    is_chord: bool = True

    @property
    def points(self) -> float:
        """What both earned."""
        return self.chord + self.connection

    @property
    def most(self) -> float:
        """The most that both could earn."""
        return self.chord_most + self.connection_most


def cost(finding: Finding, rubric: Rubric) -> float:
    """Return what a finding takes if it stands alone."""
    faults = rubric.faults
    by_kind = {"spelling": CHORD, "flaws": CHORD / 2, "minor": CONNECTION / 2, "grave": CONNECTION}
    return next((points for kind, points in by_kind.items() if finding.code in faults.get(kind, ())), 0.0)


def places(assignment: Assignment) -> tuple[int, ...]:
    """Return the steps at which a chord is asked for."""
    score, voices = assignment.score, list(assignment.voices)
    begins = score.chorale.onsets[:, voices].any(axis=1)
    on_beat = (np.arange(score.steps) - score.pickup) % score.meter.steps_per_beat == 0
    return tuple(int(step) for step in np.flatnonzero(begins & on_beat))


def earned(comparison: Comparison, findings: Sequence[Finding], assignment: Assignment) -> tuple[Earned, ...]:
    """Return what every chord earned, in order.

    Args:
        comparison: the hand-in.
        findings: those that are the student's doing.
        assignment: what was asked, and its rubric.
    """
    steps = places(assignment)
    made: list[Earned] = []
    for number, step in enumerate(steps):
        after = steps[number + 1] if number + 1 < len(steps) else assignment.score.steps
        before = made[-1] if made else None
        made.append(_earned(comparison, findings, assignment, (step, after), before))
    return tuple(made)


def _earned(
    comparison: Comparison,
    findings: Sequence[Finding],
    assignment: Assignment,
    span: tuple[int, int],
    before: Earned | None,
) -> Earned:
    faults, (step, after) = assignment.rubric.faults, span
    asked = not _is_given(assignment, step)
    here = [index for index, finding in enumerate(findings) if step <= finding.start < after]
    into = [index for index, finding in enumerate(findings) if step <= finding.end < after]
    spelling, flaws = _of(here, findings, faults, "spelling"), _of(here, findings, faults, "flaws")
    minor, grave = _of(into, findings, faults, "minor"), _of(into, findings, faults, "grave")
    is_chord = not spelling and _sounds(comparison.score, step)
    joined = before is not None and (asked or before.chord_most > 0)
    connects = joined and is_chord and before is not None and before.is_chord and not grave
    return Earned(
        step=step,
        chord=_halved(CHORD, len(flaws)) if asked and is_chord else 0.0,
        chord_most=CHORD if asked else 0.0,
        connection=_halved(CONNECTION, len(minor)) if connects else 0.0,
        connection_most=CONNECTION if joined else 0.0,
        causes=tuple(sorted({*spelling, *flaws, *minor, *grave})),
        is_chord=is_chord,
    )


def _of(indices: Sequence[int], findings: Sequence[Finding], faults: Faults, kind: str) -> list[int]:
    codes = faults.get(kind, ())
    return [index for index in indices if findings[index].code in codes]


def _halved(points: float, faults: int) -> float:
    return (points, points / 2)[faults] if faults < 2 else 0.0


def _is_given(assignment: Assignment, step: int) -> bool:
    return bool((assignment.fixed[step] & (assignment.score.chorale.pitches[step] != REST)).all())


def _sounds(score: Score, step: int) -> bool:
    return step < score.steps and int((score.chorale.pitches[step] != REST).sum()) >= _FEWEST_VOICES
