"""``chorale doctor``: is everything here that Chorale needs, and does it work?"""

import argparse
import json
import os
import platform
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from chorale import assets
from chorale.cli import models
from chorale.errors import ChoraleError

__all__ = ["run"]

_PACKAGES = (
    "numpy", "pygame-ce", "music21", "mido", "pretty_midi", "verovio", "onnxruntime",
    "font-source-serif-pro", "font-source-sans-pro", "platformdirs", "defusedxml",
)  # fmt: skip
_EXTRA = ("keras", "tensorflow")


@dataclass(frozen=True)
class Finding:
    """One line of the report; ``ok`` None is a note that nothing depends on."""

    topic: str
    text: str
    ok: bool | None = True


def run(arguments: argparse.Namespace) -> int:
    """Report; exit status 1 if something is wrong."""
    findings = [finding for check in _CHECKS for finding in check()]
    sound = all(finding.ok is not False for finding in findings)
    if arguments.json:
        print(json.dumps({"ok": sound, "findings": [asdict(each) for each in findings]}, ensure_ascii=False))
    else:
        for each in findings:
            print(f"{_MARKS[each.ok]} {each.topic:<9} {each.text}")
        print("Everything Chorale needs is here." if sound else "Something is wrong: see the lines marked !!")
    return 0 if sound else 1


_MARKS = {True: "ok", None: "--", False: "!!"}


def _versions() -> Iterator[Finding]:
    yield Finding("chorale", f"{_version('chorale-studio') or 'not installed'} in {Path(assets.__file__).parent}")
    yield Finding("python", f"{platform.python_version()} on {platform.platform()}, {os.cpu_count()} processors")


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _packages() -> Iterator[Finding]:
    for name in _PACKAGES:
        version = _version(name)
        yield Finding("package", f"{name} {version or 'is missing: install Chorale again'}", ok=version is not None)
    upstream = _version("pygame")
    if upstream is not None:
        yield Finding(
            "package", f"pygame {upstream} overwrites pygame-ce: uninstall both, then pygame-ce again", ok=False
        )
    missing = [name for name in _EXTRA if find_spec(name) is None]
    text = (
        f"{' and '.join(missing)} missing, needed for training only"
        if missing
        else "Keras and TensorFlow, for training"
    )
    yield Finding("package", text, ok=None)


def _models() -> Iterator[Finding]:
    states = models.states()
    if not states:
        yield Finding("model", f"none in {assets.folder('models')}: install Chorale again", ok=False)
    for state in states:
        whole = state["status"] == "ok"
        text = f"{state['name']}, checksums right" if whole else str(state["status"])
        yield Finding("model", text, ok=whole)


def _sounds() -> Iterator[Finding]:
    from chorale import audio  # noqa: PLC0415  numpy loads with it
    from chorale.audio.soundfont import default_font  # noqa: PLC0415  as above

    yield from _tried("sound", lambda: f"{len(audio.load_all())} instruments in {assets.folder('sounds')}")
    yield from _tried("sound", lambda: f"SoundFont {default_font()}")


def _tunes() -> Iterator[Finding]:
    from chorale.levels import tunes  # noqa: PLC0415  numpy loads with it

    yield from _tried("tunes", lambda: f"{len(tunes.load_all())} in {assets.folder('levels')}")


def _fonts() -> Iterator[Finding]:
    from chorale.notation import faces, smufl  # noqa: PLC0415  fonts load with them

    yield from _tried("fonts", lambda: f"text faces, {len(faces.text_outline('Ag', 'serif', 1.0))} strokes in Ag")
    yield from _tried("fonts", lambda: f"music font, {len(smufl.outline('gClef'))} strokes in a treble clef")


def _tried(topic: str, look: Callable[[], str]) -> Iterator[Finding]:
    try:
        yield Finding(topic, look())
    except Exception as error:  # noqa: BLE001  whatever is wrong is what the person wants to know
        yield Finding(topic, str(error) if isinstance(error, ChoraleError) else repr(error), ok=False)


def _audio_device() -> Iterator[Finding]:
    from chorale.audio.output import open_output  # noqa: PLC0415  numpy loads with it

    output, note = open_output()
    output.close()
    yield Finding("audio", note or "a device that plays", ok=None if note else True)


def _folders() -> Iterator[Finding]:
    from chorale.app.autosave import sessions_folder  # noqa: PLC0415  numpy loads with it
    from chorale.app.settings import config_folder  # noqa: PLC0415  as above

    for name, folder in (("settings", config_folder()), ("autosaves", sessions_folder())):
        reason = _why_not_writable(folder)
        yield Finding("folder", f"{name} in {folder}" + (f": {reason}" if reason else ""), ok=not reason)


def _why_not_writable(folder: Path) -> str:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return ""
    except OSError as error:
        return (error.strerror or str(error)).lower()


_CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    _versions, _packages, _models, _sounds, _tunes, _fonts, _audio_device, _folders,
)  # fmt: skip
