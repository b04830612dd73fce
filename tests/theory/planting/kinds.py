"""All kinds of mistakes by their names: the row of the table of rules, the oracle, the planter, where to plant."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.theory.planting import chord_planters, melody, motion, planters, sonority


@dataclass(frozen=True)
class Kind:
    """A kind of mistake.

    Attributes:
        name: ours: "parallel fifths".
        row: of the table of rules.
        find: reading -> set of spots: the oracle.
        propose: (reading, random) -> edits.
        needs_key: whether it can only be planted in phrases that stay in their key.
    """

    name: str
    row: int
    find: Callable[[Any], set[Any]]
    propose: Callable[[Any, Any], list[Any]]
    needs_key: bool = False


_ROWS = {
    "out_of_range": 1,
    "spacing": 2,
    "crossing": 3,
    "overlap": 4,
    "parallel_fifths": 5,
    "parallel_octaves": 6,
    "contrary_fifths": 7,
    "contrary_octaves": 7,
    "direct_fifths": 8,
    "direct_octaves": 8,
    "unequal_fifths": 9,
    "augmented": 10,
    "diminished": 11,
    "sevenths": 12,
    "beyond_octave": 12,
    "sixths": 12,
    "unrecovered_leaps": 13,
    "cross_relation": 23,
    "all_one_way": 24,
}
_ROWS_OF_CHORDS = {
    "doubled_leading_tone": 14,
    "doubled_seventh": 15,
    "unresolved_leading_tone": 16,
    "unresolved_seventh": 17,
    "doubling_in_root_position": 18,
    "doubling_in_first_inversion": 19,
    "doubling_in_diminished_sixth": 20,
    "doubling_in_six_four": 21,
    "loose_six_four": 21,
    "omitted_third": 22,
    "five_to_four": 26,
}


def _of_notes(name: str, row: int) -> Kind:
    find = getattr(motion, name, None) or getattr(melody, name)
    return Kind(name.replace("_", " "), row, find, getattr(planters, name))


def _of_chords(name: str, row: int) -> Kind:
    return Kind(name.replace("_", " "), row, getattr(sonority, name), getattr(chord_planters, name), needs_key=True)


KINDS = {
    kind.name: kind
    for kind in (
        *(_of_notes(name, row) for name, row in _ROWS.items()),
        *(_of_chords(name, row) for name, row in _ROWS_OF_CHORDS.items()),
    )
}
