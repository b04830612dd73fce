"""The rules of part-writing, one function each; ``RULES`` has them by their codes."""

from chorale.theory.rules import parallels
from chorale.theory.rules.base import RULES, Context, Hit, Rule

__all__ = ["RULES", "Context", "Hit", "Rule", "parallels"]
