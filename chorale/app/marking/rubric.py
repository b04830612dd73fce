"""What a mistake costs: the tables ``[points]``, ``[completeness]``, ``[chords]`` of an assignment, and the presets.

``preset = "NAME"`` takes these tables from ``levels/assignments/presets/NAME.toml``; what the assignment says itself
comes first, field by field.

[points]
    method      "deduct" (default): every mistake takes points from the total; or "chords": every chord and every
                connection earns points (``chorale.app.marking.chords``)
    total       the most that can be had (20). By chords: all chords' and connections' points, scaled to this; 0 or
                left out leaves them as they are
    error, warning, hint    what a mistake of that severity takes (1, 0.5, 0)
    round       the score is rounded to a multiple of this, halves upwards (0.5); 0 leaves it as it is
    [points.rules]    what a mistake takes by the rule's code, whatever its severity
    [points.caps]     the most that one rule may take by its code; ``each_rule``: any rule; ``mistakes``: all together

[completeness]    beside the mistakes
    missing     what is asked for and not written: this times the missing share of the notes' time times the total (1)
    given       a bar in which a given or a locked note was changed (1), ``given_cap``: the most for all bars (5)
    key, meter  another key or time signature than asked for (1, 1)
    bars        too few or too many bars (1)

[chords]    for the method "chords", lists of rules' codes
    spelling    the chord is not a chord: it and its connections earn nothing
    flaws       one of these halves the chord's point, two take it
    minor       one of these halves the points of the connection, two take them
    grave       one of these takes the connection's points
"""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chorale import assets
from chorale.errors import InputError
from chorale.levels.fields import Table, unknown
from chorale.theory import RULES, Finding, Severity

__all__ = ["METHODS", "Rubric", "presets", "rubric", "with_preset"]

METHODS = ("deduct", "chords")
_PENALTIES = {"missing": 1.0, "given": 1.0, "given_cap": 5.0, "key": 1.0, "meter": 1.0, "bars": 1.0}
_FAULTS = ("spelling", "flaws", "minor", "grave")
_SEVERITIES = {"error": 1.0, "warning": 0.5, "hint": 0.0}


@dataclass(frozen=True)
class Rubric:
    """What a mistake costs; see the module for the fields.

    Attributes:
        method: "deduct" or "chords".
        total: the most that can be had; 0 with "chords": as many as there are.
        rounding: the score is a multiple of this; 0: as it is.
        by_severity: points a mistake.
        by_rule: points a mistake, before ``by_severity``.
        caps: the most a rule may take, by code; "each_rule" for any rule, "mistakes" for all together.
        penalties: by the field of ``[completeness]``.
        faults: codes by the field of ``[chords]``.
    """

    method: str = "deduct"
    total: float = 20.0
    rounding: float = 0.5
    by_severity: Mapping[str, float] = field(default_factory=lambda: dict(_SEVERITIES))
    by_rule: Mapping[str, float] = field(default_factory=dict)
    caps: Mapping[str, float] = field(default_factory=dict)
    penalties: Mapping[str, float] = field(default_factory=lambda: dict(_PENALTIES))
    faults: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def points(self, finding: Finding) -> float:
        """Return what a mistake takes, before any cap."""
        return self.by_rule.get(finding.code, self.by_severity[finding.severity.label])

    def cap(self, code: str) -> float:
        """Return the most that a rule may take."""
        return self.caps.get(code, self.caps.get("each_rule", math.inf))

    def rounded(self, score: float) -> float:
        """Return a score rounded as the rubric says, halves upwards."""
        if not self.rounding:
            return round(score, 4)
        return round(math.floor(score / self.rounding + 0.5 + 1e-9) * self.rounding, 4)


def presets() -> tuple[str, ...]:
    """Return the names of the presets that ship."""
    return tuple(sorted(path.stem for path in _folder().glob("*.toml")))


def _folder() -> Path:
    return assets.folder("levels") / "assignments" / "presets"


def with_preset(values: dict[str, Any]) -> dict[str, Any]:
    """Return an assignment's values, laid over those of the preset that it names, if any.

    Raises:
        InputError: there is no such preset.
    """
    name = values.get("preset")
    if name is None:
        return values
    if name not in presets():
        raise unknown("preset", str(name), presets())
    base = tomllib.loads((_folder() / f"{name}.toml").read_text(encoding="utf-8"))
    merged = _laid_over(base, {key: value for key, value in values.items() if key != "preset"})
    return {key: value for key, value in merged.items() if key != "about"}


def _laid_over(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        below = base.get(key)
        merged[key] = _laid_over(below, value) if isinstance(value, dict) and isinstance(below, dict) else value
    return merged


def rubric(table: Table) -> Rubric:
    """Return the rubric of an assignment; its tables are taken from ``table``.

    Raises:
        InputError: a field is unknown, of the wrong kind or out of range; the message names it.
    """
    points, penalties, faults = table.table("points"), table.table("completeness"), table.table("chords")
    method = points.text("method", default="deduct")
    if method not in METHODS:
        raise unknown("points.method", method, METHODS)
    made = Rubric(
        method=method,
        total=points.number("total", 20.0 if method == "deduct" else 0.0),
        rounding=points.number("round", 0.5, most=10),
        by_severity={
            severity.label: points.number(severity.label, _SEVERITIES[severity.label]) for severity in Severity
        },
        by_rule=_by_code(points.table("rules"), ()),
        caps=_by_code(points.table("caps"), ("each_rule", "mistakes")),
        penalties={name: penalties.number(name, usual) for name, usual in _PENALTIES.items()},
        faults={name: faults.names(name, RULES, "rule") for name in _FAULTS},
    )
    for each in (points, penalties, faults):
        each.finish()
    _check(made)
    return made


def _by_code(table: Table, more: tuple[str, ...]) -> dict[str, float]:
    return {code: table.number(code, 0.0) for code in table.entries((*more, *RULES), "rule")}


def _check(made: Rubric) -> None:
    if made.method == "deduct" and not made.total:
        raise InputError("points.total is 0: wanted the most points that can be had")
    if made.method == "chords" and not any(made.faults.values()):
        raise InputError('points.method is "chords", and [chords] names no rule: wanted lists such as grave = [...]')
