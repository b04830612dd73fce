"""What the program remembers of a person's choices, in one small JSON file.

The file is written whole or not at all. A file that cannot be read is set aside under another name and told of; a
value that makes no sense falls back to its default and is told of; neither keeps the program from starting. A file
of a later version is read for what is known of it and not overwritten until something is changed.
"""

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chorale.errors import InputError
from chorale.files import atomic_write, set_aside
from chorale.theory import PROFILES, Severity
from chorale.theory.rules import NAMINGS

__all__ = ["Settings", "config_folder", "load", "save"]

_VERSION = 1
_NAME = "settings.json"
_RECENT = 10


@dataclass(frozen=True)
class Settings:
    """Choices that outlast a session.

    Attributes:
        window: width and height in pixels.
        scale: size of everything drawn, 0.75..2.
        animations: whether anything moves that need not.
        sound_on_entry: whether a note sounds as it is placed or pointed at.
        effects: whether stars, pages and hints of the game sound.
        instrument: name of the sound preset.
        volumes: of the four voices, 0..1.
        drum_volume: of the drums under them, 0..1.
        layout: "closed" (two staves) or "open" (four), for exports.
        alternatives: how many harmonizations are made at once, 1..4.
        temperature: how bold they are, 0..2.
        ornament: how ornate they are, -1..1.
        model: which harmonizer makes them.
        autosave_seconds: between two autosaves, 1..600.
        recent: the last project files, newest first.
        folder: where the file dialog opens; "" for the home folder.
        checking: whether what is written is checked at once.
        profile: how strictly: "textbook", "ap" or "bach".
        ranges: lowest and highest MIDI number of each voice, soprano first; none: the profile's own.
        severities: the findings that are shown.
        note_names: how notes are named: "english", "german" or "fixed-do".
        marks: whether they are marked in the music.
        numerals, figured_bass, cadences: what is printed under the bass.
    """

    window: tuple[int, int] = (1280, 720)
    scale: float = 1.0
    animations: bool = True
    sound_on_entry: bool = True
    effects: bool = True
    instrument: str = "choir"
    volumes: tuple[float, float, float, float] = (0.8, 0.8, 0.8, 0.8)
    drum_volume: float = 0.7
    layout: str = "closed"
    alternatives: int = 4
    temperature: float = 1.0
    ornament: float = 0.0
    model: str = "coconet"
    autosave_seconds: float = 10.0
    recent: tuple[str, ...] = ()
    folder: str = ""
    checking: bool = True
    profile: str = "textbook"
    ranges: tuple[tuple[int, int], ...] = ()
    severities: tuple[str, ...] = ("error", "warning")
    note_names: str = "english"
    marks: bool = True
    numerals: bool = True
    figured_bass: bool = False
    cadences: bool = True

    def __post_init__(self) -> None:
        for name, wanted, fits in _WANTED:
            value = getattr(self, name)
            if not fits(value):
                raise InputError(f"setting {name} is {value!r}: wanted {wanted}")

    def changed(self, **values: Any) -> "Settings":  # noqa: ANN401  one field each, checked by the constructor
        """Return the settings with some values changed.

        Raises:
            InputError: a value is out of range.
        """
        return dataclasses.replace(self, **values)

    def opened(self, path: Path) -> "Settings":
        """Return the settings with a file at the head of the recent ones, and its folder remembered."""
        name = str(path.resolve())
        others = tuple(each for each in self.recent if each != name)
        return self.changed(recent=(name, *others)[:_RECENT], folder=str(path.resolve().parent))


def _is_number(value: object, low: float, high: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high


def _are_all(value: object, size: int | None, fits: Any) -> bool:  # noqa: ANN401  a predicate of one value
    return isinstance(value, tuple) and (size is None or len(value) == size) and all(fits(each) for each in value)


def _is_range(value: object) -> bool:
    return _are_all(value, 2, lambda n: type(n) is int and 0 <= n <= 127) and value[0] < value[1]  # type: ignore[index]


def _is_switch(value: object) -> bool:
    return isinstance(value, bool)


_SEVERITIES = {severity.label for severity in Severity}
_WANTED: tuple[tuple[str, str, Any], ...] = (
    (
        "window",
        "two sizes of 320 to 16384 pixels",
        lambda v: _are_all(v, 2, lambda n: type(n) is int and 320 <= n <= 16384),
    ),
    ("scale", "0.75 to 2", lambda v: _is_number(v, 0.75, 2)),
    ("animations", "true or false", _is_switch),
    ("sound_on_entry", "true or false", _is_switch),
    ("effects", "true or false", _is_switch),
    ("instrument", "the name of a preset", lambda v: isinstance(v, str) and bool(v)),
    ("volumes", "four volumes of 0 to 1", lambda v: _are_all(v, 4, lambda n: _is_number(n, 0, 1))),
    ("drum_volume", "0 to 1", lambda v: _is_number(v, 0, 1)),
    ("layout", "closed or open", lambda v: isinstance(v, str) and v in {"closed", "open"}),
    ("alternatives", "1 to 4", lambda v: type(v) is int and 1 <= v <= 4),
    ("temperature", "0 to 2", lambda v: _is_number(v, 0, 2)),
    ("ornament", "-1 to 1", lambda v: _is_number(v, -1, 1)),
    ("model", "the name of a harmonizer", lambda v: isinstance(v, str) and bool(v)),
    ("autosave_seconds", "1 to 600", lambda v: _is_number(v, 1, 600)),
    ("recent", "a list of files", lambda v: _are_all(v, None, lambda n: isinstance(n, str))),
    ("folder", "a folder", lambda v: isinstance(v, str)),
    ("checking", "true or false", _is_switch),
    ("profile", f"one of {', '.join(PROFILES)}", lambda v: isinstance(v, str) and v in PROFILES),
    ("ranges", "four pairs of MIDI numbers, or none", lambda v: v == () or _are_all(v, 4, _is_range)),
    ("severities", "some of error, warning and hint", lambda v: _are_all(v, None, lambda n: n in _SEVERITIES)),
    ("note_names", f"one of {', '.join(NAMINGS)}", lambda v: isinstance(v, str) and v in NAMINGS),
    *((row, "true or false", _is_switch) for row in ("marks", "numerals", "figured_bass", "cadences")),
)


def config_folder() -> Path:
    """Return the folder that this system keeps settings in; it may not exist yet."""
    import platformdirs  # noqa: PLC0415  only the window and doctor need it

    return Path(platformdirs.user_config_dir("chorale", appauthor=False))


def load(folder: Path) -> tuple[Settings, tuple[str, ...]]:
    """Return the settings kept in a folder and one line for everything that could not be used; never fails."""
    path = folder / _NAME
    try:
        kept = _object(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings(), ()
    except (OSError, ValueError, RecursionError) as error:
        return Settings(), (_set_aside(path, error),)
    return _usable(kept)


def _object(text: str) -> dict[str, Any]:
    kept = json.loads(text)
    if not isinstance(kept, dict):
        raise ValueError("not an object")  # noqa: TRY004  damaged content, like a syntax error
    return kept


def _usable(kept: dict[str, Any]) -> tuple[Settings, tuple[str, ...]]:
    settings, complaints = Settings(), []
    for field in dataclasses.fields(Settings):
        if field.name not in kept:
            continue
        value = kept[field.name]
        try:
            settings = settings.changed(**{field.name: _tuples(value)})
        except InputError as error:
            complaints.append(f"{error}; the default is used")
    return settings, tuple(complaints)


def _tuples(value: Any) -> Any:  # noqa: ANN401  any JSON value
    """Return the value with every list in it a tuple."""
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def _set_aside(path: Path, error: Exception) -> str:
    aside = set_aside(path)
    if aside is None:
        return f"the settings in {path} cannot be read ({_why(error)}); the defaults are used"
    return f"the settings were damaged ({_why(error)}) and set aside as {aside}; the defaults are used"


def _why(error: Exception) -> str:
    return (error.strerror or str(error)).lower() if isinstance(error, OSError) else str(error).splitlines()[0]


def save(settings: Settings, folder: Path) -> None:
    """Write the settings into a folder, which is made if need be.

    Raises:
        InputError: the folder cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"cannot make the folder {folder}: {(error.strerror or str(error)).lower()}") from error
    text = json.dumps({"version": _VERSION, **dataclasses.asdict(settings)}, indent=2) + "\n"
    atomic_write(folder / _NAME, text.encode("utf-8"))
