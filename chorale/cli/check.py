"""``chorale check``: what is wrong in one or many scores, and what their chords and cadences are."""

import argparse
import dataclasses
import difflib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from chorale.app import opening
from chorale.app.checking import Checked
from chorale.cli import reports
from chorale.cli.console import complain
from chorale.cli.outputs import check_output, plan
from chorale.errors import InputError
from chorale.music import Score, Voice
from chorale.theory import RULES, Finding, Profile, Severity, analyze, check, profile
from chorale.theory.fixes import Fix, suggest
from chorale.theory.profiles import parse_range

__all__ = ["run"]

_MUSICXML = (".musicxml", ".mxl", ".xml")


def run(arguments: argparse.Namespace) -> int:
    """Check every input; a bad one is told of, the others go on, and the exit status is 2 at the end."""
    if arguments.explain is not None:
        return _explain(arguments.explain)
    if not arguments.inputs:
        raise InputError("check: no files: wanted at least one (see chorale check --help)")
    strictness = _with_ranges(profile(arguments.profile), arguments.range)
    targets = _targets(arguments)
    statuses = [
        _check(path, target, strictness, arguments) for path, target in zip(arguments.inputs, targets, strict=True)
    ]
    return max(statuses)


def _explain(code: str) -> int:
    if code not in RULES:
        near = difflib.get_close_matches(code, RULES, n=1)
        guess = f"did you mean {near[0]}? " if near else ""
        raise InputError(f"no rule {code!r}: {guess}wanted one of {', '.join(RULES)}")
    rule = RULES[code]
    print(f"{rule.title} ({rule.code}, {rule.severity.label})\n\n{rule.explanation}\n\n{rule.rate}.")
    return 0


def _with_ranges(usual: Profile, wanted: Iterable[str]) -> Profile:
    ranges = list(usual.ranges)
    for text in wanted:
        letter, _, span = text.partition("=")
        voice = {each.letter: each for each in Voice}.get(letter.strip().upper())
        if voice is None:
            raise InputError(f"--range {text!r}: wanted S, A, T or B and two notes such as B=C2-D4")
        ranges[voice] = parse_range(span)
    return dataclasses.replace(usual, ranges=tuple(ranges))


def _targets(arguments: argparse.Namespace) -> list[Path | None]:
    """Return the annotated file of every input, checked before any work is done; None without --annotate."""
    if arguments.annotate is None:
        return [None] * len(arguments.inputs)
    targets = plan(arguments.annotate, arguments.inputs)
    for target in targets:
        if target.suffix.lower() not in _MUSICXML:
            raise InputError(f"--annotate {target}: wanted MusicXML, one of {' '.join(_MUSICXML)}")
        check_output(target, arguments.inputs)
    return [*targets]


def _check(path: Path, target: Path | None, strictness: Profile, arguments: argparse.Namespace) -> int:
    try:
        opened = opening.read(path)
        checked = _examined(opened.score, strictness, arguments)
        for line in _lines(path, checked, arguments):
            print(line)
        for warning in opened.warnings:
            complain(_naming(path, warning))
        if target is not None:
            _annotate(checked, target, arguments)
    except InputError as error:
        complain(_naming(path, str(error)))
        return 2
    return 0


def _examined(score: Score, strictness: Profile, arguments: argparse.Namespace) -> Checked:
    analysis, least = analyze(score), Severity[arguments.severity.upper()]
    findings = check(score, strictness, analyze=lambda _: analysis, names=arguments.names)
    return Checked(score, strictness, analysis, tuple(each for each in findings if each.severity >= least))


def _naming(path: Path, message: str) -> str:
    return message if str(path) in message else f"{path}: {message}"


def _lines(path: Path, checked: Checked, arguments: argparse.Namespace) -> Iterator[str]:
    fixes = _fixes(checked, arguments.names) if arguments.fixes else None
    if arguments.json:
        return (json.dumps(each, ensure_ascii=False) for each in reports.objects(str(path), checked, fixes))
    return reports.lines(str(path), checked, fixes, chords=arguments.chords)


def _fixes(checked: Checked, names: str) -> dict[Finding, Fix | None]:
    score, strictness, analysis = checked.score, checked.profile, checked.analysis
    return {each: suggest(score, each, strictness, analysis=analysis, names=names) for each in checked.findings}


def _annotate(checked: Checked, target: Path, arguments: argparse.Namespace) -> None:
    from chorale import io  # noqa: PLC0415  music21 loads with the first file that is written

    heading = reports.totals(checked)
    figures = arguments.figures
    annotations = io.Annotations.of(checked.analysis, checked.findings, heading=heading, figures=figures)
    io.write(checked.score, target, layout=arguments.layout, annotations=annotations)
