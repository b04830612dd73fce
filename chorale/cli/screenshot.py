"""``chorale screenshot``: what the window would show, without a display."""

import argparse
import importlib
import os

from chorale.cli.outputs import check_output
from chorale.errors import InputError

__all__ = ["run"]


def run(arguments: argparse.Namespace) -> int:
    """Draw a scene into a PNG file; the window is found by name, since entry points do not know each other."""
    if arguments.output.suffix.lower() != ".png":
        raise InputError(f"{arguments.output}: wanted the suffix .png")
    check_output(arguments.output, [arguments.file] if arguments.file else [])
    os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"
    window = importlib.import_module("chorale.ui")
    window.screenshot(arguments.scene, arguments.output, arguments.size, arguments.file)
    return 0
