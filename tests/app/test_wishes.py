"""Chords that are asked for, on their way to the harmonizer and back."""

import numpy as np

from chorale.app import Request, edits
from chorale.app.harmonizing import answered, writable
from chorale.app.wishes import refusal, wishes
from chorale.models.base import Harmonization
from chorale.music import Chorale, Meter


def test_a_chord_lasts_a_beat_or_until_the_next_one(score):
    asked = edits.ask_chords(score, "1.1=I 1.2=V6/5 4.4=V").replace(chords=((0, "I"), (2, "V6/5"), (60, "V")))
    (first, second, last), unread = wishes(asked)
    assert [(wish.start, wish.end) for wish in (first, second, last)] == [(0, 2), (2, 6), (60, 64)]
    assert (second.classes, second.bass, second.name) == ({2, 6, 9, 0}, 6, "V6/5")  # in G major
    assert unread == ()


def test_a_beat_of_six_eight_is_three_eighths():
    (wish,), _ = wishes(edits.ask_chord(edits.empty(1, Meter(6, 8)), 6, "V"))
    assert (wish.start, wish.end) == (6, 12)


def test_a_name_that_is_no_chord_is_told_with_its_place(score):
    asked, unread = wishes(score.replace(chords=((4, "V9"),)))
    assert asked == ()
    assert unread[0].startswith("bar 1, beat 2: chord 'V9'")


def test_a_chord_that_the_soprano_forbids_is_told_with_place_note_and_chord(score):
    mask = writable(score, Request())
    for name, told in (("V7", "V7 at bar 1, beat 1 cannot be: the soprano has G there"), ("I6", None)):
        assert refusal(edits.ask_chord(score, 0, name), mask, 0) == told


def test_a_chord_that_a_given_bass_contradicts_is_told(score):
    given = edits.place(score, 3, 0, 4, 43)
    mask = writable(given, Request(keep=frozenset({0, 3})))
    assert "the bass has G there" in refusal(edits.ask_chord(given, 0, "I6"), mask, 0)
    assert refusal(edits.ask_chord(given, 0, "I"), mask, 0) is None


def test_the_harmonizer_gets_the_wishes_and_the_ornament(studio, chords, score):
    studio.edit("Write", lambda _: edits.ask_chord(score, 0, "I6"))
    studio.harmonize(Request(ornament=-0.5)).join()
    studio.poll()
    assert chords.asked["ornament"] == -0.5
    assert [wish.name for wish in chords.asked["chords"]] == ["I6"]


def test_asking_for_another_chord_stops_a_harmonize_that_runs(studio, score):
    studio.edit("Write", lambda _: score)
    job = studio.harmonize()
    studio.edit("Ask for V", lambda each: edits.ask_chord(each, 16, "V"))
    assert job.cancelling
    assert studio.harmonizing is None


def test_what_is_written_for_a_chord_is_spelled_as_the_chord(score):
    asked = edits.ask_chord(edits.delete(score, edits.Selection.all_of(score)), 0, "N6")  # A flat in G major
    pitches = np.array(asked.chorale.pitches)
    pitches[:8, 1:] = (68, 60, 51)
    onsets = pitches != -1
    onsets[1:] = False
    onsets[4, 1:] = True
    answer = Harmonization(asked.replace(chorale=Chorale(pitches, onsets), spelling=None), 0, 0.0)
    done = answered(asked, np.ones_like(onsets), answer)
    assert [str(done.pitch_at(0, voice)) for voice in (1, 2, 3)] == ["Ab4", "C4", "Eb3"]
    assert [str(done.pitch_at(4, voice)) for voice in (1, 2, 3)] == ["G#4", "C4", "D#3"]  # another beat: the key's way
