"""``chorale`` and ``chorale play``: the window."""

import argparse

__all__ = ["run"]


def run(arguments: argparse.Namespace) -> int:
    """Open the window, on a file if one is named."""
    from chorale import ui  # noqa: PLC0415  pygame loads with it

    return int(ui.main(arguments.file) or 0)
