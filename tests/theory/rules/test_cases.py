"""Every rule on the passing and failing examples of its data file."""

import pytest

from chorale.theory import RULES, check
from tests.theory.rules.reading import CASES, cases

ALL = [case for code in RULES for case in cases(code)]


@pytest.mark.parametrize("case", ALL, ids=str)
def test_a_rule_finds_what_its_cases_say(case):
    findings = check(case.score, codes={case.code}, analyze=case.analyze)
    messages = [finding.message for finding in findings]
    assert len(messages) == (case.times if case.fails else 0), messages
    if case.fails:
        assert any(case.says in message for message in messages), messages


@pytest.mark.parametrize("code", RULES)
def test_every_rule_has_two_failing_and_three_passing_cases(code):
    fails = [case for case in cases(code) if case.fails]
    assert len(fails) >= 2, f"{code} has {len(fails)} failing cases"
    assert len(cases(code)) - len(fails) >= 3, f"{code} has {len(cases(code)) - len(fails)} passing cases"


def test_every_file_of_cases_is_a_rules():
    assert {path.stem for path in CASES.iterdir()} == set(RULES)


@pytest.mark.parametrize("case", [case for case in ALL if case.fails], ids=str)
def test_a_finding_marks_sounding_notes_of_its_voices_between_its_moments(case):
    for finding in check(case.score, codes={case.code}, analyze=case.analyze):
        onsets = case.score.chorale.onsets
        assert finding.notes
        assert all(onsets[step, voice] and voice in finding.voices for voice, step in finding.notes)
        assert 0 <= finding.start <= finding.end < case.score.steps
        assert finding.voices == tuple(sorted(finding.voices))
