"""Where Bach breaks a rule, and where he visibly keeps it: one TOML file a rule in ``levels/precedents``.

    load("parallel-fifths").avoids[0].source        # "BWV 269, bars 3-4"

Each file has tables ``[[breaks]]`` and ``[[avoids]]``, the clearest places first; ``chorale.training.precedents`` makes
them from the chorales in music21's corpus. Fields of a table
    source              chorale and bars: "BWV 269, bars 3-4"
    remark              one sentence on what to look at
    key, meter          as printed: "G major", "3/4"
    pickup              steps before the first whole bar
    bar                 the chorale's number of the bar in which the excerpt begins
    start, end          steps in the excerpt at which the first and the last moment to look at begin
    notes               voice and first step of every note to mark: "S12 B12"
    soprano ... bass    the voices, as ``chorale.levels.notation`` describes
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from chorale import assets
from chorale.errors import InputError
from chorale.levels.notation import laid, parse
from chorale.music import VOICES, Chorale, Key, Meter, Score, Voice

__all__ = ["Excerpt", "Precedents", "load"]

_BY_LETTER = {voice.letter: voice for voice in VOICES}


@dataclass(frozen=True)
class Excerpt:
    """Two bars or so of Bach's.

    Attributes:
        score: the music; its bars are counted from its own beginning.
        source: chorale and bars: "BWV 269, bars 3-4".
        start, end: steps at which the first and the last moment to look at begin.
        notes: (voice, first step) of every note to mark.
        remark: one sentence on what to look at.
        first_bar: the chorale's number of the bar in which the score begins.
    """

    score: Score
    source: str
    start: int
    end: int
    notes: tuple[tuple[Voice, int], ...]
    remark: str
    first_bar: int


@dataclass(frozen=True)
class Precedents:
    """What Bach does about a rule; the clearest places first.

    Attributes:
        breaks: where he breaks it.
        avoids: where he could have broken it, and found a way not to.
    """

    breaks: tuple[Excerpt, ...] = ()
    avoids: tuple[Excerpt, ...] = ()


@cache
def load(code: str) -> Precedents:
    """Return a rule's precedents; none for a rule that has no file.

    Raises:
        InputError: the file is damaged.
    """
    path = assets.folder("levels") / "precedents" / f"{code}.toml"
    if not path.is_file():
        return Precedents()
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        places = {kind: tuple(_excerpt(table) for table in tables.get(kind, [])) for kind in ("breaks", "avoids")}
    except (OSError, KeyError, ValueError) as error:
        raise InputError(f"{path.name} is damaged: {error}; install Chorale again") from error
    return Precedents(**places)


def _excerpt(table: dict[str, Any]) -> Excerpt:
    return Excerpt(
        score=_score(table),
        source=table["source"],
        start=table["start"],
        end=table["end"],
        notes=tuple((_BY_LETTER[word[0]], int(word[1:])) for word in table["notes"].split()),
        remark=table["remark"],
        first_bar=table["bar"],
    )


def _score(table: dict[str, Any]) -> Score:
    key, meter, pickup = Key.parse(table["key"]), Meter.parse(table["meter"]), table["pickup"]
    tunes = {voice: parse(table[voice.name.lower()], key, meter, pickup) for voice in VOICES}
    score = Score(
        Chorale.silent(max(len(tune.melody) for tune in tunes.values())),
        key=key,
        meter=meter,
        pickup=pickup,
        title=table["source"].split(",")[0],
        composer="J. S. Bach",
    )
    fermatas = tunes[Voice.SOPRANO].fermatas
    return laid(score, tunes).replace(fermatas=fermatas)
