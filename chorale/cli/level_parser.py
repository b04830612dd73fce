"""The arguments of ``chorale levels``."""

import argparse
from collections.abc import Callable
from pathlib import Path

__all__ = ["add_levels"]

_LEVELS = """\
List the levels of the game and what you have reached; check level files of your own; carry progress from one computer
to another, or to a teacher.
"""
_EXAMPLES = """\
examples:
  chorale levels                                   worlds, levels, stars
  chorale levels --check my-level.toml             what is wrong with a level file, if anything
  chorale levels --check my-folder --solve         and whether the automatic player finds an answer
  chorale levels --progress export ann.json        to be imported elsewhere; .csv is a table for a teacher
  chorale levels --progress import ann.json        the better of both results
"""


def add_levels(add: Callable[[str, str, str, str], argparse.ArgumentParser]) -> None:
    """Add the command.

    Args:
        add: adds a command of some name, summary, description and examples.
    """
    parser = add("levels", "list the game's levels, check your own", _LEVELS, _EXAMPLES)
    proof = "level files or folders of them: exit status 2 if something is wrong"
    parser.add_argument("--check", nargs="+", type=Path, default=[], metavar="FILE|FOLDER", help=proof)
    parser.add_argument("--solve", action="store_true", help="with --check: let the automatic player try each level")
    carried = "export or import, and a file"
    parser.add_argument("--progress", nargs=2, metavar=("export|import", "FILE"), help=carried)
    parser.add_argument("--json", action="store_true", help="one JSON object")
