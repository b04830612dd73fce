"""What explains a score: the rules as a student reads them, and the points chord by chord."""

import inspect
from collections.abc import Sequence

from chorale.app.marking.chords import Earned
from chorale.app.marking.pages.html import Child, Raw, element
from chorale.app.marking.pages.parts import number, table
from chorale.app.marking.scoring import Mark
from chorale.music import Score
from chorale.theory import RULES

__all__ = ["chord_table", "rules_section"]


def rules_section(codes: Sequence[str]) -> Raw | None:
    """Return the explanations of some rules, or None where there is none to explain."""
    if not codes:
        return None
    parts = [_rule(code) for code in codes]
    return element(
        "section", element("h2", "The rules, explained"), *parts, class_="rules", aria_label="The rules, explained"
    )


def _rule(code: str) -> Raw:
    rule = RULES[code]
    paragraphs = [" ".join(part.split()) for part in inspect.cleandoc(rule.explanation).split("\n\n")]
    told = [element("p", part) for part in paragraphs if part]
    rate = element("p", f"{rule.rate.rstrip('.')}.", class_="note") if rule.rate else None
    return element("div", element("h3", rule.title), *told, rate, class_="rule", id=code)


def chord_table(mark: Mark, score: Score) -> Raw:
    """Return what every chord and every connection earned, folded away until it is asked for."""
    rows = [_chord_row(each, mark, score) for each in mark.chords]
    heads = ("Chord", "Points", "Connection to it", "Why")
    listing = element("div", table(heads, rows, class_="why"), class_="scroll")
    return element("details", element("summary", "Chord by chord"), listing, class_="card")


def _chord_row(earned: Earned, mark: Mark, score: Score) -> Sequence[Child]:
    why = "; ".join(dict.fromkeys(RULES[mark.findings[index].code].title for index in earned.causes))
    if not earned.is_chord and not why:
        why = "fewer than three voices"
    return (
        str(score.place(earned.step)),
        _of(earned.chord, earned.chord_most) or "given",
        _of(earned.connection, earned.connection_most),
        why,
    )


def _of(points: float, most: float) -> str:
    return f"{number(points)} of {number(most)}" if most else ""
