"""All kinds of mistakes by their names: which rules are meant to find them, the oracle, the planter."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.theory.planting import chord_planters, melody, motion, planters, sonority


@dataclass(frozen=True)
class Kind:
    """A kind of mistake.

    Attributes:
        name: ours: "parallel fifths".
        codes: of the rules one of which is meant to find it.
        find: reading -> set of spots: the oracle.
        propose: (reading, random) -> edits.
        needs_key: whether it can only be planted in phrases that stay in their key.
    """

    name: str
    codes: tuple[str, ...]
    find: Callable[[Any], set[Any]]
    propose: Callable[[Any, Any], list[Any]]
    needs_key: bool = False


_OF_NOTES = {
    "out_of_range": ("range",),
    "spacing": ("spacing", "spacing-bass"),
    "crossing": ("crossing",),
    "overlap": ("overlap",),
    "parallel_fifths": ("parallel-fifths",),
    "parallel_octaves": ("parallel-octaves",),
    "contrary_fifths": ("contrary-fifths",),
    "contrary_octaves": ("contrary-octaves",),
    "direct_fifths": ("direct-fifths",),
    "direct_octaves": ("direct-octaves",),
    "unequal_fifths": ("unequal-fifths",),
    "augmented": ("augmented-interval",),
    "diminished": ("diminished-leap",),
    "sevenths": ("leap-seventh",),
    "beyond_octave": ("leap-over-octave",),
    "sixths": ("leap-sixth",),
    "unrecovered_leaps": ("leap-unanswered",),
    "cross_relation": ("cross-relation",),
    "all_one_way": ("same-direction",),
}
_OF_CHORDS = {
    "doubled_leading_tone": ("doubled-leading-tone",),
    "doubled_seventh": ("doubled-seventh",),
    "unresolved_leading_tone": ("leading-tone",),
    "unresolved_seventh": ("seventh-resolution",),
    "doubling_in_root_position": ("doubling-root-position",),
    "doubling_in_first_inversion": ("doubling-first-inversion", "doubled-leading-tone"),
    "doubling_in_diminished_sixth": ("doubling-diminished", "doubled-leading-tone"),
    "doubling_in_six_four": ("six-four-doubling",),
    "loose_six_four": ("six-four",),
    "omitted_third": ("omitted-third",),
    "five_to_four": ("retrogression",),
}


_ANYWHERE = ("doubled_seventh", "unresolved_seventh", "doubling_in_diminished_sixth", "loose_six_four")
"""Kinds that the chords around tell, whatever the key."""


def _of_notes(name: str, codes: tuple[str, ...]) -> Kind:
    find = getattr(motion, name, None) or getattr(melody, name)
    return Kind(name.replace("_", " "), codes, find, getattr(planters, name))


def _of_chords(name: str, codes: tuple[str, ...]) -> Kind:
    find, propose = getattr(sonority, name), getattr(chord_planters, name)
    return Kind(name.replace("_", " "), codes, find, propose, needs_key=name not in _ANYWHERE)


KINDS = {
    kind.name: kind
    for kind in (
        *(_of_notes(name, codes) for name, codes in _OF_NOTES.items()),
        *(_of_chords(name, codes) for name, codes in _OF_CHORDS.items()),
    )
}
