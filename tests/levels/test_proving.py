"""What a teacher is told of a level that does not work."""

from chorale.levels.proving import prove

WEAK = '[[goals]]\ncheck = "cadence"\nis = "PAC"\n[[goals]]\ncheck = "filled"\n[[goals]]\ncheck = "kept"\n'


def test_a_sound_level_is_not_complained_of(make):
    voices = 'bass = "c3:4 f3 c3:2"\ntenor = "c4:4 a3 c4:2"\nalto = "g4:4 f4 e4:2"'
    wrong = f'[[wrong]]\nwhy = "no dominant"\nmisses = ["cadence"]\n{voices}'
    assert prove(make(tail=wrong + '\n[[hints]]\nfill = "B1.2"')) == ()


def test_a_solution_without_three_stars_is_told_with_what_it_lacks(make):
    level = make(solution='alto = "g4:4 a4 e4:2"\ntenor = "c4:4 f4 c4:2"\nbass = "c3:4 d3 c3:2"')
    (line,) = prove(level)
    assert line.startswith("solution: it earns 0 stars of 3, ")
    assert "bars 1.1-1.2, alto and bass: C-G to D-A" in line


def test_stars_for_nothing_are_told(make):
    assert prove(make(goals=WEAK)) == (
        "goals: doing nothing earns 1 star: wanted a required goal that the start does not meet",
    )


def test_a_wrong_answer_that_is_right_is_told(make):
    right = 'alto = "g4:4 g4 e4:2"\ntenor = "c4:4 b3 c4:2"\nbass = "c3:4 g3 c3:2"'
    level = make(tail=f'[[wrong]]\nwhy = "x"\nmisses = ["cadence"]\n{right}\n[[wrong]]\nwhy = "y"\n{right}')
    assert prove(level) == (
        "wrong[1]: it misses no required goal (it misses none)",
        "wrong[2]: it misses no required goal",
    )


def test_a_wrong_answer_that_misses_another_goal_is_told(make):
    wrong = 'alto = "g4:4 a4 e4:2"\ntenor = "c4:4 f3 c4:2"\nbass = "c3:4 g3 c3:2"'
    level = make(tail=f'[[wrong]]\nwhy = "x"\nmisses = ["parallels"]\n{wrong}')
    (line,) = prove(level)
    assert line == "wrong[1]: it does not miss parallels, as said (it misses cadence)"
