"""How the places are found and worded: functions from a context to hits whose message is a remark."""

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from chorale.music import Voice
from chorale.theory.rules import Context, Hit
from chorale.theory.rules.chord_tones import Span, first_moments

__all__ = ["SHOWS", "Show", "at_moments", "at_notes", "name", "on_beats", "settled", "shows", "sung"]

Show: TypeAlias = Callable[[Context], Iterator[Hit]]

SHOWS: dict[str, Show] = {}


def shows(code: str) -> Callable[[Show], Show]:
    """Enter a function as what shows a rule kept."""

    def enter(show: Show) -> Show:
        SHOWS[code] = show
        return show

    return enter


def at_moments(context: Context, voices: Sequence[int], first: int, last: int, remark: str) -> Hit:
    """Return a place from one moment (a row of the texture) to another."""
    return dataclasses.replace(context.at_moments(voices, first, last, ""), message=_sentence(remark))


def at_notes(context: Context, first: int, last: int, remark: str) -> Hit:
    """Return a place from one note of a voice (a row of the lines) to another."""
    return dataclasses.replace(context.at_notes(first, last, ""), message=_sentence(remark))


def _sentence(remark: str) -> str:
    return f"{remark[0].upper()}{remark[1:]}."


def settled(context: Context) -> Iterator[tuple[Span, int]]:
    """Yield every harmony that all four voices state in chord tones, with the first row on which they do."""
    return first_moments(context.chord_tones.spans, context.chord_tones.stated)


def name(voice: int) -> str:
    """Return "the alto"."""
    return f"the {Voice(int(voice)).label.lower()}"


def sung(context: Context, row: int, voice: int) -> str:
    """Return the name of the note that a voice sings at a moment."""
    return context.wording.note(int(context.texture.fifths[row, voice]))


def on_beats(context: Context, *rows: int) -> bool:
    """Whether moments begin on beats, where they are heard best."""
    return all(context.texture.accents[row] > 0 for row in rows)
