"""What every rule must have, since it is read by students and named in files."""

import re

import pytest

from chorale.theory import PROFILES, RULES, Severity
from chorale.theory.rules import chords, direct, doubling, leaps, motion, parallels, ranges, spacing, tendency

MODULES = (chords, direct, doubling, leaps, motion, parallels, ranges, spacing, tendency)


def test_the_rules_cover_every_row_of_the_table_in_its_order():
    numbers = [rule.number for rule in RULES.values()]
    assert set(numbers) == set(range(1, 27))
    assert numbers == sorted(numbers)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_a_rule_has_a_code_a_title_and_a_rate(rule):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.code)
    assert RULES[rule.code] is rule
    assert rule.title[0].isupper()
    assert not rule.title.endswith(".")
    assert rule.rate.startswith("Bach: ")


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_a_student_reads_two_or_more_whole_sentences_without_line_breaks(rule):
    paragraphs = rule.explanation.split("\n\n")
    assert len(paragraphs) >= 2
    assert all(paragraph.endswith(".") and "\n" not in paragraph for paragraph in paragraphs)
    assert 80 < len(rule.explanation) < 600


def test_titles_and_explanations_differ_from_rule_to_rule():
    for texts in ([rule.title for rule in RULES.values()], [rule.explanation for rule in RULES.values()]):
        assert len(set(texts)) == len(texts)


def test_every_rule_is_a_function_of_a_module_of_its_subject():
    assert {rule.find.__module__ for rule in RULES.values()} == {module.__name__ for module in MODULES}


def test_profiles_speak_of_rules_that_there_are():
    for profile in PROFILES.values():
        assert set(profile.severities) <= set(RULES)


@pytest.mark.parametrize("name", PROFILES)
def test_every_profile_calls_parallels_errors_and_leaves_cadences_to_those_who_ask(name):
    severities = {code: PROFILES[name].severity(code, rule.severity) for code, rule in RULES.items()}
    assert severities["parallel-fifths"] is severities["parallel-octaves"] is Severity.ERROR
    assert severities["cadence"] is None
