"""Which chords have a leading tone that rules may speak of."""

from chorale.music import Key
from chorale.theory.harmony import Chord, Harmony, Quality
from chorale.theory.rules.chord_tones import _leading_tones

G_MAJOR, C_MAJOR, B = Key(1), Key(0), 5
TONIC, SUBDOMINANT = Chord(1, Quality.MAJOR, 1), Chord(0, Quality.MAJOR, 0)
INVERTED, SEVENTH = Chord(1, Quality.MAJOR, 5), Chord(1, Quality.DOMINANT_SEVENTH, 1)


def _harmonies(*named):
    return tuple(
        Harmony(4 * number, 4 * number + 4, chord, key, degree, "") for number, (chord, key, degree) in enumerate(named)
    )


def test_a_tonic_that_turns_into_a_dominant_leads_only_from_its_seventh_on():
    dominant = Harmony(0, 4, Chord(2, Quality.MAJOR, 2), G_MAJOR, "V", "")
    rest = _harmonies((TONIC, C_MAJOR, "V"), (INVERTED, C_MAJOR, "V"), (SEVENTH, C_MAJOR, "V"))
    assert _leading_tones((dominant, *rest)) == (6, None, None, B)


def test_a_dominant_that_turns_out_to_be_the_next_tonic_does_not_lead():
    named = ((SUBDOMINANT, C_MAJOR, "I"), (TONIC, C_MAJOR, "V"), (TONIC, G_MAJOR, "I"))
    assert _leading_tones(_harmonies(*named)) == (None, None, None)


def test_a_dominant_within_its_key_leads():
    assert _leading_tones(_harmonies((SUBDOMINANT, C_MAJOR, "I"), (TONIC, C_MAJOR, "V"))) == (None, B)
