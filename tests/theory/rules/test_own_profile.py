"""Profiles of one's own."""

import tomllib

import pytest

from chorale.errors import InputError
from chorale.music import Pitch
from chorale.theory import PROFILES, Severity, check, own_profile
from tests.theory.rules.reading import read_score

FIFTHS = "A: g4:2 a4\nT: c4:2 d4"


def test_nothing_said_is_the_textbook():
    assert own_profile({}) == PROFILES["textbook"]


def test_a_table_changes_severities_and_ranges():
    text = """
    profile = "bach"
    severity = { parallel-fifths = "hint", overlap = "error", crossing = "off" }
    ranges = { soprano = "A3-A5" }
    """
    own = own_profile(tomllib.loads(text))
    assert own.severity("parallel-fifths", Severity.ERROR) is Severity.HINT
    assert own.severity("overlap", Severity.HINT) is Severity.ERROR
    assert own.severity("crossing", Severity.WARNING) is None
    assert own.ranges[0] == (Pitch.parse("A3").midi, Pitch.parse("A5").midi)
    assert own.ranges[1:] == PROFILES["bach"].ranges[1:]
    assert [finding.severity for finding in check(read_score(FIFTHS), own)] == [Severity.HINT]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"profile": "schenker"}, "profile 'schenker': wanted one of textbook, ap, bach"),
        ({"profile": 3}, "profile is 3: wanted a text"),
        ({"severities": {}}, "profile entry 'severities': wanted one of profile, severity, ranges"),
        ({"severity": {"fifths": "error"}}, "rule 'fifths': wanted one of range, spacing"),
        ({"severity": {"overlap": "mild"}}, "severity of overlap is 'mild': wanted one of hint, warning, error, off"),
        ({"severity": ["overlap"]}, r"severity is \['overlap'\]: wanted a table"),
        ({"ranges": {"treble": "C4-A5"}}, "voice 'treble': wanted one of soprano, alto, tenor, bass"),
        ({"ranges": {"bass": "C4"}}, "range of the bass is 'C4': wanted a lowest and a highest note such as C4-A5"),
        ({"ranges": {"bass": "C4-E2"}}, "range of the bass is 'C4-E2'"),
        ({"ranges": {"bass": [36, 60]}}, "range of the bass is"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_was_wanted(values, message):
    with pytest.raises(InputError, match=message):
        own_profile(values)
