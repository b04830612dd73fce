"""Harmonizing a folder of tunes: one file an answer, the folders below it alike, and a report that leaves nothing out.

A run that was stopped goes on where it was: what an earlier report tells of a file still holds while the file, the
request and the models are the same and its results are there.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from chorale.app import edits
from chorale.app.exporting import Manner
from chorale.app.harmonizing import LETTERS, Request
from chorale.app.jobs import Job
from chorale.app.pool import spread
from chorale.app.studio import Studio
from chorale.errors import ChoraleError, InputError, ModelError
from chorale.files import atomic_write
from chorale.models.base import Harmonization

__all__ = ["REPORT", "Asked", "Outcome", "harmonize_file", "harmonize_folder", "named"]

REPORT = "batch.json"


@dataclass(frozen=True)
class Asked:
    """What is wanted of every file.

    Attributes:
        request: how it is harmonized.
        chords: chords that are asked for, as ``edits.ask_chords`` takes them, or None.
        manner: how it is written.
        suffix: of the results.
    """

    request: Request = field(default_factory=Request)
    chords: str | None = None
    manner: Manner = field(default_factory=Manner)
    suffix: str = ".musicxml"


@dataclass(frozen=True)
class Outcome:
    """What came of one file.

    Attributes:
        source: the file, below the folder.
        results: the files that were written, below the output folder.
        seed: gives the same answers again.
        log_likelihood: of each answer, nats a written cell.
        notes: what there is to know, a line each.
        reason: why there is no result, or "".
    """

    source: str
    results: tuple[str, ...] = ()
    seed: int = 0
    log_likelihood: tuple[float, ...] = ()
    notes: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class _Work:
    """One file to harmonize, with its results' common path."""

    folder: Path
    source: str
    output: Path
    result: str
    asked: Asked


# One file -------------------------------------------------------------------------------------------------------------


def named(target: Path, alternatives: int) -> list[Path]:
    """Return the files that so many answers go to: four.mid, or four-A.mid, four-B.mid and so on."""
    if alternatives == 1:
        return [target]
    return [target.with_stem(f"{target.stem}-{letter}") for letter in LETTERS[:alternatives]]


def harmonize_file(
    studio: Studio,
    source: Path,
    targets: Sequence[Path],
    asked: Asked,
    watch: Callable[[Job[list[Harmonization]]], object] = lambda job: job.join(),
) -> tuple[list[Harmonization], list[str]]:
    """Harmonize a file and write its answers; return them, and what there is to tell.

    Args:
        studio: opens and harmonizes.
        source: the file.
        targets: where the answers go; as many as are asked for.
        asked: what is wanted.
        watch: waits for the job.

    Raises:
        ChoraleError: it cannot be done; nothing was written.
    """
    told = list(studio.open(source))
    if asked.chords is not None:
        studio.edit("Ask for chords", lambda score: edits.ask_chords(score, asked.chords or ""))
    job = studio.harmonize(asked.request)
    watch(job)
    answers = job.result()
    studio.poll()
    messages = studio.take_messages()
    if bad := [message.text for message in messages if message.kind == "error"]:
        raise ModelError(bad[0])
    told += [message.text for message in messages]
    if len(answers) < len(targets):
        told.append(f"there is room for {len(answers)} different answers only, not for {len(targets)}")
    manner = asked.manner
    for index, (_, target) in enumerate(zip(answers, targets, strict=False)):
        studio.choose(index)
        studio.export(target, layout=manner.layout, instrument=manner.instrument, analysis=manner.analysis)
    return answers, told


# A folder -------------------------------------------------------------------------------------------------------------


def harmonize_folder(
    folder: Path,
    output: Path,
    asked: Asked,
    *,
    workers: int = 1,
    dask: str | None = None,
    progress: Callable[[float], None] = lambda _: None,
) -> tuple[tuple[Outcome, ...], tuple[str, ...]]:
    """Harmonize every score in a folder and below it.

    Args:
        folder: what is harmonized.
        output: where the results and the report go; it is made if need be.
        asked: what is wanted of every file.
        workers: how many processes.
        dask: the address of a Dask scheduler whose workers see the same files, or None.
        progress: hears of the share that is done, 0..1.

    Returns:
        What came of every file, in the order of their names, and the files that are no scores.

    Raises:
        InputError: the folder is missing or holds no score, the output cannot be written, or Dask is not there.
    """
    works, others = _works(folder, output, asked)
    _make(output)
    kept = _kept(output / REPORT)
    keys = {work.source: _key(work) for work in works}
    outcomes = {work.source: _still(work, keys[work.source], kept) for work in works}
    waiting = sorted((work for work in works if outcomes[work.source] is None), key=_size, reverse=True)
    report = partial(_write, output / REPORT, asked, outcomes, keys, others)
    try:
        for count, outcome in enumerate(_done(waiting, workers, dask), 1):
            outcomes[outcome.source] = outcome
            progress(count / len(waiting))
    finally:
        report()
    return tuple(outcome for outcome in outcomes.values() if outcome is not None), others


def _works(folder: Path, output: Path, asked: Asked) -> tuple[list[_Work], tuple[str, ...]]:
    """Return what there is to do, and the files that are no scores.

    Raises:
        InputError: there is no such folder, or no score in it.
    """
    from chorale.io import READABLE  # noqa: PLC0415  the readers load when a folder is read

    if not folder.is_dir():
        raise InputError(f"{folder}: wanted a folder of scores")
    inside = [path for path in sorted(folder.rglob("*")) if path.is_file() and not _hidden(path.relative_to(folder))]
    inside = [path for path in inside if not path.resolve().is_relative_to(output.resolve())]
    sources = [path.relative_to(folder) for path in inside if path.suffix.lower() in READABLE]
    if not sources:
        raise InputError(f"{folder} holds no score: wanted files ending in {', '.join(READABLE)}")
    others = tuple(path.relative_to(folder).as_posix() for path in inside if path.suffix.lower() not in READABLE)
    taken: set[str] = set()
    works = [
        _Work(folder.resolve(), source.as_posix(), output.resolve(), _free(source, asked.suffix, taken), asked)
        for source in sources
    ]
    return works, others


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in path.parts)


def _free(source: Path, suffix: str, taken: set[str]) -> str:
    """Return a name for a source's result that no other one has, whatever the letters' case."""
    names = (source.stem, *(f"{source.stem}-{number}" for number in range(2, len(taken) + 3)))
    name = next(path for each in names if (path := source.with_name(each + suffix).as_posix()).lower() not in taken)
    taken.add(name.lower())
    return name


def _make(output: Path) -> None:
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"cannot make the folder {output}: {(error.strerror or str(error)).lower()}") from error


def _size(work: _Work) -> int:
    try:
        return (work.folder / work.source).stat().st_size
    except OSError:
        return 0


# Doing it -------------------------------------------------------------------------------------------------------------


def _done(works: list[_Work], workers: int, dask: str | None) -> Iterator[Outcome]:
    if not works:
        return iter(())
    if dask is not None:
        return _on_dask(works, dask)
    if workers == 1:
        return map(_harmonized, works)
    return spread(_harmonized, works, workers, preload=__name__)


def _on_dask(works: list[_Work], address: str) -> Iterator[Outcome]:
    """Yield what Dask's workers make of the files.

    Raises:
        InputError: Dask is not installed, or no scheduler answers.
    """
    try:
        from dask import distributed  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415  an extra
    except ImportError:
        raise InputError('Dask is not installed: wanted pip install "dask[distributed]", or no --dask') from None
    try:
        client = distributed.Client(address, timeout="10s")
    except (OSError, ValueError, TimeoutError) as error:
        why = str(error).splitlines()[0] if str(error) else repr(error)
        raise InputError(f"no Dask scheduler at {address}: {why}") from error
    with client:
        yield from (future.result() for future in distributed.as_completed(client.map(_harmonized, works, pure=False)))


def _harmonized(work: _Work) -> Outcome:
    """Harmonize one file; whatever goes wrong with it stays with it."""
    targets = named(work.output / work.result, work.asked.request.alternatives)
    studio = Studio()
    try:
        targets[0].parent.mkdir(parents=True, exist_ok=True)
        answers, told = harmonize_file(studio, work.folder / work.source, targets, work.asked)
    except ChoraleError as error:
        return Outcome(work.source, reason=_short(str(error), work))
    except Exception as error:  # noqa: BLE001  our own fault must not stop the others
        return Outcome(work.source, reason=f"it could not be harmonized, which is our fault: {error!r}")
    finally:
        studio.close()
    results = tuple(target.relative_to(work.output).as_posix() for target in targets[: len(answers)])
    likelihoods = tuple(round(answer.log_likelihood, 4) for answer in answers)
    return Outcome(work.source, results, answers[0].seed, likelihoods, tuple(told))


def _short(message: str, work: _Work) -> str:
    """Return a reader's line without the path that it begins with."""
    path = work.folder / work.source
    return " ".join(message.removeprefix(f"{path}: ").replace(str(path), path.name).split())


# The report -----------------------------------------------------------------------------------------------------------


def _key(work: _Work) -> str:
    """Return what changes whenever a file's results may: its content, what is asked, and the models."""
    from chorale.models import registry  # noqa: PLC0415  the models load when something is harmonized

    total = hashlib.sha256()
    for path in (work.folder / work.source, registry.folder_of(work.asked.request.model) / "config.json"):
        try:
            total.update(path.read_bytes())
        except OSError:
            total.update(b"unreadable")
    total.update(repr((replace(work.asked.request, keep=frozenset()), sorted(work.asked.request.keep))).encode())
    total.update(repr((work.asked.chords, work.asked.manner, work.result)).encode())
    return total.hexdigest()


def _kept(path: Path) -> dict[str, dict[str, Any]]:
    """Return what an earlier report tells of each file; nothing where it cannot be read."""
    try:
        return {str(each["source"]): each for each in json.loads(path.read_text(encoding="utf-8"))["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _still(work: _Work, key: str, kept: dict[str, dict[str, Any]]) -> Outcome | None:
    """Return what an earlier report tells of a file, if it still holds."""
    told = dict(kept.get(work.source, {}))
    if told.pop("key", None) != key or told.get("reason") or not told.get("results"):
        return None
    values: dict[str, Any] = {name: tuple(each) if isinstance(each, list) else each for name, each in told.items()}
    try:
        outcome = Outcome(**values)
    except TypeError:
        return None
    return outcome if all((work.output / result).is_file() for result in outcome.results) else None


def _write(
    path: Path, asked: Asked, outcomes: dict[str, Outcome | None], keys: dict[str, str], others: tuple[str, ...]
) -> None:
    request = asdict(replace(asked.request, keep=frozenset())) | {"keep": sorted(asked.request.keep)}
    files = [asdict(each) | {"key": keys[source]} for source, each in outcomes.items() if each is not None]
    report = {"request": request, "chords": asked.chords, "files": files, "no_scores": others}
    atomic_write(path, (json.dumps(report, indent=1, ensure_ascii=False) + "\n").encode())
