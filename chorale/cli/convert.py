"""``chorale convert``: one format into another."""

import argparse

from chorale.app import exporting
from chorale.app.studio import Studio
from chorale.cli.console import Progressing, complain
from chorale.cli.outputs import check_output

__all__ = ["run"]


def run(arguments: argparse.Namespace) -> int:
    """Read IN and write OUT."""
    exporting.check_suffix(arguments.output)
    check_output(arguments.output, [arguments.input])
    studio = Studio()
    for warning in studio.open(arguments.input):
        complain(f"{arguments.input}: {warning}")
    studio.change_settings(layout=arguments.layout, instrument=arguments.instrument)
    job = studio.export_job(arguments.output, analysis=arguments.analysis)
    try:
        with Progressing(str(arguments.output)) as line:
            while not job.join(0.05):
                line.show(job.progress.fraction)
        job.result()  # raises what went wrong
    finally:
        studio.close()
    lost = exporting.left_out(studio.score, arguments.output)
    if lost:
        complain(f"{arguments.output}: {lost}")
    return 0
