"""Marking a class: what there is to do, done on all cores, and written where it changed."""

import hashlib
import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import chorale
from chorale import assets
from chorale.app.marking import assignment as assignments
from chorale.app.marking import handins
from chorale.app.marking.answers import ASKED, Asked
from chorale.app.marking.assignment import Assignment
from chorale.app.marking.handins import HandIn
from chorale.app.marking.likeness import Flag, flags
from chorale.app.marking.outcome import Outcome
from chorale.app.marking.pages import tables
from chorale.app.marking.pages.overview import ClassReport, overview_page
from chorale.app.marking.pool import results
from chorale.app.marking.store import Store
from chorale.app.marking.work import Done, Marking, Names
from chorale.errors import InputError

__all__ = ["Summary", "mark_class"]

Progress = Callable[[float], None]


@dataclass(frozen=True)
class Summary:
    """What a run did.

    Attributes:
        marked, unreadable: how many hand-ins were and could not be marked.
        again: how many of them were marked in this run; the others had not changed.
        written: how many files were written.
        flagged: how many hand-ins carry a flag.
        says: one line each on what the teacher should know: unreadable and ignored files, pages changed by hand.
    """

    marked: int
    unreadable: int
    again: int
    written: int
    flagged: int
    says: tuple[str, ...] = ()


@dataclass
class _Run:
    """What is known so far."""

    assignment: Assignment
    store: Store
    names: dict[str, Names]
    keys: dict[str, str]
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    no_answers: str = ""


def mark_class(
    folder: Path, assignment: Path, report: Path, *, progress: Progress = lambda _: None, workers: int | None = None
) -> Summary:
    """Mark a folder of hand-ins and bring the report up to date.

    Args:
        folder: the hand-ins.
        assignment: the TOML file.
        report: the folder to write; an earlier report there is brought up to date.
        progress: hears how far it is, 0..1.
        workers: processes; None: one a core.

    Raises:
        InputError: the assignment is at fault, there is no hand-in, or the report cannot be written.
        KeyboardInterrupt: the person stopped it; what was marked until then is kept, and no file is half-written.
    """
    asked = assignments.read(assignment)
    if report.resolve() == folder.resolve():
        raise InputError(f"the report {report} is the folder of the hand-ins: wanted another name")
    store = Store(report)
    found = handins.find(folder, leave=(report, *asked.files))
    run = _Run(asked, store, _names(found.handins), {each.file: _key(each, asked) for each in found.handins})
    try:
        again = _mark_all(run, found.handins, progress, workers or _cores())
        flagged = _write_tables(run, found)
        store.prune(_wanted(run))
    finally:
        if run.outcomes:
            store.save()
    return _summary(run, found, again, flagged)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


# What there is to do --------------------------------------------------------------------------------------------------


def _names(found: Iterable[HandIn]) -> dict[str, Names]:
    """Return where every hand-in's files go, by its file."""
    names: dict[str, Names] = {}
    taken: set[str] = set()
    for handin in found:
        stem = next(stem for stem in _stems(handin) if stem not in taken)
        taken.add(stem)
        names[handin.file] = Names(f"students/{stem}.html", f"annotated/{stem}.musicxml")
    return names


def _stems(handin: HandIn) -> Iterator[str]:
    plain = unicodedata.normalize("NFKD", handin.student).encode("ascii", "ignore").decode().lower()
    words = "".join(letter if letter.isalnum() else " " for letter in plain).split()
    stem = "-".join([*words, *([handin.id] if handin.id else [])])[:60] or "student"
    yield stem
    yield from (f"{stem}-{number}" for number in range(2, 10_000))


def _key(handin: HandIn, asked: Assignment) -> str:
    """Return what changes whenever the hand-in's mark may: its content, its name, the assignment, the program."""
    try:
        content = hashlib.sha256(handin.path.read_bytes()).hexdigest()
    except OSError:
        content = "unreadable"
    parts = (content, repr(handin.key), handin.student, handin.file, *handin.notes, asked.digest, _program())
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@cache
def _program() -> str:
    """Return a digest of the program's own code, and of what its models are."""
    package = Path(chorale.__file__).parent
    total = hashlib.sha256()
    models = assets.folder("models").glob("*/config.json")
    for path in sorted([*package.rglob("*.py"), *package.rglob("*.css"), *models]):
        total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()


# Doing it -------------------------------------------------------------------------------------------------------------


def _mark_all(run: _Run, found: Iterable[HandIn], progress: Progress, workers: int) -> int:
    """Fill in every outcome and the answers; return how many hand-ins were marked now."""
    waiting = [handin for handin in found if not _known(run, handin)]
    asking = [] if _answers_known(run) else list(ASKED)
    if not waiting and not asking:
        return 0
    jobs: list[Asked | Marking] = [*asking, *(Marking(handin, run.names[handin.file]) for handin in waiting)]
    for count, result in enumerate(results(run.assignment, jobs, workers), 1):
        if isinstance(result, Done):
            _take(run, result)
        else:
            run.answers |= result.cells
            run.no_answers = result.reason or run.no_answers
        progress(count / len(jobs))
    if asking and not run.no_answers:
        run.store.answers = {"digest": run.assignment.digest, "program": _program(), "cells": run.answers}
    return len(waiting)


def _known(run: _Run, handin: HandIn) -> bool:
    """Take an outcome from an earlier run, if nothing that it rests on has changed and its files are there."""
    kept, names = run.store.handins.get(handin.file, {}), run.names[handin.file]
    try:
        outcome = Outcome.from_json(kept["outcome"])
        same = kept["key"] == run.keys[handin.file] and kept["page"] == names.page
    except (KeyError, TypeError):
        return False
    if not same or (outcome.is_marked and not (run.store.holds(names.page) and run.store.holds(names.annotated))):
        return False
    run.outcomes[handin.file] = outcome
    return True


def _take(run: _Run, done: Done) -> None:
    """Write a marked hand-in's files, and remember it."""
    file = done.outcome.file
    names = run.names[file]
    if done.outcome.is_marked:
        run.store.put(names.page, done.page)
        run.store.put(names.annotated, done.annotated)
    run.outcomes[file] = done.outcome
    run.store.handins[file] = {"key": run.keys[file], "page": names.page, "outcome": done.outcome.to_json()}


def _answers_known(run: _Run) -> bool:
    kept = run.store.answers
    if kept.get("digest") != run.assignment.digest or kept.get("program") != _program():
        return False
    run.answers = {str(name): str(cells) for name, cells in dict(kept.get("cells", {})).items()}
    return True


# Telling it -----------------------------------------------------------------------------------------------------------


def _write_tables(run: _Run, found: handins.Class) -> dict[str, tuple[Flag, ...]]:
    """Write the overview and the tables for gradebooks; return the flags."""
    ordered = [run.outcomes[handin.file] for handin in found.handins]
    flagged = flags(ordered, run.answers, run.assignment)
    report = ClassReport(run.assignment, tuple(ordered), flagged, run.names, found.ignored, run.no_answers)
    run.store.put("index.html", overview_page(report).encode())
    for name, text in tables.all_tables(run.assignment.title, ordered, flagged).items():
        run.store.put(name, text)
    files = {handin.file for handin in found.handins}
    run.store.handins = {file: kept for file, kept in run.store.handins.items() if file in files}
    return flagged


def _wanted(run: _Run) -> set[str]:
    """Return the names of all files that the report consists of."""
    marked = [run.names[file] for file, outcome in run.outcomes.items() if outcome.is_marked]
    return {"index.html", *tables.NAMES, *(names.page for names in marked), *(names.annotated for names in marked)}


def _summary(run: _Run, found: handins.Class, again: int, flagged: dict[str, tuple[Flag, ...]]) -> Summary:
    bad = [outcome for outcome in run.outcomes.values() if not outcome.is_marked]
    says = [f"{outcome.file}: {outcome.reason}" for outcome in bad]
    says += [f"{file} is no hand-in and was left alone" for file in found.ignored]
    says += [
        *run.store.kept_aside,
        *([f"not compared with Chorale's own answers: {run.no_answers}"] if run.no_answers else []),
    ]
    marked = len(run.outcomes) - len(bad)
    return Summary(marked, len(bad), again, run.store.written, len(flagged), tuple(says))
