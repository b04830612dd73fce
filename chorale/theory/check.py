"""Check a score against the rules.

findings = check(score, profile("textbook"))
"""

from collections.abc import Callable, Iterator

from chorale.music import Score
from chorale.theory.analysis import analyze
from chorale.theory.finding import Finding
from chorale.theory.harmony import Analysis
from chorale.theory.profiles import PROFILES, Profile
from chorale.theory.rules import RULES, Context, Rule

__all__ = ["check"]


def check(
    score: Score, profile: Profile = PROFILES["textbook"], *, analyze: Callable[[Score], Analysis] = analyze
) -> tuple[Finding, ...]:
    """Return everything the rules find, by time, then gravest first.

    Args:
        score: of any number of sounding voices; rules that need more of them find nothing.
        profile: which rules, how grave, and the ranges.
        analyze: gives the analysis where a rule needs chords; pass ``lambda _: analysis`` to reuse one.
    """
    context = Context(score, profile, analyze)
    found = [finding for rule in RULES.values() for finding in _findings(rule, context)]
    return tuple(sorted(found, key=lambda finding: (finding.start, -finding.severity, finding.code, finding.voices)))


def _findings(rule: Rule, context: Context) -> Iterator[Finding]:
    severity = context.profile.severities.get(rule.code, rule.severity)
    if severity is None:
        return
    for hit in rule.find(context):
        yield Finding(rule.code, severity, hit.voices, hit.start, hit.end, hit.notes, hit.message, rule.rate)
