"""Excerpts as TOML, in the form that ``chorale.levels.precedents`` reads."""

from collections.abc import Iterator

from chorale.music import VOICES, Score, Voice, written
from chorale.training.precedents.choosing import Place

__all__ = ["toml"]

_SIGNS = {0: "=", 1: "#", 2: "##", -1: "b", -2: "bb"}


def toml(breaks: list[Place], avoids: list[Place]) -> str:
    """Return a rule's file."""
    tables = [_table(kind, place) for kind, places in (("breaks", breaks), ("avoids", avoids)) for place in places]
    return "\n".join(tables)


def _table(kind: str, place: Place) -> str:
    phrase, hit = place.phrase, place.hit
    score = phrase.score
    lines = [
        f"[[{kind}]]",
        f'source = "{phrase.source}"',
        f'remark = "{hit.message}"',
        f'key = "{score.key.name}"',
        f'meter = "{score.meter}"',
        f"pickup = {score.pickup}",
        f"bar = {phrase.first_bar}",
        f"start = {hit.start}",
        f"end = {hit.end}",
        f'notes = "{" ".join(f"{voice.letter}{step}" for voice, step in hit.notes)}"',
        *(f'{voice.name.lower()} = "{melody(score, voice)}"' for voice in VOICES),
    ]
    return "\n".join(lines) + "\n"


def melody(score: Score, voice: Voice) -> str:
    """Return a voice as text, as ``chorale.levels.notation`` describes."""
    lines = {bar.end for bar in score.bars[:-1]}
    words: list[str] = []
    for word, end in _words(score, voice):
        words += [word, "|"] if end in lines else [word]
    return " ".join(words)


def _words(score: Score, voice: Voice) -> Iterator[tuple[str, int]]:
    """Yield every head as a word, with the step at which it ends."""
    length = ""
    for note, pitch in score.notes(voice):
        pieces = written(note.start, note.length, score.meter, score.pickup)
        sign = "" if pitch.alter == score.key.signature_alter(pitch.letter) else _SIGNS[pitch.alter]
        for index, piece in enumerate(pieces):
            value = f":{piece.base}{'.' * piece.dots}"
            tie = "~" if index < len(pieces) - 1 else ""
            fermata = "^" if voice == Voice.SOPRANO and index == 0 and note.start in score.fermatas else ""
            name = f"{pitch.letter.lower()}{sign}{pitch.octave}"
            yield f"{name}{value if value != length else ''}{tie}{fermata}", piece.start + piece.length
            length = value
