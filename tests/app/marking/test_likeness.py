"""Likeness: told honestly, and not of everybody."""

import numpy as np
import pytest

from chorale.app.marking.likeness import cells_of, flags, packed
from chorale.app.marking.outcome import Outcome
from chorale.music import REST


@pytest.fixture
def flagged(assigned, classroom):
    """Return the flags of hand-ins, given as scores by student, beside one answer of Chorale's."""

    def find(hand_ins, answer=None):
        outcomes = [Outcome(f"{name}.mid", name, cells=packed(score)) for name, score in hand_ins.items()]
        answers = {} if answer is None else {"seed 0, answer A": packed(answer)}
        found = flags(outcomes, answers, assigned(classroom.TEXT))
        return {file.removesuffix(".mid"): [flag.text for flag in each] for file, each in found.items()}

    return find


def changed(classroom, cells, seed=0):
    """Return the solution with so many cells of the lower voices on another pitch."""

    def change(pitches):
        places = np.random.default_rng(seed).choice(pitches.shape[0] * 3, cells, replace=False)
        pitches[places // 3, 1 + places % 3] += 1
        return pitches

    return classroom.with_cells(classroom.SOLUTION, change)


def test_cells_survive_packing(classroom):
    score = classroom.only(classroom.SOLUTION, [0, 3])
    assert (cells_of(packed(score)) == score.chorale.pitches).all()


def test_chorales_own_answer_is_flagged_with_its_seed(flagged, classroom):
    assert flagged({"Ann": classroom.SOLUTION}, classroom.SOLUTION) == {
        "Ann": ["The same as Chorale's own answer (seed 0, answer A): every note agrees"]
    }


def test_a_slightly_changed_answer_is_nearly_the_same_and_a_changed_one_is_none(flagged, classroom):
    size = len(classroom.SOLUTION.chorale) * 3
    near = flagged({"Ann": changed(classroom, size // 20)}, classroom.SOLUTION)
    assert near["Ann"][0].startswith("Nearly the same as Chorale's own answer (seed 0, answer A): 95 % of")
    assert flagged({"Ann": changed(classroom, size // 5)}, classroom.SOLUTION) == {}


def test_the_given_voice_and_silence_count_for_nothing(flagged, classroom):
    bare = classroom.only(classroom.SOLUTION, [0])
    assert flagged({"Ann": bare, "Ben": bare}, bare) == {}


def test_two_alike_are_flagged_with_each_others_names(flagged, classroom):
    found = flagged({"Ann": classroom.SOLUTION, "Ben": classroom.SOLUTION, "Cy": changed(classroom, 100)})
    assert found == {
        "Ann": ["The same as what was handed in by Ben (100 %)"],
        "Ben": ["The same as what was handed in by Ann (100 %)"],
    }


def test_many_alike_are_one_line(flagged, classroom):
    found = flagged(dict.fromkeys("ABCDEFG", classroom.SOLUTION))
    (line,) = found["A"]
    assert line == "The same as what was handed in by B (100 %), C (100 %), D (100 %) and 3 others"


def test_hand_ins_of_other_lengths_are_compared_all_the_same(flagged, classroom):
    longer = classroom.SOLUTION.replace(chorale=classroom.SOLUTION.chorale.resized(200))
    shorter = classroom.SOLUTION.replace(chorale=classroom.SOLUTION.chorale.resized(40))
    assert (shorter.chorale.pitches != REST).any()
    assert set(flagged({"Ann": classroom.SOLUTION, "Ben": longer, "Cy": shorter})) == {"Ann", "Ben"}
