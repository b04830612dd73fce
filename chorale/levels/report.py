"""Progress as a teacher gets it: a table of all levels, or a file to be imported again."""

import csv
import dataclasses
import io
from collections.abc import Iterator
from pathlib import Path

from chorale.files import atomic_write
from chorale.levels.progress import Progress, as_json
from chorale.levels.worlds import Worlds

__all__ = ["export", "table"]

_COLUMNS = ("player", "world", "level", "title", "stars", "points", "hints", "day")


def export(progress: Progress, worlds: Worlds, path: Path) -> None:
    """Write progress into a file: ``.csv`` a table, any other suffix what ``progress.read`` reads.

    Raises:
        InputError: it cannot be written.
    """
    if path.suffix.lower() == ".csv":
        atomic_write(path, table(progress, worlds).encode("utf-8-sig"))  # spreadsheets look for the mark
    else:
        atomic_write(path, as_json(dataclasses.replace(progress, folders=())))


def table(progress: Progress, worlds: Worlds) -> str:
    """Return a table of comma-separated values, a row for every level, played or not."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(_rows(progress, worlds))
    return text.getvalue()


def _rows(progress: Progress, worlds: Worlds) -> Iterator[tuple[object, ...]]:
    for world in worlds.worlds:
        for level in world.levels:
            best = progress.best(level.id, level.version)
            reached = (best.stars, f"{best.points:g}", best.hints, best.day) if best else (0, "", "", "")
            yield (progress.player, world.title, level.id, level.title, *reached)
