"""What theory says about notes: moments, keys, chords, cadences, rules, findings, measures.

analysis = analyze(score)            # chords, numerals, cadences
findings = check(score, profile("ap"))
"""

from chorale.theory.analysis import analyze
from chorale.theory.check import check, tally
from chorale.theory.finding import Finding, Severity
from chorale.theory.harmony import Analysis, Cadence, CadenceKind, Chord, Harmony, Quality, ToneKind
from chorale.theory.profiles import PROFILES, Profile, profile
from chorale.theory.rules import RULES, Rule
from chorale.theory.texture import Texture

__all__ = [
    "PROFILES",
    "RULES",
    "Analysis",
    "Cadence",
    "CadenceKind",
    "Chord",
    "Finding",
    "Harmony",
    "Profile",
    "Quality",
    "Rule",
    "Severity",
    "Texture",
    "ToneKind",
    "analyze",
    "check",
    "profile",
    "tally",
]
