"""Figured bass: what a continuo player reads over the bass note.

Conventions: figures from the top down; an accidental stands before its figure ("#6", "b7", "♮3" is written "♮");
a suspension and its resolution are one figure ("4-3", "7-6", "9-8").
"""

from chorale.music import Key
from chorale.theory.harmony import Chord

__all__ = ["figured_bass"]

_SIGNS = {-2: "bb", -1: "b", 0: "♮", 1: "#", 2: "##"}
_TRIADS = ((), (6,), (6, 4))
_SEVENTHS = ((7,), (6, 5), (4, 3), (4, 2))


def figured_bass(chord: Chord, signature: Key, suspended: tuple[tuple[int, int], ...] = ()) -> tuple[str, ...]:
    """Return the figures of a chord.

    Args:
        chord: the chord; its bass is the note the figures stand over.
        signature: the printed key signature: tones that differ from it wear an accidental.
        suspended: pairs of fifths: a suspended tone and the tone it resolves to.
    """
    numbers = {_number(tone, chord.bass): _sign(tone, signature) for tone in chord.tones if tone != chord.bass}
    wanted = set((_TRIADS if len(chord.tones) == 3 else _SEVENTHS)[chord.inversion])
    wanted |= {number for number, sign in numbers.items() if sign}
    figures = {number: numbers.get(number, "") + _figure(number, numbers.get(number, "")) for number in wanted}
    for tone, resolution in suspended:
        number, goal = _compound(_number(tone, chord.bass), _number(resolution, chord.bass))
        end = figures.pop(goal % 7 or 7, _sign(resolution, signature) + str(goal)) if goal != 8 else "8"
        figures[number] = f"{_sign(tone, signature)}{number}-{end}"
    return tuple(figures[number] for number in sorted(figures, reverse=True))


def _figure(number: int, sign: str) -> str:
    return "" if number == 3 and sign else str(number)


def _number(tone: int, bass: int) -> int:
    """Return the interval above the bass, 1 to 7."""
    return 4 * (tone - bass) % 7 + 1


def _compound(number: int, goal: int) -> tuple[int, int]:
    """Write 2-1 as 9-8 and 1-7 as 8-7."""
    if goal == 1:
        return number + 7, 8
    return (8, 7) if (number, goal) == (1, 7) else (number, goal)


def _sign(tone: int, signature: Key) -> str:
    letter = "FCGDAEB"[(tone + 1) % 7]
    alter = (tone + 1) // 7
    return "" if alter == signature.signature_alter(letter) else _SIGNS.get(alter, "")
