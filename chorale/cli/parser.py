"""The arguments of every command, and their help with examples."""

import argparse
import difflib
import functools
import importlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from chorale.cli.console import complain
from chorale.cli.level_parser import add_levels
from chorale.cli.tool_parser import add_tools

__all__ = ["parse"]

_TOP = """\
Chorale: write a soprano line, press Harmonize, get four parts in the manner of Bach.

Without a command it opens the window.
"""
_TOP_EXAMPLES = """\
examples:
  chorale                                        open the window
  chorale tune.musicxml                          open the window on a file
  chorale harmonize tune.mid -o four.musicxml    four parts from a melody
  chorale convert four.musicxml -o four.pdf      the same as a page to print

Each command tells more: chorale harmonize --help
"""
_HARMONIZE = """\
Write the missing voices of one or more scores. The kept voices come back exactly as they were.
"""
_HARMONIZE_EXAMPLES = """\
examples:
  chorale harmonize tune.mid -o four.musicxml
  chorale harmonize tune.abc -o four.mid --seed 7 --temperature 0.8
  chorale harmonize tune.musicxml -o four.musicxml --alternatives 4   four-A.musicxml to four-D.musicxml
  chorale harmonize four.musicxml -o again.musicxml --bars 5-8        these bars anew, the others kept
  chorale harmonize outer.musicxml -o four.musicxml --keep SB         soprano and bass are given
  chorale harmonize tune.mid -o four.mid --chords "1.1=I 3.4=V7/V"    with chords of your own
  chorale harmonize tune.mid -o four.mid --ornament -1                note against note
  chorale harmonize tunes/*.mid -o folder                             one file each in the folder
"""
_BATCH = """\
Write the missing voices of every score in a folder and below it, on all cores. The results lie in OUT as the scores
do in FOLDER; OUT/batch.json lists every file, with its seed or with what was wrong. A run that was stopped goes on
where it was.
"""
_BATCH_EXAMPLES = """\
examples:
  chorale batch tunes -o four
  chorale batch tunes -o four --format mid --alternatives 4 --workers 8
  chorale batch tunes -o four --dask tcp://scheduler:8786      needs dask[distributed]
"""
_FORMATS = ("musicxml", "mxl", "mid", "chorale", "wav", "svg", "png", "pdf")
_CHECK = """\
Find what is wrong in one or more scores, and say why. Exit status 0 when all were checked, whatever was found.
"""
_CHECK_EXAMPLES = """\
examples:
  chorale check four.musicxml
  chorale check four.mid --profile ap --severity error      only what an AP reader takes points for
  chorale check four.mid --range B=C2-D4 --chords           a deep bass; numerals and cadences too
  chorale check four.mid --annotate marked.musicxml         findings and numerals on the page
  chorale check class/*.musicxml --annotate marked          one file each in the folder
  chorale check four.musicxml --json                        an object a line, for programs
  chorale check --explain parallel-fifths                   what a rule says
"""
_CONVERT = "Read a score and write it in another format, which the suffix of OUT names."
_CONVERT_EXAMPLES = """\
examples:
  chorale convert four.musicxml -o four.mid
  chorale convert four.chorale -o four.pdf
  chorale convert four.mid -o four.musicxml --layout open
  chorale convert four.mid -o four.wav --instrument organ
  chorale convert four.mid -o four.pdf --analysis           with Roman numerals under the bass
"""
_MARK = """\
Mark a folder of hand-ins by an assignment, on all cores and offline: a page a student, an overview, tables for
Moodle and Canvas, annotated scores. Marking again rewrites only what changed.
"""
_MARK_EXAMPLES = """\
examples:
  chorale mark --example > homework.toml             an assignment to copy, with remarks
  chorale mark hand-ins --assignment homework.toml -o report

An assignment says what was given and what a mistake costs:

  title = "The first line of Old Hundredth"
  key = "G major"
  meter = "4/4"
  pickup = "1/4"
  preset = "textbook"                        points off; or "ap": points by chord and connection
  [given]
  soprano = "g4:4 | g4 f4 e4 d4 | g4 a4 b4:2^ |"
"""
_SCREENSHOT = "Draw what the window would show, without a display."
_SCREENSHOT_EXAMPLES = """\
examples:
  chorale screenshot editor -o page.png
  chorale screenshot editor -o page.png --size 1920x1080 four.musicxml
"""
_MODELS = """\
List the models and the state of their files, on wish with their scores; or take in a published one, which is converted
once and kept in your data folder. What can be added: the network of the Bach Doodle, Magenta's Coconet; Magenta's
MelodyRNN, DrumsRNN, MusicVAE and GrooVAE, from TensorFlow.js checkpoints, bundles (.mag) or TensorFlow checkpoints.
"""
_MODELS_EXAMPLES = """\
examples:
  chorale models
  chorale models --scores
  chorale models add coconet/bach --name doodle          the folder with weights_manifest.json
  chorale models add music_rnn/basic_rnn
  chorale models add attention_rnn.mag
  chorale harmonize tune.mid -o four.mid --model doodle
  chorale models remove doodle
"""
_TRAIN_EXAMPLES = """\
examples:
  chorale train coconet --help       what this model's training can be told
  chorale evaluate coconet
"""


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line, and whose commands take files and options in any order."""

    any_order = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # noqa: ANN401  as argparse declares it
        """Parse as argparse does, but in any order where that was asked for."""
        if not self.any_order:
            return super().parse_known_args(args, namespace)
        self.any_order = False  # since it calls this method in turn
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self.any_order = True

    def error(self, message: str) -> NoReturn:
        command = self.prog.removeprefix("chorale").strip()
        complain(f"{f'{command}: ' if command else ''}{message} (see {self.prog} --help)")
        self.exit(2)


def _run(name: str) -> Callable[[argparse.Namespace], int]:
    """Return the function of a command; its module is loaded when it is called."""

    def run(arguments: argparse.Namespace) -> int:
        return int(importlib.import_module(f"chorale.cli.{name}").run(arguments))

    return run


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Return the arguments, with the command's function as ``run``; end the process on --help and wrong calls."""
    parser, commands = _parser()
    words = list(argv)
    if not words or (words[0] not in commands and not words[0].startswith("-")):
        _check_file(parser, commands, words)
        words = ["play", *words]
    return parser.parse_args(words)


def _check_file(parser: _Parser, commands: Sequence[str], words: Sequence[str]) -> None:
    """End the process if the first word is neither a command nor can be a file."""
    if not words or Path(words[0]).suffix or Path(words[0]).exists():
        return
    near = difflib.get_close_matches(words[0], commands, n=1)
    guess = f"; did you mean {near[0]}?" if near else "."
    parser.error(f"{words[0]!r} is no command and no file{guess} Wanted one of {', '.join(commands)}")


def _parser() -> tuple[_Parser, tuple[str, ...]]:
    parser = _Parser(prog="chorale", description=_TOP, epilog=_TOP_EXAMPLES, formatter_class=_Formatter)
    parser.add_argument("--version", action=_ShowVersion, nargs=0, help="show the version and exit")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, dest="command")
    for add in (_play, _harmonize, _batch, _check, _mark, _convert, _screenshot, _models, _doctor, _train, _evaluate):
        add(commands)
    add_levels(functools.partial(_add, commands))
    add_tools(functools.partial(_tool, commands))
    return parser, tuple(commands.choices)


def _tool(commands: "_Commands", *texts: str) -> _Parser:
    """Add one of the Studio's tools, which share a module."""
    parser = _add(commands, *texts)
    parser.set_defaults(run=_run("tools"))
    return parser


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Keeps the examples' lines, and gives options room enough to stand beside their help."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=32, width=100)
        self._action_max_length = 14  # argparse forgets that commands are indented


_Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"  # noqa: SLF001  its only name


class _ShowExample(argparse.Action):
    """Prints the worked example of an assignment."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from chorale import assets  # noqa: PLC0415  only here

        path = assets.folder("levels") / "assignments" / "old_hundredth.toml"
        print(path.read_text(encoding="utf-8"), end="")
        parser.exit()


class _ShowVersion(argparse.Action):
    """Prints the version, which is looked up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from importlib.metadata import version  # noqa: PLC0415  slow to load

        print(f"chorale {version('chorale-studio')}")
        parser.exit()


def _add(commands: _Commands, name: str, summary: str, description: str = "", examples: str = "") -> _Parser:
    text = description or f"{summary[0].upper()}{summary[1:]}."
    parser = commands.add_parser(name, help=summary, description=text, epilog=examples, formatter_class=_Formatter)
    parser.set_defaults(run=_run(name))
    parser.any_order = True
    return parser


def _play(commands: _Commands) -> None:
    parser = _add(commands, "play", "open the window (the same as no command)")
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a score to open")


def _harmonize(commands: _Commands) -> None:
    parser = _add(commands, "harmonize", "write the missing voices", _HARMONIZE, _HARMONIZE_EXAMPLES)
    parser.add_argument("inputs", nargs="+", type=Path, metavar="IN", help="MusicXML, MIDI, ABC or .chorale")
    out = "the file to write, or a folder, where each gets its input's name"
    parser.add_argument("-o", "--output", required=True, metavar="OUT", help=out)
    parser.add_argument("--json", action="store_true", help="one JSON object an input: files, seeds, remarks, or error")
    _asking(parser)
    _output_manner(parser)


def _asking(parser: _Parser) -> None:
    """Add the options that say how to harmonize."""
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="the same seed gives the same notes (0)")
    many = "how many different answers, 1 to 4, one file each (1)"
    parser.add_argument("--alternatives", type=int, default=1, metavar="K", help=many)
    bold = "0 to 2: less than 1 is calmer, more is bolder (1)"
    parser.add_argument("--temperature", type=float, default=1.0, metavar="T", help=bold)
    lively = "-1 to 1: plain, note against note, to ornate (0)"
    parser.add_argument("--ornament", type=float, default=0.0, metavar="X", help=lively)
    wished = "chords by bar and beat, such as '1.1=I 2.1=V6/5 4.1-4.2=D7'"
    parser.add_argument("--chords", metavar="LIST", help=wished)
    parser.add_argument("--keep", default="S", metavar="VOICES", help="which voices are given, of SATB (S)")
    parser.add_argument("--bars", type=_bars, metavar="A-B", help="write only these bars; a pickup is bar 0")
    parser.add_argument("--model", default="coconet", metavar="NAME", help="which harmonizer (coconet)")


def _batch(commands: _Commands) -> None:
    parser = _add(commands, "batch", "write the missing voices of a folder", _BATCH, _BATCH_EXAMPLES)
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="scores, in it and below it")
    out = "the results' folder; an earlier one is brought up to date"
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="OUT", help=out)
    wanted = "of the results: musicxml, mxl, mid, chorale, wav, svg, png, pdf (musicxml)"
    parser.add_argument("--format", choices=_FORMATS, default="musicxml", metavar="F", help=wanted)
    parser.add_argument("--workers", type=_workers, metavar="N", help="how many processes (one a core)")
    cluster = "a Dask scheduler, such as tcp://host:8786, whose workers see the same files"
    parser.add_argument("--dask", metavar="ADDRESS", help=cluster)
    _asking(parser)
    _output_manner(parser)


def _check(commands: _Commands) -> None:
    parser = _add(commands, "check", "find part-writing errors", _CHECK, _CHECK_EXAMPLES)
    parser.add_argument("inputs", nargs="*", type=Path, metavar="FILE", help="MusicXML, MIDI, ABC or .chorale")
    strict = "how strict: textbook, ap or bach (textbook)"
    parser.add_argument("--profile", default="textbook", metavar="PROFILE", help=strict)
    least = "the least grave to tell: error, warning or hint (hint)"
    parser.add_argument("--severity", choices=("error", "warning", "hint"), default="hint", metavar="LEAST", help=least)
    wide = "a voice's own range, such as B=C2-D4; may be repeated"
    parser.add_argument("--range", action="append", default=[], metavar="V=LOW-HIGH", help=wide)
    named = "note names: english, german or fixed-do (english)"
    parser.add_argument("--names", default="english", metavar="STYLE", help=named)
    parser.add_argument("--fixes", action="store_true", help="suggest a change for each finding that has one")
    parser.add_argument("--chords", action="store_true", help="tell numerals and cadences, a line a phrase")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    marked = "write a marked MusicXML file, or a folder of them"
    parser.add_argument("--annotate", metavar="OUT", help=marked)
    parser.add_argument("--figures", action="store_true", help="write figured bass into the marked file too")
    layout = "the marked file on two staves (closed) or four (open)"
    parser.add_argument("--layout", choices=("closed", "open"), default="closed", help=layout)
    parser.add_argument("--explain", metavar="CODE", help="say what a rule means, and check nothing")


def _mark(commands: _Commands) -> None:
    parser = _add(commands, "mark", "mark a class's hand-ins", _MARK, _MARK_EXAMPLES)
    whose = "the hand-ins, one file a student, or as Moodle and Canvas pack them"
    parser.add_argument("folder", type=Path, metavar="FOLDER", help=whose)
    asked = "what was asked, and what a mistake costs"
    parser.add_argument("--assignment", required=True, type=Path, metavar="A.toml", help=asked)
    out = "the report's folder; an earlier report is brought up to date"
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="REPORT", help=out)
    parser.add_argument("--example", action=_ShowExample, nargs=0, help="print an assignment to copy, and mark nothing")
    parser.add_argument("--workers", type=_workers, metavar="N", help="how many processes (one a core)")


def _convert(commands: _Commands) -> None:
    parser = _add(commands, "convert", "write a score in another format", _CONVERT, _CONVERT_EXAMPLES)
    parser.add_argument("input", type=Path, metavar="IN", help="MusicXML, MIDI, ABC or .chorale")
    out = "musicxml, mxl, mid, wav, svg, png, pdf or chorale"
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="OUT", help=out)
    under = "write numerals and cadences under the bass, in MusicXML and pictures"
    parser.add_argument("--analysis", action="store_true", help=under)
    _output_manner(parser)


def _output_manner(parser: _Parser) -> None:
    layout = "MusicXML and pictures on two staves (closed) or four (open)"
    parser.add_argument("--layout", choices=("closed", "open"), default="closed", help=layout)
    sound = "the sound of WAV and MIDI, such as choir, organ or piano"
    parser.add_argument("--instrument", default="choir", metavar="NAME", help=sound)


def _screenshot(commands: _Commands) -> None:
    parser = _add(commands, "screenshot", "draw what the window would show", _SCREENSHOT, _SCREENSHOT_EXAMPLES)
    parser.add_argument("scene", metavar="SCENE", help="which scene, such as editor")
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a score to open")
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="OUT.png", help="the picture")
    parser.add_argument("--size", type=_size, default=(1280, 720), metavar="WxH", help="in pixels (1280x720)")


def _models(commands: _Commands) -> None:
    parser = _add(commands, "models", "list the models, or add another", _MODELS, _MODELS_EXAMPLES)
    parser.any_order = False  # argparse cannot, beside words that have arguments of their own
    parser.add_argument("--json", action="store_true", help="the list as one JSON object")
    parser.add_argument("--scores", action="store_true", help="all that was measured of them, too")
    actions = parser.add_subparsers(metavar="[ACTION]", dest="action", title="actions")
    adding = actions.add_parser("add", help="take in a published model", formatter_class=_Formatter)
    told = "the folder of a TensorFlow.js checkpoint; a bundle (.mag); or a checkpoint of TensorFlow, also as a .tar"
    adding.add_argument("folder", type=Path, metavar="PATH", help=told)
    adding.add_argument("--name", metavar="N", help="what to call it (the name of the folder or file)")
    removing = actions.add_parser("remove", help="forget a model that was added", formatter_class=_Formatter)
    removing.add_argument("name", metavar="NAME")


def _doctor(commands: _Commands) -> None:
    parser = _add(commands, "doctor", "check this installation; exit status 1 if something is wrong")
    parser.add_argument("--json", action="store_true", help="one JSON object")


def _train(commands: _Commands) -> None:
    _training(commands, "train", "train a model")


def _evaluate(commands: _Commands) -> None:
    _training(commands, "evaluate", "score a model")


def _training(commands: _Commands, name: str, summary: str) -> None:
    parser = _add(commands, name, summary, examples=_TRAIN_EXAMPLES)
    parser.add_argument("name", metavar="NAME", help="which model, such as coconet")
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="...", help="told to that model's own code")
    parser.set_defaults(run=_run("training"), task=name)
    parser.any_order = False  # the rest of the line is not ours


def _bars(text: str) -> tuple[int, int]:
    first, dash, last = text.partition("-")
    try:
        return int(first), int(last if dash else first)
    except ValueError:
        raise argparse.ArgumentTypeError(f"bars {text!r}: wanted two numbers such as 5-8") from None


def _workers(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(f"{text!r}: wanted a number of processes such as 4")
    return int(text)


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    try:
        size = int(width), int(height)
    except ValueError:
        size = (0, 0)
    if not all(64 <= side <= 8192 for side in size):
        raise argparse.ArgumentTypeError(f"size {text!r}: wanted two numbers of 64 to 8192 such as 1280x720")
    return size
