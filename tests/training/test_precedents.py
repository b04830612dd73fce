"""The makers of "show Bach": phrases, what shows a rule kept, the choice, the second edition, the files."""

import importlib
from collections import Counter

import numpy as np
import pytest

from chorale import assets
from chorale.errors import InputError
from chorale.levels import precedents
from chorale.music import Chorale, Key, Meter, Note, Pitch, Score, Voice
from chorale.theory import PROFILES, RULES, analyze
from chorale.theory.rules import Context, Hit, Wording
from chorale.training.precedents.choosing import Place, chosen
from chorale.training.precedents.phrases import phrases_of
from chorale.training.precedents.shows import SHOWS
from chorale.training.precedents.text import melody, toml
from chorale.training.precedents.witness import Witness

command = importlib.import_module("chorale.training.precedents.__main__")


def _score(*lines, fermatas=(), pickup=0):
    """Return four lines of quarters in C major."""
    voices = [[Note(4 * at, 4, Pitch.parse(name).midi) for at, name in enumerate(line.split())] for line in lines]
    return Score(
        Chorale.from_voices(voices, 4 * len(voices[0])),
        key=Key(0),
        meter=Meter(4, 4),
        pickup=pickup,
        fermatas=frozenset(fermatas),
    )


@pytest.fixture
def chorale():
    """Two phrases with a pickup: bars 0 to 1 and 1 to 3."""
    return _score(
        "C5 D5 E5 D5 C5 C5 B4 C5 B4 C5 C5 B4 C5",
        "G4 G4 G4 G4 E4 A4 G4 G4 G4 G4 A4 G4 G4",
        "E4 D4 C4 B3 G3 C4 D4 E4 D4 E4 F4 D4 E4",
        "C3 B2 C3 G2 C3 F3 G3 C3 G3 C3 F3 G3 C3",
        fermatas=(16, 48),
        pickup=4,
    )


def _context(score):
    return Context(score, PROFILES["textbook"], analyze, Wording(score))


def test_every_rule_that_can_be_kept_has_what_shows_it():
    assert set(SHOWS) == set(RULES) - {"cadence"}


def test_phrases_are_cut_at_fermatas_and_know_their_bars(chorale):
    first, second = phrases_of("bwv26.6", chorale)
    assert (first.source, second.source) == ("BWV 26/6, bars 0-1", "BWV 26/6, bars 2-3")
    assert (first.score.pickup, first.score.steps) == (4, 20)
    assert (second.start, second.score.pickup, second.score.fermatas) == (20, 0, frozenset({28}))
    assert (second.score.chorale.pitches == chorale.chorale.pitches[20:]).all()


def test_a_step_of_the_bass_against_a_fifth_shows_parallel_fifths_avoided():
    hits = list(SHOWS["parallel-fifths"](_context(_score("E5 D5", "C5 A4", "G4 F#4", "C3 D3"))))
    assert [hit.message for hit in hits] == ["The bass steps C to D; the tenor, a fifth above it, goes down, G to F#."]
    assert hits[0].notes == ((Voice.TENOR, 0), (Voice.BASS, 0), (Voice.TENOR, 4), (Voice.BASS, 4))
    assert not list(SHOWS["parallel-fifths"](_context(_score("E5 F#5", "C5 D5", "G4 A4", "C3 D3"))))


def test_a_leading_tone_that_rises_shows_its_rule_kept():
    hits = list(SHOWS["leading-tone"](_context(_score("C5 B4 C5", "G4 G4 G4", "E4 D4 E4", "C3 G3 C3"))))
    assert [hit.message for hit in hits] == ["The leading tone B in the soprano rises to C."]


def _place(phrase, distraction, start=0):
    return Place(phrase, Hit((Voice.BASS,), start, start, ((Voice.BASS, start),), "Remark."), distraction)


def test_the_clearest_places_are_chosen_one_a_chorale_and_used_ones_last(chorale):
    moved = chorale.replace(chorale=Chorale(np.where(chorale.chorale.pitches == 72, 71, chorale.chorale.pitches)))
    others = [next(phrases_of(name, score)) for name, score in (("bwv1", chorale), ("bwv2", moved), ("bwv3", chorale))]
    places = [_place(others[0], 5), _place(others[0], 1), _place(others[1], 3), _place(others[2], 4)]
    used = Counter()
    taken = chosen(places, used)
    assert [(place.phrase.name, place.distraction) for place in taken] == [("bwv1", 1), ("bwv2", 3)]
    assert used["bwv1", 0] == 1
    assert [place.phrase.name for place in chosen(places, used, 1)] == ["bwv3"]


def test_what_is_written_is_read_back(chorale, tmp_path, monkeypatch):
    phrase = list(phrases_of("bwv26.6", chorale))[1]
    (tmp_path / "precedents").mkdir()
    (tmp_path / "precedents" / "some-rule.toml").write_text(toml([_place(phrase, 1, 8)], []))
    monkeypatch.setattr(assets, "folder", lambda _: tmp_path)
    (excerpt,) = precedents.load("some-rule").breaks
    assert excerpt.score.replace(title="", composer="") == phrase.score.replace(title="", composer="")
    assert (excerpt.source, excerpt.start, excerpt.notes) == ("BWV 26/6, bars 2-3", 8, ((Voice.BASS, 8),))
    assert excerpt.first_bar == 2


def test_ties_signs_and_fermatas_are_written():
    notes = [Note(0, 6, 61), Note(6, 12, 60), Note(18, 14, 59)]
    score = _score("C5", "C4", "C4", "C3").replace(
        chorale=Chorale.from_voices([notes] * 4, 32), key=Key(2), fermatas=frozenset({18})
    )
    assert melody(score, Voice.ALTO) == "c4:4. c=4:8~ c=4:2~ | c=4:8 b3:4~ b3:8~ b3:2"


def test_a_passage_is_found_in_the_other_edition_in_any_key(chorale, tmp_path):
    pieces = np.empty(1, dtype=object)
    pieces[0] = chorale.chorale.pitches.astype(float) + 3
    empty = np.empty(0, dtype=object)
    np.savez(tmp_path / "Jsb16thSeparated.npz", train=pieces, valid=empty, test=empty)
    witness = Witness(tmp_path)
    assert witness.agrees(chorale, 8, 12)
    wrong = chorale.chorale.pitches.copy()
    wrong[9, Voice.TENOR] += 2
    assert not witness.agrees(chorale.replace(chorale=Chorale(wrong)), 8, 12)
    with pytest.raises(InputError, match="has no Jsb16thSeparated"):
        Witness(tmp_path / "nowhere")


def test_a_breach_is_kept_only_if_it_is_one_in_the_whole_chorale():
    fifths = _score("C5 D5 E5 D5 C5", "G4 A4 G4 G4 G4", "E4 F4 C4 B3 E4", "C3 D3 E3 G2 C3", fermatas=(16,))
    places = command.find([("bwv1", fifths)])
    assert [place.hit.message for place in places["parallel-fifths", "breaks"]] == [
        "Alto and bass: C-G to D-A, a fifth to a fifth."
    ]
    assert not places["parallel-fifths", "avoids"]
