"""Profiles and ranges."""

import pytest

from chorale.errors import InputError
from chorale.theory import PROFILES, profile
from chorale.theory.profiles import parse_range


def test_a_range_is_read_from_two_notes():
    assert parse_range("C2-D4") == (36, 62)


@pytest.mark.parametrize("text", ["C4", "C4-E2", "", "C4-H5", "C4-E5-G5"])
def test_what_is_no_range_is_refused(text):
    with pytest.raises(InputError, match="wanted a lowest and a highest note such as C4-A5"):
        parse_range(text)


def test_bachs_basses_go_lower_than_a_textbook_lets_them():
    assert profile("bach").ranges[3] == parse_range("C2-D4")
    assert PROFILES["textbook"].ranges[3][0] > PROFILES["bach"].ranges[3][0]


def test_an_unknown_profile_is_refused_with_the_names_there_are():
    with pytest.raises(InputError, match="profile 'schenker': wanted one of textbook, ap, bach"):
        profile("schenker")
