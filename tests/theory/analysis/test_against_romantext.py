"""How far the analysis agrees with people's: ``pytest -m acceptance tests/theory/analysis -s`` prints the figures.

The weights were chosen on the odd-numbered references only, each half of them read with what was counted on the other;
the even-numbered ones were looked at, but nothing was fitted to them.

The misses, looked at one by one. Roots (a twentieth of the time): chords on weak beats or passing sixths that one ear
hears as chords and another as passing (half of them); V or vii, where the root comes late, as a suspension; I6/4 or V,
ii6/5 or IV, where the tones are the same; a few wrong notes in the corpus. Keys (an eighth): a phrase in the relative
minor or on ii that the reference hears in the major key, and where exactly a modulation begins; modal tunes (38.6,
65.2). Cadences: closes on IV reached through V7/IV, which we hear as closes in that key.
"""

from collections import Counter

import pytest

from chorale.theory import analyze
from chorale.training.romantext import references
from tests.theory.analysis.agreement import Agreement, agreement

pytestmark = pytest.mark.acceptance


@pytest.fixture(scope="module")
def measured(bach_chorales):
    """Return each reference with the agreement of our analysis."""
    return [(one, agreement(one, analyze(one.score))) for one in references(bach_chorales)]


@pytest.fixture(scope="module")
def whole(measured):
    total, odd, even = Agreement(), Agreement(), Agreement()
    lines = []
    for reference, found in measured:
        total.add(found)
        (odd if reference.number % 2 else even).add(found)
        lines.append(f"Riemenschneider {reference.number:2d} {reference.name:12s} {found}")
    lines += [f"odd numbers (the weights were tuned on them): {odd}", f"even numbers (they were not): {even}"]
    lines += [f"all: {total}", f"cadences missed (theirs, ours): {_missed(total)}"]
    print("", *lines, sep="\n")
    return total


def _missed(found):
    return ", ".join(
        f"{one} as {two} {count}" for (one, two), count in Counter(found.cadences).most_common() if one != two
    )


def test_every_reference_lies_on_its_own_score(measured):
    assert len(measured) == 20
    for reference, _ in measured:
        assert reference.agreement > 0.89, reference.name
        assert None not in reference.rows


def test_the_root_agrees_on_85_percent_of_the_duration(whole):
    assert whole.root >= 0.85


def test_the_local_key_agrees_on_80_percent_of_the_duration(whole):
    assert whole.key >= 0.80


def test_the_cadence_agrees_on_85_percent_of_the_fermatas(whole):
    assert whole.cadence >= 0.85
