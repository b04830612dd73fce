"""``chorale mark``: a class's hand-ins, marked by an assignment, with a report for the teacher and every student."""

import argparse

from chorale.app.marking import mark_class
from chorale.cli.console import Progressing, complain

__all__ = ["run"]


def run(arguments: argparse.Namespace) -> int:
    """Mark a folder; unreadable hand-ins are told of and listed in the report, and the exit status is 0."""
    with Progressing(f"marking {arguments.folder.name}") as line:
        summary = mark_class(
            arguments.folder, arguments.assignment, arguments.output, progress=line.show, workers=arguments.workers
        )
    for told in summary.says:
        complain(told)
    unread = f", {summary.unreadable} could not be read" if summary.unreadable else ""
    flagged = f", {summary.flagged} worth a question" if summary.flagged else ""
    print(f"{summary.marked} marked ({summary.again} anew){unread}{flagged}: {arguments.output / 'index.html'}")
    return 0
