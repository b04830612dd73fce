'''Assignments: what a class was asked to write, and how it is marked, as a TOML file.

    title = "Harmonize the first line of Old Hundredth"
    key = "G major"
    meter = "4/4"
    pickup = "1/4"
    profile = "textbook"

    [given]
    soprano = """
    g4:4 | g4 f4 e4 d4 | g4 a4 b4^ b4 |
    """

Fields
    title       as printed on every page
    key, meter  "G major", "3/4"; left out: as the file of the given voice has them
    pickup      the upbeat as a part of a whole note: "1/4"; may be left out
    bars        how many whole bars are asked for; left out: as many as are given
    profile     which rules: "textbook" (default), "ap" or "bach"
    preset      whose points and rules apply where the file says nothing itself: see ``chorale.app.marking.rubric``
    names       how notes are called: "english" (default), "german" or "fixed-do"
    suggestions whether a page says what could stand there instead (false): it takes nearly as long again
    tempo       quarter notes a minute; only the pages' pictures and files show it

[given]     the voices that stand there already: soprano, alto, tenor, bass, each as ``chorale.levels.notation``
            describes; or ``file``, a score beside the assignment, ``voices`` (which of its voices are given, "S") and
            ``excerpt`` (its bars: "1-8"); at least one. A rest in a given voice is given too.
[locked]    single notes of other voices that must stand: the same notation, and a rest leaves its place free
[ranges]    soprano = "C4-A5" and so on, where they are not the profile's
[severity]  by the rule's code: "error", "warning", "hint" or "off"
[points], [completeness], [chords]    what a mistake costs: see ``chorale.app.marking.rubric``
'''

import hashlib
import json
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from chorale.app.marking import given
from chorale.app.marking.rubric import Rubric, rubric, with_preset
from chorale.errors import InputError
from chorale.levels.fields import Table, unknown
from chorale.levels.notation import pickup_steps
from chorale.music import VOICES, BoolArray, Key, Meter, Score
from chorale.theory import PROFILES, RULES, Profile, Severity, profile
from chorale.theory.profiles import parse_range
from chorale.theory.rules import NAMINGS

__all__ = ["Assignment", "read"]

_LARGEST = 200_000  # bytes; an assignment has a few thousand
_LABELS = ("cadence",)  # what the rules name rather than blame: the pictures name it too
_STRICTNESS: dict[str, Severity | None] = {**{severity.label: severity for severity in Severity}, "off": None}


@dataclass(frozen=True, eq=False)
class Assignment:
    """What was asked.

    Attributes:
        title: as printed.
        score: the given and the locked notes, the rest silent.
        fixed: (T, 4) bool, the cells that were given or locked.
        voices: those given as a whole.
        bars: whole bars asked for.
        profile: which rules.
        rubric: what a mistake costs.
        names: the style of note names.
        suggestions: whether to look for what could stand in the place of the gravest mistake.
        digest: changes when anything of the assignment does, its given file too.
        files: the assignment's own, which are no hand-ins.
    """

    title: str
    score: Score
    fixed: BoolArray
    voices: tuple[int, ...]
    bars: int
    profile: Profile
    rubric: Rubric
    names: str
    suggestions: bool
    digest: str
    files: tuple[Path, ...]


def read(path: Path) -> Assignment:
    """Read an assignment.

    Raises:
        InputError: it cannot be read, or a field is missing, unknown, of the wrong kind or out of range; one line
            names the field, what was seen and what was wanted.
    """
    data = _bytes(path)
    try:
        values = tomllib.loads(data.decode("utf-8-sig"))
    except ValueError as error:  # of UTF-8 or of TOML
        raise InputError(f"{path}: {error}") from None
    try:
        return _assignment(with_preset(values), path)
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise InputError(f"cannot read the assignment {path}: {(error.strerror or str(error)).lower()}") from error
    if len(data) > _LARGEST:
        raise InputError(f"{path} is larger than {_LARGEST // 1000} kB: wanted an assignment, and they are small")
    return data


def _assignment(values: dict[str, Any], path: Path) -> Assignment:
    table = Table(values)
    title = table.text("title", "the assignment's title")
    found = given.read(table, _frame(table), path.parent)
    bars = table.whole("bars", _whole_bars(found.score), least=1, most=500)
    chosen = _profile(table)
    costs = rubric(table)
    names = table.text("names", default="english")
    if names not in NAMINGS:
        raise unknown("names", names, NAMINGS)
    suggestions = table.yes("suggestions")
    table.finish()
    return Assignment(
        title=title,
        score=found.score.replace(title=title),
        fixed=found.fixed,
        voices=found.voices,
        bars=bars,
        profile=chosen,
        rubric=costs,
        names=names,
        suggestions=suggestions,
        digest=hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode() + found.source).hexdigest(),
        files=(path, *found.files),
    )


def _frame(table: Table) -> given.Frame:
    return given.Frame(
        key=table.read("key", Key.parse, "a key such as G major") if "key" in table else None,
        meter=table.read("meter", Meter.parse, "a meter such as 3/4") if "meter" in table else None,
        pickup=table.read("pickup", pickup_steps, "a part of a whole note such as 1/4") if "pickup" in table else None,
        qpm=table.number("tempo", 84.0, least=10, most=400),
    )


def _whole_bars(score: Score) -> int:
    return len(score.bars) - (1 if score.pickup else 0)


def _profile(table: Table) -> Profile:
    name = table.text("profile", default="textbook")
    if name not in PROFILES:
        raise unknown("profile", name, PROFILES)
    base = profile(name)
    severities, ranges = table.table("severity"), table.table("ranges")
    changed = {code: _severity(severities, code) for code in severities.entries(RULES, "rule")}
    wanted = [_range(ranges, voice.label.lower(), base.ranges[voice]) for voice in VOICES]
    ranges.finish()
    labels = dict.fromkeys(_LABELS, None)
    return replace(base, severities={**base.severities, **labels, **changed}, ranges=tuple(wanted))


def _severity(table: Table, code: str) -> Severity | None:
    word = table.text(code)
    if word not in _STRICTNESS:
        raise InputError(f"{table.path(code)} is {word!r}: wanted error, warning, hint or off")
    return _STRICTNESS[word]


def _range(table: Table, voice: str, usual: tuple[int, int]) -> tuple[int, int]:
    if voice not in table:
        return usual
    return table.read(voice, parse_range, "a lowest and a highest note such as C4-A5")
