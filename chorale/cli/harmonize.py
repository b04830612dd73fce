"""``chorale harmonize``: the missing voices of one or many scores."""

import argparse
from pathlib import Path

from chorale.app import edits
from chorale.app.harmonizing import LETTERS, Request, voices_named
from chorale.app.studio import Studio
from chorale.cli.console import Progressing, complain
from chorale.cli.outputs import check_output, plan
from chorale.errors import InputError, ModelError

__all__ = ["run"]


def run(arguments: argparse.Namespace) -> int:
    """Harmonize every input; a bad one is told of, the others go on, and the exit status is 2 at the end."""
    request = Request(
        keep=voices_named(arguments.keep),
        bars=arguments.bars,
        seed=arguments.seed,
        alternatives=arguments.alternatives,
        temperature=arguments.temperature,
        ornament=arguments.ornament,
        model=arguments.model,
    )
    if arguments.chords is not None:
        edits.chord_list(arguments.chords)  # what is wrong in every score is told once
    targets = plan(arguments.output, arguments.inputs)
    studio = Studio()
    studio.change_settings(layout=arguments.layout, instrument=arguments.instrument)
    status = 0
    try:
        for path, target in zip(arguments.inputs, targets, strict=True):
            try:
                _harmonize(studio, path, target, request, arguments)
            except InputError as error:
                complain(_naming(path, str(error)))
                status = 2
    finally:
        studio.close()
    return status


def _naming(path: Path, message: str) -> str:
    return message if str(path) in message else f"{path}: {message}"


def _harmonize(studio: Studio, path: Path, target: Path, request: Request, arguments: argparse.Namespace) -> None:
    files = _files(target, request.alternatives)
    for file in files:
        check_output(file, arguments.inputs)
    for warning in studio.open(path):
        complain(_naming(path, warning))
    if arguments.chords is not None:
        studio.edit("Ask for chords", lambda score: edits.ask_chords(score, arguments.chords))
    job = studio.harmonize(request)
    with Progressing(str(path)) as line:
        while not job.join(0.05):
            line.show(job.progress.fraction)
    job.result()  # raises what went wrong
    studio.poll()
    _tell(studio, path)
    for index, file in enumerate(files):
        studio.choose(index)
        studio.export(file)


def _files(target: Path, alternatives: int) -> list[Path]:
    if alternatives == 1:
        return [target]
    return [target.with_stem(f"{target.stem}-{letter}") for letter in LETTERS[:alternatives]]


def _tell(studio: Studio, path: Path) -> None:
    messages = studio.take_messages()
    bad = [message.text for message in messages if message.kind == "error"]
    if bad:
        raise ModelError(f"{path}: {bad[0]}")
    for message in messages:
        complain(_naming(path, message.text))
