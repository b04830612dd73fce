from chorale.app import edits
from chorale.app.hearing import passage, passage_of
from chorale.music import Pitch, Voice
from chorale.theory import Finding, Severity


def written():
    made = edits.empty(2)
    for voice, names in enumerate(("C5 D5 E5 F5", "G4 A4 G4 A4", "E4 F4 C4 C4", "C3 D3 C3 F3")):
        for index, name in enumerate(names.split()):
            made = edits.place(made, voice, 4 * index, 4, Pitch.parse(name))
    return made


def found(*notes):
    return Finding("parallel-fifths", Severity.ERROR, (Voice.ALTO, Voice.BASS), 8, 12, notes, "because")


def test_only_the_voices_concerned_sound_from_the_note_before_to_the_end_of_the_last(heard):
    alone, start = passage_of(written(), found((1, 8), (3, 8), (1, 12), (3, 12)))
    assert start == 4
    assert alone.steps == 16
    assert heard(alone, 1) == [(4, 4, "A4"), (8, 4, "G4"), (12, 4, "A4")]
    assert heard(alone, 3) == [(4, 4, "D3"), (8, 4, "C3"), (12, 4, "F3")]
    assert heard(alone, 0) == heard(alone, 2) == []


def test_it_is_slower_and_no_fermata_holds_it_up():
    score = written().replace(fermatas=frozenset({12}), qpm=100.0)
    alone = passage(score, (0, 1), 4, 16)
    assert alone.qpm == 60
    assert alone.fermatas == frozenset()


def test_a_note_that_sounds_on_is_struck_where_the_passage_begins(heard):
    score = edits.place(edits.empty(2), 0, 0, 16, Pitch.parse("C5"))
    assert heard(passage(score, (0,), 8, 16)) == [(8, 8, "C5")]


def test_a_finding_on_the_first_note_begins_there():
    _, start = passage_of(written(), Finding("range", Severity.WARNING, (Voice.ALTO,), 0, 0, ((1, 0),), "low"))
    assert start == 0
