"""Instruments: the presets in ``sounds/presets``, each a TOML file that says how four voices sound.

A preset names a General MIDI program for each voice and how it is played; what loudness a sample has in the
SoundFont does not matter, since every note is brought to the same loudness first (see ``sampler``).
"""

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from chorale import assets
from chorale.errors import InputError

__all__ = ["DEFAULT", "Preset", "VoiceSound", "load", "load_all", "read"]

DEFAULT = "choir"


@dataclass(frozen=True)
class VoiceSound:
    """How one voice sounds.

    Attributes:
        programs: General MIDI programs 0..127 that sound together, each as loud as the others.
        pan: -1 left .. 1 right.
        gain_db: against the other voices.
    """

    programs: tuple[int, ...]
    pan: float = 0.0
    gain_db: float = 0.0


@dataclass(frozen=True)
class Preset:
    """An instrument for the four voices.

    Attributes:
        name: what files and settings call it: "choir".
        label: what people read: "Choir".
        order: its place in menus.
        voices: soprano, alto, tenor, bass.
        gain_db: of all voices together.
        release: seconds in which a note that was let go fades by 60 dB.
        legato: seconds by which a note overlaps the next one of its voice.
        detach: seconds of gap before a note is struck again at the same pitch.
        attack: seconds in which a note fades in.
        width: stereo width of the samples, 0 mono .. 1 as recorded.
        brightness_db: of what lies above 2 kHz, against the samples.
        reverb: level of the room against the direct sound, 0..1.
        tail: seconds in which the room fades by 60 dB.
        vibrato: cents to either side, Hz; each voice a little different.
    """

    name: str
    label: str
    order: int
    voices: tuple[VoiceSound, VoiceSound, VoiceSound, VoiceSound]
    gain_db: float = 0.0
    release: float = 0.3
    legato: float = 0.03
    detach: float = 0.05
    attack: float = 0.005
    width: float = 0.5
    brightness_db: float = 0.0
    reverb: float = 0.2
    tail: float = 1.2
    vibrato: tuple[float, float] = (0.0, 0.0)

    @property
    def programs(self) -> tuple[int, int, int, int]:
        """The first program of each voice, for MIDI and MusicXML files."""
        first = [voice.programs[0] for voice in self.voices]
        return first[0], first[1], first[2], first[3]


_RANGES = {
    "order": (0, 1000), "gain_db": (-30, 30), "release": (0.005, 5), "legato": (0, 0.5), "detach": (0, 0.5),
    "attack": (0, 0.5), "width": (0, 1), "brightness_db": (-24, 12), "reverb": (0, 1), "tail": (0.1, 2.2),
}  # fmt: skip
_VOICE_NAMES = ("soprano", "alto", "tenor", "bass")


def read(path: Path) -> Preset:
    """Read a preset file.

    Raises:
        InputError: it is missing, not TOML, or a value is unknown or out of range; the message says which.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"instrument {path}: {(error.strerror or str(error)).lower()}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"instrument {path}: not a TOML file ({error})") from error
    return _preset(path.stem, table)


def _preset(name: str, table: dict[str, Any]) -> Preset:
    known = {field.name for field in fields(Preset)} - {"name", "voices"} | set(_VOICE_NAMES)
    unknown = sorted(set(table) - known)
    missing = [key for key in ("label", *_VOICE_NAMES) if key not in table]
    if unknown or missing:
        wrong = f"unknown key {unknown[0]!r}" if unknown else f"no {missing[0]!r}"
        raise InputError(
            f"instrument {name}: {wrong}; wanted label, order, soprano, alto, tenor, bass and the keys of Preset"
        )
    values: dict[str, Any] = {key: _number(name, key, table[key], *_RANGES[key]) for key in _RANGES if key in table}
    values.setdefault("order", 1000)
    if "vibrato" in table:
        values["vibrato"] = _pair(name, table["vibrato"])
    voices = tuple(_voice(f"{name}, {voice}", table[voice]) for voice in _VOICE_NAMES)
    return Preset(name=name, label=str(table["label"]), voices=(voices[0], voices[1], voices[2], voices[3]), **values)


def _voice(where: str, table: Any) -> VoiceSound:  # noqa: ANN401  anything a TOML file may hold
    if not isinstance(table, dict) or set(table) - {"programs", "pan", "gain_db"} or not table.get("programs"):
        raise InputError(f"instrument {where}: {table!r}, wanted programs and, if need be, pan and gain_db")
    programs = table["programs"] if isinstance(table["programs"], list) else [table["programs"]]
    checked = tuple(int(_number(where, "programs", program, 0, 127)) for program in programs)
    pan = _number(where, "pan", table.get("pan", 0), -1, 1)
    return VoiceSound(checked, pan, _number(where, "gain_db", table.get("gain_db", 0), -30, 30))


def _pair(name: str, value: Any) -> tuple[float, float]:  # noqa: ANN401
    if not isinstance(value, list) or len(value) != 2:
        raise InputError(f"instrument {name}: vibrato is {value!r}, wanted [cents, Hz]")
    return _number(name, "vibrato", value[0], 0, 100), _number(name, "vibrato", value[1], 0, 12)


def _number(where: str, key: str, value: Any, low: float, high: float) -> float:  # noqa: ANN401
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
        raise InputError(f"instrument {where}: {key} is {value!r}, wanted a number from {low:g} to {high:g}")
    return value


@cache
def load_all() -> tuple[Preset, ...]:
    """Return all presets, in the order of the menu.

    Raises:
        InputError: a preset file is damaged.
    """
    presets = [read(path) for path in sorted((assets.folder("sounds") / "presets").glob("*.toml"))]
    return tuple(sorted(presets, key=lambda preset: (preset.order, preset.name)))


def load(name: str = DEFAULT) -> Preset:
    """Return a preset by its name.

    Raises:
        InputError: there is none of that name.
    """
    for preset in load_all():
        if preset.name == name:
            return preset
    known = ", ".join(preset.name for preset in load_all())
    raise InputError(f"instrument {name!r}: wanted one of {known}")
