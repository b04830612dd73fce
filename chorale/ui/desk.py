"""Opening the program's window: services, scene, loop, and what is warmed up once it can be seen."""

import gc
import os
import sys
import threading
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

__all__ = ["DOORS", "SWITCH_SECONDS", "THRESHOLDS", "run"]

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
os.environ.setdefault("SDL_VIDEO_X11_WMCLASS", "chorale")  # else pygame takes the name of the script

from chorale.app.studio import Studio
from chorale.errors import ChoraleError
from chorale.ui.house import House, Room
from chorale.ui.scene import Place, Services
from chorale.ui.scenes.editor.scene import Editor
from chorale.ui.sound import Sound
from chorale.ui.window import Window

SWITCH_SECONDS = 0.0005
"""How long a thread may keep the interpreter while the window waits for it.

Music is rendered, saved and harmonized in threads while one writes. With Python's own 5 ms each of a frame's waits for
one of them costs up to so much; with half a millisecond a frame takes at most twice its own time.
"""
THRESHOLDS = (700, 10, 500)
"""When Python looks for garbage: the first two are its own, the last keeps it from looking through everything.

That takes 40 ms with 64 bars on the desk, two frames and more; so it is done when the hand rests, by ``_tidy_up``.
"""


def _studio(services: Services) -> Room:
    from chorale.app.tools.session import Session  # noqa: PLC0415  when the room is first entered
    from chorale.ui.scenes.tools.scene import ToolsRoom  # noqa: PLC0415  when the room is first entered

    return ToolsRoom(services, Session.of_this_person())


def _levels(services: Services) -> Room:
    from chorale.ui.scenes.levels.scene import LevelsRoom  # noqa: PLC0415  when the room is first entered

    return LevelsRoom(services)


DOORS: dict[Place, Callable[[Services], Room]] = {
    Place.COMPOSE: Editor,
    Place.STUDIO: _studio,
    Place.LEVELS: _levels,
}
"""What builds each room."""
_DUE = 3  # collections of the younger garbage after which all of it is worth looking for


def run(file: Path | None = None, studio: Studio | None = None, sound: Sound | None = None) -> int:
    """Open the window and stay until it is closed; return 0.

    Args:
        file: a file to open.
        studio: tests inject their own; None: this person's.
        sound: likewise.
    """
    studio = studio or Studio.of_this_person()
    ear = sound or Sound(enabled=lambda: studio.settings.sound_on_entry, effects=lambda: studio.settings.effects)
    window = open_window(studio)
    house = open_house(window, studio, ear)
    before = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(SWITCH_SECONDS)
    try:
        window.show(house)
        window.run(lambda: _begin(house, ear, file))
    finally:
        sys.setswitchinterval(before[0])
        gc.set_threshold(*before[1])
        _remember_size(window, studio)
        house.close()
        ear.close()
        studio.close()
        window.close()
    return 0


def open_window(studio: Studio) -> Window:
    """Return the window, of the size it had last time."""
    plain = type(studio.settings)().scale
    return Window(
        studio.settings.window,
        scale=lambda: None if studio.settings.scale == plain else studio.settings.scale,
        still=lambda: not studio.settings.animations,
        rest=_tidy_up,
    )


def open_house(window: Window, studio: Studio, sound: Sound) -> House:
    """Return the rooms that a window can show."""
    services = Services(studio, sound, time.monotonic, quit=window.quit, refit=window.refit, files_ahead=_load_readers)
    return House(services, DOORS)


def _tidy_up() -> None:
    """Look for all garbage, if there may be enough of it."""
    if gc.get_count()[2] >= _DUE:
        gc.collect()


def _begin(house: House, sound: Sound, file: Path | None) -> None:
    """Do what the first frame need not wait for: open the file, load the sounds, the model, and who checks."""
    gc.freeze()  # what has been loaded stays; later collections need not walk through it
    gc.set_threshold(*THRESHOLDS)
    gc.enable()
    editor = house.room(Place.COMPOSE)
    if file is not None and isinstance(editor, Editor):
        editor.filing.open_file(file)
    sound.warm_up()
    house.services.studio.teacher.warm_up()
    threading.Thread(target=_load_model, name="model", daemon=True).start()


@cache
def _load_readers() -> None:
    """Load music21 in the background, once.

    Not right after the start: its three seconds of importing take the interpreter from every twentieth frame or so
    (p95 of a frame 8 ms without, 30 ms with), which does not matter while a sheet of files is looked at.
    """
    from chorale.io.musicxml.read import warm_up  # noqa: PLC0415  when files are near

    threading.Thread(target=warm_up, name="music21", daemon=True).start()


def _load_model() -> None:
    from chorale import models  # noqa: PLC0415  its runtime loads with it, which the first frame must not wait for

    try:
        models.load("coconet").warm_up()
    except ChoraleError:
        return  # Harmonize will say so


def _remember_size(window: Window, studio: Studio) -> None:
    size = window.surface.get_size()
    if size != studio.settings.window:
        studio.change_settings(window=size)
