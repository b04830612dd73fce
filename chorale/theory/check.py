"""Check a score against the rules.

findings = check(score, profile("textbook"))
counted = tally(score, profile("ap"), analyze=lambda _: analysis)    # how often each rule is broken: for candidates
"""

from collections.abc import Callable, Collection, Iterator

from chorale.music import Score
from chorale.theory.analysis import analyze
from chorale.theory.finding import Finding
from chorale.theory.harmony import Analysis
from chorale.theory.profiles import PROFILES, Profile
from chorale.theory.rules import RULES, Context, Rule, Wording, naming

__all__ = ["check", "tally"]

Analyze = Callable[[Score], Analysis]


def check(
    score: Score,
    profile: Profile = PROFILES["textbook"],
    *,
    analyze: Analyze = analyze,
    codes: Collection[str] | None = None,
    names: str = "english",
) -> tuple[Finding, ...]:
    """Return everything the rules find, by time, then gravest first.

    Args:
        score: of any number of sounding voices; rules that need more of them find nothing.
        profile: which rules, how grave, and the ranges.
        analyze: gives the analysis where a rule needs chords; pass ``lambda _: analysis`` to reuse one, also one of
            a score that differs in a few notes.
        codes: only these rules, even those that the profile leaves out; None: all that the profile has.
        names: the style of note names in messages, one of ``rules.NAMINGS``.

    Raises:
        InputError: there are no such note names.
    """
    context = Context(score, profile, analyze, Wording(score, naming(names)))
    found = [finding for rule in _asked(profile, codes) for finding in _findings(rule, context)]
    return tuple(sorted(found, key=lambda finding: (finding.start, -finding.severity, finding.code, finding.voices)))


def tally(
    score: Score,
    profile: Profile = PROFILES["textbook"],
    *,
    analyze: Analyze = analyze,
    codes: Collection[str] | None = None,
) -> dict[str, int]:
    """Return how often each rule is broken, by code, rules without a finding left out (arguments as in ``check``)."""
    context = Context(score, profile, analyze, Wording(score))
    counts = {rule.code: sum(1 for _ in rule.find(context)) for rule in _asked(profile, codes)}
    return {code: count for code, count in counts.items() if count}


def _asked(profile: Profile, codes: Collection[str] | None) -> Iterator[Rule]:
    for rule in RULES.values():
        if rule.code in codes if codes is not None else profile.severity(rule.code, rule.severity) is not None:
            yield rule


def _findings(rule: Rule, context: Context) -> Iterator[Finding]:
    profiled = context.profile.severity(rule.code, rule.severity)
    severity = rule.severity if profiled is None else profiled
    for hit in rule.find(context):
        yield Finding(rule.code, severity, hit.voices, hit.start, hit.end, hit.notes, hit.message, rule.rate)
