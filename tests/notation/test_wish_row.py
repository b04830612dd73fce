"""The row of chords that are asked for."""

from itertools import pairwise

import numpy as np
import pytest

from chorale.app import edits
from chorale.music import Chorale
from chorale.notation import Options, Rows, lay_out
from chorale.notation.primitives import Role, Stroke, Text, box_of


def page(score, **rows):
    return lay_out(score, Options(rows=Rows(None, False, False, False, score.chords, **rows)))


def frames(laid_out):
    return [box_of(item) for item in laid_out.items if isinstance(item, Stroke) and item.mark.role is Role.CADENCE]


@pytest.fixture
def melody():
    """Two bars of quarters, a bar of one whole note, an empty bar."""
    pitches = np.full((64, 4), -1)
    pitches[:48, 0] = 72
    onsets = np.zeros((64, 4), bool)
    onsets[0:36:4, 0] = True
    return edits.empty(4).replace(chorale=Chorale(pitches, onsets))


def test_each_label_stands_under_its_beat_below_the_staves_and_apart_from_the_others(melody):
    asked = edits.ask_chords(melody, "1.1=I 1.2=viio4/3/V 1.3=D7/F# 1.4=bII6 2.1=V")
    shown = page(asked)
    found = frames(shown)
    assert len(found) == 5
    for (step, _), box in zip(asked.chords, found, strict=True):
        assert box.left < shown.x_of(step) < box.right
        assert box.top > shown.systems[0].staves[-1] + 4
    assert all(one.right < other.left for one, other in pairwise(found))
    assert len({box.bottom for box in found}) == 1


def test_beats_without_a_note_of_their_own_have_their_places_too(melody):
    shown = page(edits.ask_chords(melody, "3.1-3.4=I 4.1=V 4.3=I"))
    found = frames(shown)
    assert len(found) == 6
    assert all(one.right < other.left for one, other in pairwise(found))


def test_a_score_that_asks_for_nothing_keeps_no_room(melody):
    assert page(melody).height == lay_out(melody).height
    assert page(edits.ask_chord(melody, 0, "I")).height > page(melody).height


def test_letters_and_figures_are_those_of_the_numerals(melody):
    shown = page(edits.ask_chord(melody, 0, "viio6/5/V"))
    words = [item.text for item in shown.items if isinstance(item, Text) and item.mark.role is Role.NUMERAL]
    assert words == ["vii", "o", "6", "5", "/", "V"]
    assert {item.mark.says for item in shown.items if item.mark.role is Role.NUMERAL} == {"viio6/5/V is asked for"}


def test_a_name_that_is_no_chord_is_shown_as_it_is(melody):
    shown = page(melody.replace(chords=((0, "what?"),)))
    assert any(isinstance(item, Text) and item.text == "what?" for item in shown.items)
