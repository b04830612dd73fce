"""The tunes to start from: one TOML file each in ``levels/tunes``.

Fields of a file
    title     as printed above the score
    composer  who made the tune, or what is known of it
    source    where it comes from, with its year; all are in the public domain
    key       "G major"
    meter     "3/4"
    tempo     quarter notes a minute
    pickup    length before the first whole bar as a part of a whole note, "1/4"; may be left out
    text      the melody, as ``chorale.levels.notation`` describes
    lyrics    the first verse; may be left out
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from chorale import assets
from chorale.errors import InputError
from chorale.levels.notation import laid, lay_text, parse, pickup_steps
from chorale.music import Chorale, Key, Meter, Score, Voice

__all__ = ["Entry", "load", "load_all", "names", "read"]

_FIELDS: dict[str, tuple[type | tuple[type, ...], str]] = {
    "title": (str, "a text"),
    "composer": (str, "a text"),
    "source": (str, "a text"),
    "key": (str, "a key such as G major"),
    "meter": (str, "a meter such as 3/4"),
    "tempo": ((int, float), "quarter notes a minute"),
    "text": (str, "a melody"),
}
_LARGEST = 100_000  # characters that are looked at; a tune has fewer than a thousand
_OPTIONAL: dict[str, tuple[type | tuple[type, ...], str]] = {
    "pickup": (str, "a part of a whole note such as 1/4"),
    "lyrics": (str, "a text"),
}


@dataclass(frozen=True)
class Entry:
    """A tune as its file tells it: the score, a melody with rests below, and where it comes from."""

    name: str
    score: Score
    source: str


def _folder() -> Path:
    return assets.folder("levels") / "tunes"


def names() -> tuple[str, ...]:
    """Return the names of all tunes, by which ``load`` finds them."""
    return tuple(sorted(path.stem for path in _folder().glob("*.toml")))


def load(name: str) -> Score:
    """Return a tune as a score: its melody in the soprano, the other voices silent.

    Raises:
        InputError: there is none of that name, or its file is damaged.
    """
    if name not in names():
        raise InputError(f"tune {name!r}: wanted one of {', '.join(names())}")
    return _cached(_folder() / f"{name}.toml").score


def load_all() -> dict[str, Score]:
    """Return all tunes by name, in the order of their titles."""
    scores = {name: load(name) for name in names()}
    return dict(sorted(scores.items(), key=lambda item: item[1].title.casefold()))


@cache
def _cached(path: Path) -> Entry:
    return read(path)


def read(path: Path) -> Entry:
    """Read the file of a tune.

    Raises:
        InputError: it is missing, is no such file, or its melody does not add up; the message names file and line.
    """
    try:
        with path.open(encoding="utf-8") as file:
            source = file.read(_LARGEST)
        fields = tomllib.loads(source)
    except OSError as error:
        raise InputError(f"{path.name}: {(error.strerror or str(error)).lower()}") from error
    except ValueError as error:  # of TOML or of UTF-8
        raise InputError(f"{path.name}: {error}") from None
    _check_fields(path, fields)
    try:
        return Entry(path.stem, _score(fields), fields["source"])
    except InputError as error:
        raise InputError(f"{path.name}, {_in_file(str(error), source)}") from None


def _check_fields(path: Path, fields: dict[str, Any]) -> None:
    known = _FIELDS | _OPTIONAL
    for name in fields:
        if name not in known:
            raise InputError(f"{path.name}: unknown field {name!r}; wanted {', '.join(known)}")
    for name, (kind, wanted) in known.items():
        if name not in fields and name in _FIELDS:
            raise InputError(f"{path.name}: the field {name!r} is missing; wanted {wanted}")
        if name in fields and (not isinstance(fields[name], kind) or isinstance(fields[name], bool)):
            raise InputError(f"{path.name}: {name} is {fields[name]!r}; wanted {wanted}")


def _score(fields: dict[str, Any]) -> Score:
    key, meter = Key.parse(fields["key"]), Meter.parse(fields["meter"])
    pickup = _pickup(fields.get("pickup", "0"))
    tune = parse(fields["text"], key, meter, pickup)
    starts = [note.start for note in tune.melody.notes]
    score = Score(
        Chorale.silent(len(tune.melody)),
        key=key,
        meter=meter,
        pickup=pickup,
        qpm=float(fields["tempo"]),
        title=fields["title"],
        composer=fields["composer"],
        lyrics=lay_text(fields.get("lyrics", ""), starts),
    )
    return laid(score, {Voice.SOPRANO: tune})


def _pickup(text: str) -> int:
    try:
        return pickup_steps(text)
    except InputError as error:
        raise InputError(f"pickup {error}") from None


def _in_file(message: str, source: str) -> str:
    """Count a line of the melody, if the message begins with one, from the top of the file."""
    word, _, rest = message.partition(": ")
    if not word.startswith("line "):
        return message
    lines = enumerate(source.splitlines())
    before, opening = next((n, line) for n, line in lines if line.replace(" ", "").startswith("text="))
    before += opening.rstrip().endswith(('= """', "= '''"))  # TOML leaves out a line end right after the quotes
    return f"line {before + int(word[5:])}: {rest}"
