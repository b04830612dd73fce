"""A gap filled from the solution."""

from chorale.levels.hints import filled
from chorale.music import REST, Voice


def test_a_note_is_written_whole_and_spelled(make):
    level = make(key="A minor", score='soprano = "c5:4 ? a4:2"\nbass = "a3:4 ? ?:2"', kind="place", goals=ANY,
                 solution='soprano = "c5:4 g#4 a4:2"\nbass = "a3:4 e3 a2:2"')  # fmt: skip
    score = filled(level.start, level.solution.score, Voice.SOPRANO, 6)
    assert str(score.pitch_at(4, 0)) == "G#4"
    assert score.chorale.onsets[4, 0]
    assert score.chorale.onsets[8, 0]
    assert (score.chorale.pitches[4:, 3] == REST).all()


def test_it_takes_the_place_of_what_was_written_there(make, write):
    level = make(kind="place", score='soprano = "?:4 ? ?:2"', solution='soprano = "c5:4 d5 e5:2"', goals=ANY)
    held = write(level, soprano="g5:1")
    score = filled(held, level.solution.score, Voice.SOPRANO, 4)
    assert [(note.start, note.length, str(pitch)) for note, pitch in score.notes(0)] == [
        (0, 4, "G5"), (4, 4, "D5"), (8, 8, "G5"),
    ]  # fmt: skip


def test_where_the_solution_rests_nothing_is_left(make):
    level = make(kind="place", score='soprano = "c5:4? d5? e5:2"', solution='soprano = "c5:4 r e5:2"', goals=ANY)
    score = filled(level.start, level.solution.score, Voice.SOPRANO, 4)
    assert score.chorale.pitches[4, 0] == REST


ANY = '[[goals]]\ncheck = "filled"'
