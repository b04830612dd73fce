"""What the command line says and takes for the Studio's five tools."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse

__all__ = ["add_tools"]

Add = Callable[..., Any]

_CONTINUE = """\
Go on where a clip ends. The result is the clip, every note, velocity and time as it was, and then so many new bars.
Melodies may be in 4/4, 2/2, 2/4 or 3/4, drums in 4/4; Drumify and Groove take any meter.
"""
_CONTINUE_EXAMPLES = """\
examples:
  chorale continue tune.mid -o longer.mid --bars 4 --ending
  chorale continue tune.musicxml -o ideas/ --variations 4 --key input     stay in the tune's own key
  chorale continue beat.mid -o longer.mid --drums --density 0.8
"""
_GENERATE = "Write up to four bars out of nothing."
_GENERATE_EXAMPLES = """\
examples:
  chorale generate -o ideas/ --variations 8 --seed 1
  chorale generate -o waltz.mid --meter 3/4 --key "E minor"
  chorale generate -o beat.mid --drums --qpm 96
"""
_INTERPOLATE = """\
Walk from one clip to another in equal steps; the first and the last file are the clips re-created, or the clips
themselves with --exact.
"""
_INTERPOLATE_EXAMPLES = """\
examples:
  chorale interpolate a.mid b.mid -o path/ --steps 5
  chorale interpolate a.mid b.mid -o path/ --drums --exact
"""
_DRUMIFY = "Make a drum part to go with anything that has onsets: a melody, a bass line, a chorale, tapping."
_DRUMIFY_EXAMPLES = """\
examples:
  chorale drumify bass.mid -o drums.mid
  chorale drumify four.musicxml -o drums/ --variations 3 --density 0.7
"""
_GROOVE = "Play a drum part as a drummer would: new velocities and times for the same notes."
_GROOVE_EXAMPLES = """\
examples:
  chorale groove stiff.mid -o played.mid
  chorale groove stiff.mid -o takes/ --variations 4 --temperature 1.2
"""


def add_tools(add: Add) -> None:
    """Add the five commands; ``add(name, summary, description, examples)`` returns a parser."""
    _continue(add)
    _generate(add)
    _interpolate(add)
    drumify = _tool(add, "drumify", "make drums to go with a clip", _DRUMIFY, _DRUMIFY_EXAMPLES, inputs=1)
    _density(drumify)
    _tool(add, "groove", "play drums as a drummer would", _GROOVE, _GROOVE_EXAMPLES, inputs=1)


def _continue(add: Add) -> None:
    parser = _tool(add, "continue", "go on where a clip ends", _CONTINUE, _CONTINUE_EXAMPLES, inputs=1)
    _drums(parser)
    parser.add_argument("--bars", type=int, metavar="N", help="how many to add (2)")
    parser.add_argument("--ending", action="store_true", help="come to rest at the end, on a note of the tonic chord")
    _key(parser)
    _density(parser)


def _generate(add: Add) -> None:
    parser = _tool(add, "generate", "write bars out of nothing", _GENERATE, _GENERATE_EXAMPLES)
    _drums(parser)
    parser.add_argument("--bars", type=int, metavar="N", help="1 to 4 (4)")
    parser.add_argument("--meter", default="4/4", metavar="M", help="4/4, 2/2, 2/4 or, for melodies, 3/4 (4/4)")
    parser.add_argument("--qpm", type=float, default=120.0, metavar="Q", help="quarter notes a minute (120)")
    _key(parser)
    _density(parser)


def _interpolate(add: Add) -> None:
    parser = _tool(add, "interpolate", "walk between two clips", _INTERPOLATE, _INTERPOLATE_EXAMPLES, inputs=2)
    _drums(parser)
    parser.add_argument("--steps", type=int, default=5, metavar="N", help="how many clips, both ends among them (5)")
    parser.add_argument("--exact", action="store_true", help="the ends are the clips themselves")
    _key(parser)


def _tool(add: Add, name: str, summary: str, description: str, examples: str, inputs: int = 0) -> Any:  # noqa: ANN401
    """Return the parser of one tool, with what all of them take."""
    parser: argparse.ArgumentParser = add(name, summary, description, examples)
    parser.set_defaults(tool=name)
    if inputs:
        what = "MIDI, MusicXML, ABC or .chorale"
        parser.add_argument("inputs", nargs=inputs, type=Path, metavar="IN", help=what)
    out = "the MIDI file to write, or a folder; a file a result"
    parser.add_argument("-o", "--output", required=True, metavar="OUT", help=out)
    if name != "interpolate":
        parser.add_argument("--variations", type=int, default=1, metavar="K", help="how many results (1)")
    else:
        parser.set_defaults(variations=1)
    coldest = "the likeliest of its kind, of which the seed chooses one" if name == "generate" else "the single best"
    bold = f"0 to 2: 0 is {coldest}, and results that would be the same are left out; more is bolder (1)"
    parser.add_argument("--temperature", type=float, default=1.0, metavar="T", help=bold)
    again = "the same seed gives the same music; variations count on from it (0)"
    parser.add_argument("--seed", type=int, default=0, metavar="N", help=again)
    parser.add_argument("--model", default="", metavar="NAME", help="another model than the tool's own")
    return parser


def _drums(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--drums", action="store_true", help="drums instead of a melody")


def _key(parser: argparse.ArgumentParser) -> None:
    stay = 'stay in the scale of a key such as "G major", or of the "input"'
    parser.add_argument("--key", metavar="K", help=stay)


def _density(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--density", type=float, metavar="D", help="of drums, 0 (little) to 1 (much)")
