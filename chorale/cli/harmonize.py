"""``chorale harmonize``: the missing voices of one or many scores."""

import argparse
import json
from pathlib import Path
from typing import Any

from chorale.app.batch import Asked, harmonize_file, named
from chorale.app.jobs import Job
from chorale.app.studio import Studio
from chorale.cli.asking import asked_of
from chorale.cli.console import Progressing, complain
from chorale.cli.outputs import check_output, plan
from chorale.errors import InputError
from chorale.models.base import Harmonization

__all__ = ["run"]


def run(arguments: argparse.Namespace) -> int:
    """Harmonize every input; a bad one is told of, the others go on, and the exit status is 2 at the end."""
    asked = asked_of(arguments)
    targets = plan(arguments.output, arguments.inputs)
    studio = Studio()
    status = 0
    try:
        for path, target in zip(arguments.inputs, targets, strict=True):
            try:
                done = _harmonize(studio, path, target, asked, arguments.inputs)
            except InputError as error:
                complain(_naming(path, str(error)))
                done = {"input": str(path), "error": str(error)}
                status = 2
            if arguments.json:
                print(json.dumps(done, ensure_ascii=False), flush=True)
    finally:
        studio.close()
    return status


def _naming(path: Path, message: str) -> str:
    return message if str(path) in message else f"{path}: {message}"


def _harmonize(studio: Studio, path: Path, target: Path, asked: Asked, inputs: list[Path]) -> dict[str, Any]:
    """Harmonize one input; return what came of it, for programs."""
    files = named(target, asked.request.alternatives)
    for file in files:
        check_output(file, inputs)
    with Progressing(str(path)) as line:
        answers, told = harmonize_file(studio, path, files, asked, lambda job: _watch(job, line))
    for remark in told:
        complain(_naming(path, remark))
    written = [
        {"file": str(file), "seed": answer.seed, "log_likelihood": round(answer.log_likelihood, 4)}
        for file, answer in zip(files, answers, strict=False)
    ]
    return {"input": str(path), "answers": written, "remarks": told}


def _watch(job: Job[list[Harmonization]], line: Progressing) -> None:
    while not job.join(0.05):
        line.show(job.progress.fraction)
