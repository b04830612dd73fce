"""``chorale evaluate coconet``, or any other harmonizer by its name: measure, print, report, save."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from chorale.errors import InputError
from chorale.files import atomic_write
from chorale.training import datasets
from chorale.training.evaluate import model_of
from chorale.training.harmonizers import card, curve, report
from chorale.training.harmonizers.measuring import Measuring, Plan
from chorale.training.harmonizers.table import PARTS
from chorale.training.harmonizers.work import Workshop, default_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chorale.models.coconet.sampling import Coconet

__all__ = ["run"]

Told = TypeVar("Told")

_DESCRIPTION = """\
Score a harmonizer on held-out chorales, beside Bach and other networks. What is measured is kept, so that a run that
was stopped goes on where it was, and only what changed is measured again.
"""
_EXAMPLES = """\
examples:
  chorale evaluate coconet --pieces 8                       a first look, on validation pieces
  chorale evaluate coconet --only writing                   what it writes, in a few minutes
  chorale evaluate coconet --peer doodle --report out.html  the whole table, another network beside it
  chorale evaluate coconet --curve curve.svg                quality against the work that goes into it
  chorale evaluate coconet --split test --report --save     once, for the model card
"""


def run(name: str, model: Coconet, arguments: Sequence[str]) -> int:
    """Score the model ``name``, and its peers, as the command line says."""
    del model  # the jobs load it by its name, in whatever process they are done
    options = _parser(name).parse_args(list(arguments))
    for peer in options.peer:
        model_of(peer, "chorales")
    folder = datasets.data_folder(options.data)
    workshop = Workshop(Path(options.run) if options.run else default_folder(), options.workers)
    if options.curve is not None:
        return _curve(name, options, folder, workshop)
    plan = _plan(options)
    measuring = Measuring(plan, folder, workshop)
    scores = {each: measuring.scores(each, peer=each != name) for each in (name, *options.peer)}
    facts = report.Facts.of(name, scores, plan)
    if options.report is None:
        _print(scores, as_json=options.json)
    else:
        _write(options.report, report.page if options.report.endswith((".html", ".htm")) else report.markdown, facts)
    if options.save:
        print(f"scores saved in {card.save(facts)}", file=sys.stderr)
    return 0


def _parser(name: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"chorale evaluate {name}",
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data", help="folder of the data; default: the environment variable CHORALE_DATA")
    _what(parser)
    _how(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    out = "the table of what is to be reached; OUT.md or OUT.html, otherwise printed"
    parser.add_argument("--report", nargs="?", const="", metavar="OUT", help=out)
    out = "instead: quality and time against passes, rounds and candidates; OUT.md or OUT.svg, otherwise printed"
    parser.add_argument("--curve", nargs="?", const="", metavar="OUT", help=out)
    parser.add_argument("--save", action="store_true", help="write it into the model's config.json and card")
    return parser


def _what(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--split", choices=("valid", "test"), default="valid", help="test: once, for the card")
    parser.add_argument("--pieces", type=_number, metavar="N", help="only so many; default: all")
    parser.add_argument("--orders", type=_number, default=5, metavar="N", help="of frames, in the framewise score (5)")
    parser.add_argument("--frames", type=_number, default=6, metavar="N", help="random ones a piece; 0: all, hours (6)")
    typed = "how many of the melodies that people typed into the Bach Doodle; 0: none (300)"
    parser.add_argument("--melodies", type=_number, default=300, metavar="N", help=typed)
    parser.add_argument("--only", action="append", choices=PARTS, help="this part alone; may be repeated")
    parser.add_argument("--gibbs", action="store_true", help="let Coconet's published sampler write with the network")
    parser.add_argument("--peer", action="append", default=[], metavar="NAME", help="another model beside it")
    share = "the share of pieces and melodies that peers write, and where they get framewise scores (.25)"
    parser.add_argument("--peer-share", type=float, default=0.25, metavar="X", help=share)


def _how(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=_number, default=0, metavar="N", help="of everything random (0)")
    cores = os.cpu_count() or 1
    parser.add_argument("--workers", type=_workers, default=cores, metavar="N", help="processes (one a core)")
    parser.add_argument("--run", metavar="FOLDER", help="where results are kept; default: the user's cache")


def _number(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r}: wanted a whole number, 0 or more")
    return int(text)


def _workers(text: str) -> int:
    if not 1 <= _number(text) <= 256:
        raise argparse.ArgumentTypeError(f"{text!r}: wanted a number of processes such as 4")
    return int(text)


def _plan(options: argparse.Namespace) -> Plan:
    if not 0 < options.peer_share <= 1:
        raise InputError(f"peer share {options.peer_share:g}: wanted more than 0, at most 1")
    if options.orders < 1 or options.pieces == 0:
        raise InputError(f"{options.orders} orders, {options.pieces} pieces: wanted at least one of each")
    return Plan(
        options.split,
        options.pieces,
        options.orders,
        options.frames,
        options.melodies,
        options.seed,
        options.peer_share,
        options.gibbs,
        tuple(part for part in PARTS if part in (options.only or PARTS)),
    )


def _curve(name: str, options: argparse.Namespace, folder: Path, workshop: Workshop) -> int:
    """Measure and tell the curve."""
    points = curve.measured(name, folder, workshop, pieces=options.pieces, seed=options.seed)
    _write(options.curve, curve.svg if options.curve.endswith(".svg") else curve.markdown, points)
    if options.save:
        print(f"curve saved in {card.save_curve(name, points)}", file=sys.stderr)
    return 0


def _write(out: str, told: Callable[[Told], str], facts: Told) -> None:
    """Write what is told to a file, or print it."""
    if out:
        atomic_write(out, told(facts).encode())
    else:
        print(told(facts), end="")


def _print(scores: dict[str, dict[str, float]], *, as_json: bool) -> None:
    """Print one column a model; as JSON, of one model alone, its scores."""
    columns = list(scores.values())
    if as_json:
        print(json.dumps(scores if len(scores) > 1 else columns[0]))
        return
    if len(columns) > 1:
        print(" " * 34, *(f"{name:>10.10}" for name in scores))
    for row in dict.fromkeys(row for column in columns for row in column):
        print(f"{row:34}", *(f"{column[row]:10.4f}" if row in column else f"{'-':>10}" for column in columns))
