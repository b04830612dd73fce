"""What the rules make of planted mistakes."""

from dataclasses import dataclass, field

from chorale.theory import check, profile
from tests.theory.planting.kinds import KINDS
from tests.theory.planting.reading import Reading
from tests.theory.planting.truth import is_true

PROFILE = profile("textbook")


@dataclass
class Examined:
    """What the rules made of the planted mistakes of a kind.

    Attributes:
        planted: how many there were.
        new: how many findings came with them.
        missed: those that the rules meant to find them did not find, in words.
        untrue: the new findings that the notes do not bear out, in words.
    """

    planted: int = 0
    new: int = 0
    missed: list[str] = field(default_factory=list)
    untrue: list[str] = field(default_factory=list)


def is_clean(score, codes):
    """Whether some rules find nothing in a score."""
    return not check(score, PROFILE, codes=codes)


def identity(finding):
    return finding.code, finding.voices, finding.start, finding.end


def new_findings(one):
    """Return what the rules find in the phrase with a planted mistake and not in the one without."""
    before = {identity(finding) for finding in check(one.before, PROFILE)}
    return [finding for finding in check(one.after, PROFILE) if identity(finding) not in before]


def target(one, findings):
    """Return the finding that a planted mistake is meant to give, or None."""
    meant = [finding for finding in findings if finding.code in KINDS[one.kind].codes]
    hits = [
        finding
        for finding in meant
        if any(spot.meets(finding.voices, finding.start, finding.end) for spot in one.spots)
    ]
    return hits[0] if hits else None


def examine(planted):
    """Check planted mistakes, and every new finding against the oracle."""
    examined = Examined()
    for one in planted:
        findings = new_findings(one)
        reading = Reading(one.after)
        examined.planted += 1
        examined.new += len(findings)
        if target(one, findings) is None:
            examined.missed.append(_described(one))
        wrong = [finding for finding in findings if not is_true(reading, finding)]
        examined.untrue += [f"{finding.code}: {finding.message} | {_described(one)}" for finding in wrong]
    return examined


def _described(one):
    edits = ", ".join(f"{'SATB'[edit.tone.voice]} {edit.tone.pitch} -> {edit.pitch}" for edit in one.edits)
    places = ", ".join(str(one.after.place(spot.start)) for spot in sorted(one.spots, key=lambda spot: spot.start))
    return f"{one.kind} in {one.before.title}: {edits}, at {places}"
