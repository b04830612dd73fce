"""``chorale batch``: the missing voices of every score in a folder, on all cores or on a cluster."""

import argparse
import os

from chorale.app.batch import REPORT, harmonize_folder
from chorale.cli.asking import asked_of
from chorale.cli.console import Progressing, complain

__all__ = ["run"]


def run(arguments: argparse.Namespace) -> int:
    """Harmonize the folder; a bad input is told of and listed in the report, and the exit status is 2 at the end."""
    asked = asked_of(arguments, f".{arguments.format}")
    with Progressing(f"harmonizing {arguments.folder.name}") as line:
        outcomes, others = harmonize_folder(
            arguments.folder,
            arguments.output,
            asked,
            workers=arguments.workers or os.cpu_count() or 1,
            dask=arguments.dask,
            progress=line.show,
        )
    for outcome in outcomes:
        for told in filter(None, (outcome.reason, *outcome.notes)):
            complain(f"{outcome.source}: {told}")
    for name in others:
        complain(f"{name} is no score and was left alone")
    bad = sum(bool(outcome.reason) for outcome in outcomes)
    failed = f", {bad} could not be" if bad else ""
    print(f"{len(outcomes) - bad} harmonized{failed}: {arguments.output / REPORT}")
    return 2 if bad else 0
