"""The rules as a student reads them: why there is one, and what Bach does."""

import inspect
from collections.abc import Sequence

from chorale.app.marking.pages.html import Raw, element
from chorale.theory import RULES

__all__ = ["rules_section"]


def rules_section(codes: Sequence[str]) -> Raw | None:
    """Return the explanations of some rules, or None where there is none to explain."""
    if not codes:
        return None
    parts = [_rule(code) for code in codes]
    return element("section", element("h2", "The rules, explained"), *parts, aria_label="The rules, explained")


def _rule(code: str) -> Raw:
    rule = RULES[code]
    paragraphs = [" ".join(part.split()) for part in inspect.cleandoc(rule.explanation).split("\n\n")]
    told = [element("p", part) for part in paragraphs if part]
    rate = element("p", f"{rule.rate.rstrip('.')}.", class_="note") if rule.rate else None
    return element("div", element("h3", rule.title), *told, rate, class_="rule", id=code)
