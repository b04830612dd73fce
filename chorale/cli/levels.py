"""``chorale levels``: what there is and what was reached; checking level files; carrying progress about."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from chorale.app.game import Game
from chorale.cli.console import complain
from chorale.errors import InputError
from chorale.levels.level import Level
from chorale.levels.proving import prove
from chorale.levels.worlds import Worlds, load

__all__ = ["run"]

_BAD = 2


def run(arguments: argparse.Namespace) -> int:
    """List levels, check some, or carry progress; return the exit status."""
    if arguments.progress and arguments.check:
        raise InputError("--progress beside --check: wanted one of them")
    if arguments.solve and not arguments.check:
        raise InputError("--solve: wanted level files to solve, as in --check FOLDER --solve")
    if arguments.check:
        return _check(arguments)
    game = Game.of_this_person()
    for message in game.take_messages():
        complain(message.text)
    if arguments.progress:
        return _carry(game, *arguments.progress)
    print(json.dumps(_listed(game), indent=1, ensure_ascii=False)) if arguments.json else _list(game)
    return 0


# Listing --------------------------------------------------------------------------------------------------------


def _list(game: Game) -> None:
    for problem in game.problems:
        complain(problem)
    for world in game.worlds:
        had, most = game.stars(world.id)
        print(f"{world.title}  ({had} of {most} stars)")
        for level in world.levels:
            print(f"  {_stars(game, level)}  {level.id:32}  {level.title}")


def _stars(game: Game, level: Level) -> str:
    best = game.best(level.id)
    if best is None and not game.is_open(level.id):
        return " - "
    had = best.stars if best else 0
    return "*" * had + "." * (3 - had)


def _listed(game: Game) -> dict[str, Any]:
    worlds = [{"id": w.id, "title": w.title, "levels": [_entry(game, each) for each in w.levels]} for w in game.worlds]
    return {"worlds": worlds, "problems": list(game.problems)}


def _entry(game: Game, level: Level) -> dict[str, Any]:
    best = game.best(level.id)
    reached = {"stars": best.stars if best else 0, "points": best.points if best else None}
    return {
        "id": level.id,
        "version": level.version,
        "kind": level.kind,
        "title": level.title,
        "teaches": list(level.teaches),
        "requires": list(level.requires),
        "open": game.is_open(level.id),
        **reached,
    }


# Checking -------------------------------------------------------------------------------------------------------


def _check(arguments: argparse.Namespace) -> int:
    checked: list[tuple[Level, list[str]]] = []
    problems: list[str] = []
    for path in arguments.check:
        found = _found(path)
        problems += found.problems
        for level in found.by_id.values():
            lines = [f"{level.path}: {line}" for line in _lines(level, solve=arguments.solve)]
            checked.append((level, lines))
            problems += lines
    if arguments.json:
        sound = [level.id for level, lines in checked if not lines]
        print(json.dumps({"sound": sound, "problems": problems}, indent=1, ensure_ascii=False))
    else:
        _tell(checked, problems)
    return _BAD if problems else 0


def _found(path: Path) -> Worlds:
    if not path.exists():
        return Worlds((), (f"{path}: no such file or folder: wanted a level file or a folder of them",))
    return load(path)


def _lines(level: Level, *, solve: bool) -> Iterator[str]:
    yield from prove(level)
    if solve:
        from chorale.levels.player import doubts  # noqa: PLC0415  a search, only where it is asked for

        yield from doubts(level)


def _tell(checked: list[tuple[Level, list[str]]], problems: list[str]) -> None:
    for problem in problems:
        complain(problem)
    for level, lines in checked:
        if not lines:
            print(f"{level.path}: sound")


# Progress -------------------------------------------------------------------------------------------------------


def _carry(game: Game, how: str, name: str) -> int:
    path = Path(name)
    if how == "export":
        game.export(path)
        print(f"{len(game.progress.results)} results written to {path}")
    elif how == "import":
        game.import_(path)
        print(f"{len(game.progress.results)} results, the better of both")
        for message in game.take_messages():
            raise InputError(message.text)
    else:
        raise InputError(f"--progress {how}: wanted export or import")
    return 0
