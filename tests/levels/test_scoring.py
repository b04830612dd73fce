"""From an answer to points and stars."""

import pytest

from chorale.levels.scoring import mark

FOUR = 'soprano = "?:4 ? ? ? |"'
RIGHT = 'soprano = "c5:4 d5 e5 f5"'


def exact(more=""):
    return f'[[goals]]\ncheck = "exact"\n{more}\n'


@pytest.fixture
def notes(make):
    def made(more="", tail=""):
        return make(kind="place", score=FOUR, solution=RIGHT, goals=exact(more), tail=tail)

    return made


def test_what_is_right_earns_everything(notes):
    level = notes()
    outcome = mark(level, level.solution)
    assert (outcome.points, outcome.stars, outcome.remarks, outcome.missed) == (100, 3, (), ())
    assert outcome.met == ("kept", "filled", "exact")


def test_a_fault_takes_its_goals_weight(notes, write):
    level = notes("weight = 12")
    outcome = mark(level, write(level, soprano="c5:4 c5 c5 f5"))
    assert outcome.points == 76
    assert [remark.cost for remark in outcome.remarks] == [12, 12]


def test_a_goal_takes_no_more_than_its_cap_and_every_remark_stays(notes, write):
    level = notes("weight = 12\ncap = 20")
    outcome = mark(level, write(level, soprano="c5:4 c5 c5 c5"))
    assert outcome.points == 80
    assert [remark.cost for remark in outcome.remarks] == [12, 8, 0]


@pytest.mark.parametrize(("wrong", "stars"), [(0, 3), (1, 3), (2, 2), (4, 2)])
def test_stars_come_from_the_thresholds(notes, write, wrong, stars):
    level = notes("weight = 5")
    line = ["c5:4", "d5", "e5", "f5"]
    line[:wrong] = ["g5:4", "g5", "g5", "g5"][:wrong]
    assert mark(level, write(level, soprano=" ".join(line))).stars == stars


def test_thresholds_are_the_levels_own(notes, write):
    level = notes("weight = 5", "[stars]\ntwo = 96\nthree = 100")
    assert mark(level, write(level, soprano="g5:4 d5 e5 f5")).stars == 1


def test_a_required_goal_gates_the_first_star_and_is_told_first(make, write):
    goals = exact("weight = 1\nrequired = true") + '[[goals]]\ncheck = "begins"\nis = "3"\nweight = 1\n'
    level = make(kind="place", score=FOUR, solution=RIGHT, goals=goals)
    outcome = mark(level, write(level, soprano="c5:4 d5 e5 g5"))
    assert (outcome.points, outcome.stars, outcome.missed) == (98, 0, ("exact",))
    assert [remark.goal for remark in outcome.remarks] == ["exact", "begins"]


def test_a_hint_takes_ten_and_never_the_first_star(notes):
    level = notes()
    results = [mark(level, level.solution, hints) for hints in (0, 1, 2, 3, 12)]
    assert [outcome.points for outcome in results] == [100, 90, 80, 70, 0]
    assert [outcome.stars for outcome in results] == [3, 2, 2, 1, 1]
    assert results[1].hints == 1


def test_points_do_not_fall_below_nothing(notes, write):
    level = notes("weight = 60")
    assert mark(level, write(level, soprano="g5:4 g5 g5 f5")).points == 0


def test_doing_nothing_earns_no_star(notes):
    level = notes()
    outcome = mark(level, level.start)
    assert (outcome.stars, outcome.missed) == (0, ("filled",))


PARALLEL = {"alto": "g4:4 a4 g4:2", "tenor": "c4:4 f3 c4:2", "bass": "c3:4 d3 c3:2"}


def test_a_rules_remark_says_rule_place_why_and_what_to_hear(make, write):
    level = make()
    remark = next(each for each in mark(level, write(level, **PARALLEL)).remarks if each.rule == "parallel-fifths")
    assert (remark.goal, remark.title, remark.required) == ("parallels", "Parallel perfect fifths", True)
    assert remark.place == "bars 1.1-1.2, alto and bass"
    assert remark.why == "C-G to D-A, a fifth to a fifth"
    assert (remark.start, remark.end) == (0, 4)
    assert [voice.letter for voice in remark.voices] == ["A", "B"]
    assert len(remark.notes) == 4


def test_rules_cost_by_how_grave_they_are_unless_the_level_says_so(make, write):
    goals = '[[goals]]\nrules = "profile"\n[[goals]]\ncheck = "cadence"\nis = "PAC"\nweight = 0\n'
    level = make(goals=goals)
    costs = {remark.rule: remark.cost for remark in mark(level, write(level, **PARALLEL)).remarks}
    assert costs["parallel-fifths"] == 10
    assert set(costs.values()) <= {0, 1, 5, 10}


def test_the_cap_of_a_goal_of_rules_holds_for_each_rule_by_itself(make, write):
    both = '[[goals]]\nrules = ["parallel-fifths", "parallel-octaves"]\nweight = 25\n'
    goals = both + '[[goals]]\ncheck = "cadence"\nis = "PAC"\nweight = 0\n'
    level = make(goals=goals)
    answer = write(level, alto="g4:4 a4 g4:2", tenor="c4:4 f3 c4:2", bass="c3:4 d3 c3:2")
    taken = {}
    for remark in mark(level, answer).remarks:
        taken[remark.rule] = taken.get(remark.rule, 0) + remark.cost
    assert taken["parallel-fifths"] == 30, "two of them, 25 each"


def test_what_stands_among_given_notes_alone_costs_nothing(make):
    score = 'soprano = "e5:4 ? c5:2"\nalto = "g4:4 a4 g4:2"\ntenor = "c4:4 a3 c4:2"\nbass = "c3:4 d3 c3:2"'
    level = make(kind="voice", score=score, solution='soprano = "e5:4 f5 c5:2"', goals='[[goals]]\nrules = "profile"')
    assert all(remark.rule != "parallel-fifths" for remark in mark(level, level.solution).remarks)


def test_a_goal_of_rules_may_keep_to_some_voices(make, write):
    goals = '[[goals]]\nrule = "parallel-fifths"\nvoices = "S"\n[[goals]]\ncheck = "cadence"\nis = "PAC"\nweight = 0\n'
    level = make(goals=goals)
    assert all(remark.rule != "parallel-fifths" for remark in mark(level, write(level, **PARALLEL)).remarks)


def test_an_answer_of_another_length_is_cut_or_lengthened(notes):
    level = notes()
    longer = level.solution.score.replace(chorale=level.solution.score.chorale.resized(32))
    assert mark(level, longer).stars == 3
    shorter = level.solution.score.replace(chorale=level.solution.score.chorale.resized(8))
    assert mark(level, shorter).missed == ("filled",)
