"""The odds of chord progressions: whole, and in the proportions every textbook gives them."""

import numpy as np
import pytest

from chorale.theory.analysis.grammar import grammar
from chorale.theory.analysis.vocabulary import READINGS, VOCABULARY

MODES = ["major", "minor"]


def number(mode, label):
    return [one.label for one in VOCABULARY[mode]].index(label)


def odds(mode, first, second, part="after"):
    return getattr(grammar(mode), part)[number(mode, first), number(mode, second)]


@pytest.mark.parametrize("mode", MODES)
def test_every_chord_of_a_key_is_there_once_under_a_name_of_its_own(mode):
    numerals = VOCABULARY[mode]
    assert len({(one.root, one.quality) for one in numerals}) == len(numerals)
    assert len({one.label for one in numerals}) == len(numerals)
    assert {(one.root, one.quality) for one in READINGS[mode]} == {(one.root, one.quality) for one in numerals}


@pytest.mark.parametrize("mode", MODES)
def test_probabilities_add_up(mode):
    found = grammar(mode)
    assert np.exp(found.alone).sum() == pytest.approx(1)
    assert np.exp(found.after).sum(axis=1) == pytest.approx(1, abs=0.01)
    assert np.exp(found.opening).sum(axis=1) == pytest.approx(1, abs=0.01)
    assert np.isfinite(found.closing).all()


@pytest.mark.parametrize(
    ("mode", "likely", "unlikely"),
    [
        ("major", ("V7", "I"), ("V7", "IV")),
        ("major", ("ii7", "V"), ("ii7", "iii")),
        ("major", ("V7/V", "V"), ("V7/V", "IV")),
        ("major", ("V7", "vi"), ("V7", "ii")),
        ("minor", ("iiø7", "V"), ("iiø7", "III")),
        ("minor", ("Ger", "V"), ("Ger", "iv")),
        ("minor", ("viio7", "i"), ("viio7", "VI")),
    ],
)
def test_functions_go_where_they_go(mode, likely, unlikely):
    assert odds(mode, *likely) > odds(mode, *unlikely) + 1


@pytest.mark.parametrize(("mode", "tonic"), [("major", "I"), ("minor", "i"), ("minor", "I")])
def test_phrases_close_from_the_dominant_to_the_tonic(mode, tonic):
    assert odds(mode, "V7", tonic, "closing") > odds(mode, tonic, "V", "closing")
