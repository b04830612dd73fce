"""``chorale screenshot``: what the window would show, without a display."""

import argparse
import os

from chorale.errors import InputError

__all__ = ["run"]


def run(arguments: argparse.Namespace) -> int:
    """Draw a scene into a PNG file."""
    if arguments.output.suffix.lower() != ".png":
        raise InputError(f"{arguments.output}: wanted the suffix .png")
    os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"
    from chorale import ui  # noqa: PLC0415  pygame loads with it

    ui.screenshot(arguments.scene, arguments.output, arguments.size, arguments.file)
    return 0
