"""A profile of one's own, from a table as TOML files and settings hold it.

profile = "ap"                  # what it starts from; textbook, if not said
[severity]
overlap = "off"                 # error, warning, hint or off, by rule code
[ranges]
bass = "C2-D4"                  # lowest and highest note, by voice
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from chorale.errors import InputError
from chorale.music import VOICES, Pitch
from chorale.theory.finding import Severity
from chorale.theory.profiles import Profile, Range, profile
from chorale.theory.rules import RULES

__all__ = ["own_profile"]

_STRICTNESS: dict[str, Severity | None] = {**{severity.label: severity for severity in Severity}, "off": None}
_VOICES = {voice.label.lower(): voice for voice in VOICES}


def own_profile(values: Mapping[str, Any]) -> Profile:
    """Return the profile that a table describes.

    Args:
        values: the table; see the module.

    Raises:
        InputError: a name, a severity or a range is not one; the message says which was wanted.
    """
    _check_names("profile entry", values, ("profile", "severity", "ranges"))
    base = profile(_text("profile", values.get("profile", "textbook")))
    severities, ranges = _table(values, "severity"), _table(values, "ranges")
    _check_names("rule", severities, RULES)
    _check_names("voice", ranges, _VOICES)
    chosen = {**base.severities, **{code: _severity(code, word) for code, word in severities.items()}}
    wanted = {_VOICES[voice]: _range(voice, text) for voice, text in ranges.items()}
    own = tuple(wanted.get(voice, base.ranges[voice]) for voice in VOICES)
    return Profile(base.name, MappingProxyType(chosen), own)


def _check_names(kind: str, given: Mapping[str, Any], known: Mapping[str, Any] | tuple[str, ...]) -> None:
    for name in given:
        if name not in known:
            raise InputError(f"{kind} {name!r}: wanted one of {', '.join(known)}")


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise InputError(f"{name} is {value!r}: wanted a text")
    return value


def _table(values: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = values.get(name, {})
    if not isinstance(table, Mapping):
        raise InputError(f"{name} is {table!r}: wanted a table")
    return table


def _severity(code: str, word: object) -> Severity | None:
    if not isinstance(word, str) or word not in _STRICTNESS:
        raise InputError(f"severity of {code} is {word!r}: wanted one of {', '.join(_STRICTNESS)}")
    return _STRICTNESS[word]


def _range(voice: str, text: object) -> Range:
    low, _, high = _text(f"range of the {voice}", text).partition("-")
    try:
        bounds = Pitch.parse(low).midi, Pitch.parse(high).midi
    except InputError:
        bounds = (1, 0)
    if bounds[0] > bounds[1]:
        raise InputError(f"range of the {voice} is {text!r}: wanted a lowest and a highest note such as C4-A5")
    return bounds
