"""The generator itself: seeded, one mistake where there was none, and every rule's kind among them."""

import pytest

from chorale.theory import RULES
from tests.theory.planting.kinds import KINDS
from tests.theory.planting.reading import Reading

NOT_PLANTED = {
    "cadence",  # a label, no mistake
    "leading-tone-inner",  # reported beside planted ones, and held against the oracle there
    "omitted-root",  # likewise: without its root a chord is mostly another chord
}


def test_every_rule_has_a_kind_of_planted_mistake():
    assert {code for kind in KINDS.values() for code in kind.codes} == set(RULES) - NOT_PLANTED


@pytest.mark.parametrize("name", ["parallel fifths", "unresolved seventh"])
def test_the_same_seed_plants_the_same_mistakes(little_garden, name):
    first, second = (little_garden.plant(name, 4, seed=5) for _ in range(2))
    assert [one.after for one in first] == [one.after for one in second]
    assert [one.after for one in first] != [one.after for one in little_garden.plant(name, 4, seed=6)]


@pytest.mark.parametrize("name", KINDS)
def test_a_phrase_has_a_mistake_only_after_it_is_planted(little_garden, name):
    for one in little_garden.plant(name, 2, seed=3):
        assert not KINDS[name].find(Reading(one.before))
        assert KINDS[name].find(Reading(one.after)) == set(one.spots)
        changed = {(edit.tone.voice, step) for edit in one.edits for step in range(edit.tone.start, edit.tone.end)}
        differ = zip(*(one.before.chorale.pitches != one.after.chorale.pitches).nonzero(), strict=True)
        assert {(int(voice), int(step)) for step, voice in differ} <= changed
