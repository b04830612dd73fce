"""The rules of part-writing, one function each; ``RULES`` has them by their codes, in the order of the table."""

from chorale.theory.rules import chords, direct, doubling, leaps, motion, parallels, ranges, spacing, tendency
from chorale.theory.rules.base import RULES, Context, Hit, Rule
from chorale.theory.rules.wording import NAMINGS, Wording, naming

for _rule in sorted(RULES.values(), key=lambda entered: entered.number):
    RULES[_rule.code] = RULES.pop(_rule.code)

__all__ = [
    "NAMINGS",
    "RULES",
    "Context",
    "Hit",
    "Rule",
    "Wording",
    "chords",
    "direct",
    "doubling",
    "leaps",
    "motion",
    "naming",
    "parallels",
    "ranges",
    "spacing",
    "tendency",
]
