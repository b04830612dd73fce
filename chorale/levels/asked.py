"""Goals as level files ask for them: the tables ``[[goals]]``.

    [[goals]]
    rule = "parallel-fifths"      # or rules = ["...", "..."], or rules = "profile": all that the profile has
    weight = 15                   # points a fault; left out, a rule's by its severity, a predicate's 10
    cap = 30                      # the most it takes; left out, 30 for every rule, no cap for a predicate
    required = true

    [[goals]]
    check = "cadence"             # a predicate, see chorale.levels.goals
    is = "PAC"

Every level asks without saying so that given notes are kept and gaps are filled (``kept``, ``filled``), both required.
"""

import math

from chorale.errors import InputError
from chorale.levels.fields import Table, unknown
from chorale.levels.goals import PREDICATES, Goal
from chorale.levels.places import read_step, read_voices
from chorale.levels.staff import Staff
from chorale.music import Key
from chorale.theory import RULES, Profile

__all__ = ["read_goals"]

_RULE_CAP = 30.0
_WEIGHT = 10.0
_IMPLIED = ("kept", "filled")
_OWN = ("voices", "at", "is", "least", "most")


def read_goals(table: Table, staff: Staff, profile: Profile) -> tuple[Goal, ...]:
    """Return a level's goals, those that every level has first.

    Raises:
        InputError: there are none, or one of them cannot be read; the message names the field.
    """
    tables = table.tables("goals")
    if not tables:
        raise InputError("goals is missing: wanted at least one goal, each in [[goals]]")
    made = tuple(_goal(each, staff, profile) for each in tables)
    implied = tuple(_implied(name) for name in _IMPLIED if all(goal.check != name for goal in made))
    named = tuple(code for goal in made if goal.name != "profile" for code in goal.rules)
    return implied + tuple(_without(goal, named) for goal in made)


def _implied(name: str) -> Goal:
    return Goal(name, name, (), PREDICATES[name].title, weight=_WEIGHT, required=True)


def _without(goal: Goal, named: tuple[str, ...]) -> Goal:
    """Return "profile" without the rules that other goals name."""
    if goal.name != "profile":
        return goal
    rest = tuple(code for code in goal.rules if code not in named)
    return Goal(goal.name, "", rest, goal.title, goal.weight, goal.cap, goal.required, goal.voices)


def _goal(table: Table, staff: Staff, profile: Profile) -> Goal:
    made = _of_rules(table, profile) if "rule" in table or "rules" in table else _of_predicate(table, staff)
    table.finish()
    return made


def _of_rules(table: Table, profile: Profile) -> Goal:
    usual, codes = _codes(table, profile)
    return Goal(
        name=table.text("name", default=usual),
        check="",
        rules=codes,
        title=table.text("title", default=RULES[codes[0]].title if len(codes) == 1 else "Good part-writing"),
        weight=table.number("weight", _WEIGHT, most=100) if "weight" in table else None,
        cap=table.number("cap", _RULE_CAP, most=100),
        required=table.yes("required"),
        voices=table.read("voices", read_voices, "letters of voices") if "voices" in table else (),
    )


def _codes(table: Table, profile: Profile) -> tuple[str, tuple[str, ...]]:
    """Return what the goal is called, and its rules."""
    asked = (*(table.texts("rule")), *(table.texts("rules", "rule")))
    if asked == ("profile",):
        return "profile", tuple(rule.code for rule in RULES.values() if profile.severity(rule.code, rule.severity))
    for code in asked:
        if code not in RULES:
            raise unknown(f"{table.path('rules')}: rule", code, RULES)
    if not asked:
        raise InputError(f"{table.path('rules')} is empty: wanted rules such as parallel-fifths, or profile")
    return asked[0], asked


def _of_predicate(table: Table, staff: Staff) -> Goal:
    check = table.text("check", "a predicate, or rule = a rule's code")
    if check not in PREDICATES:
        raise unknown(table.path("check"), check, PREDICATES)
    predicate = PREDICATES[check]
    _check_fields(table, check)
    return Goal(
        name=table.text("name", default=check),
        check=check,
        rules=(),
        title=table.text("title", default=predicate.title),
        weight=table.number("weight", _WEIGHT, most=100),
        cap=table.number("cap", 100.0, most=100) if "cap" in table else math.inf,
        required=table.yes("required"),
        voices=table.read("voices", read_voices, "letters of voices") if "voices" in table else (),
        at=table.read("at", lambda text: read_step(text, staff.score), "a place") if "at" in table else None,
        wants=_wants(table, check, staff.score.key),
        least=table.number("least", 0.0, least=-100) if "least" in table else None,
        most=table.number("most", 0.0) if "most" in table else None,
    )


def _wants(table: Table, check: str, key: Key) -> tuple[str, ...]:
    """Return what is wanted, of the words that the predicate knows."""
    asked, predicate = table.texts("is"), PREDICATES[check]
    for word in asked:
        if predicate.words and word not in predicate.words:
            raise unknown(table.path("is"), word, predicate.words)
        try:
            predicate.reads(word, key)
        except InputError as error:
            raise InputError(f"{table.path('is')}: {error}") from None
    return asked


def _check_fields(table: Table, check: str) -> None:
    """Complain of a field that the predicate needs and has not, or has and does not understand."""
    takes = PREDICATES[check].takes
    for name in _OWN:
        if name in table and name not in takes:
            raise InputError(f"{table.path(name)}: {check} has no such field; it has {', '.join(takes) or 'none'}")
        if name not in table and takes.get(name, False):
            raise InputError(f"{table.path(name)} is missing: {check} wants it")
