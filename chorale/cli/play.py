"""``chorale`` and ``chorale play``: the window."""

import argparse
import importlib

__all__ = ["run"]


def run(arguments: argparse.Namespace) -> int:
    """Open the window, on a file if one is named; it is found by name, since entry points do not know each other."""
    window = importlib.import_module("chorale.ui")
    return int(window.main(arguments.file) or 0)
