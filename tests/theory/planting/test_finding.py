"""Planted mistakes are found, and nothing is found with them that is not there.

pytest -m acceptance tests/theory/planting -s      plants a hundred of each kind
"""

import pytest

from tests.theory.planting.examining import examine
from tests.theory.planting.kinds import KINDS


@pytest.mark.parametrize("name", KINDS)
def test_a_few_planted_mistakes_are_found_and_nothing_is_made_up(little_garden, name):
    examined = examine(little_garden.plant(name, 3, seed=2))
    assert examined.planted
    assert not examined.missed
    assert not examined.untrue


@pytest.mark.acceptance
@pytest.mark.parametrize("name", KINDS)
def test_a_hundred_planted_mistakes_are_found_and_nothing_is_made_up(garden, name):
    examined = examine(garden.plant(name, 100))
    print(f"\n{name}: {examined.planted} planted, {examined.planted - len(examined.missed)} found, {examined.new} new")
    assert examined.planted == 100
    assert not examined.missed
    assert not examined.untrue
