"""Opening the program's window: services, scene, loop, and what is warmed up once it can be seen."""

import os
import threading
import time
from pathlib import Path

__all__ = ["run"]

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
os.environ.setdefault("SDL_VIDEO_X11_WMCLASS", "chorale")  # else pygame takes the name of the script

from chorale.app.studio import Studio
from chorale.errors import ChoraleError
from chorale.ui.scene import Services
from chorale.ui.scenes.editor.scene import Editor
from chorale.ui.sound import Sound
from chorale.ui.window import Window


def run(file: Path | None = None, studio: Studio | None = None, sound: Sound | None = None) -> int:
    """Open the window and stay until it is closed; return 0.

    Args:
        file: a file to open.
        studio: tests inject their own; None: this person's.
        sound: likewise.
    """
    studio = studio or Studio.of_this_person()
    ear = sound or Sound(enabled=lambda: studio.settings.sound_on_entry)
    window = open_window(studio)
    editor = _editor(window, studio, ear)
    try:
        window.show(editor)
        window.run(lambda: _begin(editor, ear, file))
    finally:
        _remember_size(window, studio)
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
    )


def _editor(window: Window, studio: Studio, sound: Sound) -> Editor:
    return Editor(Services(studio, sound, time.monotonic, quit=window.quit, refit=window.refit))


def _begin(editor: Editor, sound: Sound, file: Path | None) -> None:
    """Do what the first frame need not wait for: open the file, load the sounds, and the model with its runtime."""
    if file is not None:
        editor.filing.open_file(file)
    sound.warm_up()
    threading.Thread(target=_load_model, name="model", daemon=True).start()


def _load_model() -> None:
    from chorale import models  # noqa: PLC0415  its runtime loads with it, which the first frame must not wait for

    try:
        models.load("coconet")
    except ChoraleError:
        return  # Harmonize will say so


def _remember_size(window: Window, studio: Studio) -> None:
    size = window.surface.get_size()
    if size != studio.settings.window:
        studio.change_settings(window=size)
