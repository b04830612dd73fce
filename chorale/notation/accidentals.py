"""Which notes show an accidental.

An accidental holds for its staff place, in its octave, to the end of the bar, for both voices of the staff. A note
tied over the bar line repeats none and sets nothing; what follows it in the same bar at the same place is written out,
with a courtesy sign where a reader might still hear the tied note's.
Source: Gould, Behind Bars, chapter "Accidentals".
"""

from chorale.music import Key
from chorale.music.pitch import LETTERS
from chorale.notation.content import Head
from chorale.notation.staves import Clef

__all__ = ["GLYPHS", "shown_accidentals"]

GLYPHS = {
    -2: "accidentalDoubleFlat",
    -1: "accidentalFlat",
    0: "accidentalNatural",
    1: "accidentalSharp",
    2: "accidentalDoubleSharp",
}


def shown_accidentals(heads: tuple[Head, ...], clef: Clef, key: Key) -> dict[Head, str]:
    """Return the accidental glyph of every head of one staff's bar that needs one; heads come ordered by start."""
    memory: dict[float, int] = {}
    tied_over: dict[float, int] = {}
    clashes = _clashes(heads)
    shown = {}
    for head in heads:
        in_force = memory.get(head.y, _signature(head, clef, key))
        if head.tied_in:
            if head.note < 0 and head.alter != in_force:
                tied_over[head.y] = head.alter
            continue
        courtesy = tied_over.pop(head.y, head.alter) != head.alter
        if head.alter != in_force or courtesy or (head.start, head.y) in clashes:
            shown[head] = GLYPHS[max(-2, min(2, head.alter))]
        memory[head.y] = head.alter
    return shown


def _signature(head: Head, clef: Clef, key: Key) -> int:
    return key.signature_alter(LETTERS[clef.place_at(head.y) % 7])


def _clashes(heads: tuple[Head, ...]) -> set[tuple[int, float]]:
    """Return where two voices strike one place with different accidentals: both are written there."""
    seen: dict[tuple[int, float], int] = {}
    clashes = set()
    for head in heads:
        where = (head.start, head.y)
        if seen.setdefault(where, head.alter) != head.alter:
            clashes.add(where)
    return clashes
